"""The registered panel of sets: every set's effect between the arms, most up first, with its step in a heat strip."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from scvalid.keys import Effect
from scvalid.reporting.compute.scale import effect_scale

_STEPS = 4


@dataclass(frozen=True)
class PanelRow:
    """One set: its effect, or the code of the gate that stopped it."""

    set_id: str
    gate: str
    theta: float | None
    low95: float | None
    high95: float | None
    p_donor: float | None
    p_matched: float | None
    n_expressed: int
    n_set: int
    tone: str
    """Step of the heat strip, ``down4`` to ``up4``; empty where there is no effect."""


@dataclass(frozen=True)
class Panel:
    """The rows of the panel, and the effect at which the colours of the heat strip end."""

    rows: tuple[PanelRow, ...]
    limit: float

    @property
    def tested(self) -> tuple[PanelRow, ...]:
        """The rows that have an effect."""
        return tuple(row for row in self.rows if row.theta is not None)


def panel_of(set_effects: pd.DataFrame, *, delta: float) -> Panel:
    """Return the panel's sets in order of their effect (most up first); sets that no gate let through stand last."""
    table = set_effects[set_effects[Effect.IS_PANEL]]
    limit = effect_scale(table[Effect.THETA].tolist(), delta=delta, left=0, right=1).high
    ordered = table.sort_values([Effect.THETA, Effect.READOUT], ascending=[False, True], na_position="last", kind="stable")
    return Panel(tuple(_row(record, limit) for record in ordered.to_dict("records")), limit)


def tone_of(theta: float, limit: float) -> str:
    """Return the step of the heat strip for an effect: ``up1`` to ``up4``, or ``down1`` to ``down4``."""
    step = min(_STEPS, 1 + int(abs(theta) / limit * _STEPS))
    return f"{'up' if theta >= 0 else 'down'}{step}"


def _row(record: Mapping[Any, Any], limit: float) -> PanelRow:
    number = {key: None if pd.isna(value) else value for key, value in record.items()}
    theta = number[Effect.THETA]
    return PanelRow(
        set_id=str(record[Effect.READOUT]),
        gate=str(record[Effect.GATE]),
        theta=theta,
        low95=number[Effect.LOW95],
        high95=number[Effect.HIGH95],
        p_donor=number[Effect.P_DONOR],
        p_matched=number[Effect.P_MATCHED],
        n_expressed=int(number[Effect.N_EXPRESSED] or 0),
        n_set=int(number[Effect.N_SET] or 0),
        tone="" if theta is None else tone_of(theta, limit),
    )
