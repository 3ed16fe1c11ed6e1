"""Trends over ordered levels: the contrast, the means of levels, and the nearest monotone curve."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from scvalid.stats.linear_model import fit_rows, plain_t_p
from scvalid.stats.trend import fit_isotonic, level_effects, trend_design

DOSES = np.tile([0.0, 1.0, 10.0, 100.0], 3)
DONORS = [f"d{i // 4}" for i in range(12)]
finite = st.floats(-3, 3).map(lambda value: round(value, 3))


@pytest.fixture
def y():
    donor = np.repeat([0.0, 2.0, -3.0], 4)
    return np.random.default_rng(0).normal(size=(5, 12)) + donor


def test_without_donors_it_is_the_regression_on_ranks(y):
    fit = fit_rows(y, trend_design(DOSES, {}).x)
    slow = [stats.linregress(np.tile(np.arange(4), 3), row) for row in y]
    np.testing.assert_allclose(fit.effect, [line.slope for line in slow], rtol=1e-10)
    np.testing.assert_allclose(plain_t_p(fit), [line.pvalue for line in slow], rtol=1e-9)


def test_blocked_by_donor_it_is_the_contrast_within_donors(y):
    design = trend_design(DOSES, {"donor": DONORS})
    fit = fit_rows(y, design.x)
    contrast = np.array([-3, -1, 1, 3]) / 10  # linear contrast of four levels, in units of a step
    np.testing.assert_allclose(fit.effect, (y.reshape(5, 3, 4) @ contrast).mean(axis=1), rtol=1e-10)
    moved = y + 7 * np.repeat([1.0, -2.0, 5.0], 4)
    np.testing.assert_allclose(fit_rows(moved, design.x).effect, fit.effect, rtol=1e-9)
    assert design.df == 12 - 3 - 1


def test_the_dose_itself_is_of_no_matter_but_its_order_is(y):
    other = np.tile([5.0, 6.0, 7.0, 1e9], 3)
    np.testing.assert_array_equal(trend_design(DOSES, {}).x, trend_design(other, {}).x)


def test_the_trend_of_treated_over_vehicle_of_the_same_levels_is_their_interaction(y):
    is_treated = np.repeat([True, False], 6)
    levels = np.tile([1.0, 10.0, 100.0], 4)
    factors = {"arm": [str(treated) for treated in is_treated], "level": [str(level) for level in levels]}
    found = fit_rows(y, trend_design(levels, factors, is_treated=is_treated).x).effect
    # two profiles of each level in each arm; the linear contrast of three levels is that of the ends
    ends = y.reshape(5, 2, 2, 3).mean(axis=2)[:, :, [0, 2]] @ np.array([-0.5, 0.5])
    np.testing.assert_allclose(found, ends[:, 0] - ends[:, 1], rtol=1e-9)


def test_level_effects_are_mean_differences_within_donors(y):
    steps = (DOSES[:, None] == [1.0, 10.0, 100.0]).astype(float)
    found = level_effects(y, steps, trend_design(DOSES, {"donor": DONORS}).x[:, :-1])
    means = y.reshape(5, 3, 4).mean(axis=1)
    np.testing.assert_allclose(found, means - means[:, :1], atol=1e-10)


def test_levels_that_are_aliased_with_batches_have_no_effects(y):
    steps = (DOSES[:, None] == [1.0, 10.0, 100.0]).astype(float)
    batch = np.column_stack([np.ones(12), DOSES == 100.0])
    assert np.isnan(level_effects(y, steps, batch)).all()


@given(st.lists(st.tuples(finite, st.floats(0.5, 4)), min_size=3, max_size=6))
def test_the_curve_is_the_isotonic_regression_of_scipy(levels):
    means, weights = np.array(levels).T
    found = fit_isotonic(means[None, :], weights=weights)
    curves = [sign * optimize.isotonic_regression(sign * means, weights=weights).x for sign in (1, -1)]
    left = [float(weights @ (means - curve) ** 2) for curve in curves]
    assert float(weights @ (means - found.fitted[0]) ** 2) == pytest.approx(min(left), abs=1e-9)
    if abs(left[0] - left[1]) > 1e-9:
        np.testing.assert_allclose(found.fitted[0], curves[int(left[1] < left[0])], atol=1e-9)
    steps = np.diff(means)
    assert found.is_monotone[0] == bool((steps >= 0).all() or (steps <= 0).all())
    assert 0 <= found.explained[0] <= 1 + 1e-12


def test_shapes_are_told_apart():
    means = np.array([[0, 1, 2, 3], [0, -1, -1, -4], [0, 2, 2, 0], [1, 1, 1, 1], [0, 3, 2.9, 4]], float)
    found = fit_isotonic(means)
    np.testing.assert_array_equal(found.is_monotone, [True, True, False, True, False])
    np.testing.assert_array_equal(found.is_rising[:3], [True, False, True])
    np.testing.assert_allclose(found.fitted[4], [0, 2.95, 2.95, 4])
    assert found.explained[2] < 0.5
    assert 0.99 < found.explained[4] < 1
    assert found.explained[3] == 1
