import gzip

import numpy as np
import pytest
import scanpy
from scipy import io, sparse

from scvalid.intake.readers.mtx import reader as mtx
from scvalid.intake.readers.mtx.reader import MtxReader
from scvalid.intake.readers.refusal import Refusal


def _read(folder):
    reader = MtxReader(folder)
    (name,) = reader.matrix_names()
    return reader, name, reader.matrix(name)


@pytest.mark.parametrize("version", [2, 3])
def test_reads_what_scanpy_reads(version, tenx_folder):
    folder = tenx_folder(version=version)
    expected = scanpy.read_10x_mtx(folder, gex_only=False)
    reader, name, matrix = _read(folder)
    genes = reader.genes(name, reader.gene_columns(name))
    assert np.array_equal(matrix.toarray(), expected.X.toarray())
    assert list(reader.barcodes()) == list(expected.obs_names)
    assert list(genes.columns["gene_symbols"]) == list(expected.var_names)
    assert list(genes.index) == list(expected.var["gene_ids"])
    assert sorted(reader.some_values(name, limit=10**6)) == sorted(matrix.data)


@pytest.mark.parametrize(("kind", "shape"), [("raw", (1289, 226)), ("filtered", (62, 226))])
def test_real_folders_read_as_scanpy_reads_them(kind, shape, shared_data):
    folder = shared_data / "pbmc4k_ambient" / f"toy_{kind}_10x_mtx"
    expected = scanpy.read_10x_mtx(folder, var_names="gene_ids", make_unique=False)
    reader, name, matrix = _read(folder)
    assert matrix.shape == reader.shape(name) == shape
    assert (matrix != expected.X).nnz == 0
    assert list(reader.barcodes()) == list(expected.obs_names)
    assert list(reader.genes(name, []).index) == list(expected.var_names)
    assert np.array_equal(reader.detected_per_cell(name), np.diff(expected.X.tocsr().indptr))


def test_file_names_may_carry_a_prefix_of_one_sample_only(tenx_folder):
    folder = tenx_folder(version=3)
    for path in list(folder.iterdir()):
        path.rename(folder / f"GSM1_{path.name}")
    assert MtxReader(folder).shape("") == (30, 21)
    for path in list(folder.iterdir()):
        (folder / path.name.replace("GSM1_", "GSM2_old.")).write_bytes(path.read_bytes())
    with pytest.raises(Refusal) as caught:
        MtxReader(folder)
    assert caught.value.got == "the matrices of 2 ('GSM1_', 'GSM2_old.')"
    assert "a folder of their own" in caught.value.fix


def test_hidden_companions_of_another_system_are_passed_over(tenx_folder):
    folder = tenx_folder(version=3)
    for path in list(folder.iterdir()):
        (folder / f"._{path.name}").write_bytes(b"\0\5\26\7")
    assert MtxReader(folder).shape("") == (30, 21)


@pytest.mark.parametrize("name", ["matrix.mtx", "genes.tsv", "barcodes.tsv"])
def test_a_folder_must_be_complete_and_fit_together(name, tenx_folder):
    folder = tenx_folder(version=2)
    text = (folder / name).read_text()
    (folder / name).write_text(text.split("\n", 1)[1])
    with pytest.raises(Refusal):
        MtxReader(folder)
    (folder / name).unlink()
    with pytest.raises(Refusal, match=r"0 files"):
        MtxReader(folder)


def test_orientation_is_found_and_a_square_matrix_goes_by_its_format(tenx_folder, counts):
    folder = tenx_folder(version=2)
    io.mmwrite(folder / "matrix.mtx", sparse.coo_matrix(counts.astype(int)), field="integer")  # cells x genes
    assert np.array_equal(_read(folder)[2].toarray(), counts.toarray())
    square = counts[:21]
    io.mmwrite(folder / "matrix.mtx", sparse.coo_matrix(square.T.astype(int)), field="integer")
    (folder / "barcodes.tsv").write_text("".join(f"c{i}\n" for i in range(21)))
    assert np.array_equal(_read(folder)[2].toarray(), square.toarray())


def test_gzip_is_told_by_content_not_by_name(tenx_folder, counts):
    folder = tenx_folder(version=2)
    packed = gzip.compress((folder / "matrix.mtx").read_bytes())
    (folder / "matrix.mtx").write_bytes(packed)
    assert np.array_equal(_read(folder)[2].toarray(), counts.toarray())


def test_whole_cells_from_start_middle_and_end_and_of_a_large_file_from_its_start(tenx_folder, counts, monkeypatch):
    reader, name, matrix = _read(tenx_folder(version=2))
    places = reader.some_cell_places(name, limit=6)
    assert list(places) == [0, 1, 14, 15, 28, 29]
    assert np.array_equal(reader.some_cells(name, limit=6).toarray(), matrix[places].toarray())
    monkeypatch.setattr(mtx, "SMALL_BYTES", 0)
    monkeypatch.setattr(mtx, "_HEAD", 100)
    places = reader.some_cell_places(name, limit=50)
    assert list(places) == list(range(len(places)))
    assert 0 < len(places) < 30
    assert np.array_equal(reader.some_cells(name, limit=50).toarray(), counts[places].toarray())
    assert reader.detected_per_cell(name) is None


def test_a_large_file_that_does_not_go_cell_by_cell_gives_no_cells(tenx_folder, monkeypatch):
    folder = tenx_folder(version=2)
    lines = (folder / "matrix.mtx").read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if not line.startswith("%"))
    (folder / "matrix.mtx").write_text("\n".join([*lines[: at + 1], *sorted(lines[at + 1 :], reverse=True)]))
    monkeypatch.setattr(mtx, "SMALL_BYTES", 0)
    assert MtxReader(folder).some_cells("", limit=5) is None


def test_matrices_that_are_added_up_may_hold_numbers_of_values_far_apart(tmp_path):
    """Each is bounded by what its own header declares."""
    n = 400
    for name, pairs in {"mature": [(i, j) for i in range(n) for j in range(n)], "ambiguous": [(0, 0)]}.items():
        lines = "".join(f"{i + 1} {j + 1} 1{'.0' * (name == 'mature')}{'0' * 6 * (name == 'mature')}\n" for i, j in pairs)
        text = f"%%MatrixMarket matrix coordinate real general\n{n} {n} {len(pairs)}\n{lines}"
        (tmp_path / f"cells_x_genes.{name}.mtx").write_text(text)
    for name in ("barcodes", "genes"):
        (tmp_path / f"cells_x_genes.{name}.txt").write_text("".join(f"{name}{i}\n" for i in range(n)))
    reader = MtxReader(tmp_path)
    assert reader.matrix(reader.matrix_names()[0]).sum() == n * n + 1
