"""Reading files that somebody else named: never a device or a pipe, which may have no end, and never more than a bound."""

import stat
from pathlib import Path

NOT_A_FILE = "a folder, a device or a pipe"


def read_bounded(source: Path, *, limit: int) -> bytes:
    """Return the bytes of a file, at most ``limit`` + 1 of them: one more than the bound tells that there are more.

    Raises
    ------
    OSError
        If it is no regular file or cannot be read.
    """
    if not stat.S_ISREG(source.stat().st_mode):
        # strerror is what a sentence quotes
        raise OSError(0, NOT_A_FILE)
    with source.open("rb") as stream:
        return stream.read(limit + 1)
