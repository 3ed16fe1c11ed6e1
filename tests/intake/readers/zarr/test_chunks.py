"""Chunks that are small in the store and would fill the memory, as numcodecs unpacks them."""

import gzip
import json
import os
import resource
import struct
import subprocess
import sys
import warnings

import anndata
import numcodecs
import numpy as np
import pandas as pd
import pytest

from scvalid.errors import SubmissionError
from scvalid.intake.readers.opening import opened

HOLE = 3 * 2**40
BLOCK = 64 * 2**20
READ = """
import sys
from pathlib import Path
from scvalid.errors import SubmissionError
from scvalid.intake.readers.opening import opened
try:
    with opened(Path(sys.argv[1]), where="f") as reader:
        reader.matrix("X")
except SubmissionError as error:
    print(error.findings[0])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.fixture
def store(tmp_path, adata):
    """Write a store of format 2 whose data of X, or names of cells, are a chunk that is given."""

    def write(chunk, *, place="X/data", **description):
        with warnings.catch_warnings(), pd.option_context("future.infer_string", False):
            warnings.simplefilter("ignore")  # anndata warns of format 2
            with anndata.settings.override(zarr_write_format=2):
                adata.write_zarr(tmp_path / "x.zarr")
        folder = tmp_path / "x.zarr" / place
        about = json.loads((folder / ".zarray").read_text()) | description
        (folder / ".zarray").write_text(json.dumps(about))
        if chunk is not None:
            (folder / "0").write_bytes(chunk)
        return tmp_path / "x.zarr"

    return write


def _read(path):
    with opened(path, where="f") as reader:
        reader.matrix("X")
        reader.barcodes()


def finding_of(path):
    with pytest.raises(SubmissionError) as caught:
        _read(path)
    return caught.value.findings[0]


def _zstd_bomb(counts):
    first, block = (bytes(numcodecs.Zstd(1).encode(raw)) for raw in (counts.data.tobytes(), bytes(BLOCK)))
    return first + block * 64


def test_many_frames_in_one_chunk_take_neither_time_nor_memory(store, counts):
    """4 GB of zeros in 130 kB, behind a first frame as small as it should be."""
    folder = store(_zstd_bomb(counts), compressor={"id": "zstd", "level": 1})
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([sys.executable, "-c", READ, folder], capture_output=True, text=True, timeout=30, check=True)
    said, peak = run.stdout.splitlines()
    assert "more than it declares" in said
    assert int(peak) < 400_000  # kB
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert used.ru_utime - before.ru_utime < 10


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_second_frame_that_is_small_is_refused_too(packing, store, counts):
    pack = gzip.compress if packing == "gzip" else lambda raw: bytes(numcodecs.Zstd(1).encode(raw))
    folder = store(pack(counts.data.tobytes()) + pack(bytes(10**6)), compressor={"id": packing, "level": 1})
    assert "no single packed block" in finding_of(folder)


@pytest.mark.parametrize("compressor", [None, {"id": "gzip", "level": 1}, {"id": "blosc", "cname": "lz4"}, {"id": "lz4"}])
def test_a_chunk_with_a_hole_is_not_read(compressor, store):
    folder = store(None, compressor=compressor)
    os.truncate(folder / "X/data/0", 300 * 10**9)
    assert "takes 300 GB, more than it declares" in finding_of(folder)
    os.truncate(folder / "X/data/0", HOLE)
    assert "smaller than 512 GB" in finding_of(folder)


@pytest.mark.parametrize("packing", [None, "zstd", "gzip"])
def test_a_number_of_texts_that_lies_is_read_before_they_are_made(packing, store):
    plain = struct.pack("<I", 2**31 - 1) + bytes(100)
    compressor = packing and {"id": packing, "level": 1}
    chunk = plain if packing is None else bytes(numcodecs.get_codec(compressor).encode(plain))
    assert "2,147,483,647 texts" in finding_of(store(chunk, place="obs/_index", compressor=compressor))


def test_text_that_unpacks_to_more_than_its_names_could_take_is_refused(store):
    chunk = bytes(numcodecs.Zstd(1).encode(np.zeros(10**7, np.uint8)))
    said = finding_of(store(chunk, place="obs/_index", compressor={"id": "zstd", "level": 1}))
    assert "unpacks to 10 MB" in said


def test_attributes_beside_the_chunks_are_bounded(store):
    folder = store(None)
    (folder / "X/data/.zattrs").touch()
    os.truncate(folder / "X/data/.zattrs", 10**9)
    assert ".zattrs of /X/data takes" in finding_of(folder)
