"""What codecs of numcodecs unpack is what is told of their bytes; what stands behind a first frame is refused."""

import gzip
import io
import zlib

import numcodecs
import numpy as np
import pytest

from scvalid.intake.readers.zarr.packings import n_checksum_bytes, packing_of, unpacked_size

MB = 2**20
SOUND = {
    "blosc": numcodecs.Blosc(),
    "zstd": numcodecs.Zstd(3),
    "lz4": numcodecs.LZ4(),
    "gzip": numcodecs.GZip(),
    "zlib": numcodecs.Zlib(),
}


def size_of(packed, packing, *, limit=64 * MB):
    return unpacked_size(io.BytesIO(packed), packing, stored=len(packed), limit=limit)


@pytest.mark.parametrize("packing", SOUND)
@pytest.mark.parametrize("n", [1, 100, 300, 70_000, 3 * MB])
@pytest.mark.parametrize("noise", [1, 256])
def test_a_sound_chunk_has_the_size_that_its_codec_gives(packing, n, noise):
    plain = np.random.default_rng(0).integers(0, noise, size=n, dtype=np.uint8).tobytes()
    packed = bytes(SOUND[packing].encode(plain))
    assert size_of(packed, packing) == len(SOUND[packing].decode(packed)) == n


@pytest.mark.parametrize(
    ("packing", "packed"),
    [
        ("zstd", bytes(numcodecs.Zstd().encode(b"x")) * 2),
        ("zstd", bytes(numcodecs.Zstd().encode(b"x")) + b"\x50\x2a\x4d\x18\x04\0\0\0abcd"),
        ("zstd", b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + bytes(numcodecs.Zstd().encode(b"x"))),
        ("zstd", bytes(numcodecs.Zstd().encode(bytes(10**6)))[:-4]),
        ("zstd", b"\x28\xb5\x2f\xfd"),
        ("gzip", gzip.compress(b"x") * 2),
        ("gzip", gzip.compress(b"x") + b"\0"),
        ("gzip", gzip.compress(b"x")[:-9]),
        ("zlib", zlib.compress(b"x") + bytes(2 * MB)),
        ("blosc", b"\x02\x01"),
        ("lz4", b""),
    ],
)
def test_what_is_not_one_whole_frame_is_refused(packing, packed):
    with pytest.raises(ValueError, match="no single packed block"):
        size_of(packed, packing)


def test_a_frame_that_does_not_say_its_size_could_be_anything():
    # a window, no content size, one empty block
    assert size_of(b"\x28\xb5\x2f\xfd\0\x58\x01\0\0", "zstd") > 2**60


def test_deflate_is_unpacked_no_further_than_the_limit():
    assert MB < size_of(zlib.compress(bytes(50 * MB)), "zlib", limit=MB) < 3 * MB


def test_checksums_count_where_they_stand_behind_the_packing():
    assert n_checksum_bytes(("bytes", "zstd", "crc32c")) == 4
    assert n_checksum_bytes(("bytes", "crc32c", "zstd")) == 0
    assert n_checksum_bytes(("bytes", "crc32c")) == 4
    assert packing_of(("vlen-utf8", "blosc")) == "blosc"
