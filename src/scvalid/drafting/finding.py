"""From what a person points at to the files and folders that hold one matrix each."""

import glob
import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from scvalid.errors import sentence, shown
from scvalid.settings.vocabulary.addresses import is_address, public_address

MAX_SOURCES = 1000
MAX_DEPTH = 6
_MAX_ENTRIES = 10_000
_FILES = (".h5ad", ".h5", ".hdf5", ".loom", ".rds", ".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt.gz")
_MATRIX = (".mtx", ".mtx.gz")
_MARKS_OF_ZARR = (".zgroup", ".zattrs", "zarr.json")
# beside the matrices, in folders of any program
_NO_MATRIX = ("barcodes", "features", "genes", "metadata", "samples.tsv", "molecule_info", "metrics_summary", "web_summary")


def find_sources(pointed_at: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Return the files and folders of matrices, in the order pointed at, each once, and a sentence for what is none.

    Parameters
    ----------
    pointed_at
        Files, folders (of a sample, or of samples) and patterns such as ``data/*.h5ad``.
    """
    found: dict[Path, None] = {}
    findings: list[str] = []
    for text in pointed_at:
        if is_address(text):
            fix = "Write a row with path and sha256 into samples.tsv; config/README.md shows how."
            findings.append(sentence("a file", "be one that lies here", shown(public_address(text)), fix))
            continue
        sources = [source for path in _expanded(text) for source in _sources_of(path, is_named=True)]
        if not sources:
            got = "no such file" if not os.path.lexists(text) else "a folder without matrices"
            fix = "Point at matrices (h5ad, 10x, loom, csv ...) or at a folder of them."
            findings.append(sentence(shown(text), "lead to files of counts", got, fix))
        found |= dict.fromkeys(islice(sources, MAX_SOURCES))
    return list(found)[:MAX_SOURCES], findings


def _expanded(text: str) -> list[Path]:
    """Return what a pattern fits, where the shell has not done so; a file of just that name comes first."""
    if os.path.lexists(text) or not glob.has_magic(text):
        return [Path(text)]
    return [Path(name) for name in sorted(glob.iglob(text, recursive=True))]  # noqa: PTH207  Path.glob takes no absolute pattern


def _sources_of(path: Path, *, is_named: bool, depth: int = 0) -> Iterator[Path]:
    # os.path answers where Path raises: on a name that is too long, or a folder that may not be entered
    if os.path.isfile(path):  # noqa: PTH113
        name = path.name.casefold()
        # whoever names a file means it; in a folder lies much else
        if is_named or (name.endswith(_FILES) and not any(word in name for word in _NO_MATRIX)):
            yield path
        return
    if not os.path.isdir(path) or depth > MAX_DEPTH:  # noqa: PTH112
        return
    entries = _entries(path)
    if any(p.name.endswith(_MATRIX) or p.name in _MARKS_OF_ZARR for p in entries):
        yield path
        return
    # a link to a folder may lead round in a circle
    inner = [p for p in entries if not (p.is_dir() and p.is_symlink())]
    for entry in _without_empty_droplets(inner):
        yield from _sources_of(entry, is_named=False, depth=depth + 1)


def _entries(folder: Path) -> list[Path]:
    """Return what lies in a folder, without hidden files; nothing if it may not be read."""
    try:
        found = list(islice(folder.iterdir(), _MAX_ENTRIES))
    except OSError:
        return []
    return sorted(path for path in found if path.name[0] != "." or path.name in _MARKS_OF_ZARR)


def _without_empty_droplets(entries: Sequence[Path]) -> list[Path]:
    """Return entries without raw matrices whose filtered ones lie beside them, and without the second format of one matrix."""
    bare = {p.name.removesuffix(".h5") for p in entries}
    kept = [p for p in entries if p.name.removesuffix(".h5") not in _counterparts(bare)]
    folders = {p.name for p in kept if p.is_dir()}
    return [p for p in kept if not (p.suffix == ".h5" and p.name.removesuffix(".h5") in folders)]


def _counterparts(names: set[str]) -> set[str]:
    """Return the names of raw matrices that have a filtered counterpart of otherwise the same name."""
    return {n for n in names if {n.replace("unfiltered", "filtered"), n.replace("raw", "filtered")} & (names - {n})}
