import h5py
import numpy as np
import pytest

from scvalid.errors import SubmissionError
from scvalid.intake.readers.hdf5.loom import LoomReader
from scvalid.intake.readers.opening import opened

N_GENES, N_CELLS = 300, 50


@pytest.fixture
def values():
    return np.random.default_rng(0).poisson(0.3, size=(N_GENES, N_CELLS))


@pytest.fixture
def loom(tmp_path, values):
    """Write a loom file; the attributes may be named otherwise."""

    def write(*, genes=("Gene",), cells=("CellID",), dtype="f4"):
        with h5py.File(tmp_path / "x.loom", "w") as file:
            file.create_dataset("matrix", data=values.astype(dtype), chunks=(64, 32), compression="gzip")
            file.create_dataset("layers/spliced", data=values + 1)
            for name in genes:
                file[f"row_attrs/{name}"] = np.array([f"{name}{i}" for i in range(N_GENES)], dtype="S")
            for name in cells:
                file[f"col_attrs/{name}"] = np.array([f"{name}{i}" for i in range(N_CELLS)], dtype="S")
            file["col_attrs/Cluster"] = np.arange(N_CELLS)
            file["col_attrs/TSNE"] = np.zeros((N_CELLS, 2))
        return tmp_path / "x.loom"

    return write


@pytest.mark.parametrize("dtype", ["f4", "i4", "u2"])
def test_cells_are_rows_whatever_the_blocks(dtype, loom, values, monkeypatch):
    monkeypatch.setattr("scvalid.intake.readers.arrays.nodes._BLOCK_BYTES", 7 * N_CELLS * 4)
    with h5py.File(loom(dtype=dtype)) as file:
        reader = LoomReader(file)
        assert np.array_equal(reader.matrix("matrix").toarray(), values.T)
        assert np.array_equal(reader.matrix("layer:spliced").toarray(), values.T + 1)
        assert np.array_equal(reader.detected_per_cell("matrix"), (values > 0).sum(axis=0))
        places = reader.some_cell_places("matrix", limit=9)
        assert {0, N_CELLS - 1} <= set(places)
        assert np.array_equal(reader.some_cells("matrix", limit=9).toarray(), values.T[places])
        assert reader.layers() == ["spliced"]


def test_names_are_accession_and_gene_or_what_other_writers_call_them(loom):
    with h5py.File(loom(genes=("Gene", "Accession"))) as file:
        genes = LoomReader(file).genes("matrix", ["gene_symbols"])
        assert (genes.index[0], genes.columns["gene_symbols"][0]) == ("Accession0", "Gene0")
        assert LoomReader(file).cell_columns() == ["CellID", "Cluster"]
        assert list(LoomReader(file).cell_column("Cluster")[:2]) == ["0", "1"]
    with h5py.File(loom(genes=("var_names",), cells=("obs_names",))) as file:
        assert LoomReader(file).genes("matrix", []).index[1] == "var_names1"
        assert LoomReader(file).barcodes()[1] == "obs_names1"


def test_without_names_the_attributes_are_named(loom):
    with pytest.raises(SubmissionError, match="no names of the genes among Colour"), opened(loom(genes=("Colour",)), where="f"):
        pass
    with (
        pytest.raises(SubmissionError, match="no names of the cells among Cluster"),
        opened(loom(cells=()), where="f") as reader,
    ):
        reader.barcodes()


def test_a_matrix_that_is_none_is_refused(loom):
    path = loom()
    with h5py.File(path, "a") as file:
        del file["matrix"]
        file.create_dataset("matrix", (10**12, 10**9), "f4", chunks=(64, 64))
    with pytest.raises(SubmissionError, match="has the shape"), opened(path, where="f") as reader:
        reader.some_values("matrix", limit=1000)
