"""Moderated variances against limma's numbers, the spline against scipy's, and the borders."""

import numpy as np
import pytest
from scipy import stats
from scipy.interpolate import CubicSpline
from scipy.special import polygamma

from scvalid.stats.linear_model import fit_rows, t_p
from scvalid.stats.moderation import fit_prior, inverse_trigamma, moderate_variances, natural_spline, prepare_trend


def _moderated_t(y, x, *, has_trend):
    fit = fit_rows(y, x)
    moderated = moderate_variances(fit.variance, fit.df, abundance=y.mean(axis=1) if has_trend else None)
    se = fit.unit * np.sqrt(moderated.variance)
    df = min(moderated.prior_df + fit.df, fit.df * y.shape[0])
    return fit.effect, fit.effect / se, t_p(fit.effect, se, df)


def test_limma_trend(golden):
    y, x, expected = golden.y, golden.x, golden.genes_in_r
    effect, t, p = _moderated_t(y, x, has_trend=True)
    np.testing.assert_allclose(effect, expected["trend_b"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(t, expected["trend_t"], rtol=0, atol=1e-8)
    np.testing.assert_allclose(p, expected["trend_p"], rtol=0, atol=1e-8)


def test_limma_without_trend(golden):
    y, x, expected = golden.y, golden.x, golden.genes_in_r
    _, t, p = _moderated_t(y, x, has_trend=False)
    np.testing.assert_allclose(t, expected["eb_t"], rtol=0, atol=1e-8)
    np.testing.assert_allclose(p, expected["eb_p"], rtol=0, atol=1e-8)


@pytest.mark.parametrize("y", [1e-9, 1e-4, 0.3, 1, 2.5, 40, 3e5, 1e8])
def test_inverse_trigamma_is_the_inverse(y):
    # beyond the range of Newton's method the leading term of the series serves
    assert inverse_trigamma(float(polygamma(1, y))) == pytest.approx(y, rel=1e-3 if y < 1e-3 or y > 1e5 else 1e-7)


def test_natural_spline_spans_what_scipy_spans():
    x = np.random.default_rng(1).normal(size=60)
    knots = np.quantile(x, [0, 1 / 3, 2 / 3, 1])
    # natural cubic splines through unit vectors at the knots are a basis of the same space
    reference = CubicSpline(knots, np.eye(4), bc_type="natural")(x)
    basis = natural_spline(x, 4)
    fitted = reference @ np.linalg.lstsq(reference, basis, rcond=None)[0]
    assert np.linalg.matrix_rank(basis) == 4
    np.testing.assert_allclose(fitted, basis, atol=1e-10)


def test_spline_does_not_see_the_unit_of_x():
    x, y = np.random.default_rng(2).normal(size=(2, 80))
    fits = [b @ np.linalg.lstsq(b, y, rcond=None)[0] for b in (natural_spline(x, 4), natural_spline(1e4 + 30 * x, 4))]
    np.testing.assert_allclose(fits[0], fits[1], atol=1e-8)


def test_equal_variances_give_an_infinite_prior():
    moderated = moderate_variances(np.full(50, 0.3), 4)
    assert moderated.prior_df == float("inf")
    np.testing.assert_allclose(moderated.variance, moderated.variance[0])


def test_prior_is_found_again():
    rng = np.random.default_rng(3)
    d0, s0, df, n = 6.0, 0.2, 4, 40_000
    variance = d0 * s0 / rng.chisquare(d0, n) * rng.chisquare(df, n) / df
    moderated = moderate_variances(variance, df)
    assert moderated.prior_df == pytest.approx(d0, rel=0.1)
    assert moderated.prior[0] == pytest.approx(s0, rel=0.03)


def test_moderated_t_holds_its_level_where_the_plain_variance_is_small():
    rng = np.random.default_rng(4)
    n, df = 40_000, 2
    sigma2 = 6 * 0.2 / rng.chisquare(6, n)
    variance, effect = sigma2 * rng.chisquare(df, n) / df, rng.normal(size=n) * np.sqrt(sigma2)
    moderated = moderate_variances(variance, df)
    p = t_p(effect, np.sqrt(moderated.variance), df + moderated.prior_df)
    assert stats.kstest(p, "uniform").pvalue > 1e-3


@pytest.mark.parametrize("variance", [np.empty(0), np.array([0.2]), np.zeros(5), np.array([0.1, 0.4])])
def test_too_few_genes_or_none_with_variance_stay_finite_and_unmoved(variance):
    moderated = moderate_variances(variance, 4, abundance=np.arange(variance.size, dtype=float))
    assert np.isfinite(moderated.variance).all()
    if variance.size < 2 or not variance.any():
        np.testing.assert_array_equal(moderated.variance, variance)


def test_genes_of_tied_abundance_do_not_break_the_trend():
    rng = np.random.default_rng(5)
    abundance = np.r_[np.zeros(150), rng.uniform(0, 5, 50)]
    moderated = moderate_variances(rng.chisquare(4, 200) / 4, 4, abundance=abundance)
    assert np.isfinite(moderated.variance).all()
    assert np.ptp(moderated.prior[:150]) < 1e-9


@pytest.mark.parametrize("n", [0, 1, 2, 5, 300])
def test_a_prepared_trend_gives_the_same_bytes(n):
    rng = np.random.default_rng(6)
    variance, abundance = rng.chisquare(4, n) / 4, rng.normal(size=n)
    once = moderate_variances(variance, 4, abundance=abundance)
    again = moderate_variances(variance, 4, trend=prepare_trend(abundance))
    assert once.variance.tobytes() == again.variance.tobytes()
    assert once.prior_df == again.prior_df


def test_a_prior_lies_between_knowing_nothing_and_knowing_all():
    variance = np.array([0.1, 0.2, 0.4, 3.0])
    prior = fit_prior(variance, 3)
    assert prior.df > 0
    np.testing.assert_allclose(prior.posterior(variance, 1e12), variance)
    np.testing.assert_allclose(prior.posterior(variance, 1e-12), prior.variance)
    assert fit_prior(variance, 0).df == 0
