"""Donor-level dots: one row a donor, its vehicle and its treated value, and the difference where both are there."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scvalid.contracts.verdicts import DonorValue
from scvalid.reporting.compute.scale import Scale, rounded_up

LABEL_END, AXIS_END = 92, 270
TOP, ROW = 26, 22
SHOWN_CHARACTERS = 14


@dataclass(frozen=True)
class DonorRow:
    """One donor: values and places; None where the arm has no profile of this donor."""

    donor: str
    label: str
    y: int
    vehicle: float | None
    treated: float | None
    vehicle_x: float | None
    treated_x: float | None

    @property
    def difference(self) -> float | None:
        """Treated minus vehicle, if the donor has both."""
        return None if self.vehicle is None or self.treated is None else self.treated - self.vehicle


@dataclass(frozen=True)
class DonorFigure:
    """The rows of the figure, its height, and the two ends of its axis."""

    rows: tuple[DonorRow, ...]
    height: int
    scale: Scale

    @property
    def axis_y(self) -> int:
        """Where the axis runs, below the last row."""
        return self.height - 24

    @property
    def n_higher(self) -> int:
        """Donors whose treated value is above their vehicle value."""
        return sum(row.difference is not None and row.difference > 0 for row in self.rows)

    @property
    def n_pairs(self) -> int:
        """Donors with both arms."""
        return sum(row.difference is not None for row in self.rows)


def donor_figure(values: Sequence[DonorValue], *, treated: str, vehicle: str) -> DonorFigure:
    """Lay out the donor-level dots of one read-out, donors in the order they first appear."""
    donors = list(dict.fromkeys(value.donor_id for value in values))
    found = {(value.donor_id, value.arm): value.value for value in values}
    scale = _scale([value.value for value in values])
    rows = tuple(
        _row(donor, TOP + ROW * i, found.get((donor, vehicle)), found.get((donor, treated)), scale)
        for i, donor in enumerate(donors)
    )
    return DonorFigure(rows, TOP + ROW * len(rows) + 26, scale)


def _row(donor: str, y: int, vehicle: float | None, treated: float | None, scale: Scale) -> DonorRow:
    label = donor if len(donor) <= SHOWN_CHARACTERS else donor[: SHOWN_CHARACTERS - 1] + "…"
    places = [None if value is None else scale.at(value) for value in (vehicle, treated)]
    return DonorRow(donor, label, y, vehicle, treated, places[0], places[1])


def _scale(values: Sequence[float]) -> Scale:
    low, high = min(values, default=0.0), max(values, default=1.0)
    # a flat read-out still needs an axis with a length
    step = rounded_up((high - low) / 4) or 0.5
    ends = math.floor(low / step) * step, (math.floor(high / step) + 1) * step
    return Scale(*ends, LABEL_END + 8, AXIS_END)
