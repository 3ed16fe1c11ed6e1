import bz2
import gzip
import io
import lzma
import os
import pickle
import tarfile
import zipfile

import h5py
import pytest

from scvalid.errors import SubmissionError
from scvalid.intake.readers.kinds import Kind, kind_of
from scvalid.intake.readers.opening import opened
from scvalid.intake.readers.refusal import Refusal

TABLE = b"gene,c1,c2\nACTB,1,0\nGAPDH,2,3\n"


def _tar(content=b"x"):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        member = tarfile.TarInfo("matrix.mtx")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def _zip():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a", "b")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("x.zip", _zip(), "zip archive"),
        ("x.xlsx", _zip(), "zip archive"),
        ("x.tar", _tar(), "tar archive"),
        ("x.tar.gz", gzip.compress(_tar()), "tar archive"),
        ("x.pkl", pickle.dumps({"a": 1}), "pickle"),
        ("x.h5ad", pickle.dumps({"a": 1}, protocol=2), "pickle"),
        ("x.pkl", pickle.dumps({"a": 1}, protocol=0), "pickle"),
        ("x.npy", b"\x93NUMPY\x01\x00", "numpy array"),
        ("x.rda", gzip.compress(b"RDX3\nX\n\0\0\0\3"), "workspace"),
        ("x.bam", gzip.compress(b"BAM\1..."), "aligned reads"),
        ("x.fastq.gz", gzip.compress(b"@read\nACGT\n+\nFFFF\n"), "FASTQ"),
        ("matrix.mtx.gz", gzip.compress(b"%%MatrixMarket matrix coordinate integer general\n"), "without the names"),
        ("x.h5ad", TABLE, "text, though its name ends in .h5ad"),
        ("x.rds", TABLE, "text, though its name ends in .rds"),
        ("x.h5ad", b"<!DOCTYPE html><html>", "web page"),
        ("x.h5ad", b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        ("x.h5ad", b"", "empty file"),
        ("x.csv.bz2", bz2.compress(TABLE), "packed with bzip2"),
        ("x.csv.xz", lzma.compress(TABLE), "packed with xz"),
        ("x.h5ad.gz", gzip.compress(b"\x89HDF\r\n\x1a\n" + bytes(100)), "packed with gzip"),
        ("x.csv.gz", gzip.compress(TABLE)[:15], "cut short"),
        ("x.bin", b"\1\2\0\3", "binary data"),
    ],
)
def test_other_files_are_named_with_what_to_do(name, content, expected, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refusal) as caught:
        kind_of(path)
    assert expected in caught.value.got
    assert caught.value.fix.endswith(".")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("x.h5ad", TABLE.replace(b",", b"\t"), None),
        ("x", TABLE, Kind.TABLE),
        ("counts.txt", gzip.compress(TABLE), Kind.TABLE),
        ("x.dat", b"X\n\0\0\0\3", Kind.RDS),
        ("x.RDS", gzip.compress(b"X\n\0\0\0\3"), Kind.RDS),
        ("x.rds", bz2.compress(b"X\n\0\0\0\3"), Kind.RDS),
        ("X\n.csv", b"X\nA\n", Kind.TABLE),
    ],
)
def test_content_decides_not_the_ending(name, content, expected, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    if expected is None:
        with pytest.raises(Refusal):
            kind_of(path)
    else:
        assert kind_of(path) is expected


def test_hdf5_behind_a_user_block_is_hdf5(tmp_path):
    with h5py.File(tmp_path / "x.bin", "w", userblock_size=1024) as file:
        file["a"] = 1
    assert kind_of(tmp_path / "x.bin") is Kind.HDF5


def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "x.csv")
    with pytest.raises(SubmissionError, match="pipe"), opened(tmp_path / "x.csv", where="f"):
        pass


def test_rna_of_mudata_is_read_and_its_absence_said(tmp_path, adata, written):
    with h5py.File(written(adata)) as file, h5py.File(tmp_path / "x.h5mu", "w") as mudata:
        for name in ("obs", "var"):
            mudata.create_group(name)
        file.copy(file["/"], mudata.create_group("mod"), name="rna")
    with opened(tmp_path / "x.h5mu", where="f") as reader:
        assert reader.shape("X") == adata.shape
    with h5py.File(tmp_path / "x.h5mu", "a") as mudata:
        mudata.move("mod/rna", "mod/prot")
    with pytest.raises(SubmissionError, match="MuData with 'prot'"), opened(tmp_path / "x.h5mu", where="f"):
        pass


def test_hdf5_of_another_kind_is_named(tmp_path):
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["assays/RNA/counts"], file["cell.names"] = 1, 2
    with (
        pytest.raises(SubmissionError, match=r"HDF5 with 'assays', 'cell.names'.*h5Seurat"),
        opened(tmp_path / "x.h5", where="f"),
    ):
        pass
