"""What all layouts come to: matrices, and the names of their cells and genes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scvalid.errors import shown
from scvalid.intake.readers.refusal import Refusal

_MAX_ENTRIES = 10_000
"""Entries of a folder that are looked at."""


@dataclass(frozen=True)
class Layout:
    """The files of one sample.

    Attributes
    ----------
    name
        What the record of intake says the counts are from.
    matrices
        Matrices of one shape that are added up.
    cells, genes
        Names, one a line; ``genes`` may have more columns.
    symbols
        Symbols of the genes, one a line.
    is_cells_by_genes
        The rule of the format, which decides where the numbers of names do not.
    is_split
        Whether each gene stands three times, spliced, unspliced (-U) and ambiguous (-A).
    """

    name: str
    matrices: tuple[Path, ...]
    cells: Path
    genes: Path
    symbols: Path | None = None
    is_cells_by_genes: bool = False
    is_split: bool = False


def files_of(folder: Path) -> list[Path]:
    """Return the visible files of a folder by name; macOS leaves hidden companions such as ._matrix.mtx.gz."""
    return sorted(path for path in islice(folder.iterdir(), _MAX_ENTRIES) if not path.name.startswith(".") and path.is_file())


def folders_of(folder: Path) -> list[Path]:
    """Return the visible folders in a folder by name."""
    return sorted(path for path in islice(folder.iterdir(), _MAX_ENTRIES) if not path.name.startswith(".") and path.is_dir())


def ending(files: Sequence[Path], *names: str) -> list[Path]:
    """Return the files whose names end with one of some names, plain or gzipped."""
    return [path for path in files if path.name.removesuffix(".gz").endswith(names)]


def the_file(files: Sequence[Path], *names: str) -> Path:
    """Return the only file whose name ends with one of some names, plain or gzipped.

    Raises
    ------
    Refusal
        If there is none or more than one.
    """
    found = ending(files, *names)
    if len(found) != 1:
        got = f"{len(found)} files {' or '.join(names)} in the folder"
        fix = "Put matrix, genes and barcodes of one sample, each once, into a folder of their own."
        raise Refusal(must="hold one matrix with its genes and barcodes", got=got, fix=fix)
    return found[0]


def named(paths: Sequence[Path], *, most: int = 4) -> str:
    """Return the names of some paths as a sentence may hold them."""
    return ", ".join(shown(path.name) for path in paths[:most]) + (", ..." if len(paths) > most else "")
