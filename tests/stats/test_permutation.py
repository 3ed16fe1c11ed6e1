"""The exact test against scipy's, its smallest p, its level, and any labelling as the observed one."""

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from scvalid.stats.design import build_design, smallest_exact_p
from scvalid.stats.labellings import Labellings, relabel_donors, relabelled
from scvalid.stats.linear_model import fit_rows, plain_t_p
from scvalid.stats.permutation import exact_null, exact_p

PAIRED = np.tile([True, False], 6)
PAIRS = [f"d{i // 2}" for i in range(12)]
ALONE = [f"d{i:02d}" for i in range(12)]


def _labellings(is_treated, donors, *, n_max=10_000, strata=None):
    return relabel_donors(is_treated, donors, strata=strata, n_max=n_max, rng=np.random.default_rng(0))


@pytest.fixture
def y():
    return np.random.default_rng(1).normal(size=(9, 12)) + np.linspace(0, 1.5, 9)[:, None] * PAIRED


def test_pairs_are_sign_flips(y):
    found = exact_p(y, build_design(PAIRED, {"donor": PAIRS}).x, _labellings(PAIRED, PAIRS))
    steps = y[:, ::2] - y[:, 1::2]
    slow = stats.permutation_test(
        (steps,), lambda a, axis: a.mean(axis), permutation_type="samples", n_resamples=np.inf, axis=1
    )
    np.testing.assert_allclose(found, slow.pvalue, rtol=1e-12)


@pytest.mark.parametrize("n_treated", [6, 5])
def test_donors_in_one_arm_are_relabelled(y, n_treated):
    is_treated = np.arange(12) < n_treated
    found = exact_p(y, build_design(is_treated, {}).x, _labellings(is_treated, ALONE))

    def t_of(split):
        return np.abs(stats.ttest_ind(y[:, split], y[:, ~split], axis=1).statistic)

    others = np.array([t_of(np.isin(np.arange(12), chosen)) for chosen in combinations(range(12), n_treated)])
    np.testing.assert_allclose(found, (others >= t_of(is_treated) * (1 - 1e-9)).mean(axis=0), rtol=1e-12)


def test_within_batches_it_orders_labellings_as_t_does(y):
    batch, is_treated = list("aaaabbbbcccc"), np.tile([True, True, False, False], 3)
    x = build_design(is_treated, {"batch": batch}).x
    labellings = _labellings(is_treated, ALONE, strata=batch)
    assert labellings.n_possible == 6**3
    own, others = plain_t_p(fit_rows(y, x)), [plain_t_p(fit_rows(y, relabelled(x, row))) for row in labellings.is_treated]
    slow = (1 + (np.array(others) <= own * (1 + 1e-9)).sum(axis=0)) / (1 + len(others))
    np.testing.assert_allclose(exact_p(y, x, labellings), slow, rtol=1e-12)


@pytest.mark.parametrize(("n_treated", "n_vehicle"), [(3, 3), (4, 4), (3, 4)])
@pytest.mark.parametrize("is_paired", [True, False])
def test_the_smallest_p_is_that_of_the_design(n_treated, n_vehicle, is_paired):
    if is_paired:
        n_vehicle = n_treated
    is_treated = np.r_[np.full(n_treated, True), np.full(n_vehicle, False)]
    donors = [f"d{i % n_treated}" for i in range(2 * n_treated)] if is_paired else [f"d{i}" for i in range(is_treated.size)]
    labellings = _labellings(is_treated, donors)
    expected = smallest_exact_p(n_treated=n_treated, n_vehicle=n_vehicle, is_paired=is_paired)
    assert labellings.smallest_p == pytest.approx(expected)
    planted = is_treated * 5.0 + np.random.default_rng(2).normal(size=(1, is_treated.size)) / 10
    x = build_design(is_treated, {"donor": donors} if is_paired else {}).x
    assert exact_p(planted, x, labellings)[0] == pytest.approx(expected)


@pytest.mark.parametrize("n_max", [10_000, 60])
@pytest.mark.parametrize("is_paired", [True, False])
def test_any_labelling_can_be_the_observed_one(y, n_max, is_paired):
    is_treated, donors = (PAIRED, PAIRS) if is_paired else (PAIRED, ALONE)
    x = build_design(is_treated, {"donor": donors} if is_paired else {}).x
    labellings = _labellings(is_treated, donors, n_max=n_max)
    null = exact_null(y, x, labellings)
    np.testing.assert_allclose(null.p(is_treated), exact_p(y, x, labellings), rtol=1e-12)
    np.testing.assert_array_equal(null.p(~is_treated), null.p(is_treated))
    if labellings.is_complete:
        other = labellings.is_treated[3]
        afresh = exact_p(y, relabelled(x, other), _labellings(other, donors))
        np.testing.assert_allclose(null.p(other), afresh, rtol=1e-12)
    else:  # a labelling that was not drawn counts as one more
        stranger = np.roll(is_treated, 2) if not is_paired else is_treated ^ np.repeat([1, 0, 1, 0, 0, 0], 2).astype(bool)
        assert (null.p(stranger) >= 1 / (len(labellings.is_treated) + 2)).all()


def test_a_row_without_variance_and_an_aliased_labelling_are_no_evidence():
    is_treated = np.array([True, True, False, False])
    x = build_design(is_treated, {}).x
    labellings = _labellings(is_treated, list("abcd"))
    assert exact_p(np.zeros((1, 4)), x, labellings)[0] == 1
    aliased = Labellings(np.array([[True] * 4, [True, False, True, False]]), True, 6, False)
    assert exact_p(np.array([[3.0, 3.1, 0.0, 0.1]]), x, aliased)[0] == pytest.approx(2 / 3)


def test_level_under_the_null():
    rng = np.random.default_rng(3)
    labellings = _labellings(PAIRED, PAIRS)
    p = exact_p(rng.standard_t(2, size=(4000, 12)), build_design(PAIRED, {"donor": PAIRS}).x, labellings)
    # exact whatever the distribution: 2 of 32 labellings, mirrors taken as one; SE .004
    assert (p <= 2 / 32).mean() == pytest.approx(2 / 32, abs=0.015)
