"""Counts made comparable: log2 counts per million of profiles, with trimmed-mean factors, and counts per 10,000 of cells."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.stats import rankdata

Floats = NDArray[np.float64]


def tmm_factors(counts: Floats, *, trim_ratio: float = 0.3, trim_intensity: float = 0.05) -> Floats:
    """Return normalisation factors by the trimmed mean of M values.

    ``log2 f_s`` is the mean of the genes' log ratios against a reference sample, after trimming the extreme ratios (30 %)
    and intensities (5 %) on both sides, weighted by the inverse of their approximate variance
    ``(N - y) / (N y) + (N_r - y_r) / (N_r y_r)``; the factors have product one.

    Parameters
    ----------
    counts
        Genes x samples, raw counts.
    trim_ratio, trim_intensity
        Share trimmed at either end.

    Returns
    -------
    One factor a sample.

    References
    ----------
    Robinson & Oshlack 2010, doi:10.1186/gb-2010-11-3-r25; details as edgeR 3.40.
    """
    counts = counts[(counts > 0).any(axis=1)]
    library = counts.sum(axis=0)
    upper = np.quantile(counts / library, 0.75, axis=0)
    by_quartile = int(np.argmin(np.abs(upper - upper.mean())))
    reference = by_quartile if np.median(upper) >= 1e-20 else int(np.argmax(np.sqrt(counts).sum(axis=0)))
    log_factors = np.array(
        [
            _trimmed_mean(counts[:, s], counts[:, reference], trim_ratio, trim_intensity) if s != reference else 0.0
            for s in range(counts.shape[1])
        ]
    )
    return np.exp2(log_factors - log_factors.mean())


def _trimmed_mean(sample: Floats, reference: Floats, trim_ratio: float, trim_intensity: float) -> float:
    n_sample, n_reference = sample.sum(), reference.sum()
    both = (sample > 0) & (reference > 0)
    y, r = sample[both], reference[both]
    log_y, log_r = np.log2(y / n_sample), np.log2(r / n_reference)
    ratio, intensity = log_y - log_r, (log_y + log_r) / 2
    if ratio.size == 0 or np.abs(ratio).max() < 1e-6:
        return 0.0
    weight = 1 / ((n_sample - y) / n_sample / y + (n_reference - r) / n_reference / r)
    keep = _inside(ratio, trim_ratio) & _inside(intensity, trim_intensity)
    return float((weight * ratio)[keep].sum() / weight[keep].sum()) if keep.any() else 0.0


def _inside(values: Floats, trim: float) -> NDArray[np.bool_]:
    lowest = np.floor(values.size * trim) + 1
    ranks = rankdata(values)
    return (ranks >= lowest) & (ranks <= values.size + 1 - lowest)


def log2_cpm(counts: Floats, *, factors: Floats | None = None, prior_count: float = 2.0) -> Floats:
    """Return log2 counts per million with a prior that is proportional to library size.

    ``log2((y + a_s) / (N_s + 2 a_s) * 1e6)`` with ``N_s`` = library size x factor and ``a_s = prior_count * N_s / mean(N)``.

    Parameters
    ----------
    counts
        Genes x samples, raw counts.
    factors
        One normalisation factor a sample; ones if absent.
    prior_count
        Average count added to each observation.

    References
    ----------
    edgeR 3.40, ``cpm(log=TRUE)``.
    """
    library = counts.sum(axis=0) * (1.0 if factors is None else factors)
    prior = prior_count * library / library.mean()
    return np.log2((counts + prior) / (library + 2 * prior) * 1e6)


def per_ten_thousand(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return counts per 10,000 counts of each cell (cells x genes, float64); a cell without counts stays zero."""
    depth = np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
    scale = np.divide(1e4, depth, out=np.zeros_like(depth), where=depth > 0)
    return (sparse.diags(scale) @ counts).tocsr()
