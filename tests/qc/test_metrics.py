import numpy as np
import scanpy
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from scvalid.keys import Var
from scvalid.qc.compute.metrics import measure_cells


def test_metrics_are_those_of_scanpy(make_sample):
    adata = make_sample()
    found = measure_cells(adata.X, is_mt=adata.var[Var.IS_MT].to_numpy(), is_ribo=adata.var[Var.IS_RIBO].to_numpy())
    obs, _ = scanpy.pp.calculate_qc_metrics(adata, qc_vars=[Var.IS_MT, Var.IS_RIBO], percent_top=None, log1p=False)
    assert np.array_equal(found.n_counts, obs["total_counts"])
    assert np.array_equal(found.n_genes, obs["n_genes_by_counts"])
    np.testing.assert_allclose(found.mt_share, obs[f"pct_counts_{Var.IS_MT}"] / 100, rtol=1e-5)  # scanpy sums in float32
    np.testing.assert_allclose(found.ribo_share, obs[f"pct_counts_{Var.IS_RIBO}"] / 100, rtol=1e-5)


@given(st.integers(0, 999), st.permutations(range(5)))
def test_order_of_cells_and_genes_does_not_matter(seed, order):
    order = np.array(order)
    dense = np.random.default_rng(seed).poisson(0.7, size=(5, 5))
    is_mt = np.arange(5) < 2
    first = measure_cells(sparse.csr_matrix(dense), is_mt=is_mt, is_ribo=~is_mt)
    other = measure_cells(sparse.csr_matrix(dense[order][:, order]), is_mt=is_mt[order], is_ribo=~is_mt[order])
    for name in ("n_counts", "n_genes", "mt_share", "ribo_share"):
        assert np.array_equal(getattr(first, name)[order], getattr(other, name))


def test_empty_cells_and_stored_zeros():
    counts = sparse.csr_matrix((np.array([0.0, 2.0]), np.array([0, 1]), np.array([0, 2, 2])), shape=(2, 3))
    found = measure_cells(counts, is_mt=np.array([False, True, False]), is_ribo=np.zeros(3, dtype=bool))
    assert found.n_genes.tolist() == [1, 0]
    assert found.mt_share.tolist() == [1.0, 0.0]
    assert not found.has_ribo
