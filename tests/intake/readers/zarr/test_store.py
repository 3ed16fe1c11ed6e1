"""Zarr stores: as anndata writes them, and made up to run code, to leave the folder or to fill the memory."""

import json
import os
import pickle
import struct
import time
import warnings
import zlib

import anndata
import numcodecs
import numpy as np
import pandas as pd
import pytest

from scvalid.errors import SubmissionError
from scvalid.intake.readers.opening import opened
from scvalid.intake.readers.zarr.store import open_zarr

SECONDS = 2.0


@pytest.fixture
def store(tmp_path, adata):
    """Write AnnData as a store and return its folder."""

    def write(*, version=2, name="x.zarr"):
        before = anndata.settings.zarr_write_format
        anndata.settings.zarr_write_format = version
        try:
            with warnings.catch_warnings(), pd.option_context("future.infer_string", False):
                # anndata warns of format 2, zarr of text in format 3
                warnings.simplefilter("ignore")
                adata.write_zarr(tmp_path / name)
        finally:
            anndata.settings.zarr_write_format = before
        return tmp_path / name

    return write


def take(path):
    with opened(path, where="f") as reader:
        reader.barcodes()
        reader.matrix(reader.matrix_names()[0])
        for column in reader.cell_columns():
            reader.cell_column(column)


def finding_of(path):
    start = time.process_time()
    with pytest.raises(SubmissionError) as caught:
        take(path)
    assert time.process_time() - start < SECONDS
    (finding,) = caught.value.findings
    assert "\n" not in finding
    return finding


def edit(path, **changes):
    document = json.loads(path.read_text())
    path.write_text(json.dumps(document | changes))


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("layout", ["csr", "csc", "dense"])
def test_parts_are_what_anndata_wrote(version, layout, adata, store):
    expected = adata.X.copy()
    adata.obs["maybe"] = pd.array([1, None, 3] * 10, dtype="Int64")
    adata.X = expected.toarray() if layout == "dense" else expected.asformat(layout)
    adata.raw = adata.copy()
    adata = adata[:, :5]
    reader = open_zarr(store(version=version))
    assert reader.matrix_names() == ["X", "raw"]
    assert sorted(reader.cell_columns()) == ["condition", "donor", "maybe"]
    assert list(reader.cell_column("maybe")[:3]) == ["1", "", "3"]
    assert list(reader.cell_column("condition")) == ["ctrl"] * 20 + ["stim"] * 10
    places = reader.some_cell_places("raw", limit=9)
    assert np.array_equal(reader.some_cells("raw", limit=9).toarray(), expected[places].toarray())
    assert np.array_equal(reader.detected_per_cell("raw"), expected.getnnz(axis=1))
    assert np.array_equal(reader.matrix("raw").toarray(), expected.toarray())


def test_a_pickle_is_never_opened(store, tmp_path):
    folder = store()
    index = folder / "obs" / "_index"
    edit(index / ".zarray", filters=[{"id": "pickle", "protocol": 4}], compressor=None)

    class Evil:
        def __reduce__(self):
            return (os.mkdir, (str(tmp_path / "ran"),))

    (index / "0").write_bytes(pickle.dumps(Evil()))
    assert "pickle" in finding_of(folder)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("codec", ["json2", "msgpack2", "pickle", "bz2", "lzma", "categorize", "../x", "numcodecs.pickle"])
@pytest.mark.parametrize("version", [2, 3])
def test_codecs_that_do_more_than_unpack_are_refused(codec, version, store):
    folder = store(version=version)
    if version == 2:
        edit(folder / "X" / "data" / ".zarray", compressor={"id": codec})
    else:
        edit(folder / "X" / "data" / "zarr.json", codecs=[{"name": "bytes"}, {"name": codec, "configuration": {}}])
    assert "never unpacked here" in finding_of(folder)


def test_what_the_store_says_elsewhere_of_an_array_does_not_count(store, tmp_path):
    """The consolidated description could name a codec that the array's own does not."""
    folder = store()
    document = json.loads((folder / ".zmetadata").read_text())
    document["metadata"]["X/data/.zarray"]["filters"] = [{"id": "pickle"}]
    (folder / ".zmetadata").write_text(json.dumps(document))
    with opened(folder, where="f") as reader:
        assert reader.matrix("X").sum() > 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"shape": [10**15], "chunks": [1000]}, "declares 4,000 TB"),
        ({"shape": [10**13], "chunks": [10**12]}, "declares"),
        ({"shape": [10**6], "chunks": [10**12]}, "chunks of 4 TB"),
        ({"shape": [10**6], "chunks": [1]}, "1,000,000 chunks"),
        ({"shape": [-1]}, "has the shape"),
        ({"shape": [10**30]}, "has the shape"),
        ({"chunks": [0]}, "chunks of"),
        ({"shape": "many"}, "has the shape"),
        ({"dtype": "|O"}, "neither numbers nor text"),
        ({"dtype": [["a", "<f4"]]}, "neither numbers nor text"),
        ({"dtype": "<M8[ns]"}, "neither numbers nor text"),
        ({"dtype": "<U99999999"}, "neither numbers nor text"),
        ({"zarr_format": 7}, "zarr format 7"),
        ({"compressor": {"id": ["x"]}}, "codec without a name"),
        ({"filters": [{"id": "zlib"}, {"id": "zlib"}]}, "several codecs"),
    ],
)
def test_absurd_descriptions_are_one_sentence(changes, expected, store):
    folder = store()
    edit(folder / "X" / "data" / ".zarray", **changes)
    assert expected in finding_of(folder)


def test_a_chunk_that_unpacks_to_more_than_it_declares_is_not_unpacked(store):
    folder = store()
    chunk, description = folder / "X" / "data" / "0", folder / "X" / "data" / ".zarray"
    chunk.write_bytes(struct.pack("<BBBBIII", 2, 1, 0, 4, 2**31 - 1, 2**18, 100) + bytes(84))
    assert "unpacks to 2 GB" in finding_of(folder)
    for codec, packed in (("zlib", zlib.compress(bytes(10**8))), ("zstd", numcodecs.Zstd().encode(bytes(10**8)))):
        edit(description, compressor={"id": codec, "level": 1})
        chunk.write_bytes(packed)
        assert "more than it declares" in finding_of(folder)


def test_text_that_unpacks_to_more_than_any_column_is_not_unpacked(store):
    folder = store()
    edit(folder / "obs" / "_index" / ".zarray", compressor={"id": "zstd", "level": 1})
    # the head of a frame that says it holds 2 GB
    (folder / "obs" / "_index" / "0").write_bytes(b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", 2**31) + bytes(20))
    assert "unpacks to 2 GB" in finding_of(folder)


@pytest.mark.parametrize("place", ["X/data/0", "X/data", "X", "X/data/.zarray", "obs/.zattrs"])
def test_links_are_not_followed(place, store, tmp_path):
    folder = store()
    outside = tmp_path / "outside"
    (folder / place).rename(outside)
    (folder / place).symlink_to(outside)
    assert "link" in finding_of(folder)


def test_a_pipe_among_the_chunks_does_not_hang(store):
    folder = store()
    (folder / "X" / "data" / "0").unlink()
    os.mkfifo(folder / "X" / "data" / "0")
    assert "no chunk but" in finding_of(folder)


def test_a_store_without_anndata_names_what_it_has(tmp_path):
    (tmp_path / ".zgroup").write_text('{"zarr_format": 2}')
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / ".zgroup").write_text('{"zarr_format": 2}')
    assert "a zarr store with 'images'" in finding_of(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "nonsense", "[" * 100_000, '{"node_type": 7}'])
def test_broken_descriptions_are_one_sentence(content, store):
    folder = store(version=3)
    (folder / "obs" / "zarr.json").write_text(content)
    assert finding_of(folder).startswith("f must ")


def test_missing_chunks_of_zeros_are_zeros(adata, store):
    adata.X = adata.X * 0
    adata.X.eliminate_zeros()
    folder = store()
    with opened(folder, where="f") as reader:
        assert reader.matrix("X").nnz == 0
        assert reader.shape("X") == (30, 21)
