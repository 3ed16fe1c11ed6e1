"""Correlations are found again where they are known."""

import numpy as np
import pytest
from benchmarks.calibration.real.residuals import mixing_distribution
from benchmarks.calibration.real.scored import Variances

from scvalid.stats.correlation_prior import RHO
from scvalid.stats.linear_model import Fit


@pytest.mark.parametrize("rho", [0.0, 0.1, 0.4])
def test_a_known_correlation_is_found_again(rho):
    rng, n, df = np.random.default_rng(1), 1500, 6
    independent, together = np.full(n, 1 / 30), np.ones(n)
    variance = (independent + rho * (together - independent)) * rng.chisquare(df, n) / df
    found = Variances(Fit(np.zeros(n), variance, 1.0, df), independent, together)
    assert found.rho.mean() == pytest.approx(rho, abs=0.02)
    assert mixing_distribution(found) @ RHO == pytest.approx(rho, abs=0.02)
