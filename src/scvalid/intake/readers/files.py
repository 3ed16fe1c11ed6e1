"""The files that a reader takes of a path, none of them beyond all bounds; nothing else there is read or hashed."""

import hashlib
import os
from pathlib import Path

from scvalid.intake.readers.arrays.nodes import amount
from scvalid.intake.readers.kinds import Kind, kind_of
from scvalid.intake.readers.mtx.layouts.choosing import find_layout
from scvalid.intake.readers.refusal import Refusal

MAX_SOURCE_BYTES = 512 * 10**9
"""Bytes of one sample; a file may have a hole, which takes no room on the disk and for ever to read."""
MAX_FILES = 1_000_000
_HDF5_SLACK = 64 * 2**20
_HEAD = 64
_COPY = "Copy it again; it was lengthened or damaged."


def files_of_source(source: Path) -> list[Path]:
    """Return the files of a sample in the order of their names: the file itself, those of a layout, all of a zarr store.

    Raises
    ------
    Refusal
        If the path is of no known kind, or its files are longer than what they hold.
    """
    kind = kind_of(source)
    if kind is Kind.ZARR:
        files = _files_below(source)
    elif kind is Kind.FOLDER:
        layout = find_layout(source)
        files = sorted(filter(None, {*layout.matrices, layout.cells, layout.genes, layout.symbols}))
    else:
        files = [source]
    total = sum(file.stat().st_size for file in files)
    if total > MAX_SOURCE_BYTES:
        must = f"be smaller than {amount(MAX_SOURCE_BYTES)}"
        raise Refusal(must=must, got=amount(total), fix="Copy it again; a file with a hole is lengthened.")
    if kind is Kind.HDF5:
        _refuse_longer(source, size=total)
    return files


def state_of_folder(source: Path) -> str:
    """Return a fingerprint of names, sizes and dates of what a reader takes of a folder; '' for a file or what has no reader.

    The date of a folder does not change when a file in it does, and the names in it may be such as no workflow can carry.
    """
    try:
        files = files_of_source(source) if source.is_dir() else []
        states = [(os.fsencode(file.relative_to(source)), file.stat()) for file in files]
    except (Refusal, OSError):
        return ""
    digest = hashlib.sha256()
    for name, state in states:
        digest.update(name + f"\0{state.st_size} {state.st_mtime_ns}\0".encode())
    return digest.hexdigest() if files else ""


def _files_below(folder: Path) -> list[Path]:
    """Return the files of a store; links are never read, and refused where an array needs them."""
    found: list[Path] = []
    left = [folder]
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    found.append(Path(entry.path))
                if len(found) + len(left) > MAX_FILES:
                    raise Refusal(must=f"have at most {MAX_FILES:,} files", got="more", fix="Write it with larger chunks.")
    return sorted(found)


def _refuse_longer(source: Path, *, size: int) -> None:
    """Refuse an HDF5 file that goes on far behind the end that its superblock states."""
    end = _stated_end(source)
    if end is not None and size > 2 * end + _HDF5_SLACK:
        got = f"a file of {amount(size)} whose data end at {amount(end)}"
        raise Refusal(must="end where its data end", got=got, fix=_COPY)


def _stated_end(source: Path) -> int | None:
    """Return where an HDF5 file ends by its superblock; see the HDF5 file format, II.A."""
    with source.open("rb") as stream:
        for block in (0, 512, 1024, 2048):
            stream.seek(block)
            head = stream.read(_HEAD)
            if head[:8] == b"\x89HDF\r\n\x1a\n":
                version = head[8]
                width = head[9] if version >= 2 else head[13]
                first = {0: 24, 1: 28}.get(version, 12)
                # addresses: base, one that does not matter, end
                stated = int.from_bytes(head[first + 2 * width : first + 3 * width], "little")
                return block + stated
    return None
