"""Raw or filtered: the curve of barcodes by rank, with its knee, and the share of barcodes that are nearly empty."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scvalid.preflight.files.summary import Kind

NEARLY_EMPTY = 100
"""Barcodes with no more counts than this are taken for empty droplets, as DropletUtils does (``lower``)."""
RAW_SHARE, FILTERED_SHARE = 0.5, 0.2
MIN_FALL, MIN_SKEWNESS = 6.0, 1.0
"""Cells (above the inflection) exceed nearly empty droplets by so much, in medians, or the log sizes are so skewed. One
population of cells with few counts, as imaging gives, shows neither: 2 to 4, and about 0."""
MIN_BARCODES, MIN_CELLS = 200, 10
MIN_GENES = 1_000
"""With fewer genes in the file the number of detected ones does not tell a cell from an empty droplet."""
N_POINTS, SMOOTH = 200, 9
"""Points of the barcode-rank curve, evenly spaced in log rank, and how many of them a running mean takes together."""
MAX_BARCODES, MAX_EMPTY_SHARE = 100_000, 0.9
"""A raw matrix beyond both is refused: its droplets would be held in memory and counted as cells of the sample."""


@dataclass(frozen=True)
class Ranks:
    """The kind of a matrix; if known, the share of nearly empty barcodes, and how many reach the knee and the inflection."""

    kind: Kind
    share_empty: float | None = None
    n_above_knee: int | None = None
    n_above_inflection: int | None = None


class Bends(NamedTuple):
    """Sizes at the two bends of a barcode-rank curve."""

    knee: float
    inflection: float


def judge_barcodes(sizes: NDArray[np.integer] | None, *, n_genes: int, are_counts: bool) -> Ranks:
    """Tell a matrix of all droplets from one of cells.

    Parameters
    ----------
    sizes
        Counts of each barcode, or else the number of its genes; None if neither is known.
    n_genes
        Genes of the matrix.
    are_counts
        Whether ``sizes`` are counts.
    """
    if sizes is None or not sizes.size or not (are_counts or n_genes >= MIN_GENES):
        return Ranks("unknown")
    share = float(np.mean(sizes <= NEARLY_EMPTY))
    bends = find_bends(sizes)
    above = (None, None) if bends is None else tuple(int(np.sum(sizes >= bend)) for bend in bends)
    n_beyond = int(np.sum(sizes > NEARLY_EMPTY))
    if share > RAW_SHARE and sizes.size >= MIN_BARCODES and n_beyond >= MIN_CELLS and _are_two_kinds(sizes, bends):
        return Ranks("raw", share, *above)
    return Ranks("filtered" if share <= FILTERED_SHARE else "unknown", share, *above)


def _are_two_kinds(sizes: NDArray[np.integer], bends: Bends | None) -> bool:
    """Whether the sizes are of droplets and of cells: far apart, or one narrow heap with a long tail."""
    beyond = sizes[sizes >= (NEARLY_EMPTY + 1 if bends is None else bends.inflection)]
    if float(np.median(beyond)) >= MIN_FALL * max(1.0, float(np.median(sizes[sizes <= NEARLY_EMPTY]))):
        return True
    logs = np.log(sizes[sizes > 0])
    off = (logs - logs.mean()) / max(float(logs.std()), 1e-9)
    return float(np.mean(off**3)) >= MIN_SKEWNESS


def find_bends(sizes: NDArray[np.integer], *, lower: int = NEARLY_EMPTY) -> Bends | None:
    """Return the sizes at knee and inflection of the barcode-rank curve; None if too few barcodes or different
    sizes exceed ``lower``.

    The curve is log10 size against log10 rank, ties at their mean rank, smoothed by a running mean. Its inflection is where it
    falls most steeply; the knee is the point before it that lies farthest above the straight line from the first point to the
    inflection.

    Source: ``barcodeRanks`` of DropletUtils (Lun et al. 2019, doi:10.1186/s13059-019-1662-y), which smooths by a spline.
    """
    values, counts = np.unique(sizes[sizes > lower], return_counts=True)
    if len(values) < MIN_CELLS:
        return None
    ranks = np.log10(np.cumsum(counts[::-1]) - (counts[::-1] - 1) / 2)
    x = np.linspace(ranks[0], ranks[-1], N_POINTS)
    y = _smooth(np.interp(x, ranks, np.log10(values[::-1])))
    # the few largest barcodes are far apart by chance
    first = int(np.searchsorted(x, np.log10(MIN_CELLS)))
    if first >= len(y) - 1:
        return None
    last = first + int(np.argmin(np.diff(y)[first:])) + 1
    height = (y - y[0]) * (x[last] - x[0]) - (y[last] - y[0]) * (x - x[0])
    return Bends(float(10 ** y[np.argmax(height[: last + 1])]), float(10 ** y[last]))


def _smooth(y: NDArray[np.float64]) -> NDArray[np.float64]:
    padded = np.pad(y, SMOOTH // 2, mode="edge")
    return np.convolve(padded, np.full(SMOOTH, 1 / SMOOTH), mode="valid")
