"""Groups and arrays of a file that nobody vouches for, alike for HDF5 and zarr; what is read is bounded."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_ROWS = 20_000_000
MAX_BYTES = 64 * 2**30
"""The largest array that is read in one piece."""
MAX_CHUNK_BYTES = 256 * 2**20
MAX_TEXT_BYTES = 512 * 2**20
MAX_NAME = 4_096
MAX_MEMBERS = 100_000
_MAX_RATIO = 5_000
_SLACK_BYTES = 4 * 2**20
_BLOCK_BYTES = 32 * 2**20


class Array(ABC):
    """An array in a file; nothing of it is read before its declared size has been compared with what is stored."""

    path: str
    shape: tuple[int, ...]
    itemsize: int
    is_text: bool

    @abstractmethod
    def numbers(self, *where: slice) -> NDArray[Any]:
        """Return a part of an array of numbers."""

    @abstractmethod
    def strings(self) -> NDArray[np.object_]:
        """Return all of a one-dimensional array of text."""

    @property
    def n_bytes(self) -> int:
        """Declared size of the values."""
        return product(self.shape) * self.itemsize

    def whole(self) -> NDArray[Any]:
        """Return all of an array of numbers, if it is not beyond all bounds."""
        if self.n_bytes > MAX_BYTES:
            msg = f"{self.path} declares {amount(self.n_bytes)}"
            raise ValueError(msg)
        return self.numbers()

    def rows_at_once(self) -> int:
        """Return how many rows make a block of bounded size."""
        width = product(self.shape[1:]) * max(1, self.itemsize)
        return max(1, min(self.shape[0], _BLOCK_BYTES // max(1, width)))


class Group(ABC):
    """A group in a file; its members lie in the file itself."""

    path: str

    @abstractmethod
    def names(self) -> list[str]:
        """Return the names of the members."""

    @abstractmethod
    def child(self, name: str) -> "Group | Array":
        """Return a member, or raise ValueError if it is missing or lies elsewhere."""

    @abstractmethod
    def attribute(self, name: str) -> Any:
        """Return an attribute, or None."""

    @abstractmethod
    def __contains__(self, name: str) -> bool: ...

    def array(self, name: str) -> Array:
        """Return a member that is an array."""
        node = self.child(name)
        if not isinstance(node, Array):
            msg = f"{name} is not an array"
            raise ValueError(msg)
        return node

    def group(self, name: str) -> "Group":
        """Return a member that is a group."""
        node = self.child(name)
        if not isinstance(node, Group):
            msg = f"{name} is not a group"
            raise ValueError(msg)
        return node


def check_declared(path: str, shape: Sequence[int], *, itemsize: int, stored: int, chunk: int) -> None:
    """Compare what an array declares with what is stored of it.

    Parameters
    ----------
    path
        How the array is called.
    shape
        Its declared shape.
    itemsize
        Bytes of one value.
    stored
        Bytes in the file.
    chunk
        Bytes of one chunk as declared, 0 if it has none.

    Raises
    ------
    ValueError
        If it declares far more than any compression saves, or chunks that do not fit into memory.
    """
    declared = product(shape) * itemsize
    if declared > _SLACK_BYTES + _MAX_RATIO * stored:
        size = " x ".join(map(str, shape))
        msg = f"{path} declares {size} values ({amount(declared)}) and holds {amount(stored)}"
        raise ValueError(msg)
    if chunk > MAX_CHUNK_BYTES:
        msg = f"{path} is cut into chunks of {amount(chunk)}, more than {amount(MAX_CHUNK_BYTES)}"
        raise ValueError(msg)


def check_names(path: str, values: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return text as it is, if each is short enough to be a name."""
    longest = max(map(len, values.tolist()), default=0)
    if longest > MAX_NAME:
        msg = f"{path} holds a text of {longest:,} characters"
        raise ValueError(msg)
    return values


def check_column(array: Array) -> None:
    """Refuse what is no column: more than one dimension, or more rows than any file of cells has."""
    if len(array.shape) != 1 or array.shape[0] > MAX_ROWS:
        msg = f"{array.path} has the shape {array.shape}"
        raise ValueError(msg)


def product(shape: Sequence[int]) -> int:
    """Return the number of values of a shape, exactly: numpy's own would overflow."""
    total = 1
    for n in shape:
        total *= int(n)
    return total


def amount(n_bytes: int) -> str:
    """Return a number of bytes as a person says it."""
    if n_bytes < 1_000:
        return f"{n_bytes} bytes"
    unit, size = next(((u, s) for u, s in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)) if n_bytes >= s), ("kB", 1e3))
    return f"{n_bytes / size:,.0f} {unit}"
