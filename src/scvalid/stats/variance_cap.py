"""Moderated variance of set scores with a cap: the panel may say as much of a set's variance as its own residuals, not more."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scvalid.stats.linear_model import Fit, t_p
from scvalid.stats.moderation import fit_prior

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CappedTest:
    """Moderated t tests of the treatment effect on scores.

    Attributes
    ----------
    effect, se, p
        One value a score; two-sided p.
    df
        Degrees of freedom of the test, ``residual df + min(prior df, residual df)``.
    prior
        Prior location of v; NaN if no prior could be fitted.
    prior_df
        Degrees of freedom of the prior before the cap.
    """

    effect: Floats
    se: Floats
    df: float
    p: Floats
    prior: float
    prior_df: float


def capped_test(fit: Fit, *, in_panel: NDArray[np.bool_], independent: Floats | None = None) -> CappedTest:
    """Test the effect on each score by a variance that is moderated across the panel's scores.

    With ``v = s^2 / s^2_independent``, a prior ``(v0, d0)`` is fitted to the panel's v alone and its degrees of freedom are
    capped, ``d = min(d0, df)``; then ``v~ = (d v0 + df v) / (d + df)`` and ``t = b / (u sqrt(v~ s^2_independent))`` on
    ``df + d``. Without the cap the spread of v over sets, which is that of their correlation, would be taken for noise, and
    sets of highly correlated genes would be called too often.

    Parameters
    ----------
    fit
        Fit of the scores, one row a set.
    in_panel
        The sets that the prior is fitted to; submitted sets must not be among them. With fewer than two the test is the
        plain t.
    independent
        Variance of each score if its genes were independent, ``sum w^2 s~_g^2``; above 0. For scores that are no sums of
        genes (ranks, regression slopes) leave it out: v is then s^2 itself, and all rows must be scores of one kind.

    References
    ----------
    Smyth 2004, doi:10.2202/1544-6115.1027 (moments and moderated t); the cap is this project's own.
    """
    scale = np.ones_like(fit.variance) if independent is None else independent
    v = fit.variance / scale
    prior = fit_prior(v[in_panel], fit.df)
    # without a trend the prior is the same for all rows that it was fitted to
    location = float(prior.variance[0]) if prior.df > 0 else float("nan")
    weight = min(prior.df, fit.df)
    moderated = (weight * location + fit.df * v) / (weight + fit.df) if weight > 0 else v
    se = fit.unit * np.sqrt(moderated * scale)
    df = float(fit.df + weight)
    return CappedTest(fit.effect, se, df, t_p(fit.effect, se, df), location, prior.df)
