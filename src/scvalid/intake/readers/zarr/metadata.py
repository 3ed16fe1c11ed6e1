"""The description of a zarr array of format 2 or 3, checked: what may unpack it, how large it and its chunks are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from scvalid.intake.readers.arrays.nodes import product

PACKINGS = frozenset({"blosc", "zstd", "lz4", "gzip", "zlib"})
"""Codecs that only unpack bytes. Others run code (pickle), build objects (json2) or do not tell their size (bz2)."""
TEXT_CODECS = frozenset({"vlen-utf8", "vlen-bytes"})
_V3_CODECS = frozenset({"bytes", "transpose", "crc32c", "blosc", "zstd", "gzip", *TEXT_CODECS})
_SHARDING = "sharding_indexed"
_V2_NUMBER = re.compile(r"[<>|](?P<kind>[biuf])(?P<size>[1248])")
_V2_TEXT = re.compile(r"[<>|](?P<kind>[US])(?P<size>\d{1,5})")
_V3_NUMBER = re.compile(r"bool|(u?int|float)(?P<bits>8|16|32|64)")
_V3_TEXT = frozenset({"string", "variable_length_bytes", "variable_length_utf8"})
_V3_FIXED = frozenset({"fixed_length_utf32", "null_terminated_bytes"})
_MAX_CODECS = 8
_TEXT_ITEM = 16


@dataclass(frozen=True)
class Description:
    """What an array is; text of any length counts as 16 bytes, the size of its reference."""

    zarr_format: Literal[2, 3]
    shape: tuple[int, ...]
    chunks: tuple[int, ...]
    itemsize: int
    is_text: bool
    is_sized: bool
    codecs: tuple[str, ...]


def describe_array(document: Mapping[str, Any], *, path: str) -> Description:
    """Return the description of an array.

    Parameters
    ----------
    document
        The content of ``.zarray`` or ``zarr.json``.
    path
        How the array is called.

    Raises
    ------
    ValueError
        If the type, shape, chunks or codecs are none that AnnData writes.
    """
    version = document.get("zarr_format")
    if version == 2:
        found = _of_v2(document, path=path)
    elif version == 3:
        found = _of_v3(document, path=path)
    else:
        msg = f"{path} has the zarr format {version}"
        raise ValueError(msg)
    if len(found.chunks) != len(found.shape) or 0 in found.chunks or len(found.shape) > 2:
        msg = f"{path} has the shape {found.shape} and chunks of {found.chunks}"
        raise ValueError(msg)
    return found


def _of_v2(document: Mapping[str, Any], *, path: str) -> Description:
    filters = document.get("filters")
    given = [document.get("compressor"), *(filters if isinstance(filters, list) else [])]
    names = [_codec_name(codec, "id", path=path) for codec in given if codec]
    _only(names, PACKINGS | TEXT_CODECS, path=path)
    dtype = document.get("dtype")
    number, text = (pattern.fullmatch(dtype) if isinstance(dtype, str) else None for pattern in (_V2_NUMBER, _V2_TEXT))
    is_vlen = dtype == "|O" and bool(TEXT_CODECS & set(names))
    if not (number or text or is_vlen):
        raise _foreign_type(dtype, path=path)
    itemsize = int(number["size"]) if number else int(text["size"]) * (4 if text["kind"] == "U" else 1) if text else _TEXT_ITEM
    chunks = _sizes(document.get("chunks"), path=path)
    return Description(2, _sizes(document.get("shape"), path=path), chunks, itemsize, not number, not is_vlen, tuple(names))


def _of_v3(document: Mapping[str, Any], *, path: str) -> Description:
    names = _v3_codecs(document.get("codecs"), path=path)
    chunks = _configuration(document.get("chunk_grid")).get("chunk_shape")
    given = document.get("data_type")
    name = given.get("name") if isinstance(given, dict) else given
    number = _V3_NUMBER.fullmatch(name) if isinstance(name, str) else None
    if number:
        itemsize = int(number["bits"] or 8) // 8
    elif name in _V3_FIXED:
        itemsize = product(_sizes([_configuration(given).get("length_bytes")], path=path))
    elif name in _V3_TEXT:
        itemsize = _TEXT_ITEM
    else:
        raise _foreign_type(name, path=path)
    if document.get("storage_transformers"):
        msg = f"{path} has storage transformers"
        raise ValueError(msg)
    shape, is_sized = _sizes(document.get("shape"), path=path), name not in _V3_TEXT
    return Description(3, shape, _sizes(chunks, path=path), itemsize, not number, is_sized, names)


def _configuration(given: Any) -> Mapping[str, Any]:
    found = given.get("configuration") if isinstance(given, dict) else None
    return found if isinstance(found, dict) else {}


def _v3_codecs(given: Any, *, path: str) -> tuple[str, ...]:
    names = [_codec_name(codec, "name", path=path) for codec in (given if isinstance(given, list) else [])]
    if _SHARDING in names:
        msg = f"{path} is sharded; write it with anndata.settings.auto_shard_zarr_v3 = False"
        raise ValueError(msg)
    _only(names, _V3_CODECS, path=path)
    return tuple(names)


def _codec_name(codec: Any, key: str, *, path: str) -> str:
    if isinstance(codec, str):
        return codec
    if not isinstance(codec, dict) or not isinstance(codec.get(key), str):
        msg = f"{path} has a codec without a name"
        raise ValueError(msg)
    return str(codec[key])


def _only(names: Sequence[str], allowed: frozenset[str], *, path: str) -> None:
    foreign = sorted(set(names) - allowed)
    if foreign or len(names) > _MAX_CODECS or sum(name in PACKINGS for name in names) > 1:
        msg = f"{path} is packed by {', '.join(foreign) or 'several codecs'}, which is never unpacked here"
        raise ValueError(msg)


def _sizes(given: Any, *, path: str) -> tuple[int, ...]:
    if not isinstance(given, list) or not all(type(n) is int and 0 <= n < 2**62 for n in given) or product(given) >= 2**62:
        msg = f"{path} has the shape {str(given)[:40]}"
        raise ValueError(msg)
    return tuple(given)


def _foreign_type(given: Any, *, path: str) -> ValueError:
    return ValueError(f"{path} has the type {str(given)[:30]!r}, neither numbers nor text")
