"""Tables and matrices come back as they were written, with the same bytes each time."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData
from scipy import sparse

from scvalid.contracts.tables import EMBEDDING
from scvalid.errors import ContractError
from scvalid.io.matrices import read_adata, write_adata
from scvalid.io.tables import read_table, write_table


@pytest.fixture
def table():
    return pd.DataFrame({"cell_id": ["a", "药", "c"], "dim_0": [0.1 + 0.2, -0.0, 1e-300]})


@pytest.fixture
def adata():
    counts = sparse.csr_matrix(np.array([[1, 0, 2], [0, 3, 0]], dtype=np.float32))
    obs = pd.DataFrame({"donor_id": ["张三", "D 2"], "is_used": [True, False]}, index=["c1", "c2"])
    return AnnData(counts, obs=obs, var=pd.DataFrame(index=["A", "B", "C"]), uns={"grouping": "all_msc"})


def test_a_table_comes_back_and_has_the_same_bytes_twice(tmp_path, table):
    for name in ("a.parquet", "b.parquet"):
        write_table(tmp_path / name, table, EMBEDDING)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    assert read_table(tmp_path / "a.parquet", EMBEDDING).equals(table)


def test_a_table_that_breaks_its_contract_is_neither_written_nor_read(tmp_path, table):
    broken = table.drop(columns="cell_id")
    with pytest.raises(ContractError, match="'cell_id' is missing"):
        write_table(tmp_path / "a.parquet", broken, EMBEDDING)
    assert list(tmp_path.iterdir()) == []
    broken.to_parquet(tmp_path / "a.parquet")
    with pytest.raises(ContractError, match="'cell_id' is missing"):
        read_table(tmp_path / "a.parquet", EMBEDDING)


def test_a_matrix_comes_back_and_has_the_same_bytes_twice(tmp_path, adata):
    for name in ("a.h5ad", "b.h5ad"):
        write_adata(tmp_path / name, adata.copy())
    assert (tmp_path / "a.h5ad").read_bytes() == (tmp_path / "b.h5ad").read_bytes()
    back = read_adata(tmp_path / "a.h5ad")
    assert (back.X != adata.X).nnz == 0
    assert back.obs["donor_id"].astype(str).tolist() == ["张三", "D 2"]
    assert back.obs["is_used"].tolist() == [True, False]
    assert back.uns["grouping"] == "all_msc"


def test_writing_leaves_the_matrix_as_it_was(tmp_path, adata):
    before = adata.copy()
    write_adata(tmp_path / "a.h5ad", adata)
    pd.testing.assert_frame_equal(adata.obs, before.obs)


def test_a_matrix_that_cannot_be_written_leaves_the_old_file(tmp_path, adata):
    write_adata(tmp_path / "a.h5ad", adata)
    before = (tmp_path / "a.h5ad").read_bytes()
    adata.uns["bad"] = object()
    with pytest.raises(Exception, match="bad"):
        write_adata(tmp_path / "a.h5ad", adata)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.h5ad": before}
