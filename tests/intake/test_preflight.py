import subprocess
import sys
import time

import h5py
import numpy as np
import pytest

from scvalid.intake.preflight import findings_of_source
from scvalid.intake.settings import IntakeSettings

WHERE = "samples.tsv row 3 (sample 's1')"


def _find(source, *, settings=None, species="human", **selection):
    settings = settings or IntakeSettings()
    return findings_of_source(source, settings=settings, species=species, selection=selection, where=WHERE)


def _assert_only(findings, *words):
    (finding,) = findings
    assert finding.startswith(WHERE)
    assert "\n" not in finding
    assert all(word in finding for word in words), finding


def test_good_files_have_no_findings(adata, written, tenx_folder, tenx_h5):
    assert _find(written(adata), donor="101", condition="stim") == []
    assert _find(tenx_folder(version=2)) == _find(tenx_folder(version=3)) == []
    assert _find(tenx_h5(version=2)) == _find(tenx_h5(version=3)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (np.log1p, "log-normalised"),
        (lambda x: x * 97.3, "divided by its size factor"),
        (lambda x: x / x.sum(axis=1, keepdims=True) * 1e6, "CPM"),
        (lambda x: x - 1.0, "negative"),
        (lambda x: np.where(x > 3, np.nan, x), "missing or infinite"),
    ],
)
def test_matrices_that_are_no_counts_are_named(change, said, adata, written):
    adata.X = change(adata.X.toarray()).astype(np.float32)
    _assert_only(_find(written(adata)), said, "'X'", "raw counts")


def test_counts_are_found_where_they_are(adata, written):
    raw = adata.copy()
    adata.X = np.log1p(adata.X)
    adata.raw = raw
    assert _find(written(adata)) == []
    _assert_only(_find(written(adata), settings=IntakeSettings(counts_layer="cnts")), "'cnts'", "counts_layer")
    adata.layers["norm"] = adata.X
    _assert_only(_find(written(adata), settings=IntakeSettings(counts_layer="nrm")), "Did you mean 'norm'?")
    _assert_only(_find(written(adata), settings=IntakeSettings(counts_layer="norm")), "log-normalised", "'layer:norm'")


def test_all_faults_of_a_file_are_found_at_once(adata, written):
    findings = _find(written(adata), species="mouse", donor="102", condition="stym")
    assert len(findings) == 3
    assert "human" in findings[0]


def test_names_that_do_not_exist(adata, written, tenx_folder, tmp_path):
    _assert_only(_find(written(adata), conditoin="ctrl"), "Did you mean 'condition'?")
    _assert_only(_find(written(adata), donor="107", condition="ctlr"), "Did you mean 'ctrl'?")
    _assert_only(_find(tenx_folder(version=3), donor="1"), "without obs columns")
    _assert_only(_find(written(adata), settings=IntakeSettings(gene_column="symbl")), "'symbl'", "null")
    _assert_only(_find(tmp_path / "no.h5ad"), "must exist")


def test_names_that_are_no_genes_are_refused(adata, written):
    adata.var_names = [f"ENST{i:011d}" for i in range(adata.n_vars)]
    _assert_only(_find(written(adata)), "Ensembl transcripts", "Sum the transcripts")
    adata.var["gene_name"] = [f"GENE{i}" for i in range(adata.n_vars)]
    assert _find(written(adata), settings=IntakeSettings(gene_column="gene_name")) == []
    adata.var_names = [str(7157 + i) for i in range(adata.n_vars)]
    _assert_only(_find(written(adata)), "Entrez numbers such as '7157'")
    adata.var["gene_symbols"] = adata.var["gene_name"]
    assert _find(written(adata)) == []


def test_a_cell_named_twice_is_a_fault_within_a_sample_alone(adata, written):
    adata.obs_names = [f"cell{i // 2}" for i in range(adata.n_obs)]
    _assert_only(_find(written(adata)), "name each cell once", "15 repeated names")
    assert _find(written(adata), donor="101") == []


@pytest.mark.parametrize("n_bytes", [0, 100, 3000, -1])
def test_files_cut_short_are_one_sentence(n_bytes, adata, written):
    path = written(adata)
    path.write_bytes(path.read_bytes()[:n_bytes])
    _assert_only(_find(path), "Copy it again" if n_bytes == 0 else "readable")


def test_broken_files_are_one_sentence(tmp_path, adata, written):
    (tmp_path / "text.h5ad").write_text("not HDF5")
    _assert_only(_find(tmp_path / "text.h5ad"), "text, though its name ends in .h5ad")
    _assert_only(_find(tmp_path), "0 files matrix.mtx")
    with h5py.File(tmp_path / "empty.h5", "w"):
        pass
    _assert_only(_find(tmp_path / "empty.h5"), "HDF5 with nothing")
    path = written(adata)
    with h5py.File(path, "a") as file:
        del file["X"]
        file["X"] = h5py.ExternalLink("/etc/hosts", "/X")
    _assert_only(_find(path), "link")


def test_a_shape_that_no_memory_holds_is_not_read(tmp_path, adata, written):
    path = written(adata)
    with h5py.File(path, "a") as file:
        del file["X"]
        file.create_dataset("X", (10**9, 10**6), "f4", chunks=(100, 100))
    start = time.perf_counter()
    _assert_only(_find(path), "1000000000 x 1000000")
    assert time.perf_counter() - start < 5


def test_nothing_heavy_is_imported():
    code = "import sys, scvalid.intake.preflight; print(*{'anndata', 'scanpy', 'pandas'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_real_files(shared_data):
    kang = shared_data / "kang2018_ifnb" / "kang2018_ifnb_2000cells_8donors.h5ad"
    start = time.perf_counter()
    assert _find(kang, donor="1039", condition="ctrl", demuxlet="SNG") == []
    assert time.perf_counter() - start < 1
    _assert_only(_find(kang, species="mouse"), "human")
    _assert_only(_find(shared_data / "mouse_stroma" / "mouse_bm_stroma_250.h5ad"), "mouse or rat")
    assert _find(shared_data / "pbmc4k_ambient" / "toy_raw_10x_mtx") == []
    _assert_only(_find(shared_data / "ucmsc_priming_bulk" / "GSE224190_gene_FPKM.txt"), "Got FPKM values", "6 columns", "bulk")
