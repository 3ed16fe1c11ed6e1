"""Least squares of many rows on one design, and the effect when one donor is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """Least squares of rows y on a design whose last column is the treatment.

    Attributes
    ----------
    effect
        Treatment coefficient of each row.
    variance
        Residual variance of each row.
    unit
        Standard error of the coefficient at residual variance one.
    df
        Residual degrees of freedom.
    """

    effect: Floats
    variance: Floats
    unit: float
    df: int


def fit_rows(y: Floats, x: Floats) -> Fit:
    """Fit every row of ``y`` (rows x samples) on the full-rank design ``x`` (samples x columns, treatment last).

    ``b = R^-1 Q' y``, ``s^2 = |y - Q Q' y|^2 / df``, ``unit^2 = [(X'X)^-1]_tt``.
    """
    q, r = np.linalg.qr(x)
    df = x.shape[0] - x.shape[1]
    effect = np.linalg.solve(r, q.T @ y.T)[-1]
    residual = y - (y @ q) @ q.T
    variance = (residual**2).sum(axis=1) / df if df > 0 else np.full(y.shape[0], np.nan)
    unit = float(np.linalg.norm(np.linalg.inv(r)[-1]))
    return Fit(effect, variance, unit, df)


def plain_t_p(fit: Fit) -> Floats:
    """Return two-sided p values of the ordinary t test, ``t = b / (unit s)`` on ``df``."""
    return t_p(fit.effect, fit.unit * np.sqrt(fit.variance), fit.df)


def t_p(effect: Floats, se: Floats, df: Floats | float) -> Floats:
    """Return two-sided p values of ``effect / se`` on ``df``; a row without any variance has p 1 if its effect is 0, else 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(effect) / se
    return np.where(np.isnan(t), 1.0, 2 * stats.t.sf(np.nan_to_num(t, nan=0.0, posinf=np.inf), df))


def leave_one_out(y: Floats, x: Floats, donors: Sequence[str]) -> tuple[Floats, tuple[str, ...]]:
    """Return the treatment effect of every row with each donor left out in turn.

    Returns
    -------
    Rows x donors (NaN where the treatment is not estimable without that donor), and the donors in sorted order.
    """
    names = tuple(sorted(set(donors)))
    effects = np.full((y.shape[0], len(names)), np.nan)
    for i, name in enumerate(names):
        keep = np.array([donor != name for donor in donors])
        reduced = x[keep][:, np.any(x[keep] != 0, axis=0)]
        others = reduced[:, :-1]
        if reduced.shape[1] == 0 or np.linalg.matrix_rank(reduced) == np.linalg.matrix_rank(others):
            continue
        if not np.any(x[keep, -1] != 0):
            continue
        # the pseudo-inverse serves designs in which leaving a donor out made a nuisance column redundant
        effects[:, i] = (np.linalg.pinv(reduced) @ y[:, keep].T)[-1]
    return effects, names
