import h5py
import numpy as np
import pytest
import scanpy

from scvalid.intake.readers.hdf5.tenx_h5 import TenxH5Reader
from scvalid.intake.readers.refusal import Refusal


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.filterwarnings("ignore:Variable names are not unique")
def test_reads_what_scanpy_reads(version, tenx_h5):
    path = tenx_h5(version=version)
    if version == 3:
        with h5py.File(path, "a") as file:
            file["matrix/features/genome"] = np.array([b"GRCh38"] * len(file["matrix/features/id"]))
    expected = scanpy.read_10x_h5(path, gex_only=False)
    with h5py.File(path) as file:
        reader = TenxH5Reader(file)
        (name,) = reader.matrix_names()
        genes = reader.genes(name, reader.gene_columns(name))
        assert np.array_equal(reader.matrix(name).toarray(), expected.X.toarray())
        assert reader.shape(name) == expected.shape
        assert list(reader.barcodes()) == list(expected.obs_names)
        assert list(reader.detected_per_cell(name)) == list(np.diff(expected.X.indptr))
        places = reader.some_cell_places(name, limit=6)
        assert list(places) == [0, 1, 14, 15, 28, 29]
        assert np.array_equal(reader.some_cells(name, limit=6).toarray(), expected.X.toarray()[places])
    assert list(genes.columns["gene_symbols"]) == list(expected.var_names)
    assert list(genes.index) == list(expected.var["gene_ids"])
    assert set(genes.columns["genome"]) == {"GRCh38"}


def test_two_genomes_stand_side_by_side_over_the_cells_of_either(tenx_h5, counts):
    path = tenx_h5(version=2, genomes=("GRCh38", "mm10"))
    barcodes = [f"AC{i}-1" for i in range(30)]
    with h5py.File(path, "a") as file:  # the mouse genome was called for other cells, in another order
        of_mouse = barcodes[:-11:-1] + [f"NEW{i}-1" for i in range(20)]
        del file["mm10/barcodes"]
        file["mm10/barcodes"] = np.array(of_mouse, dtype="S")
    dense = counts.toarray()
    cells = barcodes + of_mouse[10:]
    zero = np.zeros(dense.shape[1])
    expected = [
        [
            *(dense[barcodes.index(cell)] if cell in barcodes else zero),
            *(dense[of_mouse.index(cell)] if cell in of_mouse else zero),
        ]
        for cell in cells
    ]
    with h5py.File(path) as file:
        reader = TenxH5Reader(file)
        matrix = reader.matrix("matrix").toarray()
        assert np.array_equal(matrix, np.array(expected))
        assert list(reader.barcodes()) == cells
        assert reader.shape("matrix") == matrix.shape
        assert list(reader.detected_per_cell("matrix")) == list((matrix != 0).sum(axis=1))
        places = reader.some_cell_places("matrix", limit=6)
        assert np.array_equal(reader.some_cells("matrix", limit=6).toarray(), matrix[places])
        assert list(reader.genes("matrix", ["genome"]).columns["genome"]) == ["GRCh38"] * 21 + ["mm10"] * 21


def test_a_cell_named_twice_in_one_of_two_genomes_is_refused(tenx_h5):
    path = tenx_h5(version=2, genomes=("GRCh38", "mm10"))
    with h5py.File(path, "a") as file:
        file["mm10/barcodes"][1] = b"AC0-1"
        with pytest.raises(Refusal, match="1 repeated barcodes in 'mm10'"):
            TenxH5Reader(file).barcodes()


@pytest.mark.parametrize("shape", [[21], [21, 30, 1], [-1, 30], [21, 10**12], []])
def test_a_shape_that_is_none_is_refused(shape, tenx_h5):
    path = tenx_h5(version=3)
    with h5py.File(path, "a") as file:
        del file["matrix/shape"]
        file["matrix/shape"] = np.array(shape, dtype=np.int64)
    with h5py.File(path) as file, pytest.raises(ValueError, match="shape"):
        TenxH5Reader(file).matrix("matrix")


@pytest.mark.parametrize(("part", "value"), [("indices", 21), ("indices", -1), ("indptr", 10**9), ("indptr", -1)])
def test_indices_outside_the_matrix_are_refused(part, value, tenx_h5):
    path = tenx_h5(version=3)
    with h5py.File(path, "a") as file:
        file[f"matrix/{part}"][5] = value
    with h5py.File(path) as file, pytest.raises((ValueError, IndexError)):
        TenxH5Reader(file).matrix("matrix")
    with h5py.File(path) as file, pytest.raises((ValueError, IndexError)):
        TenxH5Reader(file).some_cells("matrix", limit=100)


def test_hdf5_without_a_matrix_is_refused(tmp_path):
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file.create_group("a")
        with pytest.raises(Refusal, match="0 count matrices"):
            TenxH5Reader(file)
