"""The registered claims read from their folder; the sha256 of a file is the registration of its claims."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from scvalid.contracts.claims import Claim, ClaimsFile
from scvalid.contracts.faults import sentences_of
from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.io.documents import read_yaml, sha256_of

_COMPOUND_ID: Final = re.compile(r"[A-Z]{3}\d+")
"""What names a row of the compound library; a compound that is not in the library stands by its name."""


@dataclass(frozen=True)
class RegisteredClaim:
    """A claim and where it is registered.

    Attributes
    ----------
    claim
        The claim.
    path
        The file it stands in.
    registration
        The sha256 of that file.
    """

    claim: Claim
    path: Path
    registration: str


RegisteredClaims = tuple[RegisteredClaim, ...]


def read_claims(folder: Path, *, compounds: Collection[str] | None = None) -> RegisteredClaims:
    """Read all claims of a folder, by the names of the files and by the order in each.

    Parameters
    ----------
    folder
        Folder of ``*.yaml`` files of claims.
    compounds
        Ids of the compound library; None does not compare the compounds with it.

    Raises
    ------
    SubmissionError
        With one sentence for every fault of any file, each with the file and, where there is one, the claim.
    """
    faults: list[str] = []
    files = sorted(folder.glob("*.yaml"), key=lambda path: path.name)
    if not files:
        fix = "Name the folder resources/claims of a checkout."
        faults.append(sentence(f"the folder of claims {shown(folder)}", "hold files *.yaml", "none", fix))
    rows = tuple(row for path in files for row in _read_file(path, faults))
    # a file that cannot be read leaves ids unknown: what names them is no fault
    if not faults:
        faults += [*_faults_of_ids(rows), *_faults_of_conflicts(rows), *_faults_of_compounds(rows, compounds)]
    if faults:
        raise SubmissionError(faults)
    return rows


def _read_file(path: Path, faults: list[str]) -> RegisteredClaims:
    values: object = None
    try:
        values = read_yaml(path)
        claims = ClaimsFile.model_validate(values).claims
    except ValidationError as error:
        faults += sentences_of(error, ClaimsFile, name=path.name, values=values)
        return ()
    except SubmissionError as error:
        faults += error.findings
        return ()
    registration = sha256_of(path)
    return tuple(RegisteredClaim(claim, path, registration) for claim in claims)


def _faults_of_ids(rows: Sequence[RegisteredClaim]) -> Iterator[str]:
    first: dict[str, RegisteredClaim] = {}
    for row in rows:
        same = first.setdefault(row.claim.id.casefold(), row)
        if same is not row:
            as_there = "" if same.claim.id == row.claim.id else f" as {shown(same.claim.id)}"
            got = f"one that stands in {shown(same.path.name)} too{as_there}"
            yield sentence(_place(row), "have an id of its own", got, "Give one of them another id.")


def _faults_of_conflicts(rows: Sequence[RegisteredClaim]) -> Iterator[str]:
    known = {row.claim.id for row in rows}
    for row in rows:
        for other in row.claim.conflicts:
            must = "name other registered claims as conflicts"
            if other == row.claim.id:
                yield sentence(_place(row), must, "itself", "Remove it.")
            elif other not in known:
                yield sentence(_place(row), must, shown(other), nearest(other, known))


def _faults_of_compounds(rows: Sequence[RegisteredClaim], compounds: Collection[str] | None) -> Iterator[str]:
    for row in rows:
        name = row.claim.compound
        if compounds is not None and name and _COMPOUND_ID.fullmatch(name) and name not in compounds:
            yield sentence(_place(row), "name a compound of the library", shown(name), nearest(name, compounds))


def _place(row: RegisteredClaim) -> str:
    return f"{shown(row.path.name)[1:-1]}, claim {shown(row.claim.id)}"
