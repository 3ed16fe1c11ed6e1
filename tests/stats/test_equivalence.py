"""Equivalence: intervals and p values say the same, for the t test and for the correlation-prior test."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scvalid.stats.correlation_prior import half_widths, posterior_of_correlation
from scvalid.stats.equivalence import equivalence_p, equivalence_p_of_t, is_equivalent_to_none, widen_95


@given(st.floats(-0.4, 0.4), st.floats(0.01, 0.3), st.integers(1, 30))
def test_of_t_it_is_two_one_sided_tests(effect, se, df):
    delta = 0.25
    expected = max(stats.t.sf((delta - effect) / se, df), stats.t.sf((delta + effect) / se, df))
    p = float(equivalence_p_of_t(np.array([effect]), np.array([se]), df, delta=delta)[0])
    assert p == pytest.approx(expected, rel=1e-9)
    half = stats.t.isf(0.05, df) * se
    if abs(p - 0.05) > 1e-9:
        assert is_equivalent_to_none(effect - half, effect + half, delta=delta) == (p < 0.05)


@given(st.floats(-0.4, 0.4), st.floats(0.01, 0.3), st.integers(1, 30), st.integers(1, 12))
def test_the_95_interval_is_widened_to_that_of_k_tests(effect, se, df, k):
    half, of_k = (stats.t.isf(level, df) * se for level in (0.025, min(0.05 / k, 0.025)))
    found = widen_95(effect - half, effect + half, df, one_sided=0.05 / k)
    np.testing.assert_allclose(found, [effect - of_k, effect + of_k], rtol=1e-8)


@pytest.mark.parametrize("n", [3, 6])
@pytest.mark.parametrize("is_paired", [True, False])
def test_of_the_correlation_prior_the_widened_interval_is_conservative_on_the_whole(draw_problem, n, is_paired):
    problem = draw_problem(n=n, is_paired=is_paired, seed=n)
    found = posterior_of_correlation(problem.fit, problem.naive, problem.full, in_panel=np.full(20, True), guard_share=0.2)
    half95 = half_widths(found, level=0.95)
    for k in (3, 5, 12):
        own = half_widths(found, level=1 - 0.1 / k)
        widened = np.array([widen_95(-half, half, problem.fit.df, one_sided=0.05 / k)[1] for half in half95])
        assert np.median(own / widened) < 1
        assert (own <= 1.04 * widened).all()


def test_an_interval_that_touches_the_bound_is_not_equivalent():
    assert not is_equivalent_to_none(-0.25, 0.1, delta=0.25)
    assert not is_equivalent_to_none(-0.1, 0.25, delta=0.25)


def test_without_any_variance_the_effect_alone_decides():
    p = equivalence_p_of_t(np.array([0.1, 0.25, 0.3]), np.zeros(3), 4, delta=0.25)
    np.testing.assert_array_equal(p, [0, 0.5, 1])


@pytest.mark.parametrize("n", [3, 6])
@pytest.mark.parametrize("is_paired", [True, False])
def test_of_the_correlation_prior_it_is_the_interval(draw_problem, n, is_paired):
    problem = draw_problem(n=n, is_paired=is_paired, seed=n)
    problem.scores[:4] *= 12  # some sets whose variance the genes cannot explain
    found = posterior_of_correlation(problem.fit, problem.naive, problem.full, in_panel=np.full(20, True), guard_share=0.2)
    assert found.is_fallback[:4].any()
    effect, half = problem.fit.effect, half_widths(found, level=0.9)
    for delta in (0.05, 0.1, 0.25, 0.5, 2.0):
        is_inside = [is_equivalent_to_none(b - h, b + h, delta=delta) for b, h in zip(effect, half, strict=True)]
        np.testing.assert_array_equal(equivalence_p(found, delta=delta) < 0.05, is_inside)


def test_at_the_bound_the_chance_of_equivalence_is_the_level():
    # the worst true effect is delta itself: of 20,000 experiments 5 % may show equivalence, SE .0015
    rng = np.random.default_rng(0)
    df, se = 6, 0.05
    effect, errors = 0.25 + se * rng.normal(size=20_000), se * np.sqrt(rng.chisquare(df, 20_000) / df)
    assert (equivalence_p_of_t(effect, errors, df, delta=0.25) <= 0.05).mean() == pytest.approx(0.05, abs=0.006)
