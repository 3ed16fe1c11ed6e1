"""What the run found of its own error rates: planted effects beside what was found of them, and the split of an effect."""

from dataclasses import dataclass

import pandas as pd

from scvalid.contracts.readouts import Readout
from scvalid.contracts.verdicts import RunControls
from scvalid.keys import Control, Effect, Kind
from scvalid.reporting.compute.scale import Scale, rounded_up

RECOVERY_WIDTH, LABEL, ROW = 340, 74, 26


@dataclass(frozen=True)
class RecoveryRow:
    """One planted effect: its place and that of what was found of it."""

    planted: float
    found: float
    y: int
    planted_x: float
    found_x: float


@dataclass(frozen=True)
class RecoveryFigure:
    """The rows, and the axis they share."""

    rows: tuple[RecoveryRow, ...]
    scale: Scale

    @property
    def axis_y(self) -> int:
        """Where the axis runs, below the last row."""
        return 12 + ROW * len(self.rows)


def recovery_figure(controls: RunControls | None) -> RecoveryFigure | None:
    """Place planted and found effects; None if nothing was planted."""
    points = controls.recovery if controls else ()
    if not points:
        return None
    values = [value for point in points for value in (point.planted, point.found)]
    low = -rounded_up(-min(values)) if min(values) < 0 else 0.0
    scale = Scale(low, rounded_up(max(values)) or 1.0, LABEL, RECOVERY_WIDTH - 16)
    rows = tuple(
        RecoveryRow(point.planted, point.found, 18 + ROW * i, scale.at(point.planted), scale.at(point.found))
        for i, point in enumerate(sorted(points, key=lambda point: point.planted))
    )
    return RecoveryFigure(rows, scale)


@dataclass(frozen=True)
class Share:
    """One component of an effect with its 95 % interval, where it has one."""

    name: str
    theta: float | None
    low95: float | None
    high95: float | None


@dataclass(frozen=True)
class Composition:
    """The effect on all cells, split into change within states and change of their shares."""

    n_states: int
    shares: tuple[Share, ...]


def composition_of(table: pd.DataFrame | None, readout: Readout) -> Composition | None:
    """Return the split of a read-out's effect; None if it was not split."""
    if table is None or table.empty:
        return None
    kind = Kind.GENE if readout.type == "gene" else Kind.SET
    rows = table[(table[Effect.KIND] == kind) & (table[Effect.READOUT] == readout.id)]
    if rows.empty:
        return None
    row = {str(name): None if pd.isna(value) else value for name, value in rows.iloc[0].items()}
    return Composition(
        int(row[Control.N_STATES] or 0),
        (
            Share("all", row[Control.THETA_ALL], None, None),
            Share("within", row[Control.THETA_WITHIN], row[Control.LOW95_WITHIN], row[Control.HIGH95_WITHIN]),
            Share("between", row[Control.THETA_COMPOSITION], row[Control.LOW95_COMPOSITION], row[Control.HIGH95_COMPOSITION]),
        ),
    )
