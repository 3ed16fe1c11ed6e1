"""The ordered stages, and a fingerprint of the code that each of them runs."""

import ast
import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from sys import stdlib_module_names

STAGES = (
    "simulation", "retrieval", "intake", "qc", "integration", "clustering", "pseudobulk", "pathways", "verdicts", "reporting"
)  # fmt: skip
PACKAGE = Path(__file__).parent


def code_fingerprint(stage: str) -> str:
    """Return a hash of everything that a stage runs.

    That is all files of its room, every module of this package that they import, directly or not, and the versions of the
    libraries that those modules import. Snakemake does not see edits inside an installed package; this hash stands in the
    parameters of each rule, so that an edit reruns that stage and what follows, and nothing else.
    """
    digest = hashlib.sha256()
    room = [path for path in (PACKAGE / stage).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    for path in sorted({*room, *_modules_behind(stage)}):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name, number in library_versions(stage).items():
        digest.update(f"{name}=={number}\n".encode())
    return digest.hexdigest()[:16]


def library_versions(stage: str) -> dict[str, str]:
    """Return the versions of the libraries that a stage's code imports, by name of distribution."""
    modules = set().union(*(_imports(path) for path in _modules_behind(stage)))
    tops = {name.split(".")[0] for name in modules} - stdlib_module_names - {"scvalid"}
    return dict(sorted((name, number) for top in tops if (name := _distribution(top)) and (number := _version(name))))


def provenance() -> dict[str, dict[str, str]]:
    """Return the fingerprint of every stage, and the versions of all libraries that they import."""
    versions = {name: number for stage in STAGES for name, number in library_versions(stage).items()}
    return {"fingerprints": {stage: code_fingerprint(stage) for stage in STAGES}, "versions": dict(sorted(versions.items()))}


@cache
def _modules_behind(stage: str) -> frozenset[Path]:
    """Return the files of all modules of this package that a stage's room reaches by imports, the room's own included."""
    reached: set[Path] = set()
    waiting = sorted((PACKAGE / stage).rglob("*.py"))
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        for name in _imports(path):
            if name.startswith("scvalid."):
                waiting += _files_of(name)
    return frozenset(reached)


@cache
def _imports(path: Path) -> frozenset[str]:
    """Return the dotted names that a file imports, wherever in it: modules, and names that may be modules."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(names)


def _files_of(name: str) -> list[Path]:
    """Return the file of a module and the ``__init__`` of each package above it; none if the name is no module."""
    parts = name.split(".")[1:]
    places = [PACKAGE.joinpath(*parts[:depth]) for depth in range(1, len(parts) + 1)]
    return [f for place in places for f in (place / "__init__.py", place.with_suffix(".py")) if f.is_file()]


@cache
def _distribution(module: str) -> str | None:
    try:
        version(module)
    except PackageNotFoundError:
        return next(iter(packages_distributions().get(module, [])), None)
    return module


@cache
def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
