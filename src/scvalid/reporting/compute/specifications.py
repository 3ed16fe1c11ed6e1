"""The specification strip: one mark for each other analysis of the same effect, by sign and p."""

import math
from dataclasses import dataclass

from scvalid.contracts.verdicts import Evidence

COUNTED_BELOW = 0.10
"""A specification counts if its test can reach a p value below this; the mark of the strip is drawn here."""
LEFT, STEP, MIDDLE, REACH = 22, 24, 52, 42
"""Place of the first mark, distance of two, the line of no evidence, and the length of the smallest p shown."""
IN_SCORE_UNITS = frozenset({"fry", "camera", "ulm", "mlm", "zscore", "rank"})
"""Specifications whose effect is no log2 fold change but a difference of their own score."""
_DECADES = 4.0
_TICK = 5.0


@dataclass(frozen=True)
class Mark:
    """One specification: its numbers, and where its mark stands."""

    number: int
    name: str
    effect: float
    unit: str
    p: float
    smallest_p: float | None
    """None where no list of labellings bounds it."""
    counts: bool
    agrees: bool
    x: float
    y: float


@dataclass(frozen=True)
class SpecificationFigure:
    """The marks, how many count, and how many of those agree in sign, and in sign and p."""

    marks: tuple[Mark, ...]
    n: int
    n_sign: int
    n_p10: int

    @property
    def width(self) -> int:
        """Width of the drawing."""
        return 2 * LEFT + STEP * max(len(self.marks) - 1, 1)

    @property
    def lines(self) -> tuple[float, float]:
        """Where p = .10 stands above and below the middle."""
        away = _away(COUNTED_BELOW)
        return MIDDLE - away, MIDDLE + away


def specification_figure(evidence: Evidence) -> SpecificationFigure | None:
    """Place the specifications of one effect; None if there are none."""
    if not evidence.specifications:
        return None
    marks = []
    for i, row in enumerate(evidence.specifications):
        agrees = row.effect * evidence.theta > 0
        away = _away(row.p)
        marks.append(
            Mark(
                number=i + 1, name=row.name, effect=row.effect, p=row.p,
                unit="score" if row.name in IN_SCORE_UNITS else "log2", smallest_p=row.smallest_p or None,
                counts=row.smallest_p < COUNTED_BELOW, agrees=agrees, x=LEFT + STEP * i,
                y=round(MIDDLE - away if agrees else MIDDLE + away, 1),
            )
        )  # fmt: skip
    counting = [mark for mark in marks if mark.counts]
    in_sign = [mark for mark in counting if mark.agrees]
    return SpecificationFigure(tuple(marks), len(counting), len(in_sign), sum(mark.p < COUNTED_BELOW for mark in in_sign))


def _away(p: float) -> float:
    """Return how far a mark stands from the middle: by the decades of p, four of them at most, never on the line itself."""
    decades = _DECADES if p <= 0 else min(-math.log10(p), _DECADES)
    return round(_TICK + decades / _DECADES * (REACH - _TICK), 1)
