"""The published verdicts: the content of the report as one JSON document with a schema."""

from collections.abc import Callable, Mapping
from typing import Literal

from scvalid.contracts.claims import Bilingual, ClaimContext, Testability
from scvalid.contracts.quality import Truth
from scvalid.contracts.readouts import Direction, Readout, Role
from scvalid.contracts.sources import Certainty, Retraction
from scvalid.contracts.verdicts import (
    BeyondFile,
    ClaimVerdict,
    Code,
    DesignFacts,
    Evidence,
    Flag,
    PartVerdict,
    Reason,
    RunControls,
    Verdict,
    VerdictsFile,
)
from scvalid.reporting.compute.inputs import Compound, Inputs, SetStatus
from scvalid.settings import Context, Frozen


class Sentences(Frozen):
    """One sentence in both languages."""

    en: str
    zh: str


Say = Callable[[Reason], Sentences]


class PublishedReason(Frozen):
    """A reason: its code, its numbers, and its sentence in both languages."""

    code: Code
    values: dict[str, str | int | float]
    text: Sentences


class PublishedPart(Frozen):
    """The verdict on one read-out x direction, with every number it was reached with."""

    readout: Readout
    set_status: SetStatus | None
    """Where the read-out's gene set comes from; null for a read-out that is no set, or whose set is not installed."""
    direction: Direction
    role: Role
    verdict: Verdict
    reasons: tuple[PublishedReason, ...]
    flags: tuple[Flag, ...]
    evidence: Evidence | None


class PublishedState(Frozen):
    """The verdict on a claim within one cell state."""

    state: str
    verdict: Verdict
    reasons: tuple[PublishedReason, ...]
    parts: tuple[PublishedPart, ...]


class PublishedClaim(Frozen):
    """One claim and what the data say of it."""

    id: str
    statement: Bilingual
    compound: str | None
    registration: str
    sources: tuple[str, ...]
    source_status: str | None
    quote: str | None
    certainty: Certainty | None
    testability: Testability | None
    retraction: Retraction
    context: ClaimContext
    delta: float
    is_control: bool
    verdict: Verdict
    reasons: tuple[PublishedReason, ...]
    parts: tuple[PublishedPart, ...]
    by_state: tuple[PublishedState, ...]
    planted: Truth | None


class PublishedContrast(Frozen):
    """A further contrast: its arms, its design, and claim id -> the verdict on it."""

    name: str
    treated: str
    vehicle: str
    registration: str
    design: DesignFacts
    claims: dict[str, PublishedState]


class PublishedVerdicts(Frozen):
    """The whole document ``verdicts.json``. Effects are mean signed log2 fold changes, treated over vehicle."""

    schema_version: Literal["1"] = "1"
    dataset: str
    title: str | None
    is_simulated: bool
    registration: str
    context: Context
    compound: Compound | None
    n_claims: dict[Verdict, int]
    claims: tuple[PublishedClaim, ...]
    design: tuple[DesignFacts, ...]
    controls: RunControls | None
    """What the run found of its own error rates."""
    contrasts: tuple[PublishedContrast, ...] = ()
    beyond: tuple[BeyondFile, ...] = ()
    """Claims that must hold in several contrasts."""


def count_verdicts(claims: tuple[ClaimVerdict, ...]) -> dict[Verdict, int]:
    """Return how many claims have each of the five verdicts, those with none included."""
    return {verdict: sum(claim.verdict == verdict for claim in claims) for verdict in Verdict}


def publish(inputs: Inputs, *, say: Say) -> PublishedVerdicts:
    """Return the published document.

    Parameters
    ----------
    inputs
        What every stage left for the report.
    say
        Gives the sentence for a reason in both languages.
    """
    told = inputs.submitted
    return PublishedVerdicts(
        dataset=told.dataset,
        title=told.title,
        is_simulated=told.is_simulated,
        registration=inputs.all_msc.registration,
        context=told.context,
        compound=told.compound,
        n_claims=count_verdicts(inputs.all_msc.claims),
        claims=tuple(_claim(inputs, row, say) for row in inputs.all_msc.claims),
        design=(*inputs.all_msc.design.states, *inputs.by_state.design.states),
        controls=inputs.all_msc.controls,
        contrasts=tuple(_contrast(inputs, file, say) for file in inputs.contrasts),
        beyond=inputs.beyond,
    )


def published_schema() -> Mapping[str, object]:
    """Return the JSON schema of ``verdicts.json``."""
    return PublishedVerdicts.model_json_schema(mode="serialization")


def _claim(inputs: Inputs, row: ClaimVerdict, say: Say) -> PublishedClaim:
    claim = row.claim
    return PublishedClaim(
        id=claim.id,
        statement=claim.statement,
        compound=claim.compound,
        registration=row.registration,
        sources=claim.sources,
        source_status=claim.source_status,
        quote=claim.quote,
        certainty=claim.certainty,
        testability=claim.testability,
        retraction=claim.retraction,
        context=claim.context,
        delta=row.delta,
        is_control=claim.is_control,
        verdict=row.verdict,
        reasons=_reasons(row.reasons, say),
        parts=tuple(_part(inputs, part, say) for part in row.parts),
        by_state=tuple(_state(inputs, state, say) for state in inputs.states_of(claim.id)),
        planted=inputs.planted(claim.id),
    )


def _contrast(inputs: Inputs, file: VerdictsFile, say: Say) -> PublishedContrast:
    contrast = next(one for one in inputs.submitted.design.contrasts if one.name == file.contrast)
    return PublishedContrast(
        name=contrast.name,
        treated=contrast.treated,
        vehicle=contrast.vehicle,
        registration=file.registration,
        design=file.design.states[0],
        claims={row.claim.id: _state(inputs, row, say) for row in file.claims},
    )


def _state(inputs: Inputs, row: ClaimVerdict, say: Say) -> PublishedState:
    parts = tuple(_part(inputs, part, say) for part in row.parts)
    return PublishedState(state=row.state, verdict=row.verdict, reasons=_reasons(row.reasons, say), parts=parts)


def _part(inputs: Inputs, part: PartVerdict, say: Say) -> PublishedPart:
    return PublishedPart(
        readout=part.readout,
        set_status=inputs.set_status(part.readout),
        direction=part.direction,
        role=part.role,
        verdict=part.verdict,
        reasons=_reasons(part.reasons, say),
        flags=part.flags,
        evidence=part.evidence,
    )


def _reasons(reasons: tuple[Reason, ...], say: Say) -> tuple[PublishedReason, ...]:
    return tuple(PublishedReason(code=r.code, values=r.values, text=say(r)) for r in reasons)
