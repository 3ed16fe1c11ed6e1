import anndata
import h5py
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from scvalid.intake.readers.hdf5 import groups as hdf5


@pytest.mark.parametrize("layout", ["csr", "csc", "dense"])
def test_matrix_is_what_anndata_wrote(layout, adata, written):
    expected = adata.X.toarray()
    adata.X = expected if layout == "dense" else adata.X.asformat(layout)
    with h5py.File(written(adata)) as file:
        assert np.array_equal(hdf5.whole_matrix(file["X"]).toarray(), expected)
        assert hdf5.shape_of(file["X"]) == expected.shape


def test_columns_of_every_kind_read_as_a_person_writes_them(written):
    obs = pd.DataFrame(
        {
            "whole": [1.0, np.nan, 101.0],
            "number": [0.5, 1e-3, 2.0],
            "integer": [1, 2, 3],
            "flag": [True, False, True],
            "category": pd.Categorical(["b", None, "a"], categories=["a", "b"]),
            "coded": pd.Categorical([7, 8, 7]),
            "maybe": pd.array([1, None, 3], dtype="Int64"),
            "text": np.array(["x", "ü", ""], dtype=object),
        },
        index=["i", "j", "k"],
    )
    with h5py.File(written(anndata.AnnData(np.ones((3, 2), dtype=np.float32), obs=obs.rename(str)))) as file:
        read = {column: list(hdf5.texts(file["obs"], column)) for column in obs}
    assert read == {
        "whole": ["1", "", "101"],
        "number": ["0.5", "0.001", "2"],
        "integer": ["1", "2", "3"],
        "flag": ["True", "False", "True"],
        "category": ["b", "", "a"],
        "coded": ["7", "8", "7"],
        "maybe": ["1", "", "3"],
        "text": ["x", "ü", ""],
    }


def test_categories_of_anndata_before_0_8(tmp_path):
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["obs/arm"] = np.array([1, 0, -1], dtype=np.int8)
        file["obs/__categories/arm"] = np.array(["a", "b"], dtype=h5py.string_dtype())
        assert list(hdf5.texts(file["obs"], "arm")) == ["b", "a", ""]


@pytest.mark.parametrize("shape", [(10,), (9_000,), (40, 30), (5_000, 700)])
def test_slices_are_bounded_and_reach_start_and_end(shape, tmp_path):
    values = np.arange(np.prod(shape)).reshape(shape)
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["X"] = values
        some = hdf5.some_values(file["X"], limit=3_000)
    assert len(some) <= 3_000
    assert {0, values.size - 1} <= set(some)


def test_links_to_other_places_are_not_followed(tmp_path):
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["X"] = [1]
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["outside"] = h5py.ExternalLink("other.h5", "/X")
        file["inside"] = h5py.SoftLink("/outside")
        file.create_dataset("raw", (1,), "i1", external=[("secret", 0, 1)])
        for name in ("outside", "inside", "raw", "missing", "a/b"):
            with pytest.raises(ValueError, match=r"link|elsewhere|another file|has no"):
                hdf5.child(file, name)


@pytest.mark.parametrize(("name", "value"), [("indices", 9999), ("indices", -1), ("indptr", 10**9)])
def test_indices_outside_the_matrix_are_refused(name, value, tmp_path):
    matrix = sparse.random(5, 4, density=0.5, format="csr", random_state=0)
    with h5py.File(tmp_path / "x.h5", "w") as file:
        for part in ("data", "indices", "indptr"):
            file[part] = getattr(matrix, part)
        file[name][-1] = value
        with pytest.raises(ValueError, match=r"ind"):
            hdf5.compressed(file, (5, 4), by_rows=True)
