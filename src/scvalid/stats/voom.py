"""Precision weights of log counts from the trend of their variance in abundance, and weighted least squares."""

import numpy as np
from numpy.typing import NDArray

from scvalid.stats.linear_model import Fit, t_p
from scvalid.stats.moderation import Trend

Floats = NDArray[np.float64]
_SMALLEST = 1e-8


def precision_weights(
    log_cpm: Floats, x: Floats, library: Floats, *, wanted: NDArray[np.intp], fit: Fit, trend: Trend
) -> Floats:
    """Return the weight of every value of the wanted genes: the inverse of the variance that its fitted count foretells.

    The root of the residual SD of all genes follows a spline of their mean log2 count; a value whose fitted log2 count is z has
    the weight ``spline(z)^-4``. Beyond the genes' range the ends hold.

    Parameters
    ----------
    log_cpm
        Genes x profiles, log2 counts per million.
    x
        Design, treatment last.
    library
        Library size of each profile, normalised.
    wanted
        Rows that weights are asked for.
    fit, trend
        Fit of all genes on that design, and the spline of their mean ``log_cpm``.

    Returns
    -------
    Wanted genes x profiles.

    References
    ----------
    Law 2014, doi:10.1186/gb-2014-15-2-r29; with the spline of the moderation in place of lowess.
    """
    root = fit.variance**0.25
    if trend.basis is None:
        return np.ones((wanted.size, log_cpm.shape[1]))
    smooth = trend.basis @ (trend.basis.T @ root)
    millions = np.log2(library / 1e6)
    count = log_cpm.mean(axis=1) + millions.mean()
    order = np.argsort(count, kind="stable")
    fitted = log_cpm[wanted] @ (x @ np.linalg.pinv(x)).T + millions
    # a spline of few genes may dip below what any gene has
    lowest = max(float(root.min()), _SMALLEST)
    return np.asarray(np.maximum(np.interp(fitted, count[order], smooth[order]), lowest) ** -4.0)


def weighted_t(y: Floats, x: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return the treatment effect of each row by weighted least squares, and its two-sided p by the row's own variance.

    ``b = (X'WX)^-1 X'W y``, ``s^2 = sum w (y - Xb)^2 / df``, ``t = b / (s sqrt([(X'WX)^-1]_tt))``.

    Parameters
    ----------
    y, weights
        Rows x profiles.
    x
        Profiles x columns of full rank, treatment last.
    """
    inverse = np.linalg.inv(np.einsum("gn,ni,nj->gij", weights, x, x))
    coefficient = np.einsum("gij,gj->gi", inverse, (weights * y) @ x)
    df = x.shape[0] - x.shape[1]
    variance = (weights * (y - coefficient @ x.T) ** 2).sum(axis=1) / df
    effect = coefficient[:, -1]
    return effect, t_p(effect, np.sqrt(variance * inverse[:, -1, -1]), df)
