"""Precision weights and weighted least squares against slow forms."""

import numpy as np
import pytest
from scipy import stats

from scvalid.stats.linear_model import fit_rows, plain_t_p
from scvalid.stats.moderation import prepare_trend
from scvalid.stats.normalisation import log2_cpm
from scvalid.stats.voom import precision_weights, weighted_t

X = np.column_stack([np.ones(8), np.tile([0.0, 1.0], 4)])


def test_weighted_t_is_least_squares_of_rows_scaled_by_their_weights():
    rng = np.random.default_rng(0)
    y, weights = rng.normal(size=(5, 8)), rng.uniform(0.2, 3, (5, 8))
    effect, p = weighted_t(y, X, weights)
    for row in range(5):
        root = np.sqrt(weights[row])
        fit = fit_rows((root * y[row])[None], X * root[:, None])
        assert effect[row] == pytest.approx(fit.effect[0])
        assert p[row] == pytest.approx(plain_t_p(fit)[0])


def test_equal_weights_are_the_plain_t():
    y = np.random.default_rng(1).normal(size=(4, 8))
    found = weighted_t(y, X, np.full((4, 8), 2.5))
    np.testing.assert_allclose(found[1], [stats.ttest_ind(row[1::2], row[::2]).pvalue for row in y])


def test_rare_genes_and_shallow_profiles_weigh_less():
    rng = np.random.default_rng(2)
    depth = np.array([1, 1, 1, 1, 8, 8, 8, 8.0])
    counts = rng.poisson(np.sort(rng.lognormal(3, 1.5, 1500))[:, None] * depth).astype(float)
    library, y = counts.sum(axis=0), log2_cpm(counts, prior_count=1.0)
    fit, trend = fit_rows(y, X), prepare_trend(y.mean(axis=1))
    weights = precision_weights(y, X, library, wanted=np.array([100, 750, 1400]), fit=fit, trend=trend)
    assert (np.diff(weights.mean(axis=1)) > 0).all()
    assert (weights[:2, 4:].mean(axis=1) > 1.2 * weights[:2, :4].mean(axis=1)).all()
