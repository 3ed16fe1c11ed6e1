"""The rule that turns the evidence on one part into a verdict (docs/methods/verdict.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from scvalid.contracts.readouts import Direction
from scvalid.contracts.verdicts import MAX_VIF, MIN_DONORS_FOR_DECISION, Code, DesignFacts, Evidence, Flag, Reason, Verdict
from scvalid.keys import Obs
from scvalid.stats.equivalence import is_equivalent_to_none
from scvalid.stats.robustness import COUNTED_BELOW, is_robust


@dataclass(frozen=True)
class Decision:
    """A verdict with its reasons, the main one first, and the flags that the rule itself sets."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    flags: tuple[Flag, ...] = ()


def decide(evidence: Evidence, direction: Direction, facts: DesignFacts, *, delta: float, alpha: float) -> Decision:
    """Return the verdict on one part.

    Decisive: ``q <= alpha``, robust, ``|theta| >= floor``. Robust: of the specifications that can reach p < .10 at least 90 %
    share the sign and at least 60 % have p < .10, and no left-out donor turns the sign. SUPPORTED with the registered sign,
    CONTRADICTED with the other; for the registered direction "changed" SUPPORTED with either. Else NO_RELEVANT_EFFECT if the
    90 % interval lies inside (-delta, delta), else INCONCLUSIVE. For "no change" equivalence supports and a decisive effect
    contradicts. Fewer than three donors in an arm that say something on the treatment, VIF > 5, or a cap of the facts is never
    more than INCONCLUSIVE.
    """
    capped = _caps(facts)
    if capped:
        return Decision(Verdict.INCONCLUSIVE, capped)
    doubts = _doubts(evidence, alpha=alpha)
    is_equivalent = is_equivalent_to_none(evidence.low90, evidence.high90, delta=delta)
    if direction == "no_change":
        return _decide_no_change(evidence, doubts, delta=delta, is_equivalent=is_equivalent, alpha=alpha)
    if not doubts:
        verdict, code = _sign_against(direction, evidence.theta)
        return Decision(verdict, (_effect(code, evidence),), (Flag.SMALL,) if is_equivalent else ())
    if is_equivalent:
        return Decision(Verdict.NO_RELEVANT_EFFECT, (_equivalent(evidence, delta),), _trace(evidence, alpha))
    return Decision(Verdict.INCONCLUSIVE, _uncertain(evidence, doubts, delta))


def _sign_against(direction: Direction, theta: float) -> tuple[Verdict, Code]:
    if direction == "changed":
        return Verdict.SUPPORTED, Code.EFFECT_OF_EITHER_SIGN
    if (theta > 0) == (direction == "up"):
        return Verdict.SUPPORTED, Code.EFFECT_AS_REGISTERED
    return Verdict.CONTRADICTED, Code.EFFECT_OPPOSITE


def _decide_no_change(
    evidence: Evidence, doubts: tuple[Reason, ...], *, delta: float, is_equivalent: bool, alpha: float
) -> Decision:
    if is_equivalent:
        return Decision(Verdict.SUPPORTED, (_equivalent(evidence, delta),), _trace(evidence, alpha))
    if not doubts:
        return Decision(Verdict.CONTRADICTED, (_effect(Code.EFFECT_THOUGH_NONE_REGISTERED, evidence),))
    return Decision(Verdict.INCONCLUSIVE, _uncertain(evidence, doubts, delta))


def _caps(facts: DesignFacts) -> tuple[Reason, ...]:
    """Return why the design of a state allows no decisive verdict."""
    found = list(facts.caps)
    if facts.vif is not None and not facts.vif <= MAX_VIF:
        found.insert(0, nearly_confounded(facts.vif, facts.nuisance))
    if facts.n_informative < MIN_DONORS_FOR_DECISION:
        found.insert(0, Reason(code=Code.TOO_FEW_DONORS, values={"n": facts.n_informative}))
    return tuple(found)


def nearly_confounded(vif: float, nuisance: Sequence[str]) -> Reason:
    """Return the reason for a variance inflation by the factors of the model that is too large."""
    factors = [name for name in nuisance if name != Obs.DONOR] or nuisance or ("the nuisance factors",)
    return Reason(code=Code.NEARLY_CONFOUNDED, values={"with": ", ".join(factors), "vif": vif})


def _doubts(evidence: Evidence, *, alpha: float) -> tuple[Reason, ...]:
    """Return everything that keeps an effect from being decisive."""
    doubts = []
    # conditions are written so that a number that could not be computed counts as a doubt
    if not evidence.q <= alpha:
        doubts.append(Reason(code=Code.NOT_SIGNIFICANT, values={"q": evidence.q, "alpha": alpha}))
    is_large = abs(evidence.theta) >= evidence.floor
    if not is_large:
        doubts.append(Reason(code=Code.BELOW_FLOOR, values={"theta": evidence.theta, "floor": evidence.floor}))
    if not is_robust(evidence.sign_share, evidence.p10_share):
        doubts.append(_not_robust(evidence))
    # an effect below the floor turns with any donor: there is none that one of them could drive
    if is_large and not min(evidence.lodo_low * evidence.theta, evidence.lodo_high * evidence.theta) > 0:
        range_left_out = {"lodo_low": evidence.lodo_low, "lodo_high": evidence.lodo_high}
        doubts.append(Reason(code=Code.SINGLE_DONOR_DRIVES, values={"donor": evidence.lodo_donor, **range_left_out}))
    return tuple(doubts)


def _not_robust(evidence: Evidence) -> Reason:
    n = sum(specification.smallest_p < COUNTED_BELOW for specification in evidence.specifications)
    shares = {"sign_share": evidence.sign_share or 0.0, "p10_share": evidence.p10_share or 0.0}
    return Reason(code=Code.NOT_ROBUST, values={**shares, "n": n})


def _uncertain(evidence: Evidence, doubts: tuple[Reason, ...], delta: float) -> tuple[Reason, ...]:
    values = {"low90": evidence.low90, "high90": evidence.high90, "delta": delta, "mde": evidence.mde}
    imprecise = Reason(code=Code.IMPRECISE, values=values)
    is_only_weak = bool(doubts) and doubts[0].code == Code.NOT_SIGNIFICANT
    return (imprecise, *doubts) if is_only_weak else (*doubts, imprecise)


def _effect(code: Code, evidence: Evidence) -> Reason:
    values = {"theta": evidence.theta, "low95": evidence.low95, "high95": evidence.high95, "q": evidence.q}
    return Reason(code=code, values=values)


def _equivalent(evidence: Evidence, delta: float) -> Reason:
    values = {"low90": evidence.low90, "high90": evidence.high90, "delta": delta}
    return Reason(code=Code.EQUIVALENT_TO_NONE, values=values)


def _trace(evidence: Evidence, alpha: float) -> tuple[Flag, ...]:
    return (Flag.TRACE,) if evidence.q <= alpha else ()
