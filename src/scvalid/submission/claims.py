"""Claims of a submission: those of its own file, and registered ones that it names."""

from os.path import normpath
from pathlib import Path

from pydantic import ValidationError

from scvalid.contracts.claims import Claim, ClaimsFile
from scvalid.contracts.faults import sentences_of
from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.io.documents import read_yaml
from scvalid.registry.claims import RegisteredClaim, read_claims
from scvalid.registry.compound_search import find_compounds
from scvalid.registry.compounds import read_compounds
from scvalid.submission.config import Config


def claims_of(config: Config, *, name: str, folder: Path, resources: Path) -> tuple[ClaimsFile, tuple[Path, ...]]:
    """Return the claims to be tested, the lab's own first, and the files they stand in.

    Parameters
    ----------
    config
        The config.
    name
        Name of its file, for sentences.
    folder
        Where it lies.
    resources
        Folder of the registered claims and compounds.

    Raises
    ------
    SubmissionError
        If no claim is named, a file cannot be read, an id is not registered or stands twice, or a registered claim is about
        another compound than the submission's.
    """
    if config.claims is None and not config.registered_claims:
        fix = "Name a file of your own claims, or ids that 'scvalid claims' lists."
        raise SubmissionError([sentence(name, "have the key 'claims' or 'registered_claims'", "neither", fix)])
    own_path = None if config.claims is None else Path(normpath(folder / config.claims))
    own = () if own_path is None else _read_own(own_path)
    registered = _choose(config, name=name, folder=resources / "claims") if config.registered_claims else ()
    faults = _faults_of_ids(own, registered, name=name) + _faults_of_compounds(config, registered, name=name, folder=resources)
    if faults:
        raise SubmissionError(faults)
    files = dict.fromkeys(([] if own_path is None else [own_path]) + [row.path for row in registered])
    return ClaimsFile(claims=(*own, *(row.claim for row in registered))), tuple(files)


def _read_own(source: Path) -> tuple[Claim, ...]:
    values = read_yaml(source)
    try:
        return ClaimsFile.model_validate(values).claims
    except ValidationError as error:
        raise SubmissionError(sentences_of(error, ClaimsFile, name=source.name, values=values)) from None


def _choose(config: Config, *, name: str, folder: Path) -> tuple[RegisteredClaim, ...]:
    known = {row.claim.id: row for row in read_claims(folder)}
    faults = [
        sentence(f"{name}, key 'registered_claims',", "name registered claims", shown(wanted), nearest(wanted, known))
        for wanted in config.registered_claims
        if wanted not in known
    ]
    if faults:
        raise SubmissionError(faults)
    return tuple(known[wanted] for wanted in config.registered_claims)


def _faults_of_ids(own: tuple[Claim, ...], registered: tuple[RegisteredClaim, ...], *, name: str) -> list[str]:
    seen: set[str] = {claim.id for claim in own}
    faults = []
    for claim_id in (row.claim.id for row in registered):
        if claim_id in seen:
            fix = "Name it once; a claim of your own needs an id of its own."
            faults.append(sentence(f"{name}, key 'registered_claims',", "name each claim once", shown(claim_id), fix))
        seen.add(claim_id)
    return faults


def _faults_of_compounds(config: Config, registered: tuple[RegisteredClaim, ...], *, name: str, folder: Path) -> list[str]:
    """A claim on curcumin that is tested on cells given icariin would get a verdict that means nothing."""
    if config.compound is None or not registered:
        return []
    library = read_compounds(folder / "compounds" / "compounds.tsv")
    given = {compound.compound_id for compound in find_compounds(library, config.compound.name)}
    ids = {compound.compound_id: compound.name for compound in library}
    return [
        sentence(
            f"{name}, key 'registered_claims': claim {shown(row.claim.id)}",
            f"be about the compound of the submission, {shown(config.compound.name)}",
            shown(ids[row.claim.compound]),
            "Remove it, or correct compound.name.",
        )
        for row in registered
        if given and row.claim.compound in ids and row.claim.compound not in given and not row.claim.is_control
    ]
