"""Tables that several checks of one run read: read once, and again if the file has changed."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import TypeVar

Table = TypeVar("Table")
N_REMEMBERED = 8


def remembered(read: Callable[[Path], Table]) -> Callable[[Path], Table]:
    """Return a reader that gives the same object for the same unchanged file; its callers must not change it."""

    @lru_cache(maxsize=N_REMEMBERED)
    def read_version(source: Path, _: tuple[int, int, int] | None) -> Table:
        return read(source)

    @wraps(read)
    def read_once(source: Path) -> Table:
        return read_version(source, _version_of(source))

    return read_once


def _version_of(source: Path) -> tuple[int, int, int] | None:
    try:
        found = source.stat()
    except OSError:
        return None  # the reader says what is wrong
    return found.st_ino, found.st_size, found.st_mtime_ns
