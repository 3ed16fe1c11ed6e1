import numpy as np
import pytest
from scipy import sparse

from scvalid.contracts.counts import check_cells
from scvalid.intake.compute.cells import build_cells, canonical
from scvalid.intake.compute.genes import NamedGenes
from scvalid.keys import Obs, Uns, Var


def test_canonical_matrix_has_sorted_small_indices_and_no_zeros():
    messy = sparse.csr_matrix(
        (np.array([2.0, 0.0, 1.0, 3.0]), np.array([2, 1, 0, 2], dtype=np.int64), np.array([0, 3, 4], dtype=np.int64)),
        shape=(2, 3),
    )
    before = messy.copy()
    clean = canonical(messy)
    assert (clean.dtype, clean.indices.dtype, clean.indptr.dtype) == (np.float32, np.int32, np.int32)
    assert list(clean.indices) == [0, 2, 2]
    assert np.array_equal(clean.toarray(), [[1, 0, 2], [0, 0, 3]])
    assert np.array_equal(messy.indices, before.indices)
    assert messy.nnz == before.nnz


@pytest.mark.parametrize("layout", ["csr", "csc", "coo"])
def test_layouts_give_the_same_cells(layout, counts, sample):
    n_cells, n_genes = counts.shape
    genes = NamedGenes(np.array([f"G{i}" for i in range(n_genes)], dtype=object), np.full(n_genes, "", dtype=object), "symbol")
    barcodes = np.array([f"c{i}" for i in range(n_cells)], dtype=object)
    adata = build_cells(counts.asformat(layout), genes, barcodes=barcodes, sample=sample)
    adata.uns[Uns.INTAKE] = "{}"
    assert check_cells(adata) is adata
    assert np.array_equal(adata.X.toarray(), counts.toarray())
    assert list(adata.obs.columns) == [Obs.SAMPLE, Obs.DONOR, Obs.ARM, Obs.BATCH]
    assert list(adata.var.columns) == [Var.GENE_ID, Var.IS_MT, Var.IS_RIBO]
    assert adata.obs_names[3] == "s1:c3"
