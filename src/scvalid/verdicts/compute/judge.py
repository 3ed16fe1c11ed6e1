"""Verdicts on all claims of one grouping: gates, families, the rule for each part, and the parts combined."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scvalid.contracts.claims import Claim
from scvalid.contracts.readouts import Part
from scvalid.contracts.verdicts import (
    NOT_TESTABLE_CODES,
    ClaimVerdict,
    Code,
    DesignFacts,
    DesignFile,
    Evidence,
    PartVerdict,
    Reason,
    Verdict,
)
from scvalid.keys import Effect
from scvalid.settings import Context
from scvalid.verdicts.compute.decision import decide
from scvalid.verdicts.compute.evidence import Evidences, Finding
from scvalid.verdicts.compute.families import q_values
from scvalid.verdicts.compute.gates import gate_of_claim, gate_of_part
from scvalid.verdicts.settings import VerdictsSettings


@dataclass(frozen=True)
class _Case:
    """One part of one claim in one state."""

    claim: Claim
    facts: DesignFacts
    part: Part

    @property
    def place(self) -> dict[str, Any]:
        """The fields that say what was judged where."""
        part = self.part
        return {"state": self.facts.state, "readout": part.readout, "direction": part.direction, "role": part.role}


def judge_claims(
    claims: Mapping[Claim, str],
    evidences: Evidences,
    design: DesignFile,
    *,
    context: Context,
    settings: VerdictsSettings,
    caps: Sequence[Reason] = (),
) -> tuple[ClaimVerdict, ...]:
    """Return the verdict on every claim in every state, in the order of the claims, then of the states.

    Parameters
    ----------
    claims
        Claim -> its registration, the sha256 of the file it stands in.
    evidences
        Tables of effects.
    design
        Facts of the design of each state.
    context
        What the cells are.
    settings
        Bounds of a decision.
    caps
        What was decided before any data were read: with a code of what cannot be tested no claim is, with any other no verdict
        is decisive.
    """
    cases = [_Case(claim, facts, part) for claim in claims for facts in design.states for part in _primary_first(claim)]
    forbidding = next((cap for cap in caps if cap.code in NOT_TESTABLE_CODES), None)
    doubts = tuple(cap for cap in caps if cap.code not in NOT_TESTABLE_CODES)
    findings = [_find(case, evidences, context, forbidding) for case in cases]
    q = q_values([(case.claim, case.part, finding) for case, finding in zip(cases, findings, strict=True)])
    parts: dict[tuple[str, str], list[PartVerdict]] = {}
    for case, finding, q_of_part in zip(cases, findings, q, strict=True):
        judged = with_caps(_judge_part(case, finding, q_of_part, settings), doubts)
        parts.setdefault((case.claim.id, case.facts.state), []).append(judged)
    return tuple(
        combine_parts(claim, facts.state, parts[claim.id, facts.state], registration=sha256, delta=_delta(claim, settings))
        for claim, sha256 in claims.items()
        for facts in design.states
    )


def with_caps(judged: PartVerdict, caps: tuple[Reason, ...]) -> PartVerdict:
    """Return the verdict on a part; a decisive one is INCONCLUSIVE for the reasons of the caps, its own stand behind them."""
    if not caps or judged.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_TESTABLE):
        return judged
    return judged.model_copy(update={"verdict": Verdict.INCONCLUSIVE, "reasons": (*caps, *judged.reasons)})


def combine_parts(claim: Claim, state: str, parts: Iterable[PartVerdict], *, registration: str, delta: float) -> ClaimVerdict:
    """Return the verdict on a claim: that of its primary part, unless that is SUPPORTED and another part is CONTRADICTED."""
    primary, *others = parts
    verdict, reasons = primary.verdict, list(primary.reasons)
    contradicted = [part for part in others if part.verdict == Verdict.CONTRADICTED]
    if verdict == Verdict.SUPPORTED and contradicted:
        verdict = Verdict.INCONCLUSIVE
        reasons = [Reason(code=Code.PART_CONTRADICTED, values={"readout": part.readout.id}) for part in contradicted] + reasons
    untested = [part for part in others if part.verdict == Verdict.NOT_TESTABLE and primary.verdict != Verdict.NOT_TESTABLE]
    reasons += [Reason(code=Code.PART_NOT_TESTABLE, values={"readout": part.readout.id}) for part in untested]
    return ClaimVerdict(
        claim=claim,
        registration=registration,
        state=state,
        delta=delta,
        verdict=verdict,
        reasons=tuple(reasons),
        parts=(primary, *others),
    )


def _primary_first(claim: Claim) -> list[Part]:
    return sorted(claim.parts, key=lambda part: part.role != "primary")


def _delta(claim: Claim, settings: VerdictsSettings) -> float:
    return claim.threshold or settings.delta


def _find(case: _Case, evidences: Evidences, context: Context, forbidding: Reason | None) -> Finding:
    gate = gate_of_claim(case.claim, context) or gate_of_part(case.part) or forbidding or case.facts.gate
    return Finding(gate) if gate else evidences.find(case.part, case.facts.state)


def _judge_part(case: _Case, finding: Finding, q: float, settings: VerdictsSettings) -> PartVerdict:
    part, place = case.part, case.place
    if finding.gate is not None:
        return PartVerdict(**place, verdict=Verdict.NOT_TESTABLE, reasons=(finding.gate,))
    delta = _delta(case.claim, settings)
    evidence = _evidence(finding, q, delta=delta)
    decision = decide(evidence, part.direction, case.facts, delta=delta, alpha=settings.alpha)
    return PartVerdict(
        **place,
        verdict=decision.verdict,
        reasons=decision.reasons,
        flags=(*decision.flags, *finding.flags),
        evidence=evidence,
    )


def _evidence(finding: Finding, q: float, *, delta: float) -> Evidence:
    """Return the ladder; what a gene has no number for (matched sets, correlation) is None."""
    of_a_gene = {Effect.N_SET: 1, Effect.N_EXPRESSED: 1, Effect.WEIGHT_MEASURED: 1.0, Effect.WEIGHT_EXPRESSED: 1.0}
    found = {name: None if value != value else value for name, value in finding.numbers.items()}  # noqa: PLR0124
    ladder = {name: found.get(name, of_a_gene.get(name)) for name, kind in Evidence.model_fields.items() if kind.is_required()}
    ladder |= {"p": finding.p, "q": q, "floor": max(delta / 2, ladder[Effect.MATCHED_SD] or 0.0)}
    sign_share, p10_share = finding.shares
    beside = {
        "measured_as": finding.key[-1] if finding.key else "",
        "donor_values": finding.donor_values,
        "specifications": finding.specifications,
        "recovery": finding.recovery,
        "sign_share": sign_share,
        "p10_share": p10_share,
    }
    return Evidence.model_validate(ladder | beside)
