"""What is left of an effect once a rival is accounted for: by the donors' own slope on it, and by the genes they share.

The rival is scored without the genes of the read-out: with them the read-out would explain itself.

- With the rival's score in the model. Frisch-Waugh-Lovell: with ``M`` the projection off the whole design, treatment included,
  the coefficient of treatment in ``y ~ x + r`` is ``theta_y - gamma theta_r``, ``gamma = (y' M r) / (r' M r)``.
- By shared genes. If the rival moves its genes in proportion to their weights v, its other genes tell by how much:
  ``theta_y - c theta_r`` with ``c = sum_shared w_g v_g * (sum_other |v_g|) / (sum_other v_g^2)``; with equal weights c is the
  share of the read-out's genes that are the rival's. No degree of freedom is spent (docs/decisions/013-rivals-in-the-model.md).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.tables import RIVALS
from scvalid.keys import Control, Effect, Kind
from scvalid.pathways.compute.gene_sets import MIN_GENES
from scvalid.pathways.compute.testing import Measured, Model
from scvalid.stats.linear_model import t_p

Floats = NDArray[np.float64]
COLLINEAR: Final = 1e-10
"""Share of a rival's variance that the design must leave; below it the rival is a column of the design."""
_COLUMNS: Final = [name for name in RIVALS.columns if name != Effect.STATE]


@dataclass(frozen=True)
class _Readout:
    """One claimed read-out: its value per profile, the rows of its genes and their weights."""

    kind: str
    name: str
    values: Floats
    genes: NDArray[np.intp]
    weights: Floats


@dataclass(frozen=True)
class _Rivals:
    """Sets, and genes named as rivals: names, weights over the expressed genes, values per profile, and sums of each."""

    names: NDArray[np.object_]
    weights: Floats
    values: Floats
    n_genes: NDArray[np.intp]
    total: Floats
    square: Floats


def rival_effects(measured: Measured, model: Model, claimed: Claimed) -> pd.DataFrame:
    """Return the effect of every claimed read-out beside every scored set and every gene that is named as a rival.

    Parameters
    ----------
    measured, model
        Profiles and their labelling.
    claimed
        Read-outs and genes as the data call them; what is not scored or not expressed has no row.

    Returns
    -------
    Columns of ``contracts.tables.RIVALS`` without the state. All numbers are missing where the rival has fewer than five genes
    (or, as a gene, none) outside the read-out; ``theta_adjusted`` and ``p_slope`` also where no residual degree of freedom is
    left or the rival is a column of the design; ``theta_unshared`` also where no gene is shared.

    References
    ----------
    Frisch & Waugh 1933, doi:10.2307/1907330; Lovell 1963, doi:10.1080/01621459.1963.10480682.
    """
    rivals, x = _rivals(measured, claimed), model.x
    tables = [_beside(readout, rivals, measured.expression.relative, x) for readout in _readouts(measured, claimed)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=_COLUMNS)


def _beside(readout: _Readout, rivals: _Rivals, relative: Floats, x: Floats) -> pd.DataFrame:
    shared = rivals.weights[:, readout.genes]
    others = _without(rivals, shared, relative[readout.genes])
    theta, own, adjusted, p = _adjusted(readout.values, others, x)
    unshared = np.where((shared != 0).any(axis=1), theta - _slope_of_shared(rivals, shared, readout.weights) * own, np.nan)
    numbers = {
        Control.THETA_ADJUSTED: adjusted,
        Control.P_SLOPE: p,
        Control.THETA_RIVAL: own,
        Control.THETA_UNSHARED: unshared,
    }
    names = {Effect.KIND: readout.kind, Effect.READOUT: readout.name, Control.RIVAL: rivals.names}
    return pd.DataFrame({**names, **numbers})[rivals.names != readout.name][_COLUMNS]


def _without(rivals: _Rivals, shared: Floats, relative: Floats) -> Floats:
    """Return rivals x profiles: scores without the shared genes, on the scale of the whole; NaN where too few are left."""
    n_left, left = rivals.n_genes - (shared != 0).sum(axis=1), rivals.total - np.abs(shared).sum(axis=1)
    is_left = (n_left >= np.minimum(MIN_GENES, rivals.n_genes)) & (left > COLLINEAR * rivals.total)
    scale = np.divide(rivals.total, left, out=np.full(left.size, np.nan), where=is_left)
    return np.asarray((rivals.values - shared @ relative) * scale[:, None])


def _slope_of_shared(rivals: _Rivals, shared: Floats, weights: Floats) -> Floats:
    """Return how much of a rival's effect the shared genes hand on to the read-out."""
    size, square = rivals.total - np.abs(shared).sum(axis=1), rivals.square - (shared**2).sum(axis=1)
    is_left = square > COLLINEAR * rivals.square
    return np.divide((shared @ weights) * size, square, out=np.full(size.size, np.nan), where=is_left)


def _adjusted(values: Floats, rivals: Floats, x: Floats) -> tuple[float, Floats, Floats, Floats]:
    """Return the effect on a read-out, the effects on rivals, the effect beside each of them, and p of its slope on them."""
    q, r = np.linalg.qr(x)
    effect_of, df = np.linalg.solve(r, q.T)[-1], x.shape[0] - x.shape[1] - 1
    own, theta = rivals @ effect_of, float(values @ effect_of)
    residual, of_rivals = values - q @ (q.T @ values), rivals - (rivals @ q) @ q.T
    left, whole = (of_rivals**2).sum(axis=1), ((rivals - rivals.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    is_told = (left > COLLINEAR * whole) & (df > 0)
    slope = np.divide(of_rivals @ residual, left, out=np.full(left.size, np.nan), where=is_told)
    unexplained = np.maximum((residual**2).sum() - slope**2 * left, 0.0)
    se = np.sqrt(np.divide(unexplained / max(df, 1), left, out=np.full(left.size, np.nan), where=is_told))
    return theta, own, theta - slope * own, np.where(is_told, t_p(slope, se, max(df, 1)), np.nan)


def _readouts(measured: Measured, claimed: Claimed) -> list[_Readout]:
    weights, expression = measured.sets.weights, measured.expression
    found = []
    for row in measured.rows_of_sets(frozenset(claimed.sets)):
        genes = np.flatnonzero(weights[row])
        found.append(_Readout(Kind.SET, str(measured.names[row]), measured.scores[row], genes, weights[row, genes]))
    for row in measured.rows_of_genes(frozenset(claimed.genes)):
        found.append(_Readout(Kind.GENE, str(expression.genes[row]), expression.log_cpm[row], np.array([row]), np.ones(1)))
    return found


def _rivals(measured: Measured, claimed: Claimed) -> _Rivals:
    """Return the scored sets, then the genes that claims name as rivals."""
    rows = measured.rows_of_genes(frozenset(claimed.rival_genes) - frozenset(map(str, measured.names)))
    single = np.zeros((rows.size, measured.expression.genes.size))
    single[np.arange(rows.size), rows] = 1.0
    weights = np.vstack([measured.sets.weights, single])
    return _Rivals(
        np.r_[measured.names.astype(object), measured.expression.genes[rows].astype(object)],
        weights,
        np.vstack([measured.scores, measured.expression.relative[rows]]),
        (weights != 0).sum(axis=1),
        np.abs(weights).sum(axis=1),
        (weights**2).sum(axis=1),
    )
