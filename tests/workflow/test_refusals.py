"""What a lab gets wrong is said in one sentence, with exit status 1, before any job, and nothing is written."""

import shutil
from pathlib import Path

import anndata
import numpy as np
import pytest

pytestmark = pytest.mark.workflow


@pytest.fixture
def submission(tiny, tmp_path):
    folder = tmp_path / "submission"
    shutil.copytree(tiny, folder)
    return folder


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def misspell_a_key(folder: Path) -> None:
    replace(folder / "config.yaml", "min_cells:", "min_cels:")


def lose_a_file(folder: Path) -> None:
    (folder / "data/D2_vehicle.h5ad").unlink()


def normalise_a_matrix(folder: Path) -> None:
    file = folder / "data/D1_vehicle.h5ad"
    adata = anndata.read_h5ad(file)
    adata.X = adata.X.astype(np.float32)
    adata.X.data = np.log1p(adata.X.data / 3)
    adata.write_h5ad(file)


def give_a_section_twice(folder: Path) -> None:
    file = folder / "config.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\nverdicts:\n  delta: 0.5\n", encoding="utf-8")


def misname_an_arm(folder: Path) -> None:
    replace(folder / "config.yaml", "treated: icariin", "treated: icarin")


REFUSED = {
    misspell_a_key: ("min_cels", "Did you mean 'min_cells'?"),
    lose_a_file: ("samples.tsv, sample 'D2_vehicle'", "D2_vehicle.h5ad", "must exist"),
    normalise_a_matrix: ("samples.tsv, sample 'D1_vehicle'", "raw counts", "log-normalised"),
    give_a_section_twice: ("config.yaml", "verdicts"),
    misname_an_arm: ("design.treated", "Did you mean 'icariin'?"),
}


@pytest.mark.parametrize("fault", REFUSED, ids=lambda fault: fault.__name__)
def test_fault_is_said_in_one_sentence_before_any_job(submission, snakemake, fault):
    fault(submission)
    before = sorted(submission.rglob("*"))
    work = submission.parent / "work"
    work.mkdir()
    done = snakemake(work, "--configfile", str(submission / "config.yaml"))
    said = [line for line in done.stderr.splitlines() if not line.startswith("Using workflow specific profile")]
    assert done.returncode == 1
    assert len(said) == 1, said
    assert all(word in said[0] for word in REFUSED[fault]), said[0]
    assert "Traceback" not in done.stderr + done.stdout
    # snakemake opens a log of its own before it reads the workflow; nothing of ours may be there
    assert [path for path in work.iterdir() if path.name != ".snakemake"] == []
    assert sorted(submission.rglob("*")) == before


def test_sheet_of_another_system_is_read(submission, snakemake, planned):
    sheet = submission / "samples.tsv"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    work = submission.parent / "work"
    work.mkdir()
    assert planned(snakemake(work, "-n", "--configfile", str(submission / "config.yaml")))["intake"] == 6
