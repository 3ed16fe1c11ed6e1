"""Pooled effects against published examples, slow likelihoods, and their level."""

import numpy as np
import pytest
from scipy import optimize, stats

from scvalid.errors import ContractError
from scvalid.stats.meta_analysis import paule_mandel, pool_effects, restricted_likelihood


@pytest.fixture
def clasp():
    """Log odds ratios of aspirin trials (DerSimonian & Kacker 2007, doi:10.1016/j.cct.2006.04.004)."""
    n1, n2 = np.array([156, 303, 565, 1570, 103, 4659]), np.array([74, 303, 477, 1565, 105, 4650])
    a, c = np.array([5, 5, 12, 69, 9, 313]), np.array([8, 17, 9, 94, 11, 352])
    return np.log(a * (n2 - c) / (c * (n1 - a))), np.sqrt(1 / a + 1 / (n1 - a) + 1 / c + 1 / (n2 - c))


@pytest.fixture
def bcg():
    """Log relative risks of the 13 BCG trials (Colditz et al. 1994): cases and others, vaccinated and not."""
    trials = """4 119 11 128  6 300 29 274  3 228 11 209  62 13536 248 12619  33 5036 47 5761  180 1361 372 1079  8 2537 10 619
    505 87886 499 87892  29 7470 45 7232  17 1699 65 1600  186 50448 141 27197  5 2493 3 2338  27 16886 29 17825"""
    a, b, c, d = np.array(trials.split(), float).reshape(-1, 4).T
    return np.log(a / (a + b) / (c / (c + d))), np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


@pytest.mark.parametrize(("estimator", "tau", "mu", "se"), [("PM", 0.3681, -0.3811, 0.2060), ("REML", 0.1843, -0.2980, 0.1343)])
def test_aspirin_trials_as_published(clasp, estimator, tau, mu, se):
    found = pool_effects(*clasp, estimator=estimator)
    # tables 3 and 4 of the paper; its standard error is the one without Knapp and Hartung's factor
    unscaled = found.se / np.sqrt(max(found.q, 1))
    np.testing.assert_allclose([np.sqrt(found.tau2), found.effect, unscaled], [tau, mu, se], atol=5e-5)


def test_bcg_trials_as_metafor_gives_them(bcg):
    found = pool_effects(*bcg, estimator="REML")
    # rma(yi, vi, test = "knha"); q is above 1 here, so that the bound of the modified method does nothing
    np.testing.assert_allclose([found.tau2, found.effect, found.se], [0.3132, -0.7145, 0.1808], atol=5e-5)
    np.testing.assert_allclose([found.p, found.low95, found.high95], [0.0019, -1.1084, -0.3206], atol=5e-5)


@pytest.mark.parametrize("seed", range(8))
def test_tau2_against_slow_searches(seed):
    rng = np.random.default_rng(seed)
    k = int(rng.integers(3, 9))
    se = rng.uniform(0.05, 0.4, k)
    y = rng.normal(0, np.sqrt(se**2 + rng.choice([0, 0.02, 0.5])))

    def minus_likelihood(tau2):
        v, one = np.diag(se**2 + tau2), np.ones((k, 1))
        inside = one.T @ np.linalg.inv(v) @ one
        p = np.linalg.inv(v) - np.linalg.inv(v) @ one @ np.linalg.inv(inside) @ one.T @ np.linalg.inv(v)
        return 0.5 * (np.linalg.slogdet(v)[1] + np.linalg.slogdet(inside)[1] + y @ p @ y)

    found = restricted_likelihood(y, se**2)
    grid = np.r_[0, np.geomspace(1e-6, 10, 3000)]
    assert minus_likelihood(found) <= min(minus_likelihood(tau2) for tau2 in grid) + 1e-10

    def cochran(tau2):
        w = 1 / (se**2 + tau2)
        return float(w @ (y - np.average(y, weights=w)) ** 2) - (k - 1)

    expected = 0.0 if cochran(0) <= 0 else optimize.bisect(cochran, 0, 1e3, xtol=1e-14)
    assert paule_mandel(y, se**2) == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_effects_that_agree_too_well_are_not_surer_than_one_common_effect():
    found = pool_effects(np.array([0.3, 0.3, 0.3]), np.array([0.1, 0.1, 0.1]))
    assert found.tau2 == 0
    assert found.q < 1
    assert found.se == pytest.approx(0.1 / np.sqrt(3))
    assert found.p == pytest.approx(2 * stats.t.sf(0.3 / found.se, 2))


def test_the_prediction_interval_holds_the_interval_of_the_mean(clasp):
    found = pool_effects(*clasp)
    half = stats.t.isf(0.025, 4) * np.sqrt(found.tau2 + found.se**2)
    assert found.predicted_high95 == pytest.approx(found.effect + half)
    assert found.predicted_low95 < found.low95 < found.high95 < found.predicted_high95


def test_unit_and_order_are_of_no_matter(bcg):
    effects, se = bcg
    found, scaled = pool_effects(effects, se), pool_effects(1e3 * effects[::-1], 1e3 * se[::-1])
    np.testing.assert_allclose(
        [scaled.effect / 1e3, scaled.tau2 / 1e6, scaled.p], [found.effect, found.tau2, found.p], rtol=1e-7
    )


@pytest.mark.parametrize("k", [0, 1, 2])
def test_fewer_than_three_datasets_are_never_pooled(k):
    with pytest.raises(ContractError, match=f"at least 3 datasets. Got {k}"):
        pool_effects(np.full(k, 2.0), np.full(k, 0.01))


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
def test_datasets_without_a_standard_error_are_refused(bad):
    with pytest.raises(ContractError, match="standard errors above 0"):
        pool_effects(np.array([0.1, 0.2, 0.3]), np.array([0.1, 0.1, bad]))


@pytest.mark.slow
@pytest.mark.parametrize("k", [3, 5, 10])
@pytest.mark.parametrize("tau", [0.0, 0.1, 0.3])
def test_type_one_error(k, tau):
    rng = np.random.default_rng([k, int(10 * tau)])
    n = 2000
    se = rng.choice([0.1, 0.15, 0.2], (n, k))
    y = rng.normal(0, np.sqrt(tau**2 + se**2))
    rejected, by_z = 0.0, 0.0
    for effects, errors in zip(y, se, strict=True):
        found = pool_effects(effects, errors)
        rejected += (found.p <= 0.05) / n
        by_z += (2 * stats.norm.sf(abs(found.effect) / (found.se / np.sqrt(max(found.q, 1)))) <= 0.05) / n
    print(f"k = {k}, tau = {tau}: type I {rejected:.3f}, by z {by_z:.3f}")
    assert rejected <= 0.065  # .05 and three standard errors of 2,000 data sets
