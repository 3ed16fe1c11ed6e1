"""Rates with 95 % intervals where tests of one data set depend on each other."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats


class Rate(NamedTuple):
    """A rate, its 95 % interval, and what it rests on."""

    estimate: float
    low: float
    high: float
    n_tests: int
    n_datasets: int


def clustered_rate(events: NDArray[np.bool_], clusters: NDArray[np.str_], *, level: float = 0.95) -> Rate:
    """Return the rate of an event with an interval that counts data sets, not tests.

    The design effect is the variance between sums of clusters over the binomial one, at least 1; the interval is Clopper &
    Pearson's at the effective number of tests. Where nothing or everything happened the design effect is 1.

    Parameters
    ----------
    events
        Whether it happened, one value a test.
    clusters
        Data set of each test.

    References
    ----------
    Korn & Graubard 1998, Survey Methodology 24:193.
    """
    n = events.size
    if n == 0:
        return Rate(float("nan"), 0.0, 1.0, 0, 0)
    p, codes = float(events.mean()), np.unique(clusters, return_inverse=True)[1]
    residuals = np.bincount(codes, events - p)
    k = residuals.size
    binomial = p * (1 - p) / n
    variance = k / max(k - 1, 1) * (residuals**2).sum() / n**2
    effective = n / max(1.0, variance / binomial) if binomial else n
    x, tail = p * effective, (1 - level) / 2
    low = stats.beta.ppf(tail, x, effective - x + 1) if x > 0 else 0.0
    high = stats.beta.isf(tail, x + 1, effective - x) if x < effective else 1.0
    return Rate(p, float(low), float(high), n, k)


def mean_of_clusters(values: pd.Series) -> Rate:
    """Return the mean of one value a data set, with a t interval within 0 to 1.

    Parameters
    ----------
    values
        One value a data set.
    """
    n = len(values)
    mean = float(values.mean()) if n else float("nan")
    half = float(stats.t.isf(0.025, n - 1) * values.std(ddof=1) / np.sqrt(n)) if n > 1 else 1.0
    # nothing seen in n data sets is less than 3.7 in n, not nothing
    high = 1 - 0.025 ** (1 / n) if n and mean == 0 else mean + half
    return Rate(mean, max(mean - half, 0.0), min(high, 1.0), n, n)


def rates_by(frame: pd.DataFrame, event: str, by: list[str]) -> pd.DataFrame:
    """Return the rate of one event in each group of observations, in order of first appearance.

    Parameters
    ----------
    frame
        Observations with a column ``dataset`` and the column of the event.
    event
        Column of booleans; rows without a value are left out.
    by
        Columns of the groups.
    """
    known = frame[frame[event].notna()]
    rows = [
        (
            *(name if isinstance(name, tuple) else (name,)),
            event,
            *clustered_rate(group[event].to_numpy(bool), group["dataset"].to_numpy(str)),
        )
        for name, group in known.groupby(by, sort=False, observed=True)
    ]
    return pd.DataFrame(rows, columns=[*by, "event", *Rate._fields])
