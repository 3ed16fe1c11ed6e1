"""Claims of a submission: those of its own file, and registered ones that it names."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from os.path import normpath
from pathlib import Path

from pydantic import ValidationError

from scvalid.contracts.claims import Claim, ClaimsFile
from scvalid.contracts.faults import sentences_of
from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.io.documents import read_yaml
from scvalid.registry.claims.reading import RegisteredClaim, read_claims
from scvalid.registry.compounds.reading import IN_RESOURCES, read_compounds
from scvalid.submission.claims.contrasts import claims_of, faults_of_contrasts, given_in, is_of_a_contrast
from scvalid.submission.claims.treatment import faults_of_treatment, given_by
from scvalid.submission.config import Config


@dataclass(frozen=True)
class ClaimsRead:
    """The claims to be tested that can be read, the lab's own first, the files they stand in, and what speaks against them.

    Attributes
    ----------
    claims
        Claims of the headline comparison.
    files
        The files.
    faults
        One sentence each.
    further
        Claims on compounds that were given in further contrasts alone.
    of_contrasts
        Name of a contrast -> the claims that are judged in it.
    """

    claims: tuple[Claim, ...]
    files: tuple[Path, ...]
    faults: tuple[str, ...]
    further: tuple[Claim, ...] = ()
    of_contrasts: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)


def read_claims_of(config: Config, *, name: str, folder: Path, resources: Path) -> ClaimsRead:
    """Read the claims to be tested.

    It is a fault if no claim is named, a file cannot be read, an id is not registered or stands twice, an own claim poses as a
    registered one, or a claim is about another compound or treatment than the submission's.

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
    """
    if config.claims is None and not config.registered_claims:
        fix = "Name a file of your own claims, or ids that 'scvalid claims' lists."
        return ClaimsRead((), (), (sentence(name, "have the key 'claims' or 'registered_claims'", "neither", fix),))
    own_path = None if config.claims is None else Path(normpath(folder / config.claims))
    own, faults = ((), []) if own_path is None else _read_own(own_path)
    known = {row.claim.id: row for row in read_claims(resources / "claims")} if config.registered_claims or own else {}
    faults += [] if own_path is None else _faults_of_own(own, known, name=own_path.name)
    registered = tuple(known[wanted] for wanted in dict.fromkeys(config.registered_claims) if wanted in known)
    faults += _faults_of_names(config, known, name=name)
    files = dict.fromkeys(([] if own_path is None else [own_path]) + [row.path for row in registered])
    library = read_compounds(resources / IN_RESOURCES)
    headline, given = given_by(config, library=library), given_in(config, library=library)
    every = (*own, *(row.claim for row in registered))
    further = tuple(claim for claim in every if is_of_a_contrast(claim, headline, given))
    claims = tuple(claim for claim in every if claim not in further)
    judged = [claim for claim in own if claim in claims]
    faults += faults_of_treatment(headline, own=judged, registered=claims[len(judged) :], name=name)
    faults += faults_of_contrasts(config, claims, further, given, name=name)
    of_contrasts = {c.name: claims_of(c, claims, further, given.get(c.name)) for c in config.design.contrasts}
    return ClaimsRead(claims, tuple(files), tuple(faults), further, of_contrasts)


def _read_own(source: Path) -> tuple[tuple[Claim, ...], list[str]]:
    """Return the claims of a file that can be read, and what is wrong with the others or with the file."""
    try:
        values = read_yaml(source)
        return ClaimsFile.model_validate(values).claims, []
    except SubmissionError as error:
        return (), list(error.findings)
    except ValidationError as error:
        faults = sentences_of(error, ClaimsFile, name=source.name, values=values)
    listed = values.get("claims") if isinstance(values, dict) else None
    return tuple(_good_claims(listed if isinstance(listed, list) else [])), faults


def _good_claims(listed: Sequence[object]) -> Iterator[Claim]:
    for values in listed:
        with suppress(ValidationError):
            yield Claim.model_validate(values)


def _faults_of_own(own: tuple[Claim, ...], known: Mapping[str, RegisteredClaim], *, name: str) -> list[str]:
    """A claim of a lab must not pass for a registered one, nor leave the family of multiple testing."""
    registered = {claim_id.casefold() for claim_id in known}
    faults = []
    for claim in own:
        where = f"{shown(name)[1:-1]}, claim {shown(claim.id)}"
        if claim.id.casefold() in registered:
            fix = "Rename it; a registered claim is named under registered_claims."
            faults.append(sentence(where, "have an id of its own", "that of a registered claim", fix))
        if claim.origin != "lab":
            fix = "Remove the key: only the registry says where a claim comes from."
            faults.append(sentence(f"{where}, key 'origin',", "be lab", shown(claim.origin), fix))
        if claim.is_control:
            fix = "Remove the key: controls are outside multiple testing, so only registered ones count as such."
            faults.append(sentence(f"{where}, key 'control',", "be left out", shown(claim.control), fix))
    return faults


def _faults_of_names(config: Config, known: Mapping[str, RegisteredClaim], *, name: str) -> list[str]:
    where, spellings = f"{name}, key 'registered_claims',", {claim_id.casefold(): claim_id for claim_id in known}
    unknown = [wanted for wanted in dict.fromkeys(config.registered_claims) if wanted not in known]
    faults = []
    for wanted in unknown:
        other_case = spellings.get(wanted.casefold())
        advice = f"Did you mean {shown(other_case)}?" if other_case else nearest(wanted, known)
        faults.append(sentence(where, "name registered claims", shown(wanted), advice))
    twice = [wanted for wanted, n in Counter(config.registered_claims).items() if n > 1]
    return faults + [sentence(where, "name each claim once", shown(wanted), "Name it once.") for wanted in twice]
