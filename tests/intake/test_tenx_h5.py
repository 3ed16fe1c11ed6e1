import h5py
import numpy as np
import pytest
import scanpy

from scvalid.intake.readers.tenx_h5 import TenxH5Reader


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
    assert list(genes.columns["gene_symbols"]) == list(expected.var_names)
    assert list(genes.index) == list(expected.var["gene_ids"])


def test_two_genomes_are_refused(tenx_h5):
    with (
        h5py.File(tenx_h5(version=2, genomes=("GRCh38", "mm10"))) as file,
        pytest.raises(ValueError, match="2 count matrices"),
    ):
        TenxH5Reader(file)
