"""Labellings under which nothing is true: all of them, none twice, and no effect left."""

import numpy as np
import pytest
from benchmarks.calibration.real.data import TREATED, VEHICLE, without_arm_means
from benchmarks.calibration.real.nulls import _designs_of_flips, _designs_of_splits, random_sets, shifted_sets

from scvalid.stats.linear_model import fit_rows


@pytest.mark.parametrize(("size", "n", "expected"), [(8, 4, 35), (7, 4, 35), (6, 3, 10)])
def test_every_split_once_and_no_mirror(size, n, expected):
    treated = [tuple(x[:, -1].astype(int)) for x in _designs_of_splits(size, n)]
    mirrors = {tuple(1 - np.array(one)) for one in treated} if size == 2 * n else set()
    assert len(set(treated)) == len(treated) == expected
    assert {sum(one) for one in treated} == {n}
    assert not mirrors & set(treated)


def test_every_informative_flip_once_within_pairs():
    designs = _designs_of_flips(8)
    treated = {tuple(x[:, -1].astype(int)) for x in designs}
    assert len(treated) == len(designs) == 127
    assert all((np.array(one).reshape(8, 2).sum(axis=1) == 1).all() for one in treated)
    assert tuple(np.tile([0, 1], 8)) not in treated


@pytest.mark.slow
def test_arms_of_the_same_mean_hold_no_effect(kang):
    whole = kang.measured(kang.donors, [VEHICLE, TREATED])
    x = np.column_stack([np.repeat(np.eye(8), 2, axis=0), np.tile([0.0, 1.0], 8)])
    assert np.abs(fit_rows(whole.scores, x).effect).max() > 1
    assert np.abs(fit_rows(without_arm_means(whole).scores, x).effect).max() < 1e-10


@pytest.mark.slow
def test_added_sets_do_not_inform_the_prior(kang):
    measured = kang.measured(kang.donors, [VEHICLE])
    n = len(measured.scores)
    for scored in (
        random_sets(measured, np.random.default_rng(1)),
        shifted_sets(measured, np.random.default_rng(1), sd=0.2),
    ):
        assert scored.in_panel.sum() == n
        assert not (scored.in_panel & scored.is_tested).any()
        np.testing.assert_array_equal(scored.scores[:n], measured.scores)
