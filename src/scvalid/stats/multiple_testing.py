"""False discovery rate over one family of claims."""

import numpy as np
from numpy.typing import NDArray

from scvalid.errors import ContractError

Floats = NDArray[np.float64]


def benjamini_hochberg(p: Floats) -> Floats:
    """Return q values, ``q_(i) = min_{j >= i} m p_(j) / j`` over the family of m p values.

    Raises
    ------
    ContractError
        If a p value is missing: it would be sorted last, and count against all others.

    References
    ----------
    Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    if np.isnan(p).any():
        msg = "p values that are corrected together must be numbers; got one that is missing"
        raise ContractError(msg)
    m = p.size
    if m == 0:
        return p.copy()
    order = np.argsort(p, kind="stable")
    scaled = p[order] * m / np.arange(1, m + 1)
    q = np.empty(m)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q
