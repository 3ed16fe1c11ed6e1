"""Random sets under many labellings: the same null as under one, whatever else is asked."""

import numpy as np
import pytest
from scipy import sparse

from scvalid.pathways.compute.controls.random_sets import Pools
from scvalid.pathways.compute.matched_sets import GeneNull, matched_p


@pytest.fixture
def pools():
    rng = np.random.default_rng(0)
    bins = np.repeat(np.arange(4), 50)
    return Pools(rng.normal(0, 1 + bins[:, None], (200, 3)), bins, np.array([f"G{i:03d}" for i in range(200)]))


@pytest.fixture
def weights():
    rng = np.random.default_rng(1)
    weights = np.zeros(200)
    weights[rng.choice(200, 12, replace=False)] = rng.choice([-1, 1], 12) / 12
    return weights


def test_sd_is_that_of_many_draws(pools, weights):
    null = pools.draw(weights, n_sets=40_000, rng=np.random.default_rng(2)) @ pools.effects
    # 40,000 draws: relative error of an SD about 1 / sqrt(80,000) = .0035
    found = pools.sd(sparse.csr_matrix(weights[None, :] ** 2))
    np.testing.assert_allclose(found, null.std(axis=0)[None, :], rtol=0.015)


def test_a_drawn_gene_is_of_the_bin_of_the_one_it_stands_for(pools, weights):
    drawn = pools.draw(weights, n_sets=50, rng=np.random.default_rng(2))
    members = np.flatnonzero(weights)
    for row in drawn:
        assert sorted(zip(pools.bins[row.indices], row.data, strict=True)) == sorted(
            zip(pools.bins[members], weights[members], strict=True)
        )


def test_p_agrees_with_that_of_one_labelling(pools, weights):
    effects = np.array([0.4, 1.2, 2.2])
    many = pools.p(effects, weights, np.arange(3), most=19_999, rng=np.random.default_rng(3))
    one = [
        matched_p(effect, weights, GeneNull(pools.effects[:, i], pools.bins), most=19_999, rng=np.random.default_rng(4))
        for i, effect in enumerate(effects)
    ]
    # 999 draws settle a p that is not small: four standard errors of both
    error = 4 * np.sqrt(np.array(one) * (1 - np.array(one)) * (1 / 999 + 1 / 4999))
    assert (np.abs(many - one) <= np.maximum(error, 1e-3)).all()


def test_p_does_not_depend_on_what_other_labellings_are_asked(pools, weights):
    effects = np.array([0.3, 3.0])
    at = np.array([0, 2])
    both = pools.p(effects, weights, at, most=4999, rng=np.random.default_rng(3))
    alone = [pools.p(effects[[i]], weights, at[[i]], most=4999, rng=np.random.default_rng(3))[0] for i in range(2)]
    assert both.tolist() == alone


def test_p_does_not_depend_on_the_order_of_genes(pools, weights):
    order = np.random.default_rng(9).permutation(200)
    shuffled = Pools(pools.effects[order], pools.bins[order], pools.genes[order])
    of_both = [
        of.p(np.array([1.0]), w, np.array([1]), most=999, rng=np.random.default_rng(3))[0]
        for of, w in ((pools, weights), (shuffled, weights[order]))
    ]
    assert of_both[0] == pytest.approx(of_both[1], abs=1e-12)


def test_only_a_small_p_takes_more_than_the_first_random_sets(pools, weights):
    p = pools.p(np.array([0.1, 50.0]), weights, np.array([0, 1]), most=19_999, rng=np.random.default_rng(3))
    assert p[1] == 1 / 20_000
    assert (p[0] * 1000) == pytest.approx(round(p[0] * 1000))
