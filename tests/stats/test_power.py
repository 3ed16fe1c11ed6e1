"""Detectable effect, power and equivalence against the noncentral t, simulation, and the limit of a known variance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scvalid.stats.design import build_design
from scvalid.stats.linear_model import fit_rows, plain_t_p
from scvalid.stats.power import POWER, chance_of_equivalence, detectable_effect, power_of_t


@pytest.mark.parametrize("df", [2, 3, 5, 7, 14])
@pytest.mark.parametrize(("alpha", "shift"), [(0.05, 0.5), (0.05, 2.0), (0.05, 4.0), (0.01, 3.0)])
def test_power_is_that_of_the_noncentral_t(df, alpha, shift):
    limit = stats.t.isf(alpha / 2, df)
    expected = stats.nct.sf(limit, df, shift) + stats.nct.cdf(-limit, df, shift)
    # 2,000 steps in place of the integral
    assert power_of_t(-2 * shift, 2.0, df, alpha=alpha) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("df", [1, 2, 3, 4.5, 10, 30])
@pytest.mark.parametrize("n_claims", [1, 20, 85])
def test_the_detectable_effect_is_detected_in_four_of_five_experiments(df, n_claims):
    alpha = 0.05 / n_claims
    effect = detectable_effect(0.1, df, alpha=alpha)
    assert power_of_t(effect, 0.1, df, alpha=alpha) == pytest.approx(POWER, abs=1e-6)
    # the noncentral t itself, where it can be computed
    expected = stats.nct.sf(stats.t.isf(alpha / 2, df), df, effect / 0.1)
    assert expected == pytest.approx(POWER, abs=2e-3)


def test_the_sum_of_quantiles_would_promise_too_much():
    """Written in the docstring."""
    alpha = 0.05 / 20
    summed = stats.t.isf(alpha / 2, 3) + stats.t.ppf(POWER, 3)
    assert power_of_t(summed, 1, 3, alpha=alpha) == pytest.approx(0.69, abs=0.005)
    assert detectable_effect(1, 3, alpha=alpha) > summed


def test_with_many_degrees_of_freedom_it_is_the_normal_formula():
    assert detectable_effect(0.1, 1e6, alpha=0.05) == pytest.approx(0.1 * (1.959964 + 0.841621), rel=1e-4)
    assert power_of_t(0.28, 0.1, 1e6, alpha=0.05) == pytest.approx(stats.norm.sf(1.959964 - 2.8), abs=1e-3)


@pytest.mark.parametrize(("n", "is_paired"), [(3, True), (3, False), (4, True), (6, False)])
def test_simulated_experiments_reach_power_and_equivalence_as_foretold(n, is_paired):
    rng = np.random.default_rng(5)
    treated = np.tile([False, True], n)
    donors = [f"d{i // 2}" for i in range(2 * n)]
    design = build_design(treated, {"donor": donors} if is_paired else {})
    se = 0.15 * design.unit
    noise = 0.15 * rng.standard_normal((4000, 2 * n)) + np.repeat(rng.standard_normal((4000, n)), 2, axis=1) * is_paired
    effect = detectable_effect(se, design.df, alpha=0.05)
    found = np.mean(plain_t_p(fit_rows(noise + effect * treated, design.x)) <= 0.05)
    # 4,000 experiments: three standard errors are .02
    assert found == pytest.approx(power_of_t(effect, se, design.df, alpha=0.05), abs=0.02)
    fit = fit_rows(noise, design.x)
    half = stats.t.isf(0.05, fit.df) * fit.unit * np.sqrt(fit.variance)
    within = np.mean(np.abs(fit.effect) + half < 0.4)
    assert chance_of_equivalence(se, design.df, delta=0.4) == pytest.approx(within, abs=0.025)


def test_equivalence_with_a_known_variance():
    expected = 2 * stats.norm.cdf(0.25 / 0.1 - 1.644854) - 1
    assert chance_of_equivalence(0.1, 1e6, delta=0.25) == pytest.approx(expected, abs=1e-3)


@given(st.floats(0.01, 2), st.floats(1, 60), st.floats(0.01, 1), st.sampled_from([0.05, 0.001]))
def test_more_precision_never_shows_less(se, df, delta, alpha):
    assert detectable_effect(se, df + 1, alpha=alpha) <= detectable_effect(se, df, alpha=alpha)
    assert power_of_t(delta, se / 2, df, alpha=alpha) >= power_of_t(delta, se, df, alpha=alpha)
    assert chance_of_equivalence(se / 2, df, delta=delta) >= chance_of_equivalence(se, df, delta=delta)
    assert 0 <= power_of_t(delta, se, df, alpha=alpha) <= 1


@pytest.mark.parametrize("nuisance", [{}, {"donor": list("aabbccdd")}, {"batch": list("xxxyyyyx")}])
def test_the_unit_error_of_a_design_is_that_of_its_fit(nuisance):
    design = build_design(np.array([True, False] * 4), nuisance)
    assert design.unit == pytest.approx(fit_rows(np.zeros((1, 8)), design.x).unit)
