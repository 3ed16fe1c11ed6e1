"""Normalised expression, and the genes that vary more than genes of their mean do."""

import numpy as np
import pandas as pd
import scanpy as sc
from anndata import AnnData
from scipy import sparse

from scvalid.stats.normalisation import per_ten_thousand

MIN_CELLS_PER_LABEL = 50
"""Below this many cells the dispersions of a batch are noise; genes are then ranked over all cells at once."""


def log_normalise(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return log(1 + counts per 10,000 counts of the cell) as float32; a cell without counts stays zero."""
    return per_ten_thousand(counts).log1p().astype(np.float32)


def select_variable_genes(expression: sparse.csr_matrix, *, labels: np.ndarray, n_genes: int) -> np.ndarray:
    """Return the sorted positions of the most variable genes.

    Genes are ranked by normalised dispersion in 20 bins of mean expression (Satija et al. 2015, doi:10.1038/nbt.3192). With
    several batches that is done within each, and genes variable in most batches come first, so that a gene which only
    differs between batches is not chosen.

    Parameters
    ----------
    expression
        Cells x genes, log-normalised.
    labels
        Batch of each cell.
    n_genes
        How many to choose; all detected genes if there are no more.
    """
    detected = np.flatnonzero(expression.getnnz(axis=0))
    if len(detected) <= n_genes:
        return detected
    sizes = np.unique(labels, return_counts=True)[1]
    is_batched = len(sizes) > 1 and sizes.min() >= MIN_CELLS_PER_LABEL
    cells = AnnData(expression[:, detected], obs=pd.DataFrame({_BATCH: labels.astype(str)}, index=_names(len(labels))))
    cells.obs[_BATCH] = cells.obs[_BATCH].astype("category")
    ranked = sc.pp.highly_variable_genes(
        cells,
        layer=None,
        n_top_genes=n_genes,
        n_bins=20,
        flavor="seurat",
        subset=False,
        inplace=False,
        batch_key=_BATCH if is_batched else None,
        check_values=False,
    )
    # scanpy returns the batched table in an order of its own, so genes are found again by name
    chosen = ranked.index[ranked["highly_variable"].to_numpy(dtype=bool)]
    return np.sort(detected[cells.var_names.get_indexer(chosen)])


_BATCH = "batch"  # a slot of a scratch AnnData that never leaves this module


def _names(n: int) -> pd.Index:
    return pd.Index(np.arange(n).astype(str))
