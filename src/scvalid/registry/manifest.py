"""The tables of ``resources/`` that say what is registered: one row a set and species, one row a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError

from scvalid.contracts.resources import FileRow, ManifestRow, RegisteredSet
from scvalid.errors import ContractError, sentence
from scvalid.io.atomic import write_text
from scvalid.io.sheets import read_sheet_rows
from scvalid.settings import Frozen

Row = TypeVar("Row", bound=Frozen)

_SET: Final = ("axis", "is_panel", "source", "version", "licence", "citation", "status", "notes")
REGISTERED_COLUMNS: Final = ("set_id", "file", *_SET)
MANIFEST_COLUMNS: Final = ("set_id", "species", "file", "n_genes", "sha256", *_SET, "n_lost", "lost")
FILE_COLUMNS: Final = ("file", "species", "sha256", "source", "version", "licence", "citation")


def read_registered(folder: Path) -> tuple[RegisteredSet, ...]:
    """Read the sets as a person registered them, from ``registered.tsv`` in the folder of gene sets."""
    return _read(folder / "registered.tsv", RegisteredSet, REGISTERED_COLUMNS)


def read_manifest(folder: Path) -> tuple[ManifestRow, ...]:
    """Read the manifest in the folder of gene sets.

    Raises
    ------
    SubmissionError, ContractError
        If it is missing or damaged, a row says what cannot be, a set stands twice, or a file is half panel.
    """
    rows = _read(folder / "manifest.tsv", ManifestRow, MANIFEST_COLUMNS)
    is_panel: dict[str, bool] = {}
    for row in rows:
        if is_panel.setdefault(row.file, row.is_panel) != row.is_panel:
            fix = "Move the sets that do not inform the moderation to a file of their own."
            raise ContractError(sentence(f"manifest.tsv: {row.file}", "be panel as a whole or not", "both", fix))
    return rows


def read_files(resources: Path) -> tuple[FileRow, ...]:
    """Read ``files.tsv`` in the folder ``resources``."""
    return _read(resources / "files.tsv", FileRow, FILE_COLUMNS)


def write_manifest(folder: Path, rows: Sequence[ManifestRow]) -> None:
    """Write the manifest; the same rows give the same bytes."""
    _write(folder / "manifest.tsv", rows, MANIFEST_COLUMNS)


def write_files(resources: Path, rows: Sequence[FileRow]) -> None:
    """Write ``files.tsv``; the same rows give the same bytes."""
    _write(resources / "files.tsv", rows, FILE_COLUMNS)


def registered_gene_sets(folder: Path, species: str, *, is_panel: bool = True) -> list[Path]:
    """Return the files of registered sets of a species, in the order of the manifest.

    Parameters
    ----------
    folder
        Folder of the registered sets, with its manifest.
    species
        human, mouse or rat.
    is_panel
        Files whose sets inform the moderation, or the others, which are scored but do not.
    """
    rows = read_manifest(folder)
    names = dict.fromkeys(row.file for row in rows if row.species == species and row.is_panel is is_panel)
    return [folder / name for name in names]


def _read(source: Path, kind: type[Row], columns: Sequence[str]) -> tuple[Row, ...]:
    optional = {"notes", "lost"}
    rows = read_sheet_rows(source, required=[c for c in columns if c not in optional], known=columns)
    read: dict[tuple[str, str], Row] = {}
    for row in rows:
        try:
            one = kind.model_validate(row.values)
        except ValidationError as error:
            key, problem = error.errors()[0]["loc"], error.errors()[0]["msg"]
            where = f"{source.name} row {row.line}, column {'.'.join(map(str, key))},"
            raise ContractError(sentence(where, "hold what the column promises", problem, "Correct it.")) from None
        identity = (row.values.get("set_id", row.values["file"]), row.values.get("species", ""))
        if read.setdefault(identity, one) is not one:
            raise ContractError(sentence(f"{source.name} row {row.line}", "name a thing once", "it again", "Remove one."))
    return tuple(read.values())


def _write(target: Path, rows: Sequence[Frozen], columns: Sequence[str]) -> None:
    dumped = [row.model_dump(mode="json") for row in rows]
    lines = ["\t".join(columns), *("\t".join(str(row[column]) for column in columns) for row in dumped)]
    write_text(target, "\n".join(lines) + "\n")
