"""The verdict table's rows and the claim cards: verdicts joined with their figures and the planted truth."""

from dataclasses import dataclass

from scvalid.contracts.quality import Truth
from scvalid.contracts.verdicts import ClaimVerdict, PartVerdict
from scvalid.reporting.compute.controls import Composition, composition_of
from scvalid.reporting.compute.donors import DonorFigure, donor_figure
from scvalid.reporting.compute.inputs import Inputs, SetStatus
from scvalid.reporting.compute.scale import Bar, Scale, bounds, effect_scale, forest_bar
from scvalid.reporting.compute.specifications import SpecificationFigure, specification_figure

ROW_WIDTH = 200
STRIP_WIDTH = 340


@dataclass(frozen=True)
class Row:
    """One claim in one state, placed on a forest plot; ``bar`` is None where a gate stopped it."""

    verdict: ClaimVerdict
    primary: PartVerdict
    bar: Bar | None
    planted: Truth | None = None

    @property
    def n_donors(self) -> int:
        """Donors that the primary part's numbers rest on; 0 where a gate stopped it."""
        evidence = self.primary.evidence
        return len({value.donor_id for value in evidence.donor_values}) if evidence else 0

    @property
    def is_as_planted(self) -> bool:
        """Whether the verdict is one that the planted truth allows."""
        return self.planted is not None and self.verdict.verdict in self.planted.accepted


@dataclass(frozen=True)
class Strip:
    """The estimate of one part, its leave-one-donor-out range and its matched-set null on one axis."""

    scale: Scale
    bar: Bar
    lodo_low: float
    lodo_high: float
    null_low: float | None
    null_high: float | None


@dataclass(frozen=True)
class Part:
    """One part of a claim with its figures, which are None where a gate stopped it."""

    verdict: PartVerdict
    strip: Strip | None
    donors: DonorFigure | None
    set_status: SetStatus | None
    specifications: SpecificationFigure | None = None
    composition: Composition | None = None


@dataclass(frozen=True)
class Card:
    """All that the report says of one claim."""

    row: Row
    parts: tuple[Part, ...]
    states: tuple[Row, ...]
    state_scale: Scale


def forest(claims: tuple[ClaimVerdict, ...]) -> Scale:
    """Return the one scale that the primary parts of these claims share."""
    evidences = [part.evidence for claim in claims for part in claim.parts[:1] if part.evidence]
    delta = max((claim.delta for claim in claims), default=0.25)
    limits = [bound for e in evidences for bound in (e.low95, e.high95)]
    return effect_scale(limits, delta=delta, left=0, right=ROW_WIDTH)


def rows_of(inputs: Inputs, claims: tuple[ClaimVerdict, ...], scale: Scale) -> tuple[Row, ...]:
    """Place claims on a shared scale and put the planted truth beside them."""
    return tuple(_row(claim, scale, inputs.planted(claim.claim.id)) for claim in claims)


def cards_of(inputs: Inputs, rows: tuple[Row, ...]) -> tuple[Card, ...]:
    """Return one card per row of the verdict table."""
    return tuple(_card(inputs, row) for row in rows)


def _row(claim: ClaimVerdict, scale: Scale, planted: Truth | None) -> Row:
    primary = claim.parts[0]
    bar = forest_bar(scale, primary.evidence, delta=claim.delta) if primary.evidence else None
    return Row(claim, primary, bar, planted)


def _card(inputs: Inputs, row: Row) -> Card:
    states = inputs.states_of(row.verdict.claim.id)
    scale = forest(states)
    parts = tuple(_part(inputs, part, row.verdict.delta) for part in row.verdict.parts)
    return Card(row, parts, tuple(_row(state, scale, None) for state in states), scale)


def _part(inputs: Inputs, part: PartVerdict, delta: float) -> Part:
    status = inputs.set_status(part.readout)
    if part.evidence is None:
        return Part(part, None, None, status)
    design = inputs.submitted.design
    donors = donor_figure(part.evidence.donor_values, treated=design.treated, vehicle=design.vehicle)
    split = composition_of(inputs.composition, part.readout)
    return Part(part, _strip(part, delta), donors, status, specification_figure(part.evidence), split)


def _strip(part: PartVerdict, delta: float) -> Strip | None:
    evidence = part.evidence
    if evidence is None:
        return None
    scale = effect_scale(bounds([evidence]), delta=delta, left=0, right=STRIP_WIDTH)
    spread = evidence.matched_sd
    return Strip(
        scale=scale,
        bar=forest_bar(scale, evidence, delta=delta),
        lodo_low=scale.at(evidence.lodo_low),
        lodo_high=scale.at(evidence.lodo_high),
        null_low=None if spread is None else scale.at(-spread),
        null_high=None if spread is None else scale.at(spread),
    )
