"""Lines of text files that nobody vouches for: plain or gzipped whatever their name, and bounded in what is read."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from scvalid.errors import shown
from scvalid.intake.readers.arrays.nodes import MAX_ROWS
from scvalid.intake.readers.refusal import Refusal

MAX_LINE = 1 << 25
"""Bytes of one line: the header of a table of a million cells fits."""
MAX_NAME_BYTES = 1 << 29
"""Bytes of a file of names: 20 million barcodes of 24 letters fit."""

MAX_DEFLATE = 1_032
"""No gzip file unpacks to more than so many times its size."""
NAMES_RATIO = 100
"""Names differ from each other, as do the places of counts: gzip makes neither so much smaller."""
MAX_BLANK = 100_000
"""Blank lines in a file of names."""

_MAX_FIELDS = 100
_RATIO_SLACK = 1 << 20
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_AS_TEXT = "Save it as UTF-8 text."


def is_gzipped(path: Path) -> bool:
    """Return whether a file is gzipped, by its first bytes."""
    with path.open("rb") as stream:
        return stream.read(2) == _GZIP


@contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """Give the bytes of a plain or gzipped file as a stream."""
    if is_gzipped(path):
        with gzip.open(path) as packed, io.BufferedReader(cast("io.RawIOBase", packed), 1 << 20) as stream:
            yield stream
    else:
        with path.open("rb", buffering=1 << 20) as stream:
            yield stream


def lines_of(path: Path, *, max_bytes: int, max_ratio: int = MAX_DEFLATE) -> Iterator[str]:
    """Yield the lines of a text file without their ends, and without a byte order mark.

    Raises
    ------
    Refusal
        If the file is no UTF-8 text, has a line of more than ``MAX_LINE`` bytes, or more than ``max_bytes`` when unpacked, or
        unpacks to more than ``max_ratio`` times its size.
    """
    where = shown(path.name)
    left, ratio_left = max_bytes, _RATIO_SLACK + max_ratio * path.stat().st_size
    with unpacked(path) as stream:
        for number, line in enumerate(_raw_lines(stream, where), start=1):
            left -= len(line)
            ratio_left -= len(line)
            if ratio_left < 0:
                got = f"more than {max_ratio} times its size in {where}"
                raise Refusal(must="unpack to text that is not all the same", got=got, fix="Export the file again, unpacked.")
            if left < 0:
                size = f"{max_bytes / 1e9:.1f} GB" if max_bytes > 10**8 else f"{max_bytes / 1e6:.0f} MB"
                fix = "Hand in so many values as mtx folder or h5ad."
                raise Refusal(must="be below the size that text is read to", got=f"more than {size} in {where}", fix=fix)
            if len(line) > MAX_LINE:
                got = f"more than {MAX_LINE >> 20} MB without a line end in {where}"
                raise Refusal(must="be text in lines", got=got, fix=_AS_TEXT)
            yield _text(line.removeprefix(_BOM) if number == 1 else line, f"line {number} of {where}")


def first_fields(path: Path) -> list[str]:
    """Return the first tab-separated field of each line of a file of names; blank lines are passed over."""
    return [line.split("\t", 1)[0] for line in _names(path)]


def rows_of(path: Path) -> list[list[str]]:
    """Return the tab-separated fields of each line of a file of names; blank lines are passed over."""
    return [_fields(line, path) for line in _names(path)]


def _names(path: Path) -> Iterator[str]:
    n_blank = n_names = 0
    for line in lines_of(path, max_bytes=MAX_NAME_BYTES, max_ratio=NAMES_RATIO):
        n_blank += not line
        n_names += bool(line)
        if n_blank > MAX_BLANK or n_names > MAX_ROWS:
            got = f"more than {f'{MAX_BLANK:,} blank lines' if n_blank > MAX_BLANK else f'{MAX_ROWS:,}'} in {shown(path.name)}"
            raise Refusal(must="name each cell and gene in a line", got=got, fix="Export the file of names again.")
        if line:
            yield line


def _fields(line: str, path: Path) -> list[str]:
    if line.count("\t") > _MAX_FIELDS:
        got = f"a line of more than {_MAX_FIELDS} fields in {shown(path.name)}"
        raise Refusal(must="name each cell and gene in a line", got=got, fix="Export the file of names again.")
    return line.split("\t")


def _raw_lines(stream: BinaryIO, where: str) -> Iterator[bytes]:
    try:
        while line := stream.readline(MAX_LINE + 1):
            yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        got = f"{shown(error)} in {where}"
        raise Refusal(must="be whole", got=got, fix="Copy it again; it was cut short or damaged.") from None


def _text(line: bytes, where: str) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Refusal(must="be UTF-8 text", got=f"other bytes in {where}", fix=_AS_TEXT)
    return text.rstrip("\r\n")
