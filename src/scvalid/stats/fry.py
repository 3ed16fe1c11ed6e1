"""fry: do the genes of a set change on average in the set's sense, against residuals that are as correlated as they are."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, special

from scvalid.stats.moderation import Trend, fit_prior
from scvalid.stats.rotated import Rotated, rotate

Floats = NDArray[np.float64]
Standardise = Literal["moderated", "robust", "none"]
_NODES = 128
_ROBUST_DF_SHARE = 0.92


@dataclass(frozen=True)
class FryTest:
    """Self-contained tests of sets.

    Attributes
    ----------
    effect
        Weighted mean of the genes' standardised effects.
    p
        Two-sided p values.
    """

    effect: Floats
    p: Floats


def fry(
    y: Floats, x: Floats, sets: sparse.csr_matrix, *, trend: Trend | None = None, standardise: Standardise = "moderated"
) -> FryTest:
    """Test many sets on one design.

    With ``e_g0`` the effect and ``e_gj`` the residuals of a gene in an orthonormal basis, over its standard deviation, and
    ``m_j = sum_g w_g e_gj / sum_g |w_g|``: ``t = m_0 / sqrt(mean_j m_j^2)`` on the residual degrees of freedom. The size and
    sign of the weights count, so that a signed set is tested in its own sense; multiples of a set are the same set.

    The approximation of fry: ROAST draws random rotations of all ``e_g``; for the mean of a set that distribution is exactly
    the t above if the genes' standard deviations are known or the same. They are estimated, from the same residuals, and that
    is what is neglected.

    Parameters
    ----------
    y
        Genes x profiles, log2 expression. The test is self-contained: a shift of all genes is an effect on every set, so
        expression relative to its background is what a claim on one set needs.
    x
        Design of full rank, treatment last.
    sets
        Sets x genes, signed weights.
    trend
        Spline of abundance for the prior of the genes' variances; a constant prior without.
    standardise
        The variance of a gene: its moderated one (``moderated``); R's default (``robust``, ``posterior.sd`` there), which
        leaves the largest square of effect and residuals out and so depends on the basis, that is on the order of the
        profiles; or one for all (``none``).

    Raises
    ------
    ContractError
        If the design has no residual degree of freedom.

    References
    ----------
    Wu et al. 2010 (ROAST), doi:10.1093/bioinformatics/btq401; Giner & Smyth 2016 (fry), as limma 3.54.
    """
    rotated = rotate(y, x)
    sd = np.sqrt(_variance(rotated, trend, standardise))[:, None]
    raw = np.column_stack([rotated.effect, rotated.residual])
    standardised = np.divide(raw, sd, out=np.zeros_like(raw), where=sd > 0)
    total: Floats = np.asarray(abs(sets).sum(axis=1)).reshape(-1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):  # an empty set has no test
        mean = (sets @ standardised) / total
        t = mean[:, 0] / np.sqrt((mean[:, 1:] ** 2).mean(axis=1))
    p = 2 * special.stdtr(rotated.df, -np.abs(t))
    return FryTest(mean[:, 0], np.where(np.isnan(p), 1.0, p))


def _variance(rotated: Rotated, trend: Trend | None, standardise: Standardise) -> Floats:
    if standardise == "none":
        return np.ones_like(rotated.effect)
    plain = rotated.variance
    prior = fit_prior(plain, rotated.df, trend=trend)
    if standardise == "moderated":
        return plain if prior.df == 0 else prior.posterior(plain, rotated.df)
    squares = np.column_stack([rotated.effect, rotated.residual]) ** 2
    n = rotated.df + 1
    robust = (squares.sum(axis=1) - squares.max(axis=1)) / (n - _expected_largest_square(n))
    return robust if prior.df == 0 else prior.posterior(robust, _ROBUST_DF_SHARE * rotated.df)


@lru_cache
def _expected_largest_square(n: int) -> float:
    """Return the expectation of the largest of n squares of normal values, ``int_0^1 n u^(n-1) F^-1(u) du``, F of chi2_1."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    u = (nodes + 1) / 2
    return float((n * u ** (n - 1) * special.ndtri((1 + u) / 2) ** 2 * weights / 2).sum())
