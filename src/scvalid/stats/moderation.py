"""Empirical-Bayes moderation of gene variances with a trend in abundance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, polygamma

Floats = NDArray[np.float64]
VARIANCE_FLOOR = 1e-5


@dataclass(frozen=True)
class Moderated:
    """Moderated variances.

    Attributes
    ----------
    variance
        Posterior variance of each gene.
    prior
        Prior variance of each gene (its value on the trend).
    prior_df
        Degrees of freedom of the prior; may be infinite.
    """

    variance: Floats
    prior: Floats
    prior_df: float


def moderate_variances(variance: Floats, df: int, *, abundance: Floats | None = None) -> Moderated:
    """Shrink residual variances towards a prior fitted to all genes.

    With ``z = log s^2`` and ``e = z - digamma(d/2) + log(d/2)``, the trend of e gives the prior's location, the residual
    variance of e less ``trigamma(d/2)`` its degrees of freedom ``d0 = 2 trigamma^-1(.)``;
    ``s~^2 = (d0 s0^2 + d s^2) / (d0 + d)``. Variances are floored at 1e-5 of their median before the logarithm.

    Parameters
    ----------
    variance
        Residual variance of each gene.
    df
        Residual degrees of freedom.
    abundance
        Mean log2 expression of each gene; if given, the prior follows a natural cubic spline of it.

    References
    ----------
    Smyth 2004, doi:10.2202/1544-6115.1027; the trend as limma 3.54 ``fitFDist``.
    """
    # from one gene, or from genes without variance, no prior can be learnt
    if variance.size < 2 or np.median(variance) <= 0:
        return Moderated(variance.copy(), variance.copy(), 0.0)
    floored = np.maximum(variance, VARIANCE_FLOOR * np.median(variance))
    e = np.log(floored) - digamma(df / 2) + np.log(df / 2)
    design = np.ones((e.size, 1)) if abundance is None else natural_spline(abundance, _spline_df(abundance))
    q, _ = np.linalg.qr(design)
    trend = q @ (q.T @ e)
    spread = float(((e - trend) ** 2).sum() / (e.size - design.shape[1]) - polygamma(1, df / 2))
    if spread <= 0:
        prior = np.exp(trend)
        return Moderated(prior.copy(), prior, float("inf"))
    prior_df = 2 * inverse_trigamma(spread)
    prior = np.exp(trend + digamma(prior_df / 2) - np.log(prior_df / 2))
    return Moderated((prior_df * prior + df * variance) / (prior_df + df), prior, prior_df)


def _spline_df(abundance: Floats) -> int:
    n = abundance.size
    distinct = np.unique(abundance).size
    return int(min(1 + (n >= 3) + (n >= 6) + (n >= 30), distinct))


def natural_spline(x: Floats, df: int) -> Floats:
    """Return a basis of natural cubic splines including the constant, knots at quantiles of x.

    ``df`` columns: for df <= 2 constant and line; else ``N_k = d_k - d_{K-1}`` with
    ``d_k = ((x - t_k)_+^3 - (x - t_K)_+^3) / (t_K - t_k)`` over K = df knots (the ends included). The span, and so every
    fitted value, is that of R's ``ns(x, df, intercept = TRUE)``.

    References
    ----------
    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 5.2.1.
    """
    scaled = (x - x.min()) / max(float(np.ptp(x)), np.finfo(float).tiny)
    columns = [np.ones_like(scaled), scaled][: max(df, 1)]
    knots = np.unique(np.quantile(scaled, np.linspace(0, 1, df)))  # fewer where many x are the same
    if knots.size > 2:
        last = (np.maximum(scaled - knots[-2], 0) ** 3 - np.maximum(scaled - knots[-1], 0) ** 3) / (knots[-1] - knots[-2])
        for knot in knots[:-2]:
            cubic = (np.maximum(scaled - knot, 0) ** 3 - np.maximum(scaled - knots[-1], 0) ** 3) / (knots[-1] - knot)
            columns.append(cubic - last)
    return np.column_stack(columns)


def inverse_trigamma(value: float) -> float:
    """Return y with ``trigamma(y) = value`` by Newton's method on 1/trigamma, which is convex (Smyth 2004, appendix)."""
    if value > 1e7:
        return 1 / np.sqrt(value)
    if value < 1e-6:
        return 1 / value
    y = 0.5 + 1 / value
    for _ in range(50):
        tri = float(polygamma(1, y))
        step = tri * (1 - tri / value) / float(polygamma(2, y))
        y += step
        if -step / y < 1e-8:
            break
    return y
