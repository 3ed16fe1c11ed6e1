"""What is measured on each cell."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


@dataclass(frozen=True)
class CellMetrics:
    """Metrics of n cells; shares are 0 in a cell without counts."""

    n_counts: NDArray[np.int64]
    n_genes: NDArray[np.int64]
    mt_share: NDArray[np.float64]
    ribo_share: NDArray[np.float64]
    has_mt: bool
    has_ribo: bool


def measure_cells(counts: sparse.csr_matrix, *, is_mt: NDArray[np.bool_], is_ribo: NDArray[np.bool_]) -> CellMetrics:
    """Return counts, detected genes, mitochondrial and ribosomal share of each cell.

    Parameters
    ----------
    counts
        Cells x genes, raw counts.
    is_mt, is_ribo
        Which genes are mitochondrial and which are of the cytosolic ribosome.
    """
    # float32 sums lose whole counts above 2**24; products with a vector need no dense copy
    total = counts @ np.ones(counts.shape[1])
    detected = sparse.csr_matrix((counts.data > 0, counts.indices, counts.indptr), shape=counts.shape)
    return CellMetrics(
        n_counts=total.astype(np.int64),
        n_genes=(detected @ np.ones(counts.shape[1])).astype(np.int64),
        mt_share=_share(counts @ is_mt.astype(np.float64), total),
        ribo_share=_share(counts @ is_ribo.astype(np.float64), total),
        has_mt=bool(is_mt.any()),
        has_ribo=bool(is_ribo.any()),
    )


def _share(part: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, total, out=np.zeros_like(part), where=total > 0)
