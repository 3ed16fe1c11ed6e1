"""A small submission that is right, to be made wrong in one place by each test."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anndata
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from scvalid.contracts.claims import ClaimsFile
from scvalid.settings import Context, Design, Sample
from scvalid.submission.config import Config
from scvalid.submission.model import Submission

HEADER = ["sample_id", "path", "donor_id", "arm", "batch_id"]
ROWS = [[f"D{d}_{arm}", f"data/D{d}_{arm}.h5ad", f"D{d}", arm, "batch1"] for d in (1, 2) for arm in ("drug", "vehicle")]


@pytest.fixture
def rows() -> list[list[str]]:
    """Header and rows of a sheet."""
    return [[*HEADER], *([*row] for row in ROWS)]


@pytest.fixture
def sheet_of(tmp_path: Path) -> Callable[..., Path]:
    """Write rows, text or bytes as a sheet."""

    def write(content: list[list[str]] | str | bytes, *, end: str = "\n") -> Path:
        target = tmp_path / "samples.tsv"
        if isinstance(content, list):
            content = end.join("\t".join(row) for row in content) + end
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return target

    return write


@pytest.fixture
def config() -> dict[str, Any]:
    """The values of a config without any choice."""
    return {
        "dataset": "small",
        "samples": "samples.tsv",
        "claims": "claims.yaml",
        "design": {"treated": "drug", "vehicle": "vehicle"},
    }


@pytest.fixture
def claim() -> dict[str, Any]:
    """The values of one claim."""
    part = {"readout": {"type": "gene", "id": "RUNX2"}, "direction": "up", "role": "primary"}
    return {"id": "C1", "statement": {"en": "x raises RUNX2"}, "parts": [part]}


@pytest.fixture
def folder(tmp_path: Path, rows: list[list[str]], claim: dict[str, Any], sheet_of: Callable[..., Path]) -> Path:
    """A folder with sheet and claims."""
    sheet_of(rows)
    (tmp_path / "claims.yaml").write_text(json.dumps({"claims": [claim]}), encoding="utf-8")
    return tmp_path


@pytest.fixture
def submission_of(tmp_path: Path) -> Callable[..., Submission]:
    """A submission of a claim with one read-out."""

    def submission(kind: str, name: str, own: str = "", source: object = "s.h5ad", species: str = "human") -> Submission:
        (tmp_path / "own.gmt").write_text(own, encoding="utf-8")
        config = Config(
            dataset="d",
            samples="samples.tsv",
            claims="claims.yaml",
            gene_sets=("own.gmt",) if own else (),
            context=Context(species=species),
            design=Design(treated="t", vehicle="v"),
        )
        part = {"readout": {"type": kind, "id": name}, "direction": "up"}
        claims = ClaimsFile.model_validate({"claims": [{"id": "C1", "statement": {"en": "x"}, "parts": [part]}]})
        sample = Sample(sample_id="s", path=str(source), donor_id="d", arm="t")
        return Submission(config, "config.yaml", tmp_path, (sample,), claims, (tmp_path / "claims.yaml",))

    return submission


@pytest.fixture
def write_counts() -> Callable[[Path, list[str]], Path]:
    """Write three cells with one count of each gene."""

    def write(target: Path, genes: list[str]) -> Path:
        counts = sparse.csr_matrix(np.ones((3, len(genes)), dtype=np.float32))
        anndata.AnnData(counts, var=pd.DataFrame(index=genes)).write_h5ad(target)
        return target

    return write
