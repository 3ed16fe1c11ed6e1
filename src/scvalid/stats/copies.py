"""Profiles of counts that are copies of each other, as they are or at another depth."""

from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
COUNTS, GENES = 10, 20
"""So many genes of so many counts tell a copy at another depth from chance: replicates agree that closely once in 1e12."""
TOLERANCE: Final = 1.0


def first_copies(counts: Floats) -> tuple[int, int] | None:
    """Return the first two rows that are copies: the same counts, or the same times one factor up to rounding.

    With y the smaller and z the larger of two profiles and ``f = y'z / z'z``, y is a copy of z if ``|y - f z| <= 1`` for every
    gene, and at least 20 genes of y have 10 counts.

    Parameters
    ----------
    counts
        Profiles x genes, raw.
    """
    products, library = counts @ counts.T, counts.sum(axis=1)
    for first, second in combinations(range(library.size), 2):
        small, large = sorted((first, second), key=lambda row: library[row])
        squares = products[small, small]
        # what is left of y beyond a multiple of z; each gene may leave the tolerance. Most pairs end here
        left = squares - products[small, large] ** 2 / max(products[large, large], np.finfo(float).tiny)
        if left <= counts.shape[1] * TOLERANCE**2 + 1e-9 * squares and _is_copy(counts[small], counts[large]):
            return first, second
    return None


def _is_copy(small: Floats, large: Floats) -> bool:
    if np.array_equal(small, large):
        return True
    factor = (small @ large) / (large @ large)
    return bool((small >= COUNTS).sum() >= GENES and (np.abs(small - factor * large) <= TOLERANCE).all())
