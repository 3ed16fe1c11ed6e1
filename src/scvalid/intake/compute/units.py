"""What the numbers of a matrix are if they are no counts, told from some whole cells."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.judgement import LARGEST_LOG_VALUE, judge_counts
from scvalid.intake.compute.spectrum import is_rounded, oddity_of

MIN_CELLS = 3
"""Fewer cells do not show whether all of them have the same total."""
MANY_CELLS = 20
"""So many cells of one depth are no chance, even where all were sequenced alike."""
MIN_TOTAL = 500.0
MIN_DETECTED = 50
SPREAD = 0.005
"""Totals of float32 values that were normalised to one number differ by less than this share of it."""

NEARLY_WHOLE = "counts with rounding noise, such as expm1(log1p(counts)) leaves (none further than 0.001 from a whole one)"
NOISE = 1e-3
"""Counts that were taken through a logarithm in float32 and back differ by less than this; large ones by a millionth."""

_UNIT = re.compile(r"(?<![a-z])(fpkm|rpkm|tpm|cpm)(?![a-z])", re.IGNORECASE)
_PER_CELL = 200
_MULTIPLE = 0.02
_INVERSES: tuple[tuple[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]], ...] = (
    ("log1p", np.expm1), ("log2(x + 1)", lambda x: np.exp2(x) - 1),
)  # fmt: skip


def judge_cells(cells: sparse.csr_matrix, *, names: Iterable[str] = ()) -> str | None:
    """Return what the values are if they cannot be raw counts, or None if they can.

    Parameters
    ----------
    cells
        Some whole cells x all genes.
    names
        Names of the cells and of the file; a unit that they name (``ctrl-1_fpkm``) is believed if the values are no counts.
    """
    fault = judge_counts(cells.data)
    if fault is None:
        return _name_of_whole(cells)
    if is_nearly_whole(cells.data):
        return NEARLY_WHOLE
    if cells.data.dtype.kind != "f" or not np.isfinite(cells.data).all() or np.array_equal(cells.data, np.round(cells.data)):
        return fault
    if cells.data.min() < 0:
        return _name_of_signed(cells) or fault
    unit = next((match[1].upper() for match in map(_UNIT.search, names) if match), None)
    if unit:
        return f"{unit} values (so named, and not whole numbers; largest {cells.data.max():.6g})"
    return _name_of_fractions(cells) or fault


def is_nearly_whole(values: NDArray[Any]) -> bool:
    """Whether values that are no whole numbers would be raw counts if they were rounded."""
    if values.dtype.kind != "f" or not values.size or not np.isfinite(values).all() or values.min() < 0:
        return False
    off = np.abs(values - np.round(values))
    return bool((off <= NOISE * np.clip(values / 1000, 1, None)).all() and values.max() >= 0.5 and off.any())


def doubts_of_counts(cells: sparse.csr_matrix) -> list[str]:
    """Return what is odd about whole numbers that may be raw counts."""
    rows = _rows(cells)
    totals = np.array([row.sum() for row in rows])
    if sum(map(len, rows)) >= MIN_DETECTED and all((row == 1).all() for row in rows):
        return ["holds only 0 and 1: binarised counts, or peaks of an ATAC assay, show no amounts."]
    if len(rows) >= MIN_CELLS and totals.min() >= MIN_TOTAL and totals.min() == totals.max():
        return [f"has exactly {totals[0]:,.0f} counts in each cell looked at: counts that were down-sampled to one depth?"]
    oddity = oddity_of(cells) if len(rows) >= MIN_CELLS else None
    return [oddity] if oddity else []


def _rows(cells: sparse.csr_matrix) -> list[NDArray[np.float64]]:
    """Return the values other than zero of each cell that has any."""
    parts = np.split(cells.data.astype(np.float64), cells.indptr[1:-1])
    return [row for row in (part[part != 0] for part in parts) if row.size]


def _name_of_whole(cells: sparse.csr_matrix) -> str | None:
    """Recognise rounded values: a real cell has genes with one count, and no two cells have the same total by chance."""
    rows = [row for row in _rows(cells) if len(row) >= MIN_DETECTED]
    if len(rows) < MIN_CELLS:
        return None
    least, totals = np.array([row.min() for row in rows]), np.array([row.sum() for row in rows])
    if np.mean([_starts_late(row) for row in rows]) >= 0.9:
        said = f"the smallest in a cell is above 1 (mostly {np.median(least):.0f})"
        return f"whole numbers of which {said}, as rounded normalised values have"
    common = _common_total(totals)
    if len(rows) >= MANY_CELLS and common is not None and common >= MIN_TOTAL and totals.min() < totals.max():
        return f"whole numbers with nearly the same total in each cell ({common:,.0f}), as rounded normalised values have"
    if is_rounded(cells):
        return "whole numbers of which some are left out and others too frequent, as rounded normalised values have"
    return None


def _starts_late(row: NDArray[np.float64]) -> bool:
    """Whether a cell's smallest value is above 1, its most frequent one, and followed by the gap that a factor leaves."""
    values, n_genes = np.unique(row, return_counts=True)
    is_alone = len(values) == 1 or values[1] >= 2 * values[0] - 1
    return bool(values[0] > 1 and n_genes[0] >= 0.9 * n_genes.max() and is_alone)


def _name_of_signed(cells: sparse.csr_matrix) -> str | None:
    """Tell z-scores, where all zeros of a gene become one value, from residuals, where each cell's zero differs."""
    some = cells[:_PER_CELL].toarray()
    if len(some) < 2 * MIN_CELLS or np.median(np.abs(some.mean(axis=0))) > 0.25:
        return None
    is_least = some == some.min(axis=0)
    smallest = f"negative, smallest {float(cells.data.min()):.3g}"
    if np.median(is_least.mean(axis=0)) > 2 / len(some):
        return f"scaled (z-scored) values ({smallest}; genes have a mean of about 0)"
    return f"residuals ({smallest}; genes have a mean of about 0), as SCTransform or regressing out gives"


def _name_of_fractions(cells: sparse.csr_matrix) -> str | None:
    rows = [row for row in _rows(cells) if len(row) > 1]
    top = float(cells.data.max())
    if len(rows) < MIN_CELLS:
        return None
    common = _common_total(np.array([row.sum() for row in rows]))
    if common is not None:
        return _name_of_total(common, is_multiple=_are_multiples(rows))
    if _are_multiples(rows):
        return f"normalised counts (each cell divided by its size factor; not whole numbers, largest {top:.6g})"
    if _are_multiples(_rows(cells.T.tocsr())):
        return f"FPKM- or RPKM-like values (each gene divided by a number of its own, as by its length; largest {top:.6g})"
    if top <= LARGEST_LOG_VALUE:
        return _name_of_logs(rows, top)
    return _name_of_amounts(rows, top)


def _name_of_total(total: float, *, is_multiple: bool) -> str:
    if abs(total - 1e6) < SPREAD * 1e6:
        return f"{'CPM' if is_multiple else 'CPM or TPM'} values (each cell sums to 1,000,000)"
    return f"normalised counts (each cell sums to {total:,.6g}; not whole numbers)"


def _name_of_logs(rows: list[NDArray[np.float64]], top: float) -> str | None:
    for name, inverse in _INVERSES:
        common = _common_total(np.array([inverse(row).sum() for row in rows]))
        if common is not None:
            return f"log-normalised values ({name} of counts normalised to {common:,.5g} a cell, largest {top:.3g})"
    for name, inverse in _INVERSES:
        if _are_multiples([inverse(row) for row in rows]):
            return f"log-normalised values ({name} of counts divided by a factor per cell, largest {top:.3g})"
    return None


def _name_of_amounts(rows: list[NDArray[np.float64]], top: float) -> str:
    share = float(np.mean(np.concatenate([row == np.round(row) for row in rows])))
    total = float(np.median([row.sum() for row in rows]))
    if share < 0.2 and total >= 50_000:
        return f"FPKM- or RPKM-like values (fractions, totals that differ around {total:,.0f} a cell, largest {top:.6g})"
    said = f"({100 * share:.0f} % whole numbers, totals that differ around {total:,.0f} a cell, largest {top:.6g})"
    tools = "SoupX, CellBender, DecontX or the sharing out of ambiguous reads (EM)"
    return f"corrected counts {said}, as {tools} gives" if share >= 0.05 else f"FPKM, or counts corrected by {tools} {said}"


def _common_total(totals: NDArray[np.float64]) -> float | None:
    """Return the total of every cell if it is the same for all of them."""
    middle = float(np.median(totals))
    return middle if totals.max() - totals.min() <= SPREAD * middle else None


def _are_multiples(rows: list[NDArray[np.float64]]) -> bool:
    """Whether the small values of most cells are multiples of the cell's smallest: that one is a count of 1."""
    is_cell = []
    for row in (row for row in rows[: 10 * _PER_CELL] if row.size > 2):
        ratios = row / row.min()
        small = ratios[(ratios > 1 + _MULTIPLE) & (ratios < 10)]
        if small.size:
            is_cell.append(np.mean(np.abs(small - np.round(small)) < _MULTIPLE * np.round(small) / 2) >= 0.95)
    return len(is_cell) >= MIN_CELLS and float(np.mean(is_cell)) >= 0.8
