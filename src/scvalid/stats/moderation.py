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


@dataclass(frozen=True)
class Trend:
    """A spline in abundance, prepared: it does not depend on the design, so it serves any relabelling of the profiles.

    Attributes
    ----------
    basis
        Genes x columns, orthonormal; None of fewer than two genes, which have no trend.
    """

    basis: Floats | None


@dataclass(frozen=True)
class Prior:
    """A scaled inverse chi-squared prior of variances.

    Attributes
    ----------
    variance
        Location for each row that it was fitted to.
    df
        Degrees of freedom; may be infinite, and is 0 if nothing could be learnt.
    """

    variance: Floats
    df: float

    def posterior(self, variance: Floats, df: float) -> Floats:
        """Return ``(d0 s0^2 + d s^2) / (d0 + d)``; the prior itself if its degrees of freedom are infinite."""
        if np.isinf(self.df):
            return np.broadcast_to(self.variance, variance.shape).copy()
        return (self.df * self.variance + df * variance) / (self.df + df)


def prepare_trend(abundance: Floats) -> Trend:
    """Return the natural cubic spline of the genes' mean log2 expression, ready for ``moderate_variances``."""
    if abundance.size < 2:
        return Trend(None)
    return Trend(np.linalg.qr(natural_spline(abundance, _spline_df(abundance)))[0])


def fit_prior(variance: Floats, df: float, *, trend: Trend | None = None) -> Prior:
    """Fit the prior of residual variances by moments of their logarithms.

    With ``z = log s^2`` and ``e = z - digamma(d/2) + log(d/2)``, the mean of e (or its trend) gives the prior's location, the
    residual variance of e less ``trigamma(d/2)`` its degrees of freedom ``d0 = 2 trigamma^-1(.)``. Variances are floored at
    1e-5 of their median before the logarithm.

    Parameters
    ----------
    variance
        Residual variance of each row.
    df
        Residual degrees of freedom.
    trend
        Spline of the rows' abundance; a constant prior without.

    References
    ----------
    Smyth 2004, doi:10.2202/1544-6115.1027; the trend as limma 3.54 ``fitFDist``.
    """
    # from one row, or from rows without variance, no prior can be learnt
    if variance.size < 2 or df <= 0 or (median := np.median(variance)) <= 0:
        return Prior(variance.copy(), 0.0)
    e = np.log(np.maximum(variance, VARIANCE_FLOOR * median)) - digamma(df / 2) + np.log(df / 2)
    q = trend.basis if trend is not None and trend.basis is not None else np.full((e.size, 1), e.size**-0.5)
    fitted = q @ (q.T @ e)
    spread = float(((e - fitted) ** 2).sum() / max(e.size - q.shape[1], 1) - polygamma(1, df / 2))
    if spread <= 0:
        return Prior(np.exp(fitted), float("inf"))
    prior_df = 2 * inverse_trigamma(spread)
    return Prior(np.exp(fitted + digamma(prior_df / 2) - np.log(prior_df / 2)), prior_df)


def moderate_variances(variance: Floats, df: int, *, abundance: Floats | None = None, trend: Trend | None = None) -> Moderated:
    """Shrink residual variances towards a prior fitted to all genes, ``s~^2 = (d0 s0^2 + d s^2) / (d0 + d)``.

    Parameters
    ----------
    variance
        Residual variance of each gene.
    df
        Residual degrees of freedom.
    abundance
        Mean log2 expression of each gene; if given, the prior follows a natural cubic spline of it.
    trend
        That spline as ``prepare_trend`` returns it, instead of the abundance: for many designs on the same genes.

    References
    ----------
    Smyth 2004, doi:10.2202/1544-6115.1027; the trend as limma 3.54 ``fitFDist``.
    """
    if trend is None and abundance is not None:
        trend = prepare_trend(abundance)
    prior = fit_prior(variance, df, trend=trend)
    if prior.df == 0:
        return Moderated(variance.copy(), variance.copy(), 0.0)
    return Moderated(prior.posterior(variance, df), prior.variance, prior.df)


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
