"""What an HDF5 array takes in memory, found before HDF5 itself unpacks it: it bounds neither chunks nor text."""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from h5py import h5z
from numpy.typing import NDArray

from scvalid.intake.readers.arrays.nodes import MAX_TEXT_BYTES, amount, check_declared, product

_CHECKED_CHUNK_BYTES = 2**18
"""A packed chunk up to this size unpacks to less than 256 MB, whatever it holds: deflate saves at most a factor of 1,032."""
_PACKING = {h5z.FILTER_DEFLATE: "gzip", h5z.FILTER_SZIP: "szip", h5z.FILTER_LZF: "lzf"}
_PLAIN = {h5z.FILTER_SHUFFLE, h5z.FILTER_FLETCHER32, h5z.FILTER_NBIT, h5z.FILTER_SCALEOFFSET}
_SMALL_TEXT_BYTES = 2**24
_REFERENCE_BYTES = 16
_LENGTH_BYTES = 4


def check_storage(array: h5py.Dataset) -> list[tuple[int, ...]]:
    """Refuse an array whose reading would fill the memory, and return where chunks begin that ``check_chunks`` must see.

    Raises
    ------
    ValueError
        If it declares more than is stored, or is packed twice or by an unknown filter.
    """
    itemsize = array.dtype.itemsize
    chunk = product(array.chunks or ()) * itemsize if array.chunks else 0
    check_declared(array.name, array.shape, itemsize=itemsize, stored=array.id.get_storage_size(), chunk=chunk)
    codes = _filters(array)
    unknown = [code for code in codes if code not in _PACKING and not h5z.filter_avail(code)]
    if unknown:
        msg = f"{array.name} is packed by HDF5 filter {unknown[0]}, which needs a plugin; pack it with gzip"
        raise ValueError(msg)
    if sum(code not in _PLAIN for code in codes) > 1:
        msg = f"{array.name} is packed twice"
        raise ValueError(msg)
    return _large_chunks(array) if h5z.FILTER_DEFLATE in codes else []


def check_chunks(array: h5py.Dataset, places: Sequence[tuple[int, ...]], where: Sequence[slice]) -> None:
    """Refuse a chunk that unpacks to more than it declares, of those that a part of the array needs.

    Parameters
    ----------
    array
        The array.
    places
        Where the chunks begin that are large enough to matter.
    where
        The part that is to be read; nothing for all of it.
    """
    n_declared = product(array.chunks or ()) * array.dtype.itemsize
    for place in places:
        sides = zip(where, place, array.chunks, array.shape, strict=False)
        is_needed = all(begin < rows.indices(n)[1] and rows.indices(n)[0] < begin + size for rows, begin, size, n in sides)
        if is_needed and len(_unpacked(array, place, n_declared + 1)) > n_declared:
            msg = f"{array.name} has a chunk that unpacks to more than it declares"
            raise ValueError(msg)


def check_text(array: h5py.Dataset) -> None:
    """Refuse text of variable length that would fill the memory: many entries may share one long text in the file.

    Raises
    ------
    ValueError
        If all entries together are too long.
    """
    n_file = Path(array.file.filename).stat().st_size
    if h5py.check_string_dtype(array.dtype).length is not None or n_file * product(array.shape) <= _SMALL_TEXT_BYTES:
        return
    n_entries = product(array.chunks or array.shape)
    total = sum(_text_bytes(part, len(part) // n_entries) for part in _stored_parts(array))
    if total > MAX_TEXT_BYTES:
        msg = f"{array.name} holds text of {amount(total)}"
        raise ValueError(msg)


def _filters(array: h5py.Dataset) -> list[int]:
    properties = array.id.get_create_plist()
    return [int(properties.get_filter(i)[0]) for i in range(properties.get_nfilters())]


def _large_chunks(array: h5py.Dataset) -> list[tuple[int, ...]]:
    large: list[tuple[int, ...]] = []

    def note(chunk: Any) -> None:
        if chunk.size > _CHECKED_CHUNK_BYTES:
            large.append(chunk.chunk_offset)

    array.id.chunk_iter(note)
    return large


def _unpacked(array: h5py.Dataset, place: tuple[int, ...], limit: int) -> bytes:
    """Return a chunk after its packing, up to ``limit`` bytes; its mask tells which filters were left out."""
    mask, packed = array.id.read_direct_chunk(place)
    codes = [code for i, code in enumerate(_filters(array)) if not mask >> i & 1]
    unpacked = zlib.decompressobj().decompress(packed, limit) if h5z.FILTER_DEFLATE in codes else bytes(packed)[:limit]
    if h5z.FILTER_SHUFFLE not in codes:
        return unpacked
    size = len(unpacked) // product(array.chunks)
    return np.frombuffer(unpacked[: size * product(array.chunks)], np.uint8).reshape(size, -1).T.tobytes()


def _stored_parts(array: h5py.Dataset) -> list[bytes]:
    """Return the references to text as they are stored: the length, then where the text lies."""
    if array.chunks is None:
        offset = array.id.get_offset()
        if offset is None:
            return []  # kept in the header, which has no room for many
        with Path(array.file.filename).open("rb") as stream:
            stream.seek(offset)
            return [stream.read(array.id.get_storage_size())]
    limit = product(array.chunks) * _REFERENCE_BYTES
    places = [array.id.get_chunk_info(i).chunk_offset for i in range(array.id.get_num_chunks())]
    return [_unpacked(array, place, limit) for place in places]


def _text_bytes(part: bytes, size: int) -> int:
    if size < _LENGTH_BYTES:
        return 0
    references: NDArray[np.uint8] = np.frombuffer(part[: len(part) // size * size], np.uint8).reshape(-1, size)
    return int(np.ascontiguousarray(references[:, :_LENGTH_BYTES]).view("<u4").sum(dtype=np.uint64))
