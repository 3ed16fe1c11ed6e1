"""Whether the claims are about what was done to the cells: a claim on curcumin tested under icariin would mean nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scvalid.contracts.claims import ANY_COMPOUND, NO_TREATMENT, Claim
from scvalid.contracts.compounds import RegisteredCompound
from scvalid.errors import sentence, shown
from scvalid.registry.compounds.search import identify_compound
from scvalid.registry.names import plain_name
from scvalid.settings.vocabulary import challenge_of, medium_of
from scvalid.settings.vocabulary.names import plain as plain_text
from scvalid.submission.config import Config

_AROUND = re.compile(r"\b(licensing|priming|stimulation|treatment|pre-?treatment)\b|预处理|刺激|处理")
"""Words that say that something was given, not what."""


@dataclass(frozen=True)
class Given:
    """What a submission says was given.

    Attributes
    ----------
    compound
        Name of the compound as typed, None if the config has none.
    typed
        That name, and the Chinese one if there is one.
    identified
        Compounds of the library that its names and its InChIKey mean; several if they disagree.
    treatment
        What was done, if it was no compound.
    names
        Id of a compound of the library -> its name.
    """

    compound: str | None
    typed: tuple[str, ...]
    identified: tuple[str, ...]
    treatment: str | None
    names: Mapping[str, str]
    library: Sequence[RegisteredCompound]


def given_by(config: Config, *, library: Sequence[RegisteredCompound]) -> Given:
    """Return what a submission says was given, looked up in the compound library."""
    names = {compound.compound_id: compound.name for compound in library}
    if config.compound is None:
        return Given(None, (), (), config.treatment, names, library)
    typed = config.compound.model_dump(include={"name", "name_zh", "inchikey"})
    identified = tuple(compound.compound_id for compound in identify_compound(library, **typed))
    names_typed = tuple(filter(None, (config.compound.name, config.compound.name_zh)))
    return Given(config.compound.name, names_typed, identified, config.treatment, names, library)


def faults_of_treatment(given: Given, *, own: Sequence[Claim], registered: Sequence[Claim], name: str) -> list[str]:
    """Return one sentence for each claim that is about another compound or treatment than the submission's.

    Claims whose source was retracted are never tested and may be named by any submission. A lab's own claim without compound or
    treatment, or in a submission without, is theirs to make.
    """
    if len(given.identified) > 1:
        got = " and ".join(shown(given.names[compound]) for compound in given.identified)
        fix = "Correct name, name_zh or inchikey."
        return [sentence(f"{name}, key 'compound',", "name one compound", f"{got} by its names and InChIKey", fix)]
    faults = list(_faults_of_own(given, own))
    for claim in registered:
        if claim.is_retracted or claim.treatment == NO_TREATMENT:
            continue
        where = f"{name}, key 'registered_claims': claim {shown(claim.id)}"
        if claim.compound is not None:
            faults += _fault_of_compound(given, claim.compound, where=where)
        elif claim.treatment == ANY_COMPOUND:
            fault = sentence(where, "be tested on a compound", "no key 'compound'", "Write what was given.")
            faults += [] if given.compound else [fault]
        else:
            faults += _fault_of_treatment(given, claim.treatment or "", where=where)
    return faults


def _faults_of_own(given: Given, own: Sequence[Claim]) -> Iterator[str]:
    for claim in own:
        where = f"claim {shown(claim.id)}"
        if claim.compound is not None and given.compound is not None and not is_of_compound(given, claim.compound):
            must = f"be about the compound of the submission, {shown(given.compound)}"
            yield sentence(where, must, shown(claim.compound), "Write the same name in both.")
        if claim.treatment and given.treatment and not _is_treatment(given.treatment, claim.treatment):
            must = f"be about the treatment of the submission, {shown(given.treatment)}"
            yield sentence(where, must, shown(claim.treatment), "Write the same words in both.")


def is_of_compound(given: Given, claimed: str) -> bool:
    """Return whether a claim's compound is what was given: the same one of the library, or else the same name."""
    meant = [claimed] if claimed in given.names else [c.compound_id for c in identify_compound(given.library, name=claimed)]
    if meant and given.identified:
        return given.identified[0] in meant
    return plain_name(claimed) in {plain_name(name) for name in given.typed}


def _is_treatment(done: str, claimed: str) -> bool:
    """Whether two texts mean one treatment: in the same words, the same challenges, or the same kind of medium."""
    if plain_name(done) == plain_name(claimed):
        return True
    bare = [_AROUND.sub(" ", plain_text(text)) for text in (done, claimed)]
    media = {medium_of(text) for text in bare}
    is_lineage = len(media) == 1 and media <= {"osteogenic", "adipogenic", "chondrogenic"}
    return is_lineage or challenge_of(bare[0]) == challenge_of(bare[1])


def _fault_of_compound(given: Given, claimed: str, *, where: str) -> list[str]:
    if claimed in given.identified:
        return []
    name = given.names.get(claimed, claimed)
    if given.identified:
        must = f"be about the compound of the submission, {shown(given.compound)}"
        return [sentence(where, must, shown(name), "Remove it, or correct the key 'compound'.")]
    got = "no key 'compound'" if given.compound is None else f"{shown(given.compound)}, which the library does not know"
    fix = f"Write compound.name: {name}, if that was given; 'scvalid compounds' lists the names."
    return [sentence(where, f"be tested on cells given {shown(name)}", got, fix)]


def _fault_of_treatment(given: Given, claimed: str, *, where: str) -> list[str]:
    if given.treatment is not None and _is_treatment(given.treatment, claimed):
        return []
    got = "no key 'treatment'" if given.treatment is None else shown(given.treatment)
    must = f"be about the treatment of the submission; it is about {shown(claimed)}"
    return [sentence(where, must, got, f"Remove it, or write treatment: {claimed}, if that was done.")]
