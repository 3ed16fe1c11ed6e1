"""Matrix Market files of counts; a header that lies costs no memory."""

import io
import re
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import shown
from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.text.lines import NAMES_RATIO, is_gzipped, lines_of, unpacked

_MUST = "be a Matrix Market file of counts, '%%MatrixMarket matrix coordinate integer general' or real"
_FIX = "Export the matrix again, or copy it again if it was cut short."
_BANNERS = [f"%%matrixmarket matrix coordinate {field} general" for field in ("integer", "real", "unsigned-integer")]
_SIZE = re.compile(r"\s*([0-9]{1,18})\s+([0-9]{1,18})\s+([0-9]{1,18})\s*")
_MIN_ENTRY = 6
"""Bytes of the shortest line of a matrix, '1 1 1' and a line end."""
_MAX_ENTRY = 100
"""Bytes of the longest line of a matrix, two places and a decimal number, with some room."""
_SLACK = 1 << 20
"""Bytes of what is no entry: the lines above them, and those of a small matrix whose gzip saves more."""
_MAX_ABOVE = 10_000
"""Lines above the entries, and blank ones among the first of them."""


class Header(NamedTuple):
    """What a matrix file says of itself."""

    n_rows: int
    n_columns: int
    n_values: int


def header_of(path: Path) -> Header:
    """Return the size that a matrix file declares, which its own bytes can hold.

    Raises
    ------
    Refusal
        If it is no matrix of counts, or declares more values than fit into its shape or its bytes, or far fewer
        than those hold.
    """
    lines = islice(lines_of(path, max_bytes=_SLACK), _MAX_ABOVE)
    banner = next(lines, "").split()
    if " ".join(banner).lower() not in _BANNERS:
        raise Refusal(must=_MUST, got=f"{shown(' '.join(banner))} in {shown(path.name)}", fix=_FIX)
    line = next((line for line in lines if line.strip() and not line.startswith("%")), "")
    size = _SIZE.fullmatch(line)
    if size is None:
        raise Refusal(must=_MUST, got=f"{shown(line)} as its size in {shown(path.name)}", fix=_FIX)
    header = Header(*(int(n) for n in size.groups()))
    n_stored = path.stat().st_size
    n_bytes = n_stored * NAMES_RATIO + _SLACK if is_gzipped(path) else n_stored + 1
    is_held = header.n_values * _MIN_ENTRY <= n_bytes and n_stored <= _most_bytes(header)
    if header.n_values > header.n_rows * header.n_columns or not is_held:
        got = f"{header.n_values} values declared for {header.n_rows} x {header.n_columns} in {shown(path.name)}"
        raise Refusal(must="hold the values that its header declares", got=got, fix=_FIX)
    return header


def first_entries(path: Path, header: Header, *, limit: int) -> NDArray[np.float64]:
    """Return the first stored entries of a matrix: n x 3, row and column from 0, and value.

    Raises
    ------
    Refusal
        If an entry is no three numbers or lies outside the matrix.
    """
    first = islice(lines_of(path, max_bytes=_SLACK + limit * _MAX_ENTRY), limit + _MAX_ABOVE)
    lines = (line for line in first if line.strip() and not line.startswith("%"))
    texts = [line.split() for line in islice(lines, 1, 1 + limit)]
    odd = next((" ".join(text) for text in texts if len(text) != 3), None)
    if odd is not None:
        raise _refused(path, f"the line {shown(odd)}")
    try:
        entries = np.array([float(text) for row in texts for text in row]).reshape(-1, 3)
    except ValueError as error:
        raise _refused(path, shown(error)) from None
    entries[:, :2] -= 1
    is_inside = (entries[:, :2] >= 0).all(axis=1) & (entries[:, 0] < header.n_rows) & (entries[:, 1] < header.n_columns)
    if not is_inside.all():
        row, column, _ = texts[int(np.argmin(is_inside))]
        raise _refused(path, f"the place {shown(f'{row} {column}')} in a matrix of {header.n_rows} x {header.n_columns}")
    return entries


def whole_matrix(path: Path, header: Header) -> sparse.coo_matrix:
    """Return the whole matrix; ``header`` is what ``header_of`` accepted.

    Raises
    ------
    Refusal
        If there are fewer or more values than declared, one is no number, or one lies outside the matrix.
    """
    from scipy.io import mmread

    try:
        with unpacked(path) as stream:
            return sparse.coo_matrix(mmread(_Bounded(stream, limit=_most_bytes(header))))
    except (ValueError, OverflowError) as error:
        raise _refused(path, shown(error)) from None


class _Bounded(io.RawIOBase):
    """A stream that fails behind so many bytes: those that unpack from a small file have no end of their own."""

    def __init__(self, stream: BinaryIO, *, limit: int) -> None:
        self._stream, self._left = stream, limit

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""
        found = self._stream.read(size if 0 <= size <= self._left else self._left + 1)
        self._left -= len(found)
        if self._left < 0:
            msg = "more text than its values take"
            raise ValueError(msg)
        return found


def _most_bytes(header: Header) -> int:
    return _SLACK + header.n_values * _MAX_ENTRY


def _refused(path: Path, got: str) -> Refusal:
    return Refusal(must="hold the values that its header declares", got=f"{got} in {shown(path.name)}", fix=_FIX)
