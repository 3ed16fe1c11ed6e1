"""Effects of the same claim in several datasets, pooled with the spread between datasets."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from scvalid.errors import ContractError

Floats = NDArray[np.float64]
Estimator = Literal["PM", "REML"]
MIN_DATASETS = 3
"""Below it nothing is pooled: two datasets say next to nothing on the spread between datasets, so they never decide."""
_GRID = 400
_TOLERANCE = 1e-12


@dataclass(frozen=True)
class Pooled:
    """A random-effects mean.

    Attributes
    ----------
    effect, se
        Mean over datasets and its standard error by the modified Knapp-Hartung method.
    df
        Its degrees of freedom, datasets less one.
    p
        Two-sided p value of no mean effect.
    low95, high95
        95 % interval of the mean.
    predicted_low95, predicted_high95
        95 % prediction interval: where the true effect of a new dataset lies.
    tau2
        Variance of true effects between datasets.
    q
        ``sum w (y - mu)^2 / (k - 1)`` at that tau2, before it is bounded below by 1.
    n
        Number of datasets.
    """

    effect: float
    se: float
    df: int
    p: float
    low95: float
    high95: float
    predicted_low95: float
    predicted_high95: float
    tau2: float
    q: float
    n: int


def pool_effects(effects: Floats, se: Floats, *, estimator: Estimator = "PM") -> Pooled:
    """Pool effects by the random-effects model ``y_i ~ N(mu, tau^2 + se_i^2)``.

    With ``w = 1 / (se^2 + tau^2)`` the mean is ``mu = sum w y / sum w``, its variance ``max(1, q) / sum w`` with
    ``q = sum w (y - mu)^2 / (k - 1)``, on ``t_{k-1}``. Without the bound q can be far below 1 by chance, and the interval
    narrower than that of one common effect. The prediction interval is ``mu +- t_{k-2} sqrt(tau^2 + se_mu^2)``.

    Parameters
    ----------
    effects, se
        One value a dataset, of donors that no other dataset has.
    estimator
        Of tau^2: Paule-Mandel or restricted maximum likelihood.

    Raises
    ------
    ContractError
        With fewer than three datasets, or a standard error that is not above 0.

    References
    ----------
    Paule & Mandel 1982, doi:10.6028/jres.087.022; Viechtbauer 2005, doi:10.3102/10769986030003261 (REML); Knapp & Hartung
    2003, doi:10.1002/sim.1482; Roever, Knapp & Friede 2015, doi:10.1186/s12874-015-0091-1 (the bound); Higgins, Thompson &
    Spiegelhalter 2009, doi:10.1111/j.1467-985X.2008.00552.x, and Partlett & Riley 2017, doi:10.1002/sim.7140 (prediction).
    """
    y, variance = np.asarray(effects, float), np.asarray(se, float) ** 2
    k = y.size
    if k < MIN_DATASETS:
        msg = f"pooled effects must come from at least {MIN_DATASETS} datasets. Got {k}. Report each dataset by itself."
        raise ContractError(msg)
    if not (np.isfinite(y).all() and np.isfinite(variance).all() and (variance > 0).all()):
        msg = "effects to be pooled must be finite, with standard errors above 0. Got others. Leave such datasets out."
        raise ContractError(msg)
    tau2 = paule_mandel(y, variance) if estimator == "PM" else restricted_likelihood(y, variance)
    mu, total, squares = _at(tau2, y, variance)
    q = squares / (k - 1)
    se_mu = float(np.sqrt(max(1.0, q) / total))
    half = float(stats.t.isf(0.025, k - 1)) * se_mu
    predicted = float(stats.t.isf(0.025, k - 2) * np.sqrt(tau2 + se_mu**2))
    p = float(2 * stats.t.sf(abs(mu) / se_mu, k - 1))
    return Pooled(mu, se_mu, k - 1, p, mu - half, mu + half, mu - predicted, mu + predicted, tau2, q, k)


def paule_mandel(y: Floats, variance: Floats) -> float:
    """Return tau^2 with ``sum w (y - mu)^2 = k - 1``, a sum that falls with tau^2; 0 if it is below that already at 0.

    References
    ----------
    Paule & Mandel 1982, doi:10.6028/jres.087.022; DerSimonian & Kacker 2007, doi:10.1016/j.cct.2006.04.004.
    """

    def excess(tau2: float) -> float:
        return _at(tau2, y, variance)[2] - (y.size - 1)

    if excess(0.0) <= 0:
        return 0.0
    # there the weights are at most 1 / (y - mean)^2 summed over k - 1, so the sum is below k - 1
    high = float(((y - y.mean()) ** 2).sum()) + float(variance.max())
    return float(optimize.brentq(excess, 0.0, high, xtol=_TOLERANCE * high, rtol=4 * np.finfo(float).eps))


def restricted_likelihood(y: Floats, variance: Floats) -> float:
    """Return the tau^2 >= 0 at the highest restricted likelihood, searched on a grid and then by the root of its slope.

    ``2 l = -sum log(se^2 + tau^2) - log sum w - sum w (y - mu)^2``, of which there may be several maxima.

    References
    ----------
    Viechtbauer 2005, doi:10.3102/10769986030003261.
    """

    def likelihood(tau2: float) -> float:
        _, total, squares = _at(tau2, y, variance)
        return float(-np.log(variance + tau2).sum() - np.log(total) - squares)

    def slope(tau2: float) -> float:
        w = 1 / (variance + tau2)
        mu = (w * y).sum() / w.sum()
        return float(-w.sum() + (w**2).sum() / w.sum() + (w**2 * (y - mu) ** 2).sum())

    high = float(((y - y.mean()) ** 2).sum()) + float(variance.max())
    grid = np.r_[0.0, np.geomspace(1e-8, 1.0, _GRID)] * high
    best = int(np.argmax([likelihood(tau2) for tau2 in grid]))
    low, up = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, _GRID)])
    if slope(low) <= 0:
        return low if best > 0 else 0.0
    return float(optimize.brentq(slope, low, up, xtol=_TOLERANCE * high)) if slope(up) < 0 else up


def _at(tau2: float, y: Floats, variance: Floats) -> tuple[float, float, float]:
    """Return mean, sum of weights, and weighted sum of squares about the mean."""
    w = 1 / (variance + tau2)
    mu = float((w * y).sum() / w.sum())
    return mu, float(w.sum()), float((w * (y - mu) ** 2).sum())
