"""From effects to places on the page: one linear scale, one bar of a forest plot."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from scvalid.contracts.verdicts import Evidence

WIDEST_IN_DELTAS = 12
"""An axis never spans more thresholds to a side than this: a very large one is cut, with an arrow, and shrinks no other."""
_NICE = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_NOISE = 1e-9
_MARGIN = 8


@dataclass(frozen=True)
class Scale:
    """A linear scale from ``low..high`` to ``left..right`` units of a drawing."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """Return the place of a value, kept within the axis, to a tenth of a unit."""
        kept = min(max(value, self.low), self.high)
        share = (kept - self.low) / (self.high - self.low)
        return round(self.left + share * (self.right - self.left), 1)

    @property
    def ticks(self) -> tuple[tuple[float, float], ...]:
        """Values and places of five ticks from end to end."""
        step = (self.high - self.low) / 4
        values = (self.low + i * step for i in range(5))
        return tuple((value, self.at(value)) for value in values)


@dataclass(frozen=True)
class Bar:
    """One estimate with its interval, in units of the drawing."""

    x: float
    low: float
    high: float
    inner_low: float
    inner_high: float
    zero: float
    band_low: float
    band_high: float
    is_cut_low: bool
    is_cut_high: bool


def effect_scale(values: Iterable[float], *, delta: float, left: float, right: float) -> Scale:
    """Return a scale symmetric about no effect that holds the values.

    Parameters
    ----------
    values
        Effects and bounds of intervals, log2.
    delta
        Smallest effect of interest, log2; the axis shows at least two of it and at most ``WIDEST_IN_DELTAS``.
    left, right
        Ends of the axis in units of the drawing.
    """
    widest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    limit = min(max(rounded_up(widest), 2 * delta), WIDEST_IN_DELTAS * delta)
    return Scale(-limit, limit, left + _MARGIN, right - _MARGIN)


def forest_bar(scale: Scale, evidence: Evidence, *, delta: float) -> Bar:
    """Place one estimate, its 95 % and 90 % interval and the band of effects too small to matter."""
    return Bar(
        x=scale.at(evidence.theta),
        low=scale.at(evidence.low95),
        high=scale.at(evidence.high95),
        inner_low=scale.at(evidence.low90),
        inner_high=scale.at(evidence.high90),
        zero=scale.at(0),
        band_low=scale.at(-delta),
        band_high=scale.at(delta),
        is_cut_low=evidence.low95 < scale.low,
        is_cut_high=evidence.high95 > scale.high,
    )


def bounds(evidences: Iterable[Evidence]) -> list[float]:
    """Return every bound that an axis for these estimates must hold."""
    return [bound for e in evidences for bound in (e.low95, e.high95, e.lodo_low, e.lodo_high)]


def rounded_up(value: float) -> float:
    """Return the next number at or above ``value`` that is easy to read on an axis; 0 for what is only rounding error."""
    if value < _NOISE:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(round(nice * power, 12) for nice in _NICE if nice * power >= value * (1 - 1e-9))
