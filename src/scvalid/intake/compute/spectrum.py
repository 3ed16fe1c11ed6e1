"""Whole numbers that were once others: how often each small number occurs shows whether a matrix was normalised and rounded.

Counts of molecules or reads are a mixture of Poisson distributions, one a gene. With h(v) the number of genes that have the
value v in a cell, (v + 1) h(v + 1) / h(v) estimates the mean rate of the genes with the value v, which cannot fall with v
(Robbins 1956, An empirical Bayes approach to statistics; Good 1953, doi:10.1093/biomet/40.3-4.237). A factor per cell and
rounding leave values out and pile others up, and rounded logarithms end early: the ratio falls.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

LARGEST = 16
"""Values up to here are looked at; beyond it too few genes have one value."""
MIN_CELLS, MIN_DETECTED = 3, 100
CLEAR_CELL, CLEAR_SHARE = 4.0, 0.1
"""A fall of so many standard errors in so large a share of the cells (and in ``MIN_CELLS``) is no chance."""
CLEAR_MEAN, LIKELY_MEAN = (2.2, 2.0), (1.9, 1.5)
"""Mean over n cells of the largest fall in a cell: a + b / sqrt(n). That of counts is about 1.5, never above 2."""
CLEAR_POOLED, LIKELY_POOLED = 6.0, 4.5
"""The largest fall in all cells taken together: that of counts is below 3, and was 4.0 in one of 400 simulated samples."""
STEPS = 3
"""Falls are looked for between a value and the next ones: those of logarithms are gradual."""
SAME_TOTALS, EVEN_TOTALS, EVEN_RATIO = 0.05, 0.2, 0.5
"""Spreads on a log scale: totals of counts differ (by about 0.4), and more than the numbers of genes found."""
LARGEST_LOG, MIN_TOTAL, MIN_MEAN = 9, 500.0, 1.3
"""log1p of counts normalised to 10,000 a cell; cells of such totals and means, if counts, have genes with more."""
MANY_CELLS = 10

Floats = NDArray[np.float64]


def is_rounded(cells: sparse.csr_matrix) -> bool:
    """Whether whole numbers are certainly no counts, but values that were normalised and rounded.

    Parameters
    ----------
    cells
        Some whole cells x all genes, whole numbers.
    """
    spectra = _telling(cells)
    pooled = spectra.sum(axis=0, keepdims=True)
    if len(spectra) < MIN_CELLS or prefers_even(pooled[0]):
        return False
    falls = largest_falls(spectra)
    n_clear = int(np.sum(falls > CLEAR_CELL))
    is_clear = n_clear >= max(MIN_CELLS, CLEAR_SHARE * len(falls)) or _is_beyond(falls, CLEAR_MEAN)
    return is_clear or float(largest_falls(pooled)[0]) > CLEAR_POOLED


def oddity_of(cells: sparse.csr_matrix) -> str | None:
    """Return what suggests that whole numbers are no counts as they were counted, without proving it."""
    spectra = _telling(cells)
    if len(spectra) < MIN_CELLS:
        return _even_totals(cells)
    pooled = spectra.sum(axis=0, keepdims=True)
    if prefers_even(pooled[0]):
        return "has more even than odd counts: were both reads of a pair counted?"
    if float(largest_falls(pooled)[0]) > LIKELY_POOLED or _is_beyond(largest_falls(spectra), LIKELY_MEAN):
        return "has numbers that are left out or too frequent: normalised or corrected values that were rounded?"
    return _small_numbers(cells) or _even_totals(cells)


def _telling(cells: sparse.csr_matrix) -> Floats:
    """Return the spectra of the cells with enough genes for it."""
    return spectra_of(cells[cells.getnnz(axis=1) >= MIN_DETECTED])


def prefers_even(spectrum: Floats) -> bool:
    """Whether 2, 4, 6 and 8 each stand out against their neighbours."""
    at = np.array([2, 4, 6, 8])
    around = np.sqrt(spectrum[at - 1] * spectrum[at + 1])
    return bool((spectrum[at] > 1.2 * around + 3 * np.sqrt(around + 1)).all())


def spectra_of(cells: sparse.csr_matrix) -> Floats:
    """Return cells x values from 0: how many genes have the value, up to ``LARGEST`` + 1."""
    n_cells, n_genes = cells.shape
    rows = np.repeat(np.arange(n_cells), np.diff(cells.indptr))
    is_small = (cells.data > 0) & (cells.data <= LARGEST + 1)
    flat = rows[is_small] * (LARGEST + 2) + cells.data[is_small].astype(np.intp)
    spectra = np.bincount(flat, minlength=n_cells * (LARGEST + 2)).reshape(n_cells, LARGEST + 2).astype(np.float64)
    spectra[:, 0] = n_genes - np.bincount(rows[cells.data > 0], minlength=n_cells)
    return spectra


def largest_falls(spectra: Floats) -> Floats:
    """Return for each spectrum by how many standard errors log((v + 1) h(v + 1) / h(v)) falls from one v to a later one.

    Parameters
    ----------
    spectra
        What ``spectra_of`` returns. The zeros are left out: they depend on the genes that a file lists.
    """
    h = spectra[:, 1:] + 0.5
    logs = np.log(np.arange(2, h.shape[1] + 1) * h[:, 1:] / h[:, :-1])
    largest = np.full(len(h), -np.inf)
    for step in range(1, STEPS + 1):
        inner = 4 / h[:, 1:-1] if step == 1 else 1 / h[:, 1:-step] + 1 / h[:, step:-1]
        errors = np.sqrt(1 / h[:, : -1 - step] + inner + 1 / h[:, 1 + step :])
        largest = np.maximum(largest, ((logs[:, :-step] - logs[:, step:]) / errors).max(axis=1))
    return largest


def _is_beyond(falls: Floats, limit: tuple[float, float]) -> bool:
    return float(falls.mean()) > limit[0] + limit[1] / np.sqrt(len(falls))


def _small_numbers(cells: sparse.csr_matrix) -> str | None:
    total = float(np.median(np.asarray(cells.sum(axis=1))))
    top = float(cells.data.max(initial=0))
    if top > LARGEST_LOG or total < MIN_TOTAL or cells.sum() < MIN_MEAN * cells.count_nonzero():
        return None
    return f"has no number above {top:.0f}, although those of a cell add up to {total:,.0f}: rounded logarithms?"


def _even_totals(cells: sparse.csr_matrix) -> str | None:
    totals = np.asarray(cells.sum(axis=1), dtype=np.float64).ravel()
    detected = np.asarray((cells > 0).sum(axis=1), dtype=np.float64).ravel()
    totals, detected = totals[totals > 0], detected[totals > 0]
    if len(totals) < MIN_CELLS or totals.min() == totals.max():
        return None
    of_totals, of_detected = (_spread(np.log(values)) for values in (totals, detected))
    if of_totals < SAME_TOTALS:
        middle = f"{np.median(totals):,.0f}"
        return f"has nearly the same total in each cell (about {middle}): normalised and rounded, or down-sampled counts?"
    if len(totals) < MANY_CELLS or of_totals > EVEN_TOTALS or of_totals > EVEN_RATIO * of_detected:
        return None
    shares = f"{100 * of_totals:.0f} % between cells, the number of genes found by {100 * of_detected:.0f} %"
    return f"has totals that differ by {shares}: values that were normalised and rounded, or down-sampled counts?"


def _spread(values: Floats) -> float:
    """Return the standard deviation, as quartiles show it; of few cells the whole range."""
    if len(values) < MANY_CELLS:
        return float(np.ptp(values))
    low, high = np.quantile(values, [0.25, 0.75])
    return float(high - low) / 1.349
