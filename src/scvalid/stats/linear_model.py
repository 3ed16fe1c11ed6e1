"""Least squares of many rows on one design, and the effect when one donor is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from scvalid.stats.design import RANK_TOLERANCE

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

    ``b = R^-1 Q' y``, ``s^2 = |Q_0' y|^2 / df`` with Q_0 the basis of the residual space, ``unit^2 = [(X'X)^-1]_tt``.
    """
    n_columns = x.shape[1]
    q, r = np.linalg.qr(x, mode="complete")
    df = x.shape[0] - n_columns
    last = np.linalg.inv(r[:n_columns])[-1]
    # samples x rows: few long rows are several times faster than many short ones
    turned = q.T @ y.T
    residual = turned[n_columns:]
    variance = np.einsum("ij,ij->j", residual, residual) / df if df > 0 else np.full(y.shape[0], np.nan)
    return Fit(last @ turned[:n_columns], variance, float(np.linalg.norm(last)), df)


def plain_t_p(fit: Fit) -> Floats:
    """Return two-sided p values of the ordinary t test, ``t = b / (unit s)`` on ``df``."""
    return t_p(fit.effect, fit.unit * np.sqrt(fit.variance), fit.df)


def t_p(effect: Floats, se: Floats, df: Floats | float) -> Floats:
    """Return two-sided p values of ``effect / se`` on ``df``; a row without any variance has p 1 if its effect is 0, else 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(effect) / se
    return np.where(np.isnan(t), 1.0, 2 * special.stdtr(df, -np.nan_to_num(t, nan=0.0, posinf=np.inf)))


def leave_one_out(y: Floats, x: Floats, donors: Sequence[str]) -> tuple[Floats, tuple[str, ...]]:
    """Return the treatment effect of every row with each donor left out in turn.

    Returns
    -------
    Rows x donors (NaN where the treatment is not estimable without that donor), and the donors in sorted order.
    """
    contrasts, names = leave_one_out_contrasts(x, donors)
    return y @ contrasts, names


def leave_one_out_contrasts(x: Floats, donors: Sequence[str]) -> tuple[Floats, tuple[str, ...]]:
    """Return the weights of the profiles in the treatment effect without each donor.

    With r the residual of treatment on the nuisance columns among the profiles that are left, the effect is ``r'y / r'r``
    (Frisch & Waugh 1933, doi:10.2307/1907330). Profiles that are left out are rows of zeros, which have no say.

    Returns
    -------
    Profiles x donors (a column of NaN where the treatment is not estimable without that donor), and the donors in sorted
    order. For many rows y of profiles, or many times the same ones, the effects are ``y @ contrasts``.
    """
    names = tuple(sorted(set(donors)))
    is_left = np.array([[donor != name for donor in donors] for name in names])
    left = np.where(is_left[:, :, None], x, 0.0)
    others, treatment = left[:, :, :-1], left[:, :, -1:]
    # the pseudo-inverse serves designs in which leaving a donor out made a nuisance column redundant
    residual = (treatment - others @ (np.linalg.pinv(others, rcond=RANK_TOLERANCE) @ treatment))[:, :, 0]
    squares = (residual**2).sum(axis=1, keepdims=True)
    is_estimable = squares > RANK_TOLERANCE**2 * len(donors)
    return np.where(is_estimable, residual / np.where(is_estimable, squares, 1.0), np.nan).T, names
