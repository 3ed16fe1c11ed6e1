"""Which files of a submission are the same, by path or byte for byte."""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from scvalid.intake.readers.files import files_of_source
from scvalid.io.documents import sha256_of


def content_ids(sources: Iterable[Path]) -> dict[Path, int]:
    """Return a number for each file or folder; files with the same bytes have the same number.

    Only files of the same size are read. A file that cannot be read has a number of its own.
    """
    by_path: dict[str, list[Path]] = defaultdict(list)
    for source in dict.fromkeys(sources):
        by_path[_real(source)].append(source)
    by_size: dict[object, list[str]] = defaultdict(list)
    for real in by_path:
        by_size[_size(real)].append(real)
    by_content: dict[object, list[str]] = defaultdict(list)
    for alike in by_size.values():
        for real in alike:
            by_content[_content(real) if len(alike) > 1 else real].append(real)
    return {source: i for i, alike in enumerate(by_content.values()) for real in alike for source in by_path[real]}


def _real(source: Path) -> str:
    try:
        return os.path.realpath(source)
    except ValueError:  # a name that the encoding of this machine's file names has not
        return str(source)


def _size(real: str) -> object:
    try:
        path = Path(real)
        return tuple(sorted(p.stat().st_size for p in path.iterdir())) if path.is_dir() else path.stat().st_size
    except (OSError, ValueError):
        return real


def _content(real: str) -> str:
    try:
        return sha256_of(Path(real), files=files_of_source(Path(real)))
    except (OSError, ValueError):
        return real
