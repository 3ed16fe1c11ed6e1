"""Atomic writes: a reader sees the old file or the whole new one, whoever is killed in between."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path beside ``target``; rename it to ``target`` if the block ends well, else remove it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        # mkstemp makes files private; results are shared by the group like any other file
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """Give a new folder beside ``target``; put it in the place of ``target``, whatever lay there, if the block ends well.

    No file of an earlier run is left in it: what is there is what the block wrote.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=target.parent))
    try:
        new = room / "new"
        new.mkdir()
        yield new
        if target.exists():
            target.replace(room / "old")
        new.replace(target)
    finally:
        shutil.rmtree(room)


def write_text(target: Path, text: str) -> None:
    """Write text as UTF-8 with Unix line ends."""
    with replacing(target) as temporary:
        temporary.write_bytes(text.encode("utf-8"))


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
