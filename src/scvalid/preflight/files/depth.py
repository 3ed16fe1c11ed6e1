"""How many cells of each sample are deep enough to be kept by ``qc``, as some of them show."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from scvalid.errors import shown
from scvalid.preflight.files.merging import named
from scvalid.preflight.files.summary import FileSummary
from scvalid.qc.settings import QcSettings

MIN_CELLS = 20
"""Fewer cells, if they are not all of the sample, do not show a share."""


def cells_kept(cells: sparse.csr_matrix, symbols: Sequence[str], settings: QcSettings) -> np.ndarray:
    """Return which cells reach both fixed lower limits of ``qc``.

    Parameters
    ----------
    cells
        Some cells x genes.
    symbols
        Name of each gene; the workflow leaves out one without a name.
    settings
        Section ``qc`` of the config.
    """
    has_name = np.array([bool(symbol) for symbol in symbols], dtype=bool)
    own = cells[:, has_name] if len(has_name) == cells.shape[1] else cells
    n_counts = np.asarray(own.sum(axis=1), dtype=np.float64).ravel()
    n_genes = np.asarray((own > 0).sum(axis=1)).ravel()
    return np.asarray((n_counts >= settings.min_counts) & (n_genes >= settings.min_genes))


def share_of(is_kept: np.ndarray, *, n_cells: int) -> float | None:
    """Return the share of kept cells that is expected of a sample of ``n_cells``, or None if too few were looked at."""
    return float(is_kept.mean()) if len(is_kept) >= max(1, min(MIN_CELLS, n_cells)) else None


def doubts_of_depth(files: Sequence[FileSummary], settings: QcSettings) -> list[str]:
    """Return a sentence on the samples that will lose most of their cells, if there are any.

    That most barcodes of an unfiltered matrix are lost is as it should be.
    """
    lost = {
        file.sample_id: 100 * (1 - file.share_kept)
        for file in files
        if file.share_kept is not None and file.kind != "raw" and 1 - file.share_kept > settings.many_removed
    }
    if not lost:
        return []
    low, high = round(min(lost.values())), round(max(lost.values()))
    share = f"{low}" if low == high else f"{low} to {high}"
    limits = f"qc.min_counts ({settings.min_counts:,}) or qc.min_genes ({settings.min_genes:,})"
    names = named("sample", [shown(name) for name in lost])
    return [f"{names}: about {share} % of the cells fall below {limits} and will be left out."]


def expected_cells(files: Sequence[FileSummary]) -> Mapping[str, int]:
    """Return sample id -> cells that will be kept; the barcodes of an unfiltered matrix are no cells."""
    return {
        file.sample_id: round(file.n_cells * (1.0 if file.share_kept is None else file.share_kept))
        for file in files
        if file.kind != "raw"
    }
