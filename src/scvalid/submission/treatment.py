"""Whether the claims are about what was done to the cells: a claim on curcumin tested under icariin would mean nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scvalid.contracts.claims import ANY_COMPOUND, NO_TREATMENT, Claim
from scvalid.contracts.compounds import RegisteredCompound
from scvalid.errors import sentence, shown
from scvalid.registry.compounds.search import identify_compound
from scvalid.registry.names import plain_name
from scvalid.submission.config import Config


@dataclass(frozen=True)
class Given:
    """What a submission says was given.

    Attributes
    ----------
    compound
        Name of the compound as typed, None if the config has none.
    identified
        Compounds of the library that its names and its InChIKey mean; several if they disagree.
    treatment
        What was done, if it was no compound.
    names
        Id of a compound of the library -> its name.
    """

    compound: str | None
    identified: tuple[str, ...]
    treatment: str | None
    names: Mapping[str, str]
    library: Sequence[RegisteredCompound]


def given_by(config: Config, *, library: Sequence[RegisteredCompound]) -> Given:
    """Return what a submission says was given, looked up in the compound library."""
    names = {compound.compound_id: compound.name for compound in library}
    if config.compound is None:
        return Given(None, (), config.treatment, names, library)
    typed = config.compound.model_dump(include={"name", "name_zh", "inchikey"})
    identified = tuple(compound.compound_id for compound in identify_compound(library, **typed))
    return Given(config.compound.name, identified, config.treatment, names, library)


def faults_of_treatment(given: Given, *, own: Sequence[Claim], registered: Sequence[Claim], name: str) -> list[str]:
    """Return one sentence for each claim that is about another compound or treatment than the submission's.

    Claims whose source was retracted are never tested and may be named by any submission. Of the lab's own claims only those
    are refused that name another compound of the library: what the library does not know is theirs to say.
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
        if claim.compound is None or not given.identified:
            continue
        meant = [claim.compound] if claim.compound in given.names else _identified(given, claim.compound)
        if meant and given.identified[0] not in meant:
            must = f"be about the compound of the submission, {shown(given.compound)}"
            yield sentence(f"claim {shown(claim.id)}", must, shown(claim.compound), "Correct one of them.")


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
    if given.treatment is not None and plain_name(given.treatment) == plain_name(claimed):
        return []
    got = "no key 'treatment'" if given.treatment is None else shown(given.treatment)
    must = f"be about the treatment of the submission; it is about {shown(claimed)}"
    return [sentence(where, must, got, f"Remove it, or write treatment: {claimed}, if that was done.")]


def _identified(given: Given, name: str) -> list[str]:
    return [compound.compound_id for compound in identify_compound(given.library, name=name)]
