"""A folder with the 10x files of several samples, as GEO gives them: each sample gets a folder of links to its files."""

import os
from collections.abc import Iterator
from pathlib import Path

from scvalid.errors import sentence, shown

_MATRIX = "matrix.mtx"
_MOVE = "Put the three files of each sample into a folder of their own, and point at these folders."


def part_samples(folder: Path, *, out: Path) -> tuple[list[Path], list[str]]:
    """Return one folder a sample, and a sentence for what could not be parted; a folder of one sample is returned as it is.

    The links are hard ones: the data take no second space, and stay what they are if the first names are removed.

    Parameters
    ----------
    folder
        Folder with ``<sample>_matrix.mtx.gz`` and its like.
    out
        Folder that gets a folder a sample.
    """
    prefixes = sorted(_prefixes(folder)) if folder.is_dir() else []
    if len(prefixes) < 2:
        return [folder], []
    made: list[Path] = []
    findings: list[str] = []
    for prefix, files in _files_by_prefix(folder, prefixes).items():
        target = out / (prefix.strip(" ._-") or "sample")
        where = f"{shown(folder.name)}, files {shown(prefix + '*')},"
        try:
            if got := _what_is_there(target, files):
                findings.append(sentence(where, "be linked to a new folder", got, _MOVE))
                continue
            _link(files, target)
            made.append(target)
        except OSError as error:
            findings.append(sentence(where, "be linked to a folder", shown(error.strerror or type(error).__name__), _MOVE))
    return made, findings


def _what_is_there(target: Path, files: list[Path]) -> str:
    """Return what else lies where links are to be made, '' if nothing does: no folder of anyone's is added to."""
    if link := next((path for path in (target.parent, target) if path.is_symlink()), None):
        return f"{shown(link)}, a link"
    if not os.path.lexists(target):
        return ""
    if not target.is_dir():
        return f"{shown(target)}, a file"
    names = {path.name: path for path in files}
    other = next((path for path in target.iterdir() if path.name not in names or not _is_same(path, names[path.name])), None)
    return f"{shown(target)} with {shown(other.name)}" if other else ""


def _is_same(path: Path, other: Path) -> bool:
    return not path.is_symlink() and path.exists() and path.samefile(other)


def _files_by_prefix(folder: Path, prefixes: list[str]) -> dict[str, list[Path]]:
    """Return the files of each sample: those of D1_b_ do not belong to D1_ too."""
    found: dict[str, list[Path]] = {prefix: [] for prefix in prefixes}
    for path in _files(folder):
        fitting = [prefix for prefix in prefixes if path.name.startswith(prefix)]
        if fitting:
            found[max(fitting, key=len)].append(path)
    return found


def _prefixes(folder: Path) -> set[str]:
    names = (path.name.removesuffix(".gz") for path in _files(folder))
    return {name.removesuffix(_MATRIX) for name in names if name.endswith(_MATRIX)}


def _link(files: list[Path], target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in files:
        place = target / path.name
        if not os.path.lexists(place):
            os.link(path, place)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.is_file() and path.name[0] != ".")
