"""In what the numbers and words of a part differ from what they give once more."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from scvalid.contracts.verdicts import NOT_TESTABLE_CODES, Code, DesignFacts, Evidence, PartVerdict, Reason
from scvalid.keys import Obs

TOLERANCE = 1e-9
"""Relative difference that is none: numbers went through JSON, which keeps all their digits."""
Difference: TypeAlias = tuple[str, str, str]
"""What differs, what the file says, what its numbers give."""
_OF_THE_DATA = frozenset(code for code in NOT_TESTABLE_CODES if code.startswith(("GENE_", "SET_"))) | {Code.NO_CERTAIN_ORTHOLOG}
"""Gates that only the data can open or close."""


def same_reasons(one: Sequence[Reason], other: Sequence[Reason]) -> bool:
    """Return whether codes and values are the same, numbers but for rounding."""
    return len(one) == len(other) and all(
        a.code == b.code and a.values.keys() == b.values.keys() and all(is_same(a.values[k], b.values[k]) for k in a.values)
        for a, b in zip(one, other, strict=True)
    )


def compare_gated(told: PartVerdict, again: PartVerdict, gate: Reason | None) -> Iterator[Difference]:
    """Yield what a part without numbers says otherwise than its gate, ``None`` where only the data can tell."""
    if gate is not None and told.evidence is not None:
        yield "numbers of the part", "present", f"none, for it is not tested ({gate.code})"
    if gate is None and [reason.code for reason in told.reasons if reason.code in _OF_THE_DATA] == []:
        yield "reason of the part", ", ".join(r.code for r in told.reasons) or "none", "a gate, for it has no numbers"
    yield from compare(told, again)


def compare(told: PartVerdict, again: PartVerdict) -> Iterator[Difference]:
    """Yield the differences in verdict, reasons and flags."""
    if told.verdict != again.verdict:
        yield "verdict", told.verdict, again.verdict
    elif not same_reasons(told.reasons, again.reasons):
        yield "reasons", _said(told.reasons), _said(again.reasons)
    if set(told.flags) != set(again.flags):
        yield "flags", ", ".join(told.flags) or "none", ", ".join(again.flags) or "none"


def compare_numbers(told: Evidence, again: Evidence) -> Iterator[Difference]:
    """Yield the differences in numbers that follow from others."""
    for name in ("measured_as", "p", "q", "floor", "sign_share", "p10_share"):
        one, other = getattr(told, name), getattr(again, name)
        if not is_same(one, other):
            yield name, _shown(one), _shown(other)
    for rival, now in zip(told.rivals, again.rivals, strict=True):
        if rival.explains != now.explains:
            yield f"whether {rival.rival} explains the effect", _shown(rival.explains), _shown(now.explains)


def compare_effect(told: Evidence, facts: DesignFacts) -> Iterator[Difference]:
    """Yield where theta is neither the middle of its intervals, nor the difference of its donors if the model is no more."""
    for low, high, level in ((told.low90, told.high90, 90), (told.low95, told.high95, 95)):
        if not is_same((low + high) / 2, told.theta):
            yield f"middle of the {level} % interval", _shown((low + high) / 2), _shown(told.theta)
    plain = _plain_difference(told, facts)
    if plain is not None and not is_same(abs(told.theta), abs(plain)):
        yield "size of theta", _shown(abs(told.theta)), f"{_shown(abs(plain))}, from the values of donors"


def values_by_arm(told: Evidence) -> Mapping[str, Mapping[str, float]]:
    """Return the donor values of each arm."""
    arms: dict[str, dict[str, float]] = {}
    for value in told.donor_values:
        arms.setdefault(value.arm, {})[value.donor_id] = value.value
    return arms


def _plain_difference(told: Evidence, facts: DesignFacts) -> float | None:
    """Return the effect by hand where the model is a mean difference; None where other factors stand in it."""
    arms = values_by_arm(told)
    if len(arms) != 2:
        return None
    one, other = arms.values()
    if facts.is_paired and set(facts.nuisance) == {Obs.DONOR}:
        both = [one[donor] - other[donor] for donor in one if donor in other]
        return math.fsum(both) / len(both) if both else None
    if not facts.is_paired and not facts.nuisance:
        return math.fsum(one.values()) / len(one) - math.fsum(other.values()) / len(other)
    return None


def is_same(one: object, other: object) -> bool:
    """Return whether two values are the same, numbers but for rounding."""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return one == other


def _said(reasons: Sequence[Reason]) -> str:
    return ", ".join([r.code + "".join(f" {k}={_shown(v)}" for k, v in r.values.items()) for r in reasons]) or "none"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, (int, float)) else "none" if value is None else str(value)
