"""Made-up HDF5: each file is one sentence at once, and takes no memory worth speaking of."""

import subprocess
import sys
import time
import zlib

import h5py
import numpy as np
import pytest
from h5py import h5z

from scvalid.errors import SubmissionError
from scvalid.intake.readers.hdf5.groups import Hdf5Group
from scvalid.intake.readers.opening import opened

N_CELLS, N_GENES = 30, 21
SECONDS = 2.0
"""Of processor time; each takes well below one second."""
EXTRA_MB = 300

TAKE = """
import resource, sys
from pathlib import Path
import anndata
from scvalid.intake.readers.opening import opened
def take(path):
    with opened(path, where="f") as reader:
        for name in reader.matrix_names():
            reader.some_values(name, limit=1000); reader.shape(name); reader.some_cells(name, limit=30)
            reader.detected_per_cell(name); reader.genes(name, reader.gene_columns(name)); reader.matrix(name)
        reader.barcodes()
        for column in reader.cell_columns():
            reader.cell_column(column)
"""


def take(path):
    scope = {}
    exec(TAKE.replace("import anndata\n", ""), scope)  # noqa: S102  the text is also run as a program of its own below
    scope["take"](path)


def finding_of(path):
    start = time.process_time()
    with pytest.raises(SubmissionError) as caught:
        take(path)
    assert time.process_time() - start < SECONDS
    (finding,) = caught.value.findings
    assert "\n" not in finding
    assert len(finding) < 500
    return finding


def replaced(file, name, *args, **kwargs):
    del file[name]
    return file.create_dataset(name, *args, **kwargs)


def absurd_dense(file):
    replaced(file, "X", (10**15, 10**9), "f4", chunks=(100, 100))


def absurd_values(file):
    replaced(file, "X/data", (10**13,), "f4", chunks=(1000,))


def absurd_shape(file):
    file["X"].attrs["shape"] = np.array([10**15, 10**9])


def absurd_chunk(file):
    replaced(file, "X/data", (600,), "f4", chunks=(10**9,), maxshape=(None,), compression="gzip")


def packed_twice(file):
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((2**20,))
    properties.set_deflate(9)
    properties.set_filter(h5z.FILTER_DEFLATE, h5z.FLAG_OPTIONAL, (9,))
    del file["X/data"]
    space = h5py.h5s.create_simple((2**20,))
    h5py.h5d.create(file["X"].id, b"data", h5py.h5t.IEEE_F32LE, space, properties)


def chunk_that_inflates(file):
    data = replaced(file, "X/data", (2**18,), "f4", chunks=(2**18,), compression="gzip")
    packer = zlib.compressobj(9)
    bomb = b"".join([*(packer.compress(bytes(2**24)) for _ in range(24)), packer.flush()])
    data.id.write_direct_chunk((0,), bomb)


def filled_by_default(file):
    del file["X"]
    file.create_dataset("X", (N_CELLS, 10**9), "f4", chunks=(1, 10**6), fillvalue=1)


def pointers_that_lie(file):
    file["X/indptr"][-1] = 2**31 - 1


def pointers_that_fall(file):
    file["X/indptr"][3] = 10**6


def indices_outside(file):
    file["X/indices"][5] = 10**6


def too_few_pointers(file):
    replaced(file, "X/indptr", data=[0, 5])


def link_outside(file):
    del file["X"]
    file["X"] = h5py.ExternalLink("/etc/passwd", "/X")


def soft_link(file):
    del file["X"]
    file["X"] = h5py.SoftLink("/obs")


def external_data(file):
    replaced(file, "X", (N_CELLS, N_GENES), "i1", external=[("/etc/passwd", 0, N_CELLS * N_GENES)])


def virtual_data(file):
    layout = h5py.VirtualLayout((N_CELLS, N_GENES), "f4")
    layout[:] = h5py.VirtualSource("/etc/passwd", "X", (N_CELLS, N_GENES))
    del file["X"]
    file.create_virtual_dataset("X", layout)


def categories_in_themselves(file):
    column = file["obs"].create_group("loop")
    column["categories"], column["codes"] = column, np.zeros(N_CELLS, dtype="i1")


def values_in_themselves(file):
    column = file["obs"].create_group("loop")
    column["values"] = column


def codes_without_category(file):
    column = file["obs"].create_group("arm")
    column["categories"], column["codes"] = np.array(["a"], dtype=h5py.string_dtype()), np.full(N_CELLS, 9, dtype="i1")


def references(file):
    replaced(file, "X", data=np.array([file["obs"].ref] * 4, dtype=h5py.ref_dtype).reshape(2, 2))


def compound(file):
    replaced(file, "X", data=np.zeros((N_CELLS, N_GENES), dtype=[("a", "f4"), ("b", "S3")]))


def ragged(file):
    replaced(file, "X", (N_CELLS, N_GENES), h5py.vlen_dtype(np.float32))


def huge_attribute(file):
    file["X"].attrs.create("shape", np.zeros(8_000, dtype="i8"))


def long_name(file):
    index = file["obs"].attrs["_index"]
    replaced(file, f"obs/{index}", data=["x" * 10**6] * N_CELLS, dtype=h5py.string_dtype())


def one_text_many_times(file):
    """A column of 200,000 entries that all point to the same 2 MB in the file: 400 GB once they are read."""
    flat = replaced(file, f"obs/{file['obs'].attrs['_index']}", (200_000,), h5py.string_dtype(), chunks=(200_000,))
    flat[0] = "x" * 2_000_000
    flat.id.write_direct_chunk((0,), flat.id.read_direct_chunk((0,))[1][:16] * 200_000)


def fixed_text_of_a_megabyte(file):
    replaced(file, f"obs/{file['obs'].attrs['_index']}", (10**6,), "S1000000", chunks=(100,), compression="gzip")


def unknown_filter(file):
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((64,))
    properties.set_filter(32_015, h5z.FLAG_OPTIONAL, (3,))
    del file["X/data"]
    h5py.h5d.create(file["X"].id, b"data", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((64,)), properties)


def three_dimensions(file):
    replaced(file, "X", data=np.zeros((3, 3, 3)))


def no_dimension(file):
    replaced(file, "X/indptr", data=7)


def a_group_for_a_column(file):
    index = file["obs"].attrs["_index"]
    del file[f"obs/{index}"]
    file.create_group(f"obs/{index}/deep/deeper")


def a_datatype_for_a_matrix(file):
    del file["X"]
    file["X"] = np.dtype("f8")


HOSTILE = {
    absurd_dense: "4,000,000,000,000 TB",
    absurd_values: "40 TB",
    absurd_shape: "has the shape (1000000000000000, 1000000000)",
    absurd_chunk: "chunks of 4 GB",
    packed_twice: "packed twice",
    chunk_that_inflates: "unpacks to more than it declares",
    filled_by_default: "120 GB",
    pointers_that_lie: "points outside",
    pointers_that_fall: "points outside",
    indices_outside: "ind",
    too_few_pointers: "has the shape (2,) for 30 rows",
    link_outside: "X is a link",
    soft_link: "X is a link",
    external_data: "keeps its data in another file",
    virtual_data: "keeps its data in another file",
    categories_in_themselves: "values",
    values_in_themselves: "values is not an array",
    codes_without_category: "categories that do not exist",
    references: "holds no numbers",
    compound: "holds no numbers",
    ragged: "holds no numbers",
    huge_attribute: "has the shape",
    long_name: "a text of 1,000,000 characters",
    one_text_many_times: "holds text of 400 GB",
    fixed_text_of_a_megabyte: "declares",
    unknown_filter: "needs a plugin",
    three_dimensions: "3 dimensions",
    no_dimension: "has the shape ()",
    a_group_for_a_column: "has no values",
    a_datatype_for_a_matrix: "neither a group nor an array",
}


@pytest.mark.parametrize("spoil", HOSTILE, ids=lambda spoil: spoil.__name__)
def test_one_sentence_at_once(spoil, adata, written):
    path = written(adata)
    with h5py.File(path, "a") as file:
        spoil(file)
    assert HOSTILE[spoil] in finding_of(path)


@pytest.mark.parametrize("spoil", [one_text_many_times, chunk_that_inflates, absurd_dense], ids=lambda spoil: spoil.__name__)
def test_memory_stays_small(spoil, adata, written):
    path = written(adata)
    with h5py.File(path, "a") as file:
        spoil(file)
    program = TAKE + (
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        "before = peak()\n"
        "try: take(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__, peak() - before)\n"
    )
    run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    name, extra = run.stdout.split()
    assert name == "SubmissionError"
    assert int(extra) < EXTRA_MB


def test_a_file_that_was_cut_short_is_one_sentence(adata, written):
    path = written(adata)
    content = path.read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        path.write_bytes(content[: int(share * len(content))])
        assert "readable" in finding_of(path)


def test_flipped_bytes_end_in_the_sentence_or_in_the_data(adata, written):
    path = written(adata)
    content = np.frombuffer(path.read_bytes(), np.uint8)
    rng = np.random.default_rng(0)
    for _ in range(60):
        broken = content.copy()
        places = rng.integers(8, len(content), size=20)
        broken[places] = rng.integers(0, 256, size=20)
        path.write_bytes(broken.tobytes())
        try:
            take(path)
            said: tuple[str, ...] = ()
        except SubmissionError as error:
            said = error.findings
        assert len(said) <= 1
        assert all(finding.isprintable() and finding.startswith("f must ") for finding in said)


def test_sound_text_and_chunks_are_not_refused(tmp_path):
    """Long barcodes, few values and empty cells pack well; that alone is no fault."""
    with h5py.File(tmp_path / "x.h5ad", "w") as file:
        n = 200_000
        for table, size in (("obs", n), ("var", 3)):
            names = np.array([f"cell number {i}" for i in range(size)], dtype=h5py.string_dtype())
            file.create_dataset(f"{table}/_index", data=names, chunks=True, compression="gzip", shuffle=True)
        for part, values in {"data": [1.0], "indices": [0], "indptr": [0] * n + [1]}.items():
            file.create_dataset(f"X/{part}", data=values, chunks=True, compression="gzip", compression_opts=9)
        file["X"].attrs["shape"] = (n, 3)
        file["X"].attrs["encoding-type"] = "csr_matrix"
    with opened(tmp_path / "x.h5ad", where="f") as reader:
        assert reader.barcodes()[-1] == "cell number 199999"
        assert reader.matrix("X").sum() == 1
        assert reader.detected_per_cell("X")[-1] == 1


def test_only_the_chunks_of_a_slice_are_unpacked_to_be_checked(tmp_path):
    rng = np.random.default_rng(0)
    with h5py.File(tmp_path / "x.h5", "w") as file:
        data = file.create_dataset("x", data=rng.random(400_000), chunks=(100_000,), compression="gzip")
        packer = zlib.compressobj(1)
        bomb = b"".join([*(packer.compress(bytes(2**24)) for _ in range(10)), packer.flush()]) + bytes(2**18)
        data.id.write_direct_chunk((300_000,), bomb)
        array = Hdf5Group(file["/"]).array("x")
        assert len(array.numbers(slice(0, 250_000))) == 250_000
        for part in (slice(299_999, 300_001), slice(None)):
            with pytest.raises(ValueError, match="more than it declares"):
                array.numbers(part)
