"""The exact permutation test of donors, on the labellings that ``labellings.relabel_donors`` lists."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scvalid.stats.design import RANK_TOLERANCE
from scvalid.stats.labellings import Labellings

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_TIE = 1e-9
_BLOCK = 4_000_000


@dataclass(frozen=True)
class ExactNull:
    """The statistic of many rows under all labellings, sorted, so that any labelling can be tested against the others.

    Attributes
    ----------
    sorted_statistic
        Rows x labellings, the observed one among them; ascending.
    known
        The labellings, as bytes.
    has_mirrors
        Whether each labelling stands for its mirror too.
    """

    y: Floats
    x: Floats
    sorted_statistic: Floats
    known: frozenset[bytes]
    has_mirrors: bool

    def p(self, is_treated: Flags) -> Floats:
        """Return the exact two-sided p value of each row if that labelling were the observed one."""
        own = _statistic(self.y, self.x, is_treated[None, :])[:, 0] * (1 - _TIE)
        n = self.sorted_statistic.shape[1]
        as_large = np.array([n - np.searchsorted(row, value) for row, value in zip(self.sorted_statistic, own, strict=True)])
        is_known = is_treated.tobytes() in self.known or (self.has_mirrors and (~is_treated).tobytes() in self.known)
        extra = 0 if is_known else 1  # of a draw it need not be one
        return (as_large + extra) / (n + extra)


def exact_null(y: Floats, x: Floats, labellings: Labellings) -> ExactNull:
    """Return the null of the exact test of each row of y (rows x profiles); see ``exact_p`` for the statistic."""
    observed = x[:, -1] > 0
    rows = np.vstack([observed[None, :], labellings.is_treated])
    statistic = np.sort(_statistic(y, x, rows), axis=1)
    return ExactNull(y, x, statistic, frozenset(row.tobytes() for row in rows), labellings.has_mirrors)


def exact_p(y: Floats, x: Floats, labellings: Labellings) -> Floats:
    """Return exact two-sided p values of the treatment effect on each row.

    The statistic is the partial correlation of treatment and row given the nuisance columns, ``|z'y| / |z|`` with z the
    treatment's residual on them: the same order as ``|t|``. ``p = (1 + #{others at least as large}) / (1 + #others)``, mirrors
    taken as one; equal up to rounding counts as large. A labelling under which treatment is not estimable counts as larger.

    Parameters
    ----------
    y
        Rows x profiles.
    x
        Design, treatment (0 or 1) last.
    labellings
        Of the same profiles.

    References
    ----------
    Phipson & Smyth 2010, doi:10.2202/1544-6115.1585; Winkler et al. 2014, doi:10.1016/j.neuroimage.2014.01.060.
    """
    own = _statistic(y, x, (x[:, -1] > 0)[None, :]) * (1 - _TIE)
    as_large = np.ones(len(y))
    step = max(1, _BLOCK // max(len(y), 1))
    for start in range(0, len(labellings.is_treated), step):
        as_large += (_statistic(y, x, labellings.is_treated[start : start + step]) >= own).sum(axis=1)
    return as_large / (len(labellings.is_treated) + 1)


def _statistic(y: Floats, x: Floats, is_treated: Flags) -> Floats:
    """Return the statistic of rows x labellings."""
    q = np.linalg.qr(x[:, :-1])[0]
    treatment = is_treated.astype(float)
    residual = treatment - (treatment @ q) @ q.T
    length = np.linalg.norm(residual, axis=1)
    is_estimable = length > RANK_TOLERANCE * np.sqrt(x.shape[0])
    statistic = np.abs(y @ residual.T) / np.where(is_estimable, length, 1.0)
    return np.where(is_estimable, statistic, np.inf)
