"""Claims by id, and claims that fit what is asked of them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from difflib import get_close_matches
from typing import Final, get_args

from scvalid.contracts.claims import Claim, ClaimSpecies, Testability
from scvalid.contracts.compounds import RegisteredCompound
from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.registry.claims.reading import RegisteredClaim, RegisteredClaims
from scvalid.registry.compounds.search import find_compounds, sentence_of_no_compound
from scvalid.registry.names import plain_name

MAX_WORD = 1000


@dataclass(frozen=True)
class ClaimFilter:
    """What is asked of a claim; None asks nothing.

    Attributes
    ----------
    origin, tier, testability
        A word of the model of claims.
    axis
        A mechanism as the claims name it, or a whole word of it: ``ERK`` of ``MAPK/ERK``.
    compound
        An id, a name in any language or a herb of the compound library, or a compound that a claim names itself.
    species
        A claim that names no species fits each.
    text
        A part of the id, of the statement in either language or of the name of a read-out.
    is_retracted
        Whether only claims with a retracted source fit.
    """

    origin: str | None = None
    tier: str | None = None
    axis: str | None = None
    compound: str | None = None
    species: str | None = None
    testability: str | None = None
    text: str | None = None
    is_retracted: bool = False


def choose_claims(rows: RegisteredClaims, ids: Sequence[str]) -> RegisteredClaims:
    """Return the claims of these ids, in the order asked for, each once.

    Raises
    ------
    SubmissionError
        If an id is not registered; the nearest one is offered.
    """
    known = {row.claim.id.casefold(): row for row in rows}
    unknown = [name for name in ids if name.casefold() not in known]
    if unknown:
        raise SubmissionError([sentence("a claim", "be registered", shown(name), _near_id(name, known)) for name in unknown])
    return tuple(known[name] for name in dict.fromkeys(name.casefold() for name in ids))


def _near_id(name: str, known: Mapping[str, RegisteredClaim]) -> str:
    close = get_close_matches(name[:MAX_WORD].casefold(), known, n=1)
    return nearest(known[close[0]].claim.id if close else name, [row.claim.id for row in known.values()])


def filter_claims(rows: RegisteredClaims, wanted: ClaimFilter, *, library: Sequence[RegisteredCompound]) -> RegisteredClaims:
    """Return the claims that fit everything that is asked, in their order.

    Raises
    ------
    SubmissionError
        If a word, an axis or a compound is not known; the nearest one is offered.
    """
    tests: list[Callable[[Claim], bool]] = []
    if wanted.origin is not None:
        tests.append(_is_of("origin", wanted.origin, _words_of("origin")))
    if wanted.tier is not None:
        tests.append(_is_of("tier", wanted.tier, _words_of("tier")))
    if wanted.testability is not None:
        tests.append(_has_testability(wanted.testability))
    if wanted.species is not None:
        tests.append(_fits_species(wanted.species))
    if wanted.axis is not None:
        tests.append(_is_on_axis(wanted.axis, rows))
    if wanted.compound is not None:
        tests.append(_is_about(wanted.compound, rows, library))
    if wanted.text is not None:
        tests.append(_says(wanted.text))
    if wanted.is_retracted:
        tests.append(lambda claim: claim.is_retracted)
    return tuple(row for row in rows if all(test(row.claim) for test in tests))


def sentence_of_no_claim(rows: RegisteredClaims, wanted: ClaimFilter, *, library: Sequence[RegisteredCompound]) -> str:
    """Return the sentence for a question that no claim fits, with the one condition without which most claims fit."""
    asked = {field.name: field.default for field in fields(wanted) if getattr(wanted, field.name) != field.default}
    given = asdict(wanted)
    without = {name: len(filter_claims(rows, ClaimFilter(**given | {name: asked[name]}), library=library)) for name in asked}
    best = max(without, key=lambda name: without[name], default="")
    option = f"--{best.removeprefix('is_')}"
    fix = f"Without {option} {without[best]} would." if without.get(best) else "Ask for less."
    return sentence("what is asked of the claims", "fit one of them", f"none of {len(rows)} that fits all", fix)


def opponents_of(row: RegisteredClaim, rows: RegisteredClaims) -> tuple[str, ...]:
    """Return the ids that a claim conflicts with, whichever of the two says so."""
    other = (r.claim.id for r in rows if row.claim.id in r.claim.conflicts)
    return tuple(dict.fromkeys((*row.claim.conflicts, *other)))


def _words_of(field: str) -> tuple[str, ...]:
    return get_args(Claim.model_fields[field].annotation)


def _known(option: str, word: str, words: Iterable[str]) -> str:
    """Return the word as the model writes it."""
    spelled = {known.casefold(): known for known in words}
    if word.casefold() not in spelled:
        raise SubmissionError([sentence(f"--{option}", "be a known one", shown(word), nearest(word, spelled.values()))])
    return spelled[word.casefold()]


def _is_of(field: str, word: str, words: Sequence[str]) -> Callable[[Claim], bool]:
    known = _known(field, word, words)
    return lambda claim: getattr(claim, field) == known


def _has_testability(word: str) -> Callable[[Claim], bool]:
    level = _known("testability", word.replace("_", " "), get_args(Testability.model_fields["level"].annotation))
    return lambda claim: claim.testability is not None and claim.testability.level == level


def _fits_species(word: str) -> Callable[[Claim], bool]:
    species = _known("species", word, get_args(ClaimSpecies))
    return lambda claim: not claim.context.species or species in claim.context.species


_SEPARATORS: Final = re.compile(r"[^0-9a-z]+")


def _is_on_axis(word: str, rows: RegisteredClaims) -> Callable[[Claim], bool]:
    axes = sorted({row.claim.axis for row in rows if row.claim.axis})
    asked = word.strip().casefold()
    found = {axis for axis in axes if axis.casefold() == asked}
    found = found or {axis for axis in axes if asked in _SEPARATORS.split(axis.casefold()) and asked}
    if not found:
        raise SubmissionError([sentence("--axis", "be an axis of the claims", shown(word), nearest(word, axes))])
    return lambda claim: claim.axis in found


def _is_about(word: str, rows: RegisteredClaims, library: Sequence[RegisteredCompound]) -> Callable[[Claim], bool]:
    """A compound that is not in the library is known by the name that a claim gives it."""
    named = {row.claim.compound for row in rows if row.claim.compound and plain_name(row.claim.compound) == plain_name(word)}
    found = named or {compound.compound_id for compound in find_compounds(library, word)}
    if not found:
        raise SubmissionError([sentence_of_no_compound(library, word)])
    return lambda claim: claim.compound in found


def _says(text: str) -> Callable[[Claim], bool]:
    asked = plain_name(text)
    if not asked:
        must, fix = "hold a letter, a digit or a character", "Write a word of a statement."
        raise SubmissionError([sentence("--text", must, shown(text), fix)])

    def test(claim: Claim) -> bool:
        readouts = (part.readout.id for part in claim.parts)
        return any(asked in plain_name(said) for said in (claim.id, claim.statement.en, claim.statement.zh or "", *readouts))

    return test
