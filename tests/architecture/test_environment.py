"""pyproject, constraints and the conda environment name the same packages and versions."""

import re
import tomllib
from pathlib import Path

import yaml

PYPI_NAME = {"decoupler-py": "decoupler", "matplotlib-base": "matplotlib", "python-igraph": "igraph", "pytorch": "torch"}


def pinned(repository: Path) -> dict[str, str]:
    lines = (repository / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {m[1].lower(): m[2] for line in lines if (m := re.fullmatch(r"([A-Za-z0-9._-]+)==(\S+)", line))}


def required(repository: Path) -> set[str]:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.match(r"[A-Za-z0-9_-]+", line)[0].lower() for line in project["dependencies"]}


def test_conda_environment_is_that_of_the_constraints(repository: Path) -> None:
    wanted = yaml.safe_load((repository / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    conda = dict(re.fullmatch(r"(\S+)(?: =(\S+))?", line).groups() for line in wanted)
    assert conda.pop("python") == "3.11"
    conda.pop("pip")
    versions = pinned(repository)
    assert {PYPI_NAME.get(name, name): number for name, number in conda.items()} == {
        name: versions[name] for name in required(repository)
    }


def test_every_constraint_is_a_pin(repository: Path) -> None:
    lines = (repository / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and "==" not in line] == []
    assert pinned(repository)["torch"] == "2.13.0"
    assert pinned(repository)["pynndescent"].startswith("0.6")


def test_rules_use_the_environment_of_the_repository(repository: Path) -> None:
    assert (repository / "workflow/envs/scvalid.yaml").resolve() == (repository / "environment.yml").resolve()
