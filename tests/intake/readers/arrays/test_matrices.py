import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse

from scvalid.intake.readers.arrays import matrices
from scvalid.intake.readers.hdf5.groups import Hdf5Group


def _stored(file, matrix, layout):
    if layout == "dense":
        file["X"] = matrix.toarray()
    else:
        matrix = matrix.asformat(layout)
        for part in ("data", "indices", "indptr"):
            file[f"X/{part}"] = getattr(matrix, part)
        file["X"].attrs["shape"] = matrix.shape
        file["X"].attrs["encoding-type"] = f"{layout}_matrix"
    return Hdf5Group(file["/"]).child("X")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    n_rows=st.integers(1, 40),
    n_columns=st.integers(1, 6),
    limit=st.integers(1, 50),
    layout=st.sampled_from(["csr", "csc", "dense"]),
)
def test_some_rows_are_those_rows_of_the_whole(n_rows, n_columns, limit, layout, tmp_path):
    matrix = sparse.random(n_rows, n_columns, density=0.4, format="csr", random_state=n_rows)
    with h5py.File(tmp_path / "x.h5", "w") as file:
        node = _stored(file, matrix, layout)
        places = matrices.places_of(matrix.shape, limit=limit)
        assert len(set(places)) == len(places) <= max(3, limit + 3)
        assert {0, n_rows - 1} <= set(places)
        assert np.array_equal(matrices.some_rows(node, limit=limit).toarray(), matrix.toarray()[places])
        assert np.array_equal(matrices.detected(node), matrix.getnnz(axis=1))


def test_large_matrices_by_columns_are_not_read_for_some_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(matrices, "SMALL_BYTES", 100)
    with h5py.File(tmp_path / "x.h5", "w") as file:
        node = _stored(file, sparse.random(50, 40, density=0.5, format="csc", random_state=0), "csc")
        assert matrices.some_rows(node, limit=3) is None
        assert matrices.detected(node) is None


def test_only_the_blocks_are_read(tmp_path):
    """Values outside the blocks may be anything, even no values at all."""
    matrix = sparse.random(3_000, 50, density=0.5, format="csr", random_state=0)
    with h5py.File(tmp_path / "x.h5", "w") as file:
        node = _stored(file, matrix, "csr")
        file["X/indices"][matrix.indptr[500] : matrix.indptr[600]] = 10**6
        some = matrices.some_rows(node, limit=30)
        assert np.array_equal(some.toarray(), matrix[matrices.places_of(matrix.shape, limit=30)].toarray())
        with pytest.raises(ValueError, match="ind"):
            matrices.whole_matrix(node)


def test_wide_rows_make_small_blocks():
    places = matrices.places_of((10**6, 10**6), limit=3_000)
    assert len(places) * 10**6 <= 3 * 2**23


def test_a_row_with_more_values_than_columns_is_refused(tmp_path):
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["X/data"], file["X/indices"], file["X/indptr"] = np.ones(100), np.zeros(100, dtype=int), [0, 50, 100]
        file["X"].attrs["shape"] = (2, 3)
        with pytest.raises(ValueError, match="more values than cells and genes make"):
            matrices.some_rows(Hdf5Group(file["/"]).child("X"), limit=2)
