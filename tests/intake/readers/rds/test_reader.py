"""Objects of R: the files under rds/ were written by R (rds/make_fixtures.R), the hostile ones are made here."""

import gzip
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from scvalid.errors import SubmissionError
from scvalid.intake.readers.opening import opened
from scvalid.intake.readers.rds import reader as rds
from scvalid.intake.readers.rds.reader import RdsReader

RDS = Path(__file__).parent
HEAD = b"X\n" + struct.pack(">iiii", 3, 0x040202, 0x030500, 5) + b"UTF-8"
READ = """
import resource, sys
from scvalid.errors import SubmissionError
from scvalid.intake.readers.opening import opened
try:
    with opened(sys.argv[1], where="f"):
        pass
except SubmissionError:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
INTEGERS, DOUBLES, STRINGS, LIST, CHARACTERS = 13, 14, 16, 19, 9


def finding_of(path):
    with pytest.raises(SubmissionError) as caught, opened(path, where="f"):
        pass
    (finding,) = caught.value.findings
    assert "\n" not in finding
    return finding


def test_matrices_and_columns_of_seurat():
    reader = RdsReader(RDS / "seurat_v4.rds")
    assert (reader.matrix_names(), reader.layers()) == (["counts"], ["counts", "data"])
    cell, gene = np.mgrid[:60, :40]
    expected = np.maximum((7 * cell + 13 * gene + gene * cell) % 11 - 5, 0)
    assert np.array_equal(reader.matrix("counts").toarray(), expected)
    assert np.allclose(reader.matrix("layer:data").toarray(), np.log1p(expected / 7))
    assert list(reader.cell_column("condition")[:3]) == ["ctrl", "stim", "ctrl"]
    assert list(reader.cell_column("donor")[:2]) == ["101", "107"]
    assert list(reader.cell_column("share")[:2]) == ["0.5", ""]
    assert list(reader.cell_column("orig.ident")[:1]) == ["SeuratProject"]


def test_split_layers_of_seurat_5_are_put_together_cell_by_cell():
    whole, split = RdsReader(RDS / "seurat_v5.rds"), RdsReader(RDS / "seurat_v5_split.rds")
    assert split.layers() == ["counts", "counts.a", "counts.b"]
    assert list(split.barcodes()) == list(whole.barcodes())
    assert np.array_equal(split.matrix("counts").toarray(), whole.matrix("counts").toarray())
    first = split.matrix("layer:counts.a").toarray()
    assert np.array_equal(first[::2], whole.matrix("counts").toarray()[::2])
    assert not first[1::2].any()


def test_columns_of_genes_of_an_experiment():
    reader = RdsReader(RDS / "sce.rds")
    genes = reader.genes("counts", ["Symbol"])
    assert (genes.index[0], genes.columns["Symbol"][0]) == ("ENSG00000075624", "ACTB")
    places = reader.some_cell_places("counts", limit=6)
    assert np.array_equal(reader.some_cells("counts", limit=6).toarray(), reader.matrix("counts").toarray()[places])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("data_frame.rds", "class 'data.frame'"),
        ("closure.rds", "holds functions"),
        ("seurat_v2_stream.rds", "before 3.5"),
    ],
)
def test_other_objects_are_named(name, expected):
    assert expected in finding_of(RDS / name)


def test_without_rds2py_the_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(rds, "find_spec", lambda name: None)
    assert "pip install 'scvalid[rds]'" in finding_of(RDS / "sce.rds")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (struct.pack(">ii", DOUBLES, 2**30), "more memory"),
        (struct.pack(">ii", STRINGS, 2**28), "more memory"),
        (struct.pack(">ii", LIST, 2**29), "more memory"),
        (struct.pack(">iiii", STRINGS, 1, CHARACTERS, 2**31 - 2), "more memory"),
        (struct.pack(">ii", LIST, 1) * 300_000 + struct.pack(">i", 254), "broke down"),
        (struct.pack(">i", 99), "class"),
        (b"", "no more bytes"),
    ],
)
def test_made_up_objects_neither_fill_the_memory_nor_end_the_program(content, expected, tmp_path):
    path = tmp_path / "x.rds"
    path.write_bytes(gzip.compress(HEAD + content))
    start = time.perf_counter()
    finding_of(path)
    assert time.perf_counter() - start < 10
    # a program of its own: the largest child of the one that runs the tests may be anybody's
    run = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True, timeout=30, check=True)
    assert int(run.stdout) < 1_500_000  # kB


def test_a_small_file_that_unpacks_without_end_is_not_parsed(tmp_path, monkeypatch):
    monkeypatch.setattr(rds, "_SLACK", 2**20)
    path = tmp_path / "x.rds"
    path.write_bytes(gzip.compress(HEAD + struct.pack(">ii", DOUBLES, 2**21) + bytes(2**24)))
    assert "unpack to more than" in finding_of(path)


def test_nothing_beside_the_file_is_imported(tmp_path, monkeypatch):
    path = tmp_path / "x.rds"
    path.write_bytes((RDS / "sce.rds").read_bytes())
    (tmp_path / "numpy.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    assert RdsReader(path).shape("counts") == (60, 40)
    assert not (tmp_path / "ran").exists()
