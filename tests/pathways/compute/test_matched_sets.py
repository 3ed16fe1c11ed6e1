"""The matched null against theory, and its independence of everything but seed, state, name and genes."""

import numpy as np
import pandas as pd
import pytest

from scvalid.keys import Effect
from scvalid.pathways.compute.matched_sets import GeneNull, generator_for, matched_columns, matched_p


@pytest.fixture
def genes():
    rng = np.random.default_rng(0)
    bins = np.repeat(np.arange(5), 40)
    effects = rng.normal(0, 0.1 + 0.1 * bins)
    for number in range(5):
        effects[bins == number] -= effects[bins == number].mean()
    return GeneNull(effects, bins)


@pytest.fixture
def weights():
    w = np.zeros(200)
    w[[1, 2, 50, 90, 130, 170, 199]] = [3, -1, 1, 1, -2, 1, 1]
    return w / np.abs(w).sum()


def test_mean_and_sd_are_those_of_theory(genes, weights):
    null = genes.draw(weights, n_sets=60_000, rng=np.random.default_rng(1))
    variance = np.array([genes.effects[genes.bins == b].var() for b in range(5)])[genes.bins]
    expected = np.sqrt((weights**2 * variance).sum())
    assert abs(null.mean()) < 4 * expected / np.sqrt(60_000)
    # SE of an SD over 60,000 draws is 0.3 %
    assert null.std() == pytest.approx(expected, rel=0.015)


def test_every_random_gene_is_of_the_bin_of_its_gene():
    genes = GeneNull(np.repeat([0.0, 1.0, 10.0, 100.0], 5), np.repeat(np.arange(4), 5))
    weights = np.zeros(20)
    weights[[0, 7, 12]] = [0.5, 0.25, -0.25]
    np.testing.assert_allclose(genes.draw(weights, n_sets=50, rng=np.random.default_rng(2)), 0.25 * 1 - 0.25 * 10)


def test_p_value():
    null = np.array([-3.0, -1.0, 0.5, 2.0])
    assert matched_p(2.0, null) == pytest.approx(3 / 5)
    assert matched_p(-9.0, null) == pytest.approx(1 / 5)
    assert matched_p(0.0, null) == 1


def test_the_p_value_of_a_random_set_is_uniform(genes, weights):
    rng = np.random.default_rng(3)
    null = genes.draw(weights, n_sets=499, rng=rng)
    p = np.array([matched_p(effect, null) for effect in genes.draw(weights, n_sets=2000, rng=rng)])
    assert (p <= 0.05).mean() == pytest.approx(0.05, abs=0.035)


def _columns(genes, sets, *, seed=1, state="all_msc"):
    return pd.DataFrame(
        matched_columns(sets.to_numpy() @ genes.effects, sets, genes, n_sets=999, seed=seed, state=state), index=sets.index
    )


def test_a_set_does_not_see_other_sets_or_their_order(genes, weights):
    rng = np.random.default_rng(4)
    sets = pd.DataFrame([weights, rng.permutation(weights), rng.permutation(weights)], index=["A", "B", "C"])
    together = _columns(genes, sets)
    pd.testing.assert_frame_equal(_columns(genes, sets.iloc[[2, 0]]), together.loc[["C", "A"]])
    assert not _columns(genes, sets, seed=2).equals(together)
    assert not _columns(genes, sets, state="basal").equals(together)


def test_the_order_of_the_genes_is_of_no_matter(genes, weights):
    order = np.random.default_rng(5).permutation(200)
    shuffled = GeneNull(genes.effects[order], genes.bins[order])
    found = _columns(shuffled, pd.DataFrame([weights[order]], index=["A"]))
    pd.testing.assert_frame_equal(found, _columns(genes, pd.DataFrame([weights], index=["A"])))


def test_names_that_run_together_have_streams_of_their_own():
    draws = [generator_for(0, *names).integers(1 << 60) for names in (("a", "bc"), ("ab", "c"), ("abc",))]
    assert len(set(draws)) == 3


def test_a_set_whose_genes_are_all_of_one_bin(genes):
    weights = np.zeros(200)
    weights[:40] = 1 / 40
    column = _columns(genes, pd.DataFrame([weights], index=["A"]))
    assert column.loc["A", Effect.MATCHED_SD] > 0
    assert column.loc["A", Effect.P_MATCHED] > 0.5  # its effect is that of its bin, which is the background
