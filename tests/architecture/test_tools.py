"""The tools that keep the house: each must find nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent

TOOLS = {
    "ruff": ["ruff", "check", "src", "tests", "benchmarks"],
    "ruff format": ["ruff", "format", "--check", "src", "tests", "benchmarks"],
    "import-linter": ["lint-imports", "--no-cache"],
    "mypy": ["mypy"],
    "snakefmt": ["snakefmt", "--check", "Snakefile", "workflow"],
    "snakemake --lint": ["snakemake", "--lint"],
}


@pytest.mark.slow
@pytest.mark.parametrize("tool", TOOLS)
def test_tool_finds_nothing(tool: str, repository: Path) -> None:
    command = TOOLS[tool]
    done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_source_file_is_a_god_file(repository: Path) -> None:
    lengths = {
        path.relative_to(repository): len(path.read_text(encoding="utf-8").splitlines())
        for pattern in ("src/**/*.py", "src/**/*.html", "src/**/*.css", "src/**/*.js", "workflow/**/*.smk")
        for path in repository.glob(pattern)
    }
    assert lengths
    assert {path: n for path, n in lengths.items() if n > 300} == {}
    assert len((repository / "workflow/rules/common.smk").read_text(encoding="utf-8").splitlines()) < 60


def test_no_drawers(repository: Path) -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [path for path in (repository / "src").rglob("*.py") if drawers & set(path.with_suffix("").parts)] == []


def test_heavy_libraries_stay_out_of_the_entry(repository: Path) -> None:
    """``scvalid --help``, the entry checks and the Snakefile must answer at once."""
    program = (
        "import sys; import scvalid.cli, scvalid.submission, scvalid.pipeline;"
        "print(sorted({'scanpy', 'scvi', 'torch', 'anndata', 'decoupler', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
