"""False discovery rate over one family of claims, and equivalence to no effect."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def benjamini_hochberg(p: Floats) -> Floats:
    """Return q values, ``q_(i) = min_{j >= i} m p_(j) / j`` over the family of m p values.

    References
    ----------
    Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    m = p.size
    if m == 0:
        return p.copy()
    order = np.argsort(p, kind="stable")
    scaled = p[order] * m / np.arange(1, m + 1)
    q = np.empty(m)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q


def is_equivalent_to_none(low90: float, high90: float, *, delta: float) -> bool:
    """Return whether two one-sided 5 % tests exclude an effect of size delta: the 90 % interval lies inside (-delta, delta).

    References
    ----------
    Schuirmann 1987, doi:10.1007/BF01068419.
    """
    return -delta < low90 and high90 < delta
