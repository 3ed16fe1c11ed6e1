"""The table of registered claim files: what is in force, so that a claim changed, added or taken away is seen."""

from pathlib import Path
from typing import Final

from scvalid.errors import SubmissionError, sentence
from scvalid.io.documents import sha256_of
from scvalid.io.sheets import read_sheet_rows
from scvalid.registry.claims.reading import read_claims

REGISTRATIONS: Final = "registrations.tsv"
_COLUMNS: Final = ("file", "sha256", "claims")
_MEANT = "Restore it; or, if the change is meant and said in CHANGELOG.md, run scvalid build-resources."


def registrations_of(folder: Path) -> bytes:
    """Return the table for the claims of a folder: each file, its sha256 and the ids of its claims, sorted by file.

    Raises
    ------
    SubmissionError
        If a file of claims cannot be read.
    """
    ids: dict[str, list[str]] = {}
    for row in read_claims(folder):
        ids.setdefault(row.path.name, []).append(row.claim.id)
    lines = [(name, sha256_of(folder / name), ";".join(own)) for name, own in sorted(ids.items())]
    return "".join("\t".join(line) + "\n" for line in [_COLUMNS, *lines]).encode("utf-8")


def changed_files(folder: Path) -> tuple[list[str], list[str]]:
    """Return the files of claims that are not as the table has them, new ones too, and those that are gone.

    A table that is missing or damaged has none of them.
    """
    try:
        rows = read_sheet_rows(folder / REGISTRATIONS, required=_COLUMNS, known=_COLUMNS)
    except SubmissionError:
        rows = []
    before = {row.values.get("file", ""): row.values.get("sha256", "") for row in rows}
    now = {path.name: sha256_of(path) for path in folder.glob("*.yaml")}
    return sorted(name for name in now if now[name] != before.get(name)), sorted(before.keys() - now.keys())


def faults_of_registrations(folder: Path) -> list[str]:
    """Return one sentence for each file of claims that is not as registered, is gone, or was never registered.

    Raises
    ------
    SubmissionError
        If the table is missing or damaged.
    """
    rows = [row.values for row in read_sheet_rows(folder / REGISTRATIONS, required=_COLUMNS, known=_COLUMNS)]
    known = {row.get("file", ""): row for row in rows}
    there = {path.name for path in folder.glob("*.yaml")}
    findings = [
        sentence(f"claims/{name}", f"be in {REGISTRATIONS}", "no row", "Remove it, or run scvalid build-resources.")
        for name in sorted(there - known.keys())
    ]
    for name, row in sorted(known.items()):
        where, ids = f"claims/{name}", row.get("claims", "").replace(";", ", ")
        if name not in there:
            findings.append(sentence(where, f"exist, with the claims {ids}", "no such file", _MEANT))
        elif sha256_of(folder / name) != row.get("sha256"):
            got = f"another, so one of the claims {ids} may say something else"
            findings.append(sentence(where, f"have the sha256 of {REGISTRATIONS}", got, _MEANT))
    return findings
