import numpy as np
import pytest
import scanpy

from scvalid.intake.readers.tenx_mtx import TenxMtxReader


@pytest.mark.parametrize("version", [2, 3])
def test_reads_what_scanpy_reads(version, tenx_folder):
    folder = tenx_folder(version=version)
    expected = scanpy.read_10x_mtx(folder, gex_only=False)
    reader = TenxMtxReader(folder)
    (name,) = reader.matrix_names()
    genes = reader.genes(name, reader.gene_columns(name))
    assert np.array_equal(reader.matrix(name).toarray(), expected.X.toarray())
    assert list(reader.barcodes()) == list(expected.obs_names)
    assert list(genes.columns["gene_symbols"]) == list(expected.var_names)
    assert list(genes.index) == list(expected.var["gene_ids"])
    assert sorted(reader.some_values(name, limit=10**6)) == sorted(reader.matrix(name).data)


def test_file_names_may_carry_a_prefix(tenx_folder):
    folder = tenx_folder(version=3)
    for path in folder.iterdir():
        path.rename(folder / f"GSM1_{path.name}")
    assert TenxMtxReader(folder).shape("") == (30, 21)


def test_hidden_companions_of_another_system_are_passed_over(tenx_folder):
    folder = tenx_folder(version=3)
    for path in list(folder.iterdir()):
        (folder / f"._{path.name}").write_bytes(b"\0\5\26\7")
    assert TenxMtxReader(folder).shape("") == (30, 21)


@pytest.mark.parametrize("name", ["matrix.mtx", "genes.tsv", "barcodes.tsv"])
def test_a_folder_must_be_complete_and_fit_together(name, tenx_folder):
    folder = tenx_folder(version=2)
    text = (folder / name).read_text()
    (folder / name).write_text(text.split("\n", 1)[1])
    with pytest.raises(ValueError, match=r"a matrix"):
        TenxMtxReader(folder)
    (folder / name).unlink()
    with pytest.raises(ValueError, match=r"0 files"):
        TenxMtxReader(folder)
