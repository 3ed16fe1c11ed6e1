"""Matrices of AnnData and 10x files, in parts or whole, with their values as they are stored."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.readers.arrays.nodes import MAX_ROWS, Array, Group

SMALL_BYTES = 50 * 2**20
"""A matrix up to this size may be read as a whole where a part would do."""
_PARTS = ("data", "indices", "indptr")
_N_BLOCKS = 3
_BLOCK_ROWS = 30
_MAX_BLOCK_VALUES = 2**23


def some_values(node: Group | Array, *, limit: int) -> NDArray[Any]:
    """Return about ``limit`` stored values of a sparse or dense matrix, from its start, middle and end."""
    source = node.array("data") if isinstance(node, Group) else node
    n_dims = len(source.shape)
    if n_dims not in (1, 2):
        msg = f"{source.path} has {n_dims} dimensions"
        raise ValueError(msg)
    width = min(source.shape[1], limit) if n_dims > 1 else 1
    columns = (slice(0, width),) if n_dims > 1 else ()
    blocks = blocks_of(source.shape[0], size=max(1, limit // _N_BLOCKS // max(1, width)))
    return np.concatenate([source.numbers(rows, *columns).ravel() for rows in blocks])


def blocks_of(n_rows: int, *, size: int, n_blocks: int = _N_BLOCKS) -> list[slice]:
    """Return slices of ``size`` rows, evenly spaced from start to end; all rows if these would meet."""
    if n_rows <= n_blocks * size:
        return [slice(0, n_rows)]
    starts = [i * (n_rows - size) // (n_blocks - 1) for i in range(n_blocks)]
    return [slice(start, start + size) for start in starts]


def sample_blocks(shape: tuple[int, int], *, limit: int) -> list[slice]:
    """Return slices of about ``limit`` rows from start to end; fewer where rows are so wide that memory would fill.

    The slices are short, so that of many samples that stand one after the other in a file each is met.
    """
    n_rows = min(limit, _N_BLOCKS * _MAX_BLOCK_VALUES // max(1, shape[1]))
    n_blocks = max(_N_BLOCKS, n_rows // _BLOCK_ROWS)
    return blocks_of(shape[0], size=max(1, n_rows // n_blocks), n_blocks=n_blocks)


def places_of(shape: tuple[int, int], *, limit: int) -> NDArray[np.intp]:
    """Return the numbers of the rows of ``sample_blocks``."""
    blocks = sample_blocks(shape, limit=limit)
    return np.concatenate([np.arange(rows.start, rows.stop, dtype=np.intp) for rows in blocks])


def shape_of(node: Group | Array) -> tuple[int, int]:
    """Return rows and columns of a sparse or dense matrix as anndata stores it."""
    if isinstance(node, Array):
        shape = node.shape
    else:
        given = node.attribute("shape")
        given = node.attribute("h5sparse_shape") if given is None else given
        shape = () if given is None else tuple(int(n) for n in given)
    if len(shape) != 2 or not all(0 <= n <= MAX_ROWS for n in shape):
        msg = f"{node.path} has the shape {shape}, which is no matrix of cells and genes"
        raise ValueError(msg)
    return shape[0], shape[1]


def is_by_rows(node: Group) -> bool:
    """Return whether a sparse matrix is stored row by row."""
    layout = node.attribute("encoding-type") or node.attribute("h5sparse_format") or ""
    return not str(layout).startswith("csc")


def whole_matrix(node: Group | Array) -> sparse.csr_matrix:
    """Return a sparse or dense matrix as CSR."""
    shape = shape_of(node)
    if isinstance(node, Group):
        return compressed(node, shape, by_rows=is_by_rows(node))
    step = node.rows_at_once()
    return dense_blocks(node, [slice(i, min(i + step, shape[0])) for i in range(0, shape[0], step)])


def some_rows(node: Group | Array, *, limit: int) -> sparse.csr_matrix | None:
    """Return the rows that ``places_of`` names, or None where a large matrix is stored by columns."""
    shape = shape_of(node)
    blocks = sample_blocks(shape, limit=limit)
    if isinstance(node, Array):
        return dense_blocks(node, blocks)
    if is_by_rows(node):
        return compressed_rows(node, shape, blocks)
    return whole_matrix(node)[places_of(shape, limit=limit)] if _is_small(node) else None


def detected(node: Group | Array) -> NDArray[np.int64] | None:
    """Return how many values are stored in each row, or None where that would need all of a large matrix."""
    if isinstance(node, Group) and is_by_rows(node):
        return np.diff(_pointers(node, shape_of(node)[0]))
    return whole_matrix(node).getnnz(axis=1).astype(np.int64) if _is_small(node) else None


def compressed(group: Group, shape: tuple[int, int], *, by_rows: bool) -> sparse.csr_matrix:
    """Return the matrix whose data, indices and indptr a group holds; their indices are checked one by one."""
    arrays = [group.array(name) for name in _PARTS]
    if any(len(array.shape) != 1 for array in arrays):
        msg = f"{group.path} has parts of the shapes {', '.join(str(array.shape) for array in arrays)}"
        raise ValueError(msg)
    matrix = (sparse.csr_matrix if by_rows else sparse.csc_matrix)(tuple(a.whole() for a in arrays), shape=shape)
    # an index outside the matrix would be read from foreign memory
    matrix.check_format(full_check=True)
    return sparse.csr_matrix(matrix)


def compressed_rows(group: Group, shape: tuple[int, int], blocks: list[slice]) -> sparse.csr_matrix:
    """Return some rows of a matrix that is stored by rows, reading no others.

    Parameters
    ----------
    group
        Holds data, indices and indptr.
    shape
        Rows and columns of the whole matrix.
    blocks
        Slices of rows.
    """
    pointers, data, indices = _pointers(group, shape[0]), group.array("data"), group.array("indices")
    parts = []
    for rows in blocks:
        ends, n_rows = pointers[rows.start : rows.stop + 1], rows.stop - rows.start
        if ends[-1] - ends[0] > n_rows * shape[1]:
            msg = f"{group.path} has more values than cells and genes make"
            raise ValueError(msg)
        where = slice(int(ends[0]), int(ends[-1]))
        values = (data.numbers(where), indices.numbers(where), ends - ends[0])
        part = sparse.csr_matrix(values, shape=(n_rows, shape[1]))
        part.check_format(full_check=True)
        parts.append(part)
    return sparse.csr_matrix(sparse.vstack(parts, format="csr"))


def dense_blocks(array: Array, blocks: list[slice]) -> sparse.csr_matrix:
    """Return blocks of rows of a dense matrix, made sparse one after the other."""
    if not blocks:
        return sparse.csr_matrix(array.shape)
    return sparse.csr_matrix(sparse.vstack([sparse.csr_matrix(array.numbers(rows)) for rows in blocks], format="csr"))


def _is_small(node: Group | Array) -> bool:
    values = node.array("data") if isinstance(node, Group) else node
    return values.n_bytes <= SMALL_BYTES


def _pointers(group: Group, n_rows: int) -> NDArray[np.int64]:
    array, n_values = group.array("indptr"), group.array("data").shape
    if array.shape != (n_rows + 1,) or len(n_values) != 1:
        msg = f"{array.path} has the shape {array.shape} for {n_rows} rows"
        raise ValueError(msg)
    pointers = array.whole().astype(np.int64)
    if pointers[0] != 0 or pointers[-1] > n_values[0] or (np.diff(pointers) < 0).any():
        msg = f"{array.path} points outside the {n_values[0]} stored values"
        raise ValueError(msg)
    return pointers
