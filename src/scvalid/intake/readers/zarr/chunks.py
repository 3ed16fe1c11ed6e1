"""The chunk files of a zarr array, looked at before they are unpacked: their number and size, and links among them."""

import os
import struct
import zlib
from pathlib import Path

from scvalid.intake.readers.arrays.nodes import MAX_TEXT_BYTES, amount, product
from scvalid.intake.readers.zarr.metadata import Description

MAX_CHUNKS = 200_000
_MAX_DEPTH = 4
_METADATA = frozenset({".zarray", ".zattrs", "zarr.json", ".DS_Store"})
_LONGEST_HEAD = 18
_SLACK_BYTES = 64


def check_chunks(folder: Path, description: Description, *, path: str) -> int:
    """Return the bytes stored of an array, after a look at each chunk file.

    Raises
    ------
    ValueError
        If there are links among them, too many of them, or one unpacks to more than its chunk may hold.
    """
    grid = product([-(-n // size) for n, size in zip(description.shape, description.chunks, strict=True)])
    if grid > MAX_CHUNKS:
        msg = f"{path} is cut into {grid:,} chunks, more than {MAX_CHUNKS:,}"
        raise ValueError(msg)
    chunk = product(description.chunks) * description.itemsize
    limit = chunk if description.is_sized else MAX_TEXT_BYTES
    total, n_unpacked = 0, 0
    for file in _files(folder, path=path):
        total += file.stat().st_size
        n_unpacked += _unpacked_size(Path(file.path), description, limit=limit, path=path)
        if not description.is_sized and n_unpacked > MAX_TEXT_BYTES:
            msg = f"{path} holds text of {amount(n_unpacked)}"
            raise ValueError(msg)
    return total


def _files(folder: Path, *, path: str, depth: int = 0) -> list[os.DirEntry[str]]:
    found: list[os.DirEntry[str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink() or not (entry.is_file() or entry.is_dir()) or depth > _MAX_DEPTH:
                msg = f"{path} has {entry.name!r:.40}, which is no chunk but a link or another thing"
                raise ValueError(msg)
            if entry.name in _METADATA and depth == 0 and entry.is_file():
                continue
            found += _files(Path(entry.path), path=path, depth=depth + 1) if entry.is_dir() else [entry]
            if len(found) > MAX_CHUNKS:
                msg = f"{path} has more than {MAX_CHUNKS:,} files"
                raise ValueError(msg)
    return found


def _unpacked_size(file: Path, description: Description, *, limit: int, path: str) -> int:
    """Return the size that a chunk file says it unpacks to; blosc and zstd say it at the start, gzip has to be tried."""
    with file.open("rb") as stream:
        head = stream.read(_LONGEST_HEAD)
        stored = os.fstat(stream.fileno()).st_size
        size = _said_in_head(head, description.codecs)
        if size is None:
            size = _inflated(head + stream.read(), limit) if {"gzip", "zlib"} & set(description.codecs) else stored
    if size > limit + _SLACK_BYTES:
        msg = f"{path} has a chunk that unpacks to {amount(size)}, more than it declares"
        raise ValueError(msg)
    return size


def _said_in_head(head: bytes, codecs: tuple[str, ...]) -> int | None:
    if len(head) < _LONGEST_HEAD:
        return len(head)
    if "blosc" in codecs:
        return int(struct.unpack_from("<I", head, 4)[0])
    if "lz4" in codecs:
        return int(struct.unpack_from("<I", head, 0)[0])
    if "zstd" in codecs and head[:4] == b"\x28\xb5\x2f\xfd":
        flag = head[4]
        width = (1 if flag & 0x20 else 0, 2, 4, 8)[flag >> 6]
        start = 5 + (0 if flag & 0x20 else 1) + (0, 1, 2, 4)[flag & 3]
        # a frame that keeps its size to itself could unpack to anything
        return int.from_bytes(head[start : start + width], "little") + (256 if width == 2 else 0) if width else 2**62
    return None


def _inflated(packed: bytes, limit: int) -> int:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    # deflate saves at most a factor of 1,032
    return len(unpacker.decompress(packed, limit + _SLACK_BYTES + 1)) if len(packed) * 1_032 > limit else limit
