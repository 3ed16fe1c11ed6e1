"""CAMERA: are the genes of a set changed more than the others, when the genes of a set are correlated."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, special

from scvalid.stats.moderation import Trend, moderate_variances
from scvalid.stats.rotated import rotate

Floats = NDArray[np.float64]
_VARIANCE_FLOOR = 1e-8


@dataclass(frozen=True)
class CameraTest:
    """Competitive tests of sets.

    Attributes
    ----------
    effect
        Mean normal score of the set's genes in the set's sense, above that of the other genes.
    correlation
        Mean signed correlation of the set's genes, estimated from their residuals; NaN for a set of one gene.
    p
        Two-sided p values.
    """

    effect: Floats
    correlation: Floats
    p: Floats


def camera(
    y: Floats, x: Floats, sets: sparse.csr_matrix, *, trend: Trend | None = None, is_negative_allowed: bool = False
) -> CameraTest:
    """Test many sets on one design.

    With the moderated t of each gene as normal score z (genes G, m of them in the set, signs s), ``c`` the mean z of the other
    genes and U the standardised residuals in an orthonormal basis of the residual space (df of them)::

        delta = mean_set(s (z - c)),   vif = m mean_j (mean_set s U_j)^2,  at least 1 unless negative correlation is allowed
        v     = [sum (z - c)^2 - m delta^2] / (G - 2)
        t     = delta / sqrt(v (vif / m + (mean_set s)^2 / (G - m)))   on min(df, G - 2)

    For sets without negative weights that is CAMERA as published. A signed set is tested in its own sense: the z and the
    residuals of its genes are multiplied by the sign of their weight, so that ``delta > 0`` means that its positive genes go
    up and its negative genes down, and only the difference of its positive and negative share weighs the noise of the
    background. The size of the weights does not count.

    Parameters
    ----------
    y
        Genes x profiles, log2 expression.
    x
        Design of full rank, treatment last.
    sets
        Sets x genes, signed weights.
    trend
        Spline of abundance for the prior of the genes' variances (limma's ``trend.var``); a constant prior without.
    is_negative_allowed
        Whether a negative correlation makes the test sharper.

    Raises
    ------
    ContractError
        If the design has no residual degree of freedom.

    References
    ----------
    Wu & Smyth 2012, doi:10.1093/nar/gks461; as limma 3.54 ``camera(inter.gene.cor = NA)``, parametric.
    """
    rotated = rotate(y, x)
    z = _normal_scores(rotated.effect, rotated.variance, rotated.df, trend)
    signs = sets.sign()
    m = np.asarray(abs(signs).sum(axis=1)).ravel()
    n_genes = y.shape[0]
    total, sum_all, sum_set = z @ z, z.sum(), abs(signs) @ z
    with np.errstate(divide="ignore", invalid="ignore"):  # an empty set, and one of all genes, have no test
        centre = (sum_all - sum_set) / (n_genes - m)
        balance = np.asarray(signs.sum(axis=1)).ravel() / m
        delta = (signs @ z) / m - balance * centre
        within = total - 2 * centre * sum_all + n_genes * centre**2 - m * delta**2
        residuals = rotated.residual / np.sqrt(np.maximum(rotated.variance, _VARIANCE_FLOOR))[:, None]
        vif = ((signs @ residuals) ** 2).mean(axis=1) / m
        correlation = (vif - 1) / (m - 1)
        used = vif if is_negative_allowed else np.maximum(vif, 1.0)
        t = delta / np.sqrt(within / (n_genes - 2) * (used / m + balance**2 / (n_genes - m)))
    p = 2 * special.stdtr(min(rotated.df, n_genes - 2), -np.abs(t))
    return CameraTest(delta, correlation, np.where(np.isnan(p), 1.0, p))


def _normal_scores(effect: Floats, variance: Floats, df: int, trend: Trend | None) -> Floats:
    """Return moderated t values as normal scores; their degrees of freedom are at most those of all genes together."""
    moderated = moderate_variances(variance, df, trend=trend)
    sd = np.sqrt(moderated.variance)
    t = np.divide(effect, sd, out=np.zeros_like(effect), where=sd > 0)
    return _normal_score_of_t(t, min(df + moderated.prior_df, df * effect.size))


def _normal_score_of_t(t: Floats, df: float) -> Floats:
    """Return the normal score with the tail of a t value, by Hill's expansion (from 3 df on its error is below .001).

    References
    ----------
    Hill 1970, doi:10.1145/355598.355600.
    """
    a = df - 0.5
    b = 48 * a**2
    w = a * np.log1p(t**2 / df)
    return np.sign(t) * np.sqrt(w) * (((((-0.4 * w - 3.3) * w - 24) * w - 85.5) / (0.8 * w**2 + 100 + b) + w + 3) / b + 1)
