"""A rate over units whose events come together, with its interval."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

LEVEL = 0.95


@dataclass(frozen=True)
class Rate:
    """Share of events and the ends of its 95 % interval."""

    share: float
    low: float
    high: float


def clustered_rate(events: NDArray[np.float64], n_each: int) -> Rate:
    """Return the rate of events and its 95 % interval where events of one unit are not independent.

    With k_u events among the M of unit u, U units and ``r = sum k_u / (U M)``, the design effect is
    ``D = var(k_u) / (M r (1 - r))``, at least 1; the effective number of trials ``n = U M / D``, times
    ``(t_{UM-1} / t_{U-1})^2`` at the quantile of the level for the U units that D is estimated from. The interval is
    Clopper and Pearson's, ``[Beta(a/2; rn, n - rn + 1), Beta(1 - a/2; rn + 1, n - rn)]``. Where no event, or nothing
    else, was seen, D cannot be estimated, and n = U: each unit counts once.

    Parameters
    ----------
    events
        Events in each unit.
    n_each
        Trials in each unit (M).

    References
    ----------
    Korn & Graubard 1998, Survey Methodology 24:193 (effective sample size in the exact interval).
    """
    n_units = events.size
    share = float(events.sum() / (n_units * n_each))
    n = _effective_trials(events, n_each, share)
    tail = (1 - LEVEL) / 2
    low = float(stats.beta.ppf(tail, share * n, n - share * n + 1)) if share > 0 else 0.0
    high = float(stats.beta.isf(tail, share * n + 1, n - share * n)) if share < 1 else 1.0
    return Rate(share, low, high)


def _effective_trials(events: NDArray[np.float64], n_each: int, share: float) -> float:
    n_units, n_all = events.size, events.size * n_each
    if n_units < 2 or share in (0.0, 1.0):
        return float(n_units)
    design_effect = max(float(events.var(ddof=1)) / (n_each * share * (1 - share)), 1.0)
    tail = (1 - LEVEL) / 2
    correction = stats.t.isf(tail, n_all - 1) / stats.t.isf(tail, n_units - 1)
    return float(n_all / design_effect * correction**2)
