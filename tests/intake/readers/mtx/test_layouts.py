import json
import shutil

import numpy as np
import pytest
from scipy import io, sparse

from scvalid.intake.readers.mtx.layouts.alevin import bare_names, sum_spliced
from scvalid.intake.readers.mtx.reader import MtxReader
from scvalid.intake.readers.refusal import Refusal

GENES = [f"ENSG{i:011d}" for i in range(4)]
CELLS = [f"ACGTACGT{'ACGT'[i % 4]}{i}" for i in range(6)]


def _write(path, matrix):
    path.parent.mkdir(parents=True, exist_ok=True)
    io.mmwrite(path, sparse.coo_matrix(matrix), field="integer")


def _names(path, names):
    path.write_text("".join(f"{name}\n" for name in names))


def _counts(*shape, seed=0):
    return np.random.default_rng(seed).poisson(2, size=shape)


def _read(folder):
    reader = MtxReader(folder)
    (name,) = reader.matrix_names()
    return name, reader.matrix(name).toarray(), list(reader.genes(name, []).index)


@pytest.fixture
def solo(tmp_path):
    """Solo.out with a matrix of its own in every folder that is asked for."""

    def write(*parts):
        for i, part in enumerate(parts):
            folder = tmp_path / "run" / "Solo.out" / part
            _write(folder / "matrix.mtx", _counts(4, 6, seed=i))
            _write(folder / "UniqueAndMult-EM.mtx", _counts(4, 6, seed=99))
            _names(folder / "features.tsv", [f"{gene}\t{gene}\tGene Expression" for gene in GENES])
            _names(folder / "barcodes.tsv", CELLS)
        return tmp_path / "run" / "Solo.out"

    return write


def test_of_starsolo_the_filtered_cells_of_gene_are_taken_and_said(solo):
    folder = solo("Gene/raw", "Gene/filtered", "GeneFull/raw", "GeneFull/filtered")
    for path in (folder.parent, folder, folder / "Gene"):
        name, matrix, genes = _read(path)
        assert name == "Gene/filtered/matrix.mtx"
        assert np.array_equal(matrix, _counts(4, 6, seed=1).T)
        assert genes == GENES
    assert np.array_equal(_read(folder / "Gene" / "raw")[1], _counts(4, 6, seed=0).T)
    assert _read(folder / "GeneFull")[0] == "GeneFull/filtered/matrix.mtx"


def test_starsolo_without_filtered_cells_or_without_gene(solo):
    folder = solo("GeneFull/raw")
    assert _read(folder)[0] == "GeneFull/raw/matrix.mtx"
    solo("GeneFull/raw", "GeneFull_Ex50pAS/raw")
    with pytest.raises(Refusal, match="'GeneFull', 'GeneFull_Ex50pAS'"):
        MtxReader(folder)


def test_alevin_fry_gives_spliced_and_ambiguous_counts_in_any_order_of_the_names(tmp_path):
    names = [*GENES[:2], *(g + "-A" for g in GENES), *GENES[2:], *(g + "-U" for g in GENES)]
    matrix = _counts(6, 12)
    _write(tmp_path / "alevin" / "quants_mat.mtx", matrix)
    _names(tmp_path / "alevin" / "quants_mat_cols.txt", names)
    _names(tmp_path / "alevin" / "quants_mat_rows.txt", CELLS)
    (tmp_path / "quant.json").write_text(json.dumps({"usa_mode": True}))
    expected = np.array([[row[names.index(g)] + row[names.index(g + "-A")] for g in GENES] for row in matrix])
    for folder in (tmp_path, tmp_path / "alevin"):
        name, summed, genes = _read(folder)
        assert name == "quants_mat.mtx (spliced + ambiguous)"
        assert genes == GENES
        assert np.array_equal(summed, expected)
        assert MtxReader(folder).shape(name) == (6, 4)


def test_alevin_fry_without_usa_mode_and_with_names_that_do_not_fit_it(tmp_path):
    _write(tmp_path / "quants_mat.mtx", _counts(6, 4))
    _names(tmp_path / "quants_mat_cols.txt", ["HLA-A", "HLA-U", "HLA", "X-A"])
    _names(tmp_path / "quants_mat_rows.txt", CELLS)
    assert np.array_equal(_read(tmp_path)[1], _counts(6, 4))
    inner = tmp_path / "run" / "alevin"
    inner.mkdir(parents=True)
    for path in list(tmp_path.glob("quants*")):
        path.rename(inner / path.name)
    for text in ('{"usa_mode": true}', "[" * 100_000, "no json"):
        (tmp_path / "run" / "quant.json").write_text(text)
        with pytest.raises(Refusal):
            MtxReader(tmp_path / "run")


def test_spliced_sums_against_a_slow_loop():
    names = ["b-U", "a", "a-A", "b", "a-U", "b-A"]
    counts = _counts(3, 6, seed=4)
    assert bare_names(names) == ["a", "b"]
    assert bare_names([*names, "a"]) is bare_names(["a", "a-U", "a-A", "c"]) is None
    expected = [[row[1] + row[2], row[3] + row[5]] for row in counts]
    assert sum_spliced(sparse.csr_matrix(counts), names, ["a", "b"]).toarray().tolist() == np.array(expected).tolist()


@pytest.fixture
def bus(tmp_path):
    def write(**matrices):
        folder = tmp_path / "counts_unfiltered"
        for kind, matrix in matrices.items():
            _write(folder / f"cells_x_genes.{kind}.mtx".replace(".whole", ""), matrix)
        _names(folder / "cells_x_genes.barcodes.txt", CELLS)
        _names(folder / "cells_x_genes.genes.txt", [f"{gene}.2" for gene in GENES])
        _names(folder / "cells_x_genes.genes.names.txt", ["A", "B", "C", "D"])
        return folder

    return write


def test_bustools_is_cells_x_genes_with_symbols(bus):
    folder = bus(whole=_counts(6, 4))
    name, matrix, genes = _read(folder)
    assert (name, genes[0]) == ("cells_x_genes.mtx", "ENSG00000000000.2")
    assert np.array_equal(matrix, _counts(6, 4))
    reader = MtxReader(folder.parent)  # the only folder with a matrix in it
    assert list(reader.genes(name, reader.gene_columns(name)).columns["gene_symbols"]) == ["A", "B", "C", "D"]


def test_counts_of_the_cell_are_mature_and_ambiguous(bus):
    mature, ambiguous, nascent = (_counts(6, 4, seed=i) for i in range(3))
    folder = bus(mature=mature, ambiguous=ambiguous, nascent=nascent, total=mature + ambiguous + nascent)
    name, matrix, _ = _read(folder)
    assert name == "cells_x_genes.mature.mtx + cells_x_genes.ambiguous.mtx"
    assert np.array_equal(matrix, mature + ambiguous)
    bus(cell=mature + ambiguous)
    assert _read(folder)[0] == "cells_x_genes.cell.mtx"
    for kind in ("cell", "ambiguous", "mature"):
        (folder / f"cells_x_genes.{kind}.mtx").unlink()
    assert _read(folder)[0] == "cells_x_genes.total.mtx"
    (folder / "cells_x_genes.total.mtx").unlink()
    with pytest.raises(Refusal, match="nascent"):
        MtxReader(folder)


def test_a_folder_of_several_samples_or_of_nothing_says_what_is_there(tenx_folder, tmp_path):
    folder = tenx_folder(version=2)
    outs = tmp_path / "outs"
    shutil.copytree(folder, outs / "hg19")
    assert MtxReader(outs).shape("") == (30, 21)
    shutil.copytree(folder, outs / "mm10")
    with pytest.raises(Refusal, match="'hg19', 'mm10'"):
        MtxReader(outs)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(Refusal, match=r"0 files matrix\.mtx"):
        MtxReader(empty)


@pytest.fixture
def run(tmp_path):
    """Write folders of CellRanger below a folder of a sample."""

    def write(*parts):
        for i, part in enumerate(parts):
            folder = tmp_path / "S1" / part
            _write(folder / "matrix.mtx", _counts(4, 6, seed=i))
            _names(folder / "features.tsv", [f"{gene}\t{gene}\tGene Expression" for gene in GENES])
            _names(folder / "barcodes.tsv", CELLS)
        return tmp_path / "S1"

    return write


@pytest.mark.parametrize(
    ("filtered", "raw", "tops"),
    [
        ("outs/filtered_feature_bc_matrix", "outs/raw_feature_bc_matrix", ["", "outs"]),
        ("outs/filtered_gene_bc_matrices/GRCh38", "outs/raw_gene_bc_matrices/GRCh38", ["", "outs"]),
        (
            "outs/per_sample_outs/a/count/sample_filtered_feature_bc_matrix",
            "outs/multi/count/raw_feature_bc_matrix",
            ["", "outs", "outs/per_sample_outs", "outs/per_sample_outs/a", "outs/per_sample_outs/a/count"],
        ),
    ],
)
def test_of_a_run_of_cellranger_the_filtered_cells_are_taken_and_said(run, filtered, raw, tops):
    folder = run(raw, filtered)
    for top in tops:
        name, matrix, _ = _read(folder / top)
        assert "filtered_" in name
        assert np.array_equal(matrix, _counts(4, 6, seed=1).T)
    assert np.array_equal(_read(folder / raw)[1], _counts(4, 6, seed=0).T)


def test_raw_droplets_of_cellranger_are_never_taken_unnamed(run):
    folder = run("outs/raw_feature_bc_matrix")
    for path in (folder, folder / "outs"):
        with pytest.raises(Refusal, match="only 'raw_feature_bc_matrix'"):
            MtxReader(path)


def test_several_samples_of_cellranger_multi_are_named(run):
    folder = run(*(f"outs/per_sample_outs/{s}/count/sample_filtered_feature_bc_matrix" for s in "ab"))
    with pytest.raises(Refusal, match="2 in per_sample_outs, 'a', 'b'"):
        MtxReader(folder)


def test_a_run_whose_outs_leads_out_of_it_is_refused(run, tmp_path):
    folder = run("outs/filtered_feature_bc_matrix")
    (folder / "outs").rename(tmp_path / "elsewhere")
    (folder / "outs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refusal, match="a link that leads out"):
        MtxReader(folder)
