"""What a packed chunk unpacks to, told from its bytes before a codec sees them: all frames count, not only the first."""

import struct
import zlib
from typing import BinaryIO

_ZSTD = b"\x28\xb5\x2f\xfd"
_BLOCK = 1 << 20
_BLOSC_HEAD = 16
_DEFLATE = frozenset({"gzip", "zlib"})
_ODD = "is no single packed block"


def unpacked_size(stream: BinaryIO, packing: str | None, *, stored: int, limit: int) -> int:
    """Return the bytes that a chunk unpacks to, some number above ``limit`` if they are more.

    blosc, lz4 and zstd say it at the start, gzip and zlib have to be tried; what follows a first frame is refused, for a codec
    would unpack it too.

    Parameters
    ----------
    stream
        The chunk, open at its start.
    packing
        Codec that packed it, None if it is plain.
    stored
        Its bytes, without a checksum behind them.
    limit
        Bytes at which unpacking stops.

    Raises
    ------
    ValueError
        If it is no chunk of that codec, or has more than one frame.
    """
    try:
        if packing is None:
            return stored
        if packing == "blosc":
            return int(struct.unpack_from("<I", stream.read(_BLOSC_HEAD), 4)[0])
        if packing == "lz4":
            return int(struct.unpack_from("<I", stream.read(4))[0])
        if packing == "zstd":
            return _size_of_frame(stream, stored=stored, limit=limit)
    except (struct.error, IndexError):
        raise ValueError(_ODD) from None
    return _inflated(stream, stored=stored, limit=limit)


def _size_of_frame(stream: BinaryIO, *, stored: int, limit: int) -> int:
    """Return what a zstd frame says it holds (RFC 8878, 3.1.1); its blocks are counted to know where it ends."""
    head = stream.read(18)
    if head[:4] != _ZSTD:
        raise ValueError(_ODD)
    flag = head[4]
    is_single, has_checksum = bool(flag & 0x20), bool(flag & 4)
    width = (1 if is_single else 0, 2, 4, 8)[flag >> 6]
    start = 5 + (0 if is_single else 1) + (0, 1, 2, 4)[flag & 3]
    if width == 0:
        return 2**62  # a frame that keeps its size to itself could unpack to anything
    size = int.from_bytes(head[start : start + width], "little") + (256 if width == 2 else 0)
    place, is_last = start + width, size > limit
    while not is_last:
        stream.seek(place)
        block = int.from_bytes(_exactly(stream, 3), "little")
        is_last, kind = bool(block & 1), block >> 1 & 3
        # a run of one byte is stored as that byte
        place += 3 + (1 if kind == 1 else block >> 3)
    if size <= limit and place + (4 if has_checksum else 0) != stored:
        raise ValueError(_ODD)
    return size


def _exactly(stream: BinaryIO, n_bytes: int) -> bytes:
    found = stream.read(n_bytes)
    if len(found) < n_bytes:
        raise ValueError(_ODD)
    return found


def _inflated(stream: BinaryIO, *, stored: int, limit: int) -> int:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    left, total, packed = stored, 0, b""
    while not unpacker.eof and total <= limit:
        if not packed:
            packed = stream.read(min(_BLOCK, left))
            left -= len(packed)
            if not packed:
                raise ValueError(_ODD)
        total += len(unpacker.decompress(packed, _BLOCK))
        packed = unpacker.unconsumed_tail
    if unpacker.eof and (unpacker.unused_data or left):
        raise ValueError(_ODD)
    return total


def packing_of(codecs: tuple[str, ...]) -> str | None:
    """Return the one codec that packs, if there is one; ``describe_array`` lets no second one in."""
    return next((name for name in codecs if name in _DEFLATE | {"blosc", "lz4", "zstd"}), None)


def n_checksum_bytes(codecs: tuple[str, ...]) -> int:
    """Return the bytes of checksums that stand behind a packed chunk."""
    behind = codecs[codecs.index(packing) + 1 :] if (packing := packing_of(codecs)) else codecs
    return 4 * sum(name == "crc32c" for name in behind)
