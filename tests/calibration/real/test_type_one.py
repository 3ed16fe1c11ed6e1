"""Type I error on real residuals, and the interval of it."""

import numpy as np
import pytest
from benchmarks.calibration.real.nulls import NULLS
from benchmarks.calibration.real.scored import CHOSEN
from benchmarks.calibration.real.type_one import _count, jackknife_half
from scipy import stats


def test_the_jackknife_of_a_mean_is_its_t_interval():
    values = np.random.default_rng(1).normal(size=8)
    left = [float(np.delete(values, i).mean()) for i in range(8)]
    low, high = stats.t.interval(0.95, 7, loc=values.mean(), scale=stats.sem(values))
    assert jackknife_half(left) == pytest.approx((high - low) / 2)


@pytest.mark.slow
def test_all_splits_of_the_vehicle_arm_keep_the_level(kang):
    found = _count(kang, NULLS[0], "panel sets", kang.donors)
    print(f"{found.n} tests: {found.rate}")
    assert found.n > 35 * 40
    assert found.rate[f"correlation prior, {CHOSEN}"] <= 0.06
    assert found.rate["plain t"] <= 0.06
