"""The simulator plants what it says: effects, spreads, correlations, designs."""

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.calibration.engine import profiles_of, sets_of
from benchmarks.calibration.layouts import KINDS, layout
from benchmarks.calibration.programmes import N_SETS, draw_genome, draw_rho
from benchmarks.calibration.scenarios import PLAIN, SCENARIOS, Scenario
from benchmarks.calibration.simulator import estimand, simulate

from scvalid.contracts.counts import check_profiles
from scvalid.contracts.tables import GENE_SETS

NOTHING = np.zeros(N_SETS)
QUIET = Scenario("quiet", donor_sd=0.0, sample_sd=0.0)


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_every_scenario_gives_profiles_that_the_workflow_accepts(name):
    dataset = simulate(layout("two batches", 3), SCENARIOS[name], NOTHING, np.random.default_rng(1))
    assert check_profiles(profiles_of(dataset)).shape == (6, 2000)
    assert GENE_SETS.check(sets_of(dataset.genome)).groupby("set_id").size().between(5, 120).all()


def test_planted_effect_is_in_the_expectation_of_every_gene_of_the_set():
    dataset = simulate(layout("paired", 2), QUIET, np.where(np.arange(N_SETS) < 3, 0.5, 0.0), np.random.default_rng(2))
    genome, share = dataset.genome, np.log2(dataset.per_cell / dataset.per_cell.sum(axis=1, keepdims=True))
    change = share[dataset.layout.is_treated].mean(axis=0) - share[~dataset.layout.is_treated].mean(axis=0)
    effect = np.r_[dataset.planted, np.zeros(genome.rho.size - N_SETS + 1)][genome.programme] * genome.sign
    # the same for all genes but for what the shares must sum to
    assert np.ptp(change - effect) < 1e-9
    assert sorted(dataset.planted)[-3:] == [0.5, 0.5, 0.5]


def test_a_set_that_moves_alone_has_the_truth_that_was_planted():
    genome = draw_genome(np.random.default_rng(3))
    truth = estimand(genome, 0.4 * (genome.programme == 18) * genome.sign)
    assert truth[18] == pytest.approx(0.4)
    assert np.abs(np.delete(truth, 18)).max() < 0.06


def test_scores_of_a_set_vary_as_its_correlation_says():
    """The variance of a mean of m equally variable genes is ``sd^2 (1 + (m - 1) rho) / m``."""
    genome = draw_genome(np.random.default_rng(4))
    genome = replace(genome, sd_factor=np.ones(2000), rho=np.full(genome.rho.size, 0.3))
    rng, k = np.random.default_rng(5), 19
    moved = genome.common(rng.normal(size=(genome.rho.size, 4000)), rng.normal(size=(2000, 4000)))
    member = genome.programme == k
    score = (genome.sign[member, None] * moved[member]).mean(axis=0)
    m = member.sum()
    assert score.var() == pytest.approx((1 + (m - 1) * 0.3) / m, rel=0.1)
    assert moved[member].var(axis=1).mean() == pytest.approx(1.0, rel=0.05)


def test_correlations_have_the_mean_and_the_strata_that_are_said():
    rho = draw_rho(100_000, np.random.default_rng(6))
    assert rho.mean() == pytest.approx(0.1, abs=0.01)
    assert rho.max() <= 0.6
    assert 0.3 < (rho < 0.03).mean() < 0.45
    assert 0.25 < (rho > 0.12).mean() < 0.35


def test_counts_are_sums_over_cells_with_the_dispersion_of_cells():
    rng, quiet = np.random.default_rng(7), replace(QUIET, cells="samples")
    dataset = simulate(layout("paired", 2), quiet, NOTHING, rng)
    expected = dataset.n_cells[:, None] * dataset.per_cell
    chi = (dataset.counts - expected) ** 2 / (expected + expected**2 * dataset.genome.dispersion / dataset.n_cells[:, None])
    assert chi[:, expected.min(axis=0) > 5].mean() == pytest.approx(1.0, abs=0.08)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"one treated donor", "two treated donors"}))
def test_designs_have_as_many_donors_in_each_arm_as_they_say(kind):
    design = layout(kind, 4)
    assert [len(set(design.donors[design.is_treated == arm])) for arm in (True, False)] == [4, 4]
    assert design.arms_share_donors == (kind not in {"unpaired", "two batches", "confounded with batch"})


def test_same_seed_same_data():
    one, two = (simulate(layout("unpaired", 3), PLAIN, NOTHING, np.random.default_rng(8)).counts for _ in range(2))
    assert (one == two).all()
