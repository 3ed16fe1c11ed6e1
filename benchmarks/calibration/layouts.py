"""Who gave which sample: donors, arms and batches of the designs that are calibrated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Layout:
    """One row a sample.

    Attributes
    ----------
    kind
        Name of the design.
    n
        Donors of each arm.
    donors, is_treated, batches
        Of each sample.
    """

    kind: str
    n: int
    donors: NDArray[np.intp]
    is_treated: NDArray[np.bool_]
    batches: NDArray[np.intp]

    @property
    def name(self) -> str:
        """Return the name under which its results stand in tables."""
        return f"{self.kind} n={self.n}"

    @property
    def arms_share_donors(self) -> bool:
        """Return whether any donor stands in both arms."""
        return bool(set(self.donors[self.is_treated]) & set(self.donors[~self.is_treated]))


def layout(kind: str, n: int) -> Layout:
    """Return a design with ``n`` donors in each arm, vehicle first.

    Parameters
    ----------
    kind
        One of ``KINDS``.
    n
        Donors of each arm.
    """
    vehicle, treated, batches = KINDS[kind](n)
    is_treated = np.r_[np.zeros(len(vehicle), bool), np.ones(len(treated), bool)]
    return Layout(kind, n, np.r_[vehicle, treated].astype(np.intp), is_treated, np.asarray(batches, np.intp))


Rows = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]


def _paired(n: int) -> Rows:
    return np.arange(n), np.arange(n), np.zeros(2 * n, int)


def _unpaired(n: int) -> Rows:
    return np.arange(n), np.arange(n, 2 * n), np.zeros(2 * n, int)


def _partial(n: int) -> Rows:
    """Return all donors but one of each arm in both arms."""
    return np.r_[np.arange(n - 1), n - 1], np.r_[np.arange(n - 1), n], np.zeros(2 * n, int)


def _crossed(n: int) -> Rows:
    """Return donors of their own in each arm, both arms in both of two batches."""
    return np.arange(n), np.arange(n, 2 * n), np.r_[np.arange(n) % 2, np.arange(1, n + 1) % 2]


def _paired_crossed(n: int) -> Rows:
    """Return pairs of which the two samples lie in two batches, half of the pairs the other way round."""
    return np.arange(n), np.arange(n), np.r_[np.arange(n) % 2, np.arange(1, n + 1) % 2]


def _nested(n: int) -> Rows:
    """Return pairs, each donor a batch of its own: redundant beside the donor and no fault."""
    return np.arange(n), np.arange(n), np.r_[np.arange(n), np.arange(n)]


def _confounded(n: int) -> Rows:
    """Return one arm in each batch."""
    return np.arange(n), np.arange(n, 2 * n), np.r_[np.zeros(n, int), np.ones(n, int)]


def _paired_confounded(n: int) -> Rows:
    return np.arange(n), np.arange(n), np.r_[np.zeros(n, int), np.ones(n, int)]


def _one_treated(n: int) -> Rows:
    return np.arange(n), np.array([n]), np.zeros(n + 1, int)


def _two_treated(n: int) -> Rows:
    return np.arange(n), np.array([n, n + 1]), np.zeros(n + 2, int)


KINDS: Final[Mapping[str, Callable[[int], Rows]]] = {
    "paired": _paired,
    "unpaired": _unpaired,
    "partially paired": _partial,
    "two batches": _crossed,
    "paired, two batches": _paired_crossed,
    "batch nested in donor": _nested,
    "confounded with batch": _confounded,
    "paired, confounded with batch": _paired_confounded,
    "one treated donor": _one_treated,
    "two treated donors": _two_treated,
}
