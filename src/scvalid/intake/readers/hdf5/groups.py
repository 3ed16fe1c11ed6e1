"""Groups and arrays of an HDF5 file that nobody vouches for: no links are followed, and what is read is bounded."""

from functools import cached_property
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.readers.arrays import columns, matrices
from scvalid.intake.readers.arrays.nodes import MAX_MEMBERS, MAX_ROWS, Array, Group, check_column, check_names
from scvalid.intake.readers.hdf5.storage import check_chunks, check_storage, check_text

__all__ = [
    "MAX_ROWS", "Hdf5Array", "Hdf5Group", "child", "compressed", "dataset", "shape_of", "some_values", "texts", "whole_matrix",
]  # fmt: skip

_MAX_ATTRIBUTE_BYTES = 2**16


class Hdf5Array(Array):
    """An array of an HDF5 file."""

    def __init__(self, array: h5py.Dataset) -> None:
        self._array = array
        # one without any values has no shape; as one of a single value it is no column and no matrix either
        self.path, self.shape, self.itemsize = array.name, array.shape or (), array.dtype.itemsize
        self.is_text = h5py.check_string_dtype(array.dtype) is not None

    @cached_property
    def _large_chunks(self) -> list[tuple[int, ...]]:
        return check_storage(self._array)

    def numbers(self, *where: slice) -> NDArray[Any]:
        """Return a part of an array of numbers."""
        if self._array.dtype.kind not in "biuf":
            msg = f"{self.path} holds no numbers ({self._array.dtype})"
            raise ValueError(msg)
        check_chunks(self._array, self._large_chunks, where)
        # without any slice, all of it; an array without dimensions is refused here
        return np.asarray(self._array[where or slice(None)])

    def strings(self) -> NDArray[np.object_]:
        """Return all of a one-dimensional array of text."""
        check_column(self)
        check_chunks(self._array, self._large_chunks, ())
        check_text(self._array)
        # a byte that is no UTF-8, as older R packages write, must not stop the file
        return check_names(self.path, np.asarray(self._array.asstr(errors="replace")[:], dtype=object))


class Hdf5Group(Group):
    """A group of an HDF5 file."""

    def __init__(self, group: h5py.Group) -> None:
        self._group = group
        self.path = group.name

    def names(self) -> list[str]:
        """Return the names of the members."""
        if len(self._group) > MAX_MEMBERS:
            msg = f"{self.path} has {len(self._group)} members"
            raise ValueError(msg)
        return [str(name) for name in self._group]

    def child(self, name: str) -> Group | Array:
        """Return a member that lies in the file itself; see the function ``child``."""
        node = child(self._group, name)
        return Hdf5Group(node) if isinstance(node, h5py.Group) else Hdf5Array(node)

    def attribute(self, name: str) -> Any:
        """Return an attribute, or None."""
        if name not in self._group.attrs:
            return None
        size = self._group.attrs.get_id(name).get_storage_size()
        if size > _MAX_ATTRIBUTE_BYTES:
            msg = f"the attribute {name} of {self.path} takes {size:,} bytes"
            raise ValueError(msg)
        value = self._group.attrs[name]
        return value.decode() if isinstance(value, bytes) else value

    def __contains__(self, name: str) -> bool:
        return name in self._group


def child(group: h5py.Group, name: str) -> h5py.Group | h5py.Dataset:
    """Return a member that lies in the file itself.

    Raises
    ------
    ValueError
        If it is missing, a link, or keeps its data elsewhere.
    """
    if "/" in name or name in ("", ".", "..") or name not in group:
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
    if not isinstance(node, h5py.Dataset | h5py.Group):
        msg = f"{name} is neither a group nor an array"
        raise ValueError(msg)
    return node


def dataset(group: h5py.Group, name: str) -> h5py.Dataset:
    """Return a member that is an array of bounded size."""
    node = child(group, name)
    if not isinstance(node, h5py.Dataset):
        msg = f"{name} is not an array"
        raise ValueError(msg)
    check_chunks(node, check_storage(node), ())
    return node


def texts(group: h5py.Group, name: str) -> NDArray[np.object_]:
    """Return a column as text; see ``columns.texts``."""
    return columns.texts(Hdf5Group(group), name)


def some_values(node: h5py.Group | h5py.Dataset, *, limit: int) -> NDArray[Any]:
    """Return about ``limit`` stored values; see ``matrices.some_values``."""
    return matrices.some_values(_wrapped(node), limit=limit)


def shape_of(node: h5py.Group | h5py.Dataset) -> tuple[int, int]:
    """Return rows and columns; see ``matrices.shape_of``."""
    return matrices.shape_of(_wrapped(node))


def whole_matrix(node: h5py.Group | h5py.Dataset) -> sparse.csr_matrix:
    """Return the whole matrix; see ``matrices.whole_matrix``."""
    return matrices.whole_matrix(_wrapped(node))


def compressed(group: h5py.Group, shape: tuple[int, int], *, by_rows: bool) -> sparse.csr_matrix:
    """Return the matrix that a group holds; see ``matrices.compressed``."""
    return matrices.compressed(Hdf5Group(group), shape, by_rows=by_rows)


def _wrapped(node: h5py.Group | h5py.Dataset) -> Group | Array:
    return Hdf5Group(node) if isinstance(node, h5py.Group) else Hdf5Array(node)
