"""The interval of a rate whose events come in clusters, against the exact one and by its coverage."""

import numpy as np
import pytest
from scipy import stats

from scvalid.verdicts.compute.rates import clustered_rate


def test_independent_trials_have_the_exact_interval():
    """A fixed number of events in each unit has no spread above chance: design effect 1, up to the correction for U."""
    rate = clustered_rate(np.full(400, 2.0), 10)
    exact = stats.binomtest(800, 4000).proportion_ci(0.95, method="exact")
    assert rate.share == 0.2
    # (t_3999 / t_399)^2 is .994
    assert (rate.low, rate.high) == pytest.approx((exact.low, exact.high), rel=0.002)


def test_all_or_nothing_counts_each_unit_once():
    events = np.array([20.0] * 6 + [0.0] * 94)
    rate = clustered_rate(events, 20)
    exact = stats.binomtest(6, 100).proportion_ci(0.95, method="exact")
    assert (rate.low, rate.high) == pytest.approx((exact.low, exact.high), rel=0.05)


def test_no_event_is_one_unit_each():
    rate = clustered_rate(np.zeros(127), 170)
    assert (rate.share, rate.low) == (0.0, 0.0)
    assert rate.high == pytest.approx(stats.binomtest(0, 127).proportion_ci(0.95, method="exact").high)


def test_one_unit_alone_says_little():
    rate = clustered_rate(np.array([3.0]), 10)
    assert rate.low < 0.05
    assert rate.high > 0.9


def test_coverage_where_trials_of_a_unit_are_correlated():
    """Beta-binomial units of mean .04 and correlation .2: an interval that takes trials for independent covers far less."""
    rng, n_units, n_each, mean, correlation = np.random.default_rng(0), 127, 20, 0.04, 0.2
    a = mean * (1 - correlation) / correlation
    b = (1 - mean) * (1 - correlation) / correlation
    covered = naive = 0
    for _ in range(400):
        events = rng.binomial(n_each, rng.beta(a, b, n_units)).astype(float)
        rate = clustered_rate(events, n_each)
        covered += rate.low <= mean <= rate.high
        exact = stats.binomtest(int(events.sum()), n_units * n_each).proportion_ci(0.95, method="exact")
        naive += exact.low <= mean <= exact.high
    assert covered / 400 >= 0.92
    assert naive / 400 < 0.85
