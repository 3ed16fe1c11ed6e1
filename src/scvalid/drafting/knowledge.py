"""What the registry knows of a compound, and the registered claims that fit what was given."""

from collections.abc import Callable, Sequence
from functools import cache
from os.path import relpath
from pathlib import Path

from scvalid.contracts.claims import ANY_COMPOUND, NO_TREATMENT, Claim
from scvalid.contracts.compounds import RegisteredCompound
from scvalid.drafting.compute.draft import Draft, GivenCompound
from scvalid.registry.claims.reading import read_claims
from scvalid.registry.claims.search import choose_claims
from scvalid.registry.compounds.reading import IN_RESOURCES, read_compounds
from scvalid.registry.compounds.search import identify_compound
from scvalid.submission.claims.treatment import Given, faults_of_treatment
from scvalid.submission.samples.fields import read_fields

Library = tuple[RegisteredCompound, ...]
# the sheet has these already, whatever the standard calls them
_WRITTEN = frozenset({"sample_id", "donor_id"})


def read_library(resources: Path) -> Library:
    """Read the compound library."""
    return read_compounds(resources / IN_RESOURCES)


def compound_finder(library: Library) -> Callable[[str], str | None]:
    """Return a function from any name to the English name of the one compound of the library that it means, or None."""

    @cache
    def find(word: str) -> str | None:
        found = identify_compound(library, name=word)
        # two letters may be anything
        return found[0].name if len(found) == 1 and (len(word) > 2 or not word.isascii()) else None

    return find


def known_compound(name: str, library: Library) -> GivenCompound:
    """Return what the library knows of a compound; one that it does not know has only its name."""
    found = identify_compound(library, name=name)
    if len(found) != 1:
        return GivenCompound(name)
    return GivenCompound(found[0].name, name_zh=found[0].name_zh, inchikey=found[0].inchikey or "")


def chosen_claims(words: Sequence[str], *, resources: Path, out: Path) -> tuple[dict[str, str], str]:
    """Return the registered claims of some ids with their statements, and the file of own claims among the words, if any.

    Raises
    ------
    SubmissionError
        If an id is not registered; the nearest one is offered.
    """
    files = [word for word in words if word.casefold().endswith((".yaml", ".yml"))]
    ids = [word for word in words if word not in files]
    rows = choose_claims(read_claims(resources / "claims"), ids) if ids else ()
    return {row.claim.id: row.claim.statement.en for row in rows}, relpath(files[0], out.resolve()) if files else ""


def fitting_claims(draft: Draft, library: Library, *, resources: Path) -> dict[str, str]:
    """Return the registered claims on what was given that these data may decide: id -> statement."""
    if draft.compound is None and not draft.treatment:
        return {}
    given = _given(draft, library)
    claims = (row.claim for row in read_claims(resources / "claims"))
    return {c.id: c.statement.en for c in claims if _may_be_decided(c, draft.species) and _fits(c, given)}


def awaited_columns(draft: Draft, *, resources: Path) -> dict[str, str]:
    """Return the columns of the standard that a decisive verdict waits for and no other key of the config states."""
    said = {"batch_id"} if any(row.batch_id for row in draft.rows) else set()
    awaited: dict[str, str] = {}
    for field in read_fields(resources):
        names = field.alternatives
        if (
            names
            and names[0] == field.column
            and field.column not in _WRITTEN
            and not field.config_key
            and not said & set(names)
        ):
            others = f"; or {' or '.join(names[1:])}" if names[1:] else ""
            awaited[field.column] = (field.allowed.replace("|", ", ") or "text") + others
    return awaited


def _given(draft: Draft, library: Library) -> Given:
    names = {compound.compound_id: compound.name for compound in library}
    if draft.compound is None:
        return Given(None, (), (), draft.treatment, names, library)
    identified = tuple(c.compound_id for c in identify_compound(library, name=draft.compound.name))
    return Given(draft.compound.name, (draft.compound.name,), identified, draft.treatment or None, names, library)


def _may_be_decided(claim: Claim, species: str) -> bool:
    is_shown = claim.testability is None or claim.testability.level != "not testable"
    fits_species = not claim.context.species or species in claim.context.species
    return is_shown and fits_species and not claim.is_retracted and not claim.is_control


def _fits(claim: Claim, given: Given) -> bool:
    is_general = claim.compound is None and claim.treatment in (None, ANY_COMPOUND, NO_TREATMENT)
    return not is_general and not faults_of_treatment(given, own=(), registered=[claim], name="")
