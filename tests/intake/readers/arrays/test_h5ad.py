import h5py
import numpy as np

from scvalid.intake.readers.arrays.h5ad import H5adReader


def test_raw_has_its_own_genes(adata, written):
    adata.raw = adata.copy()
    adata.var["feature_name"] = adata.var_names
    small = adata[:, 3:6].copy()
    small.layers["Counts"] = small.X
    with h5py.File(written(small)) as file:
        reader = H5adReader(file)
        assert reader.matrix_names() == ["X", "layer:Counts", "raw"]
        assert (reader.shape("X"), reader.shape("raw")) == ((30, 3), (30, 21))
        assert list(reader.genes("raw", []).index) == list(adata.var_names)
        assert list(reader.genes("X", ["feature_name"]).columns["feature_name"]) == list(small.var_names)
        assert np.array_equal(reader.matrix("raw").toarray(), adata.X.toarray())
        assert sorted(reader.cell_columns()) == ["condition", "donor"]


def test_a_named_index_is_no_column(adata, written):
    adata.obs.index.name = "barcode"
    with h5py.File(written(adata)) as file:
        reader = H5adReader(file)
        assert list(reader.barcodes()) == list(adata.obs_names)
        assert "barcode" not in reader.cell_columns()
