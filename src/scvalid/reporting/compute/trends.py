"""Trends over doses and times, as rows of a table."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd
from pydantic import TypeAdapter

from scvalid.keys import Control, Effect
from scvalid.reporting.compute.inputs import Inputs

_LEVELS: TypeAdapter[tuple[tuple[float, float], ...]] = TypeAdapter(tuple[tuple[float, float], ...])


@dataclass(frozen=True)
class TrendRow:
    """The slope of one read-out along one series."""

    series: str
    kind: str
    readout: str
    is_claimed: bool
    slope: float
    low95: float | None
    high95: float | None
    p_donor: float
    p_plain: float | None
    is_monotone: bool
    levels: tuple[tuple[float, float], ...]
    """Level, and mean effect against the first level."""


def trends_of(table: pd.DataFrame | None, *, claimed: Collection[str] = ()) -> tuple[TrendRow, ...]:
    """Return the rows, series by series, claimed read-outs before the others, those with the smallest p first."""
    if table is None or table.empty:
        return ()
    marked = table.assign(is_other=~table[Effect.READOUT].isin(list(claimed)))
    ordered = marked.sort_values([Control.SERIES, "is_other", Effect.P_DONOR, Effect.READOUT], kind="stable")
    return tuple(
        TrendRow(
            series=row[Control.SERIES],
            kind=row[Control.SERIES_KIND],
            readout=row[Effect.READOUT],
            is_claimed=not row["is_other"],
            slope=row[Control.SLOPE],
            low95=None if pd.isna(row[Effect.LOW95]) else row[Effect.LOW95],
            high95=None if pd.isna(row[Effect.HIGH95]) else row[Effect.HIGH95],
            p_donor=row[Effect.P_DONOR],
            p_plain=None if pd.isna(row[Effect.P_PLAIN]) else row[Effect.P_PLAIN],
            is_monotone=bool(row[Control.IS_MONOTONE]),
            levels=_LEVELS.validate_json(row[Control.LEVELS]),
        )
        for row in ordered.to_dict("records")
    )


def claimed_readouts(inputs: Inputs) -> frozenset[str]:
    """Return the ids of every read-out that a claim of the headline or of a contrast names."""
    claims = [*inputs.all_msc.claims, *(claim for file in inputs.contrasts for claim in file.claims)]
    return frozenset(part.readout.id for verdict in claims for part in verdict.claim.parts)


def untested_series(inputs: Inputs) -> tuple[str, ...]:
    """Return the series of the design that have no row: their samples allow no test of a trend."""
    tested = set() if inputs.trends is None else set(inputs.trends[Control.SERIES])
    return tuple(series.name for series in inputs.submitted.design.series if series.name not in tested)
