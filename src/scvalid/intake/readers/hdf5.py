"""Parts of an HDF5 file that nobody vouches for: no links are followed, and what is read is bounded."""

from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

MAX_ROWS = 20_000_000
_ROWS_AT_ONCE = 2_000
_N_BLOCKS = 3


def child(group: h5py.Group, name: str) -> h5py.Group | h5py.Dataset:
    """Return a member that lies in the file itself.

    Raises
    ------
    ValueError
        If it is missing, a link, or keeps its data elsewhere.
    """
    if "/" in name or name not in group:
        msg = f"{group.name} has no {name}"
        raise ValueError(msg)
    # links can point at other files or at nothing
    if not isinstance(group.get(name, getlink=True), h5py.HardLink):
        msg = f"{name} is a link"
        raise ValueError(msg)
    node = group[name]
    if isinstance(node, h5py.Dataset) and (node.external or node.is_virtual):
        msg = f"{name} keeps its data in another file"
        raise ValueError(msg)
    return node


def dataset(group: h5py.Group, name: str) -> h5py.Dataset:
    """Return a member that is an array."""
    node = child(group, name)
    if not isinstance(node, h5py.Dataset):
        msg = f"{name} is not an array"
        raise ValueError(msg)
    return node


def texts(group: h5py.Group, name: str) -> NDArray[np.object_]:
    """Return a column as text: strings, numbers (101.0 as 101) or categories; '' where a value is missing.

    Knows the layouts of data frames that anndata has written since 0.7.
    """
    node = child(group, name)
    if isinstance(node, h5py.Group):
        if "categories" in node:
            return _pick(texts(node, "categories"), dataset(node, "codes")[:])
        values, mask = texts(node, "values"), dataset(node, "mask")[:] if "mask" in node else False
        return np.where(mask, "", values).astype(object)
    if "__categories" in group and name in child(group, "__categories"):
        return _pick(texts(child(group, "__categories"), name), node[:])
    if node.ndim != 1 or node.shape[0] > MAX_ROWS:
        msg = f"{name} has the shape {node.shape}"
        raise ValueError(msg)
    if h5py.check_string_dtype(node.dtype):
        return np.asarray(node.asstr()[:], dtype=object)
    return np.array([_text_of(value) for value in node[:].tolist()], dtype=object)


def some_values(node: h5py.Group | h5py.Dataset, *, limit: int) -> NDArray[Any]:
    """Return about ``limit`` stored values of a sparse or dense matrix, from its start, middle and end."""
    source = dataset(node, "data") if isinstance(node, h5py.Group) else node
    if source.ndim not in (1, 2):
        msg = f"{source.name} has {source.ndim} dimensions"
        raise ValueError(msg)
    width = min(source.shape[1], limit) if source.ndim > 1 else 1
    size = max(1, limit // _N_BLOCKS // max(1, width))
    n_rows = source.shape[0]
    if n_rows <= _N_BLOCKS * size:
        starts, size = [0], n_rows
    else:
        starts = [0, (n_rows - size) // 2, n_rows - size]
    blocks = [source[i : i + size, :width] if source.ndim > 1 else source[i : i + size] for i in starts]
    return np.concatenate([block.ravel() for block in blocks])


def shape_of(node: h5py.Group | h5py.Dataset) -> tuple[int, int]:
    """Return rows and columns of a sparse or dense matrix as anndata stores it."""
    if isinstance(node, h5py.Dataset):
        shape = node.shape
    else:
        shape = tuple(int(n) for n in node.attrs.get("shape", node.attrs.get("h5sparse_shape", ())))
    if len(shape) != 2:
        msg = f"{node.name} is not a matrix"
        raise ValueError(msg)
    return shape[0], shape[1]


def whole_matrix(node: h5py.Group | h5py.Dataset) -> sparse.csr_matrix:
    """Return a sparse or dense matrix of an h5ad file as CSR, with its values as they are stored."""
    shape = shape_of(node)
    if isinstance(node, h5py.Group):
        layout = str(node.attrs.get("encoding-type", node.attrs.get("h5sparse_format", "")))
        return compressed(node, shape, by_rows=not layout.startswith("csc"))
    blocks = [sparse.csr_matrix(node[i : i + _ROWS_AT_ONCE]) for i in range(0, shape[0], _ROWS_AT_ONCE)]
    return sparse.csr_matrix(sparse.vstack(blocks, format="csr"))


def compressed(group: h5py.Group, shape: tuple[int, int], *, by_rows: bool) -> sparse.csr_matrix:
    """Return the matrix whose data, indices and indptr a group holds; their indices are checked one by one."""
    parts = tuple(dataset(group, name)[:] for name in ("data", "indices", "indptr"))
    matrix = (sparse.csr_matrix if by_rows else sparse.csc_matrix)(parts, shape=shape)
    # an index outside the matrix would be read from foreign memory
    matrix.check_format(full_check=True)
    return sparse.csr_matrix(matrix)


def _pick(categories: NDArray[np.object_], codes: NDArray[np.integer]) -> NDArray[np.object_]:
    return np.append(categories, "").astype(object)[np.where(codes < 0, len(categories), codes)]


def _text_of(value: object) -> str:
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:.0f}" if value.is_integer() else repr(value)
    return str(value)
