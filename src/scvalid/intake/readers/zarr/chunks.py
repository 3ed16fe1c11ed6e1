"""The chunk files of a zarr array, looked at before they are unpacked: their number and size, and links among them."""

import os
from pathlib import Path
from typing import BinaryIO

from scvalid.intake.readers.arrays.nodes import MAX_NAME, MAX_TEXT_BYTES, amount, check_declared, product
from scvalid.intake.readers.zarr.metadata import TEXT_CODECS, Description
from scvalid.intake.readers.zarr.packings import n_checksum_bytes, packing_of, unpacked_size

MAX_CHUNKS = 200_000
MAX_JSON_BYTES = 64 * 2**20
_MAX_DEPTH = 4
_METADATA = frozenset({".zarray", ".zattrs", "zarr.json", ".DS_Store"})
_SLACK_BYTES = 64
_STORED_SLACK = 4_096
"""Bytes by which packing may lengthen a chunk, besides an eighth of it."""
_ITEM_BYTES = 4 + 4 * MAX_NAME
"""Bytes of the longest text that is read as a name, with its length before it."""


def check_chunks(folder: Path, description: Description, *, path: str) -> None:
    """Refuse an array whose reading would fill the memory; each of its chunk files is looked at.

    Raises
    ------
    ValueError
        If there are links among them, too many of them, one is longer or unpacks to more than its chunk may hold, or all of
        them together declare what is not stored.
    """
    grid = product([-(-n // size) for n, size in zip(description.shape, description.chunks, strict=True)])
    if grid > MAX_CHUNKS:
        msg = f"{path} is cut into {grid:,} chunks, more than {MAX_CHUNKS:,}"
        raise ValueError(msg)
    files = _files(folder, path=path)
    stored = sum(file.stat().st_size for file in files)
    chunk = product(description.chunks) * description.itemsize
    check_declared(path, description.shape, itemsize=description.itemsize, stored=stored, chunk=chunk)
    if description.is_text and stored > MAX_TEXT_BYTES:
        msg = f"{path} holds text of {amount(stored)}"
        raise ValueError(msg)
    n_text = 4 + product(description.chunks) * _ITEM_BYTES
    limit = chunk if description.is_sized else min(MAX_TEXT_BYTES, n_text)
    n_unpacked = 0
    for file in files:
        n_unpacked += _checked_size(Path(file.path), description, limit=limit + _SLACK_BYTES, path=path)
        if not description.is_sized and n_unpacked > MAX_TEXT_BYTES:
            msg = f"{path} holds text of {amount(n_unpacked)}"
            raise ValueError(msg)


def _files(folder: Path, *, path: str, depth: int = 0) -> list[os.DirEntry[str]]:
    found: list[os.DirEntry[str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink() or not (entry.is_file() or entry.is_dir()) or depth > _MAX_DEPTH:
                msg = f"{path} has {entry.name!r:.40}, which is no chunk but a link or another thing"
                raise ValueError(msg)
            if entry.name in _METADATA and depth == 0 and entry.is_file():
                if entry.stat().st_size > MAX_JSON_BYTES:
                    msg = f"{entry.name} of {path} takes {amount(entry.stat().st_size)}"
                    raise ValueError(msg)
                continue
            found += _files(Path(entry.path), path=path, depth=depth + 1) if entry.is_dir() else [entry]
            if len(found) > MAX_CHUNKS:
                msg = f"{path} has more than {MAX_CHUNKS:,} files"
                raise ValueError(msg)
    return found


def _checked_size(file: Path, description: Description, *, limit: int, path: str) -> int:
    """Return the size that a chunk file unpacks to; it is not read if it is longer than its chunk."""
    with file.open("rb") as stream:
        stored = os.fstat(stream.fileno()).st_size
        if stored > limit + limit // 8 + _STORED_SLACK:
            msg = f"{path} has a chunk that takes {amount(stored)}, more than it declares"
            raise ValueError(msg)
        held = stored - n_checksum_bytes(description.codecs)
        try:
            size = unpacked_size(stream, packing_of(description.codecs), stored=held, limit=limit)
        except ValueError as error:
            msg = f"{path} has a chunk that {error}"
            raise ValueError(msg) from None
        if size > limit:
            msg = f"{path} has a chunk that unpacks to {amount(size)}, more than it declares"
            raise ValueError(msg)
        if TEXT_CODECS & set(description.codecs):
            _check_count(stream, description, path=path)
    return size


def _check_count(stream: BinaryIO, description: Description, *, path: str) -> None:
    """Refuse text that says it has more items than its chunk: room for all of them would be made first."""
    import numcodecs  # type: ignore[import-untyped]  # zarr's own codecs

    stream.seek(0)
    packing = packing_of(description.codecs)
    packed = stream.read()
    behind = n_checksum_bytes(description.codecs)
    packed = packed[:-behind] if behind else packed
    plain = numcodecs.get_codec({"id": packing}).decode(packed) if packing else packed
    n_items = int.from_bytes(bytes(memoryview(plain)[:4]), "little")
    if n_items > product(description.chunks):
        msg = f"{path} has a chunk of {n_items:,} texts, more than it declares"
        raise ValueError(msg)
