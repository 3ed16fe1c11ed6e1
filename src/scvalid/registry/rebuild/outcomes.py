"""What a rebuild did to one file; a file is written only if its content is another."""

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scvalid.io.atomic import replacing


@dataclass(frozen=True)
class Outcome:
    """One file, what became of it, and, if its source is not at hand, what to get."""

    file: str
    state: Literal["rebuilt", "unchanged", "source not at hand", "entered by hand", "registered anew", "taken away"]
    needs: str = ""


def write_if_other(target: Path, content: bytes) -> Literal["rebuilt", "unchanged"]:
    """Write a file unless it holds that content; gzipped files are compared unpacked, as zlib's versions pack differently."""
    if target.is_file() and _unpacked(target.read_bytes()) == _unpacked(content):
        return "unchanged"
    with replacing(target) as temporary:
        temporary.write_bytes(content)
    return "rebuilt"


def _unpacked(content: bytes) -> bytes:
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
