"""The design of a comparison: which columns the linear model holds, and what it can show at all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RANK_TOLERANCE = 1e-9


@dataclass(frozen=True)
class DesignMatrix:
    """A design of full rank.

    Attributes
    ----------
    x
        Samples x columns; intercept first, treatment last.
    kept, dropped
        Names of the nuisance factors that have a column, and of those that add nothing to the others.
    is_estimable
        Whether the treatment column is independent of all others.
    vif
        Variance inflation of the treatment coefficient by the nuisance columns; infinite if not estimable.
    """

    x: Floats
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    is_estimable: bool
    vif: float

    @property
    def df(self) -> int:
        """Residual degrees of freedom."""
        return int(self.x.shape[0] - np.linalg.matrix_rank(self.x))

    @property
    def unit(self) -> float:
        """Standard error of the treatment coefficient at residual variance one: ``sqrt(VIF / sum (x_t - mean x_t)^2)``."""
        treatment = self.x[:, -1]
        return float(np.sqrt(self.vif / ((treatment - treatment.mean()) ** 2).sum()))

    @property
    def has_weight(self) -> NDArray[np.bool_]:
        """Whether each sample says anything on the treatment: its weight in the coefficient, a row of ``pinv(X)``, is not 0."""
        return np.asarray(np.abs(np.linalg.pinv(self.x)[-1]) > RANK_TOLERANCE)


def build_design(is_treated: NDArray[np.bool_] | Floats, nuisance: Mapping[str, Sequence[str]]) -> DesignMatrix:
    """Return intercept + nuisance factors + treatment, without redundant nuisance columns.

    Parameters
    ----------
    is_treated
        One flag a sample, or a number where the treatment has levels: the rank of a dose.
    nuisance
        Factor name -> one level a sample, in the order of their priority. A factor whose columns all lie in the span of
        those before it (a batch nested in donors, say) is dropped and named; that is no fault of the design.

    Notes
    -----
    VIF = ``1 / (1 - R^2)`` of treatment regressed on intercept and nuisance.
    """
    columns = [np.ones(is_treated.size)]
    kept: list[str] = []
    dropped: list[str] = []
    for name, levels in nuisance.items():
        before = len(columns)
        for level in sorted(set(levels)):
            column = np.array([value == level for value in levels], float)
            if _adds(columns, column):
                columns.append(column)
        (kept if len(columns) > before else dropped).append(name)
    treatment = is_treated.astype(float)
    residual = _residual(columns, treatment)
    centred = treatment - treatment.mean()
    is_estimable = _adds(columns, treatment)
    vif = float(centred @ centred / (residual @ residual)) if is_estimable else float("inf")
    return DesignMatrix(np.column_stack([*columns, treatment]), tuple(kept), tuple(dropped), is_estimable, vif)


def joined_level(levels: Iterable[str]) -> str:
    """Return the level of a profile that is summed from several samples: all their levels, sorted, joined by ``+``."""
    return "+".join(sorted({part for level in levels for part in str(level).split("+")}))


def shared_levels(levels: Sequence[str]) -> list[str]:
    """Return the levels, those of a single profile taken together: a level of its own is the residual of its profile."""
    n = Counter(levels)
    return [level if n[level] > 1 else "" for level in levels]


def _residual(columns: Sequence[Floats], column: Floats) -> Floats:
    basis = np.column_stack(columns)
    return column - basis @ np.linalg.lstsq(basis, column, rcond=None)[0]


def _adds(columns: Sequence[Floats], column: Floats) -> bool:
    return bool(np.linalg.norm(_residual(columns, column)) > RANK_TOLERANCE * np.sqrt(column.size))


def smallest_exact_p(*, n_treated: int, n_vehicle: int, is_paired: bool) -> float:
    """Return the smallest two-sided p value that an exact permutation of donors could reach.

    Sign flips of n pairs: ``2 / 2^n``. Relabelling of ``n + m`` donors: ``1 / C(n + m, n)``, twice that if n = m, because
    then each labelling has a mirror of the same size.
    """
    if is_paired:
        return min(1.0, 2 / 2**n_treated)
    mirror = 2 if n_treated == n_vehicle else 1
    return min(1.0, mirror / comb(n_treated + n_vehicle, n_treated))
