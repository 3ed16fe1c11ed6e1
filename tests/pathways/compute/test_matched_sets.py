"""The matched null against theory, and its independence of everything but seed, state, name and genes."""

import numpy as np
import pytest
from scipy import sparse

from scvalid.keys import Obs
from scvalid.pathways.compute.matched_sets import ENOUGH, FIRST_BATCH, GeneNull, generator_for, matched_p, null_of
from scvalid.pathways.compute.testing import Model, measure
from scvalid.pathways.settings import PathwaysSettings
from scvalid.stats.design import build_design
from scvalid.stats.linear_model import fit_rows


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


def test_the_sd_is_that_of_many_draws(genes, weights):
    rng = np.random.default_rng(1)
    sets = np.array([weights, rng.permutation(weights), np.repeat([1 / 40, 0.0], [40, 160])])
    expected = [genes.draw(row, n_sets=60_000, rng=rng).std() for row in sets]
    # SE of an SD over 60,000 draws is 0.3 %
    np.testing.assert_allclose(genes.sd(sparse.csr_matrix(sets**2)), expected, rtol=0.015)


def test_p_value_counts_random_sets_that_reach_the_effect(genes, weights):
    null = genes.draw(weights, n_sets=999, rng=np.random.default_rng(2))
    effect = float(np.quantile(np.abs(null), 0.9))
    expected = (1 + sum(abs(value) >= effect for value in null)) / 1000
    for sign in (1, -1):
        assert matched_p(sign * effect, weights, genes, most=999, rng=np.random.default_rng(2)) == pytest.approx(expected)
    assert matched_p(0.0, weights, genes, most=999, rng=np.random.default_rng(2)) == 1


def test_a_p_value_goes_on_to_more_sets_only_where_it_is_small(genes, weights):
    null = genes.draw(weights, n_sets=FIRST_BATCH, rng=np.random.default_rng(3))
    beyond = np.sort(np.abs(null))
    often, seldom = beyond[-ENOUGH], beyond[-ENOUGH + 1]
    p = [matched_p(effect, weights, genes, most=19_999, rng=np.random.default_rng(3)) for effect in (often, seldom, 99.0)]
    assert p[0] == pytest.approx((1 + ENOUGH) / (FIRST_BATCH + 1))
    assert p[1] * 20_000 == pytest.approx(round(p[1] * 20_000))
    assert p[1] == pytest.approx(ENOUGH / FIRST_BATCH, rel=0.5)
    assert p[2] == 1 / 20_000  # small enough for a family of 500


def test_the_p_value_of_a_random_set_is_uniform(genes, weights):
    rng = np.random.default_rng(3)
    effects = genes.draw(weights, n_sets=2000, rng=rng)
    p = np.array([matched_p(effect, weights, genes, most=499, rng=rng) for effect in effects])
    assert (p <= 0.05).mean() == pytest.approx(0.05, abs=0.02)


def test_the_order_of_the_genes_is_of_no_matter(genes, weights):
    order = np.random.default_rng(5).permutation(200)
    shuffled = GeneNull(genes.effects[order], genes.bins[order])
    one, two = (
        null.draw(w, n_sets=50, rng=np.random.default_rng(6)) for null, w in ((genes, weights), (shuffled, weights[order]))
    )
    np.testing.assert_allclose(one, two, rtol=1e-12)


def test_the_genes_of_a_labelling_are_its_background_corrected_effects(make_profiles, panel):
    profiles = make_profiles(n=3)
    measured = measure(profiles.X, profiles.var_names.to_numpy(str), panel, PathwaysSettings())
    donors = tuple(profiles.obs[Obs.DONOR])
    x = build_design((profiles.obs[Obs.ARM] == "treated").to_numpy(), {"donor": list(donors)}).x
    null = null_of(measured, Model(x, donors, is_paired=True, primary_test="plain_t"))
    difference = measured.expression.relative[:, ::2] - measured.expression.relative[:, 1::2]
    np.testing.assert_allclose(null.effects, difference.mean(axis=1), atol=1e-10)
    # the effect of a set is the weighted sum of its genes', and no bin has an effect as a whole
    np.testing.assert_allclose(measured.sets.weights @ null.effects, fit_rows(measured.scores, x).effect, atol=1e-10)
    assert max(abs(null.effects[null.bins == b].mean()) for b in set(null.bins)) < 1e-10


def test_names_that_run_together_have_streams_of_their_own():
    draws = [generator_for(0, *names).integers(1 << 60) for names in (("a", "bc"), ("ab", "c"), ("abc",))]
    assert len(set(draws)) == 3


def test_a_set_that_is_its_bin_has_the_effect_of_its_background(genes):
    weights = np.zeros(200)
    weights[:40] = 1 / 40
    assert genes.sd(sparse.csr_matrix(weights**2))[0] > 0
    assert matched_p(float(weights @ genes.effects), weights, genes, most=999, rng=np.random.default_rng(7)) > 0.5
