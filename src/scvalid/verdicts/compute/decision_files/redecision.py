"""One part of a decision file, decided once more from its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from scvalid.contracts.decisions import DecidedPart, DecidedState, DecisionFile
from scvalid.contracts.readouts import Part
from scvalid.contracts.verdicts import NOT_TESTABLE_CODES, Evidence, Flag, PartVerdict, Reason, Verdict
from scvalid.verdicts.compute.decision import decide
from scvalid.verdicts.compute.decision_files.consistency import compare_consistency
from scvalid.verdicts.compute.decision_files.differences import (
    Difference,
    compare,
    compare_effect,
    compare_gated,
    compare_numbers,
)
from scvalid.verdicts.compute.evidence import LOW_COVERAGE, SMALL_SET_GENES, shares_of
from scvalid.verdicts.compute.gates import gate_of_claim, gate_of_part
from scvalid.verdicts.compute.judge import with_caps
from scvalid.verdicts.compute.specificity import is_non_specific, rival_explains
from scvalid.verdicts.settings import VerdictsSettings


@dataclass(frozen=True)
class Once:
    """What is the same for all parts of a file: its settings, and the q value of every p value of its families."""

    file: DecisionFile
    settings: VerdictsSettings
    q: Mapping[str, Mapping[float, float]]


def redecide(once: Once, state: DecidedState, told: DecidedPart) -> tuple[PartVerdict, tuple[Difference, ...]]:
    """Return the part as its numbers give it, and everything in which the file says otherwise."""
    if told.state != state.facts.state:
        return told, (("state", told.state, state.facts.state),)
    gate = _gate_of(once.file, state, told)
    if gate is not None or told.evidence is None:
        again: PartVerdict = told.model_copy(update={"verdict": Verdict.NOT_TESTABLE, "evidence": None, "flags": ()})
        if gate is not None:
            again = again.model_copy(update={"reasons": (gate,)})
        return again, tuple(compare_gated(told, again, gate))
    evidence = _recompute(once, told, told.evidence)
    again = _decide(once, state, told, evidence)
    offered = once.file.specifications.get("gene" if told.readout.type == "gene" else "set", ())
    numbers = (*compare_numbers(told.evidence, evidence), *compare_effect(told.evidence, state.facts))
    beside = compare_consistency(told, told.evidence, state.facts, offered)
    return again, (*numbers, *beside, *compare(told, again))


def _gate_of(file: DecisionFile, state: DecidedState, told: PartVerdict) -> Reason | None:
    part = Part(readout=told.readout, direction=told.direction, role=told.role)
    forbidding = next((cap for cap in file.caps if cap.code in NOT_TESTABLE_CODES), None)
    return gate_of_claim(file.claim, file.context) or gate_of_part(part) or forbidding or state.facts.gate


def _recompute(once: Once, told: PartVerdict, evidence: Evidence) -> Evidence:
    """Return the ladder with every number that follows from others worked out again."""
    p = evidence.p_donor if told.readout.type == "gene" else max(evidence.p_donor, evidence.p_matched or 0.0)
    family = once.q["primary" if told.role == "primary" else "other"]
    sign_share, p10_share = shares_of(evidence.specifications, evidence.theta)
    is_named_so = told.readout.type != "gene" or once.file.context.species == "human"
    changed = {
        "measured_as": told.readout.id if is_named_so else evidence.measured_as,
        "sign_share": sign_share,
        "p10_share": p10_share,
        "p": p,
        "q": p if once.file.claim.is_control else family.get(p, 1.0),
        "floor": max(once.file.delta / 2, evidence.matched_sd or 0.0),
    }
    again = evidence.model_copy(update=changed)
    rivals = tuple(rival.model_copy(update={"explains": rival_explains(again, rival)}) for rival in evidence.rivals)
    return again.model_copy(update={"rivals": rivals})


def _decide(once: Once, state: DecidedState, told: PartVerdict, evidence: Evidence) -> PartVerdict:
    is_set = told.readout.type != "gene"
    decision = decide(evidence, told.direction, state.facts, delta=once.file.delta, alpha=once.settings.alpha)
    # which test was used is a fact of the data, like the numbers
    flags = {
        Flag.SMALL_SET: is_set and evidence.n_genes_expressed < SMALL_SET_GENES,
        Flag.LOW_COVERAGE: is_set and evidence.weight_expressed < LOW_COVERAGE,
        Flag.VARIANCE_FALLBACK: Flag.VARIANCE_FALLBACK in told.flags,
    }
    again = told.model_copy(
        update={
            "verdict": decision.verdict,
            "reasons": decision.reasons,
            "flags": (*decision.flags, *(flag for flag, is_on in flags.items() if is_on)),
            "evidence": evidence,
        }
    )
    capped = with_caps(again, tuple(cap for cap in once.file.caps if cap.code not in NOT_TESTABLE_CODES))
    return (
        capped.model_copy(update={"flags": (*capped.flags, Flag.NON_SPECIFIC)}) if is_non_specific(capped, evidence) else capped
    )
