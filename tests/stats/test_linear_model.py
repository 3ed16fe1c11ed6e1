"""Least squares against scipy's t tests and against refitting without a donor."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scvalid.stats.design import build_design
from scvalid.stats.linear_model import fit_rows, leave_one_out, leave_one_out_contrasts, plain_t_p, t_p

TREATED = np.array([True, False] * 4)
DONORS = ["d0", "d0", "d1", "d1", "d2", "d2", "d3", "d3"]


@pytest.fixture
def y():
    return np.random.default_rng(0).normal(size=(6, 8))


def test_paired_design_is_the_paired_t_test(y):
    x = build_design(TREATED, {"donor": DONORS}).x
    fit = fit_rows(y, x)
    expected = stats.ttest_rel(y[:, TREATED], y[:, ~TREATED], axis=1)
    np.testing.assert_allclose(plain_t_p(fit), expected.pvalue, rtol=1e-10)
    np.testing.assert_allclose(fit.effect / (fit.unit * np.sqrt(fit.variance)), expected.statistic, rtol=1e-10)
    assert fit.df == 3


def test_unpaired_design_is_the_two_sample_t_test(y):
    fit = fit_rows(y[:, :7], build_design(TREATED[:7], {}).x)
    expected = stats.ttest_ind(y[:, :7][:, TREATED[:7]], y[:, :7][:, ~TREATED[:7]], axis=1)
    np.testing.assert_allclose(plain_t_p(fit), expected.pvalue, rtol=1e-10)


def test_nuisance_is_taken_off_as_by_regression_on_both(y):
    x = build_design(TREATED, {"batch": list("abbaabab")}).x
    slow = [np.linalg.lstsq(x, row, rcond=None) for row in y]
    fit = fit_rows(y, x)
    np.testing.assert_allclose(fit.effect, [solution[0][-1] for solution in slow], rtol=1e-10)
    np.testing.assert_allclose(fit.variance, [solution[1][0] / fit.df for solution in slow], rtol=1e-10)


@pytest.mark.parametrize("nuisance", [{}, {"donor": DONORS}])
def test_leave_one_out_is_refitting_without_the_donor(y, nuisance):
    x = build_design(TREATED, nuisance).x
    effects, names = leave_one_out(y, x, DONORS)
    assert names == ("d0", "d1", "d2", "d3")
    for i, name in enumerate(names):
        keep = np.array([donor != name for donor in DONORS])
        slow = (y[:, keep & TREATED].mean(axis=1)) - y[:, keep & ~TREATED].mean(axis=1)
        np.testing.assert_allclose(effects[:, i], slow, atol=1e-12)


def test_leave_one_out_with_a_batch_is_refitting_with_what_is_left(y):
    batch = list("aabbabba")
    x = build_design(TREATED, {"batch": batch}).x
    donors = [f"d{i}" for i in range(8)]
    effects, _ = leave_one_out(y, x, donors)
    for i in range(8):
        keep = np.arange(8) != i
        refit = fit_rows(
            y[:, keep], build_design(TREATED[keep], {"batch": [b for b, k in zip(batch, keep, strict=True) if k]}).x
        )
        np.testing.assert_allclose(effects[:, i], refit.effect, atol=1e-12)


def test_a_donor_without_whom_nothing_can_be_estimated_gives_nan(y):
    # the only treated donor
    treated = np.array([True, False, False, False])
    effects, names = leave_one_out(y[:, :4], build_design(treated, {}).x, ["t", "a", "b", "c"])
    assert np.isnan(effects[:, names.index("t")]).all()
    assert np.isfinite(np.delete(effects, names.index("t"), axis=1)).all()


@given(st.data())
def test_leave_one_out_is_refitting_in_any_design(data):
    n = data.draw(st.integers(3, 10))
    treated = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    donors = data.draw(st.lists(st.sampled_from("abcde"), min_size=n, max_size=n))
    batch = data.draw(st.lists(st.sampled_from("xyz"), min_size=n, max_size=n))
    design = build_design(treated, data.draw(st.sampled_from([{}, {"d": donors}, {"d": donors, "b": batch}])))
    contrasts, names = leave_one_out_contrasts(design.x, donors)
    y = np.random.default_rng(n).normal(size=n)
    for name, contrast in zip(names, contrasts.T, strict=True):
        keep = np.array(donors) != name
        left = design.x[keep]
        if np.linalg.matrix_rank(left) == np.linalg.matrix_rank(left[:, :-1]):
            assert np.isnan(contrast).all()
        else:
            # of a design with redundant columns the treatment's coefficient is the same in every solution
            slow = np.linalg.lstsq(left, y[keep], rcond=None)[0][-1]
            assert y @ contrast == pytest.approx(slow, abs=1e-9)


def test_a_row_without_variance_has_no_nan():
    p = t_p(np.array([0.0, 1.0, 1.0]), np.array([0.0, 0.0, 0.5]), 4)
    assert p[0] == 1
    assert p[1] == 0
    assert p[2] == pytest.approx(2 * stats.t.sf(2, 4))
