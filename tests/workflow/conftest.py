"""Whole runs of the workflow in folders of their own, as a user starts them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

BIN = Path(sys.executable).parent
PARTS_OF_A_CHECKOUT = ("Snakefile", "workflow", "profiles", "config", "resources", "src", "environment.yml")
LIMIT_S = 900

Snakemake = Callable[..., subprocess.CompletedProcess]


@pytest.fixture(scope="session")
def snakemake(repository: Path) -> Snakemake:
    """Run snakemake in a folder; ``source`` is the checkout whose Snakefile and code run there."""

    def run(folder: Path, *arguments: str, source: Path = repository) -> subprocess.CompletedProcess:
        environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(source / "src")}
        command = ["snakemake", "-s", str(source / "Snakefile"), "--cores", "2", *arguments]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=False
        )

    return run


@pytest.fixture(scope="session")
def checkout(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a fresh clone holds for a run, whose code may be edited."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in PARTS_OF_A_CHECKOUT:
        source = repository / name
        if source.is_dir() and not source.is_symlink():
            shutil.copytree(source, folder / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy2(source, folder / name, follow_symlinks=False)
    return folder


def simulate(folder: Path, *, donors: int) -> Path:
    command = [str(BIN / "scvalid"), "simulate", "--out", str(folder), "--cells", "400", "--donors", str(donors)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole submission of 400 cells: 3 donors x 2 arms."""
    return simulate(tmp_path_factory.mktemp("tiny") / "submission", donors=3)


@pytest.fixture(scope="session")
def tiniest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of 2 donors and with less to compute, for tests that run it again and again."""
    folder = simulate(tmp_path_factory.mktemp("tiniest") / "submission", donors=2)
    config = folder / "config.yaml"
    values = yaml.safe_load(config.read_text(encoding="utf-8"))
    values["integration"]["n_variable_genes"] = 500
    values["pathways"] = {"n_matched_sets": 999}
    config.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def read_verdicts() -> Callable[[Path], dict[str, Any]]:
    """Return the published verdicts of a run folder, which holds one dataset."""

    def read(folder: Path) -> dict[str, Any]:
        (found,) = folder.glob("results/*/report/verdicts.json")
        return json.loads(found.read_text(encoding="utf-8"))

    return read


@pytest.fixture(scope="session")
def planned() -> Callable[[subprocess.CompletedProcess], dict[str, int]]:
    """Return rule -> number of jobs that a dry run lists; empty if nothing is to be done."""

    def read(done: subprocess.CompletedProcess) -> dict[str, int]:
        assert done.returncode == 0, done.stderr + done.stdout
        lines = (done.stdout + done.stderr).splitlines()
        if not any(line.startswith("Job stats:") for line in lines):
            return {}
        start = max(i for i, line in enumerate(lines) if line.startswith("Job stats:")) + 3
        rows = [line.split() for line in lines[start:]]
        end = next(i for i, row in enumerate(rows) if row and row[0] == "total")
        return {row[0]: int(row[1]) for row in rows[:end] if row[0] != "default"}

    return read
