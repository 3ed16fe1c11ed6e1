"""Further contrasts: the verdicts of each as rows of a table, and what must hold in several of them."""

from dataclasses import dataclass

from scvalid.contracts.verdicts import BeyondFile
from scvalid.reporting.compute.cards import Row, forest, rows_of
from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.scale import Scale


@dataclass(frozen=True)
class ContrastTable:
    """One contrast: its arms, the rows of its claims on one scale, and the verdicts beyond it, if any are asked for."""

    name: str
    treated: str
    vehicle: str
    scale: Scale
    rows: tuple[Row, ...]
    beyond: BeyondFile | None


def contrasts_of(inputs: Inputs) -> tuple[ContrastTable, ...]:
    """Return the further contrasts in the order in which they were run."""
    arms = {contrast.name: contrast for contrast in inputs.submitted.design.contrasts}
    beyond = {file.contrast: file for file in inputs.beyond}
    tables = []
    for file in inputs.contrasts:
        name, scale = file.contrast or "", forest(file.claims)
        contrast = arms.get(name)
        tables.append(
            ContrastTable(
                name=name,
                treated=contrast.treated if contrast else "",
                vehicle=contrast.vehicle if contrast else "",
                scale=scale,
                rows=tuple(Row(row.verdict, row.primary, row.bar) for row in rows_of(inputs, file.claims, scale)),
                beyond=beyond.get(name),
            )
        )
    return tuple(tables)
