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
    for prefix in prefixes:
        target = out / (prefix.strip(" ._-") or "sample")
        try:
            _link([path for path in _files(folder) if path.name.startswith(prefix)], target)
            made.append(target)
        except OSError as error:
            got = shown(error.strerror or type(error).__name__)
            findings.append(
                sentence(f"{shown(folder.name)}, files {shown(prefix + '*')},", "be linked to a folder", got, _MOVE)
            )
    return made, findings


def _prefixes(folder: Path) -> set[str]:
    names = (path.name.removesuffix(".gz") for path in _files(folder))
    return {name.removesuffix(_MATRIX) for name in names if name.endswith(_MATRIX)}


def _link(files: list[Path], target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in files:
        place = target / path.name
        if not (place.exists() and place.samefile(path)):
            os.link(path, place)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.is_file() and path.name[0] != ".")
