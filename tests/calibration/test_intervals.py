"""Intervals count data sets, not tests."""

import numpy as np
import pandas as pd
import pytest
from benchmarks.calibration.intervals import clustered_rate, mean_of_clusters, rates_by
from scipy import stats


def test_independent_tests_get_the_interval_of_clopper_and_pearson():
    events = np.arange(200) < 7
    found = clustered_rate(events, np.arange(200).astype(str))
    oracle = stats.binomtest(7, 200).proportion_ci(method="exact")
    assert (found.estimate, found.n_tests, found.n_datasets) == (0.035, 200, 200)
    # 200 / 199 of the cluster variance
    assert (found.low, found.high) == pytest.approx((oracle.low, oracle.high), abs=5e-4)


def test_copies_of_one_data_set_are_worth_one():
    once = clustered_rate(np.arange(50) < 5, np.arange(50).astype(str))
    copied = clustered_rate(np.repeat(np.arange(50) < 5, 20), np.repeat(np.arange(50), 20).astype(str))
    assert (copied.low, copied.high) == pytest.approx((once.low, once.high), abs=1e-9)
    assert copied.n_tests == 1000


def test_interval_covers_with_correlated_tests():
    rng, covered = np.random.default_rng(1), 0
    clusters = np.repeat(np.arange(80), 20).astype(str)
    for _ in range(300):
        # whether a data set is a bad one decides most of it; rate .05
        events = rng.random(1600) < np.repeat(np.where(rng.random(80) < 0.1, 0.41, 0.01), 20)
        found = clustered_rate(events, clusters)
        covered += found.low <= 0.05 <= found.high
    assert covered / 300 >= 0.91


def test_nothing_seen_is_not_nothing():
    assert clustered_rate(np.zeros(60, bool), np.arange(60).astype(str)).high == pytest.approx(1 - 0.025 ** (1 / 60))
    assert mean_of_clusters(pd.Series(np.zeros(60))).high == pytest.approx(1 - 0.025 ** (1 / 60))


def test_rows_where_the_event_cannot_happen_are_left_out():
    frame = pd.DataFrame({"dataset": list("abcd"), "n": [3, 3, 4, 4], "event": [True, None, False, None]})
    table = rates_by(frame, "event", ["n"])
    assert table[["n", "estimate", "n_tests"]].to_numpy().tolist() == [[3, 1.0, 1], [4, 0.0, 1]]
