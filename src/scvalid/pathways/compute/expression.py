"""Expression of the profiles that are compared: filter, normalisation, and the matched background."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from scvalid.stats.normalisation import log2_cpm, tmm_factors

Floats = NDArray[np.float64]
PRIOR_COUNT = 1.0
"""Small, so that profiles of few cells are not shrunk towards no effect (docs/decisions/002-prior-count.md)."""


@dataclass(frozen=True)
class Expression:
    """Expressed genes of the profiles of one comparison.

    Attributes
    ----------
    genes
        Symbols of the genes that passed the filter.
    log_cpm
        Genes x profiles, log2 counts per million.
    relative
        ``log_cpm`` less the gene's mean less the mean centred expression of the genes in its bin: what a score sums.
    bins
        Number of the expression bin of each gene.
    """

    genes: NDArray[np.str_]
    log_cpm: Floats
    relative: Floats
    bins: NDArray[np.intp]


def measure_expression(counts: Floats, genes: NDArray[np.str_], *, min_total_count: int, n_bins: int) -> Expression:
    """Filter, normalise and take off the matched background.

    Parameters
    ----------
    counts
        Profiles x genes, raw sums.
    genes
        Symbols of the columns.
    min_total_count
        Counts that a gene needs over all profiles, besides being detected in at least half of them.
    n_bins
        Bins of equal size by mean expression. Without the background a broad shift that follows expression is
        taken for an effect of every set.
    """
    passed = is_expressed(counts, min_total_count=min_total_count)
    kept = counts[:, passed].T
    if kept.shape[0] == 0:
        nothing = np.empty((0, counts.shape[0]))
        return Expression(genes[passed], nothing, nothing, np.empty(0, np.intp))
    log_cpm = log2_cpm(kept, factors=tmm_factors(kept), prior_count=PRIOR_COUNT)
    mean = log_cpm.mean(axis=1)
    bins = _bins_of_equal_size(mean, n_bins)
    return Expression(genes[passed], log_cpm, without_background(log_cpm, bins), bins)


def without_background(log_cpm: Floats, bins: NDArray[np.intp]) -> Floats:
    """Return expression (genes x profiles) less the gene's mean less the mean centred expression of the genes in its bin."""
    centred = log_cpm - log_cpm.mean(axis=1, keepdims=True)
    size = np.bincount(bins)
    total = np.zeros((size.size, log_cpm.shape[1]))
    np.add.at(total, bins, centred)
    return np.asarray(centred - (total / np.maximum(size, 1)[:, None])[bins])


def is_expressed(counts: Floats, *, min_total_count: int) -> NDArray[np.bool_]:
    """Return which genes (columns) are detected in at least half of the profiles and have enough counts in all."""
    return ((counts > 0).sum(axis=0) >= counts.shape[0] / 2) & (counts.sum(axis=0) >= min_total_count)


def _bins_of_equal_size(values: Floats, n_bins: int) -> NDArray[np.intp]:
    # average ranks keep genes of the same mean in one bin, whatever their order
    return np.minimum(((rankdata(values) - 0.5) / values.size * n_bins).astype(np.intp), n_bins - 1)
