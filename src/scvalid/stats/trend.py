"""A trend over ordered levels, doses or times: its design, the level means, and the monotone curve nearest to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scvalid.stats.design import DesignMatrix, build_design

Floats = NDArray[np.float64]
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Isotonic:
    """Monotone curves through the means of levels.

    Attributes
    ----------
    fitted
        Rows x levels, monotone.
    is_rising
        Whether the curve of each row rises; of two directions that one is taken which leaves less of the means.
    is_monotone
        Whether the means are monotone themselves, so that nothing had to be pooled.
    explained
        Share of the squares between levels that the curve keeps; 1 for monotone means and for means that are all the same.
    """

    fitted: Floats
    is_rising: NDArray[np.bool_]
    is_monotone: NDArray[np.bool_]
    explained: Floats


def trend_design(
    levels: Floats, nuisance: Mapping[str, Sequence[str]], *, is_treated: NDArray[np.bool_] | None = None
) -> DesignMatrix:
    """Return intercept, nuisance factors and last the rank of each profile's level: 0, 1, 2 ... from the lowest on.

    The last coefficient is the linear contrast of the ranks, in log2 a step, and its tests are those of a treatment; with
    donors among the nuisance factors it is a contrast within donors. Ranks serve unknown shapes: with the doses themselves the
    highest would decide alone.

    Parameters
    ----------
    levels
        Dose or time of each profile.
    nuisance
        As for ``build_design``.
    is_treated
        Profiles outside it, those of a vehicle that has levels too, have rank 0 at every level; all are inside if absent.

    References
    ----------
    Tukey, Ciminera & Heyse 1985, doi:10.2307/2530666.
    """
    ranks = np.unique(levels, return_inverse=True)[1].astype(float)
    return build_design(ranks if is_treated is None else ranks * is_treated, nuisance)


def level_effects(y: Floats, steps: Floats, nuisance: Floats) -> Floats:
    """Return the least-squares effect of each level against the lowest, that one included as 0.

    Parameters
    ----------
    y
        Rows x profiles.
    steps
        Profiles x levels above the lowest: 1 in the profiles of that level.
    nuisance
        Profiles x columns of intercept and nuisance factors, for example ``trend_design(...).x[:, :-1]``.

    Returns
    -------
    Rows x levels; NaN throughout if the levels cannot be told apart from the nuisance.
    """
    x = np.column_stack([nuisance, steps])
    n_steps = steps.shape[1]
    residual = steps - nuisance @ np.linalg.lstsq(nuisance, steps, rcond=None)[0]
    if np.linalg.matrix_rank(residual, tol=_TOLERANCE * np.sqrt(len(steps))) < n_steps:
        return np.full((y.shape[0], n_steps + 1), np.nan)
    above = np.linalg.lstsq(x, y.T, rcond=None)[0][-n_steps:].T
    return np.column_stack([np.zeros(y.shape[0]), above])


def fit_isotonic(means: Floats, *, weights: Floats | None = None) -> Isotonic:
    """Return the monotone curve nearest to the means of levels, rising or falling.

    Pooled adjacent violators in their closed form, ``m_j = max_{i <= j} min_{k >= j} mean(y_i .. y_k)``.

    Parameters
    ----------
    means
        Rows x levels, lowest first.
    weights
        Of each level, for example its number of donors; all the same if absent.

    References
    ----------
    Barlow, Bartholomew, Bremner & Brunk 1972, Statistical Inference under Order Restrictions, theorem 1.4.
    """
    w = np.ones(means.shape[1]) if weights is None else np.asarray(weights, float)
    rising, falling = _rising(means, w), -_rising(-means, w)
    left = [((means - fitted) ** 2 @ w) for fitted in (rising, falling)]
    is_rising = left[0] <= left[1]
    fitted = np.where(is_rising[:, None], rising, falling)
    centred = means - (means @ w / w.sum())[:, None]
    between, lost = centred**2 @ w, np.where(is_rising, left[0], left[1])
    is_flat = between <= _TOLERANCE**2 * (means**2 @ w)
    explained = np.where(is_flat, 1.0, 1 - lost / np.where(is_flat, 1.0, between))
    return Isotonic(fitted, is_rising, is_flat | (lost <= _TOLERANCE**2 * between), explained)


def _rising(means: Floats, w: Floats) -> Floats:
    n = means.shape[1]
    sums = np.concatenate([np.zeros((len(means), 1)), np.cumsum(means * w, axis=1)], axis=1)
    total = np.r_[0.0, np.cumsum(w)]
    # mean of each run of levels i .. k
    runs = {
        (i, k): (sums[:, k + 1] - sums[:, i]) / (total[k + 1] - total[i]) if k > i else means[:, i]
        for i in range(n)
        for k in range(i, n)
    }
    columns = [np.max([np.min([runs[i, k] for k in range(j, n)], axis=0) for i in range(j + 1)], axis=0) for j in range(n)]
    return np.column_stack(columns)
