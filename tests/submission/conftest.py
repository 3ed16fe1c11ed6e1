"""A small submission that is right, to be made wrong in one place by each test."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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
