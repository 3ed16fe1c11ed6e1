"""The correlation-prior test of a set's score between donors.

Given the genes' own variances, the residual variance of a set's score has one unknown, the mean signed correlation rho of
its genes: ``T(rho) = naive + rho (full - naive)`` with ``naive = sum w^2 s~^2`` and ``full = (sum |w| s~)^2``. With
``s^2 | rho ~ T(rho) chi2_df / df`` and a prior for rho that is fitted to a fixed panel of sets and guarded by a flat part,
the p value is the posterior average of normal tails. A set whose variance lies beyond T(1/2) is one that the genes cannot
explain; it falls back to the plain t test if that is the larger p. Design: this project's own; docs/methods/set-test.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.special import ndtr

from scvalid.stats.linear_model import Fit, plain_t_p

Floats = NDArray[np.float64]

RHO = np.r_[0, 0.0025, 0.005, 0.01, 0.015, np.arange(0.02, 0.2, 0.01), np.arange(0.2, 0.42, 0.02), np.arange(0.44, 0.81, 0.04)]
_EDGES = np.r_[0, (RHO[1:] + RHO[:-1]) / 2, 1]
CANDIDATE_MEANS = (0.01, 0.02, 0.04, 0.07, 0.1, 0.14, 0.2, 0.3)
"""Mean .11; residuals of real donors have .02 to .07 (docs/decisions/014-correlation-hyperprior.md)."""
CANDIDATE_SHAPES = (0.5, 1.0, 2.0)
GUARD_LIMIT = 0.5
GUARD_SHARE_PAIRED, GUARD_SHARE_UNPAIRED = 0.15, 0.3
"""Less in pairs: differences within donors are less correlated between genes than donors are."""
BISECTIONS = 60


def candidate_priors(means: Sequence[float], shapes: Sequence[float]) -> Floats:
    """Return beta distributions on the grid ``RHO``, one row for each mean and each first parameter ("shape")."""
    priors = np.array([np.diff(stats.beta(a, a * (1 - mean) / mean).cdf(_EDGES)) for mean in means for a in shapes])
    return np.asarray(priors / priors.sum(axis=1, keepdims=True))


CANDIDATES = candidate_priors(CANDIDATE_MEANS, CANDIDATE_SHAPES)
_GUARD = np.diff(np.clip(_EDGES, 0, GUARD_LIMIT)) / GUARD_LIMIT


@dataclass(frozen=True)
class Posterior:
    """What is known of each set's variance after its residuals were seen.

    Attributes
    ----------
    weight
        Sets x values of RHO, each row sums to one.
    sd
        Sets x values of RHO: standard error of the effect at that correlation.
    is_fallback
        Sets whose variance the genes cannot explain.
    fit
        The least-squares fit of the scores.
    """

    weight: Floats
    sd: Floats
    is_fallback: NDArray[np.bool_]
    fit: Fit

    @property
    def rho(self) -> Floats:
        """Posterior mean correlation of each set."""
        return self.weight @ RHO

    @property
    def se(self) -> Floats:
        """Posterior root-mean-square standard error; for a fallback set at least that of the plain t test."""
        se = np.sqrt((self.weight * self.sd**2).sum(axis=1))
        return np.where(self.is_fallback, np.maximum(se, self.fit.unit * np.sqrt(self.fit.variance)), se)


def posterior_of_correlation(
    fit: Fit,
    naive: Floats,
    full: Floats,
    *,
    in_panel: NDArray[np.bool_],
    guard_share: float,
    candidates: Floats = CANDIDATES,
) -> Posterior:
    """Fit the prior of rho on the panel's sets and return the posterior of every set.

    Parameters
    ----------
    fit
        Fit of the scores, one row a set.
    naive, full
        Variance of each set's score if its genes were independent, and if they moved as one.
    in_panel
        The sets that the mixture of candidate priors is estimated on; submitted sets must not be among them.
    guard_share
        Share of the flat part U(0, 1/2) of the prior.
    candidates
        Priors that are mixed, candidates x values of RHO; others than the default are for calibration.
    """
    t = naive[:, None] + np.maximum(full - naive, 0)[:, None] * RHO
    log_likelihood = -fit.df / 2 * (np.log(t) + fit.variance[:, None] / t)
    likelihood = np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True))
    marginal = np.log(np.maximum(candidates @ likelihood[in_panel].T, 1e-300)).sum(axis=1)
    mixture = np.exp(marginal - marginal.max())
    prior = (1 - guard_share) * (mixture / mixture.sum() @ candidates) + guard_share * _GUARD
    weight = likelihood * prior
    weight /= weight.sum(axis=1, keepdims=True)
    is_fallback = fit.variance > naive + GUARD_LIMIT * np.maximum(full - naive, 0)
    return Posterior(weight, fit.unit * np.sqrt(t), is_fallback, fit)


def p_values(posterior: Posterior) -> Floats:
    """Return two-sided p values, ``sum_rho P(rho | s^2) 2 Phi(-|b| / (u sqrt(T(rho))))``.

    That of a fallback set is not below its plain t's.
    """
    p = _tail(posterior, np.abs(posterior.fit.effect))
    return np.where(posterior.is_fallback, np.maximum(p, plain_t_p(posterior.fit)), p)


def half_widths(posterior: Posterior, *, level: float) -> Floats:
    """Return half the width of the interval of each effect, by inversion of the test.

    Parameters
    ----------
    level
        Coverage, for example 0.95.
    """
    low, high = np.zeros(posterior.sd.shape[0]), 40 * posterior.sd.max(axis=1)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        is_inside = _tail(posterior, middle) > 1 - level
        low, high = np.where(is_inside, middle, low), np.where(is_inside, high, middle)
    fit = posterior.fit
    plain = stats.t.isf((1 - level) / 2, fit.df) * fit.unit * np.sqrt(fit.variance)
    return np.where(posterior.is_fallback, np.maximum(high, plain), high)


def _tail(posterior: Posterior, distance: Floats) -> Floats:
    # what stats.norm.sf returns, without its checks, which take longer than the numbers
    return (posterior.weight * 2 * ndtr(-distance[:, None] / posterior.sd)).sum(axis=1)
