"""Cell states: how many cells of each sample are in each, their markers, and which points the map draws."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scvalid.keys import Obs, State
from scvalid.reporting.compute.inputs import Inputs

NAME_SPACES_AROUND = 0.04


@dataclass(frozen=True)
class StateRow:
    """One state: its cells in all, its cells and share in each sample, its markers, the middle of its points."""

    name: str
    n_cells: int
    share: float
    n_by_sample: tuple[int, ...]
    share_by_sample: tuple[float, ...]
    markers: tuple[tuple[str, float, float, float], ...]
    """Gene, log2 fold change, share of cells inside and outside that detect it."""
    x: float
    y: float


@dataclass(frozen=True)
class Map:
    """The points that are drawn, in the order they are drawn, and the box that they are drawn in."""

    x: np.ndarray
    y: np.ndarray
    code: np.ndarray
    box: tuple[float, float, float, float]
    """Lowest and highest x, lowest and highest y."""
    n_cells: int

    def place(self, row: StateRow, *, width: float, height: float) -> tuple[float, float]:
        """Return where the middle of a state is in a drawing of this size."""
        left, right, bottom, top = self.box
        return round((row.x - left) / (right - left) * width, 1), round((top - row.y) / (top - bottom) * height, 1)


def samples_of(inputs: Inputs) -> tuple[str, ...]:
    """Return the samples in the order of the sample sheet, then any other in order of first appearance."""
    told = [sample.sample_id for sample in inputs.submitted.samples]
    return tuple(dict.fromkeys([*told, *inputs.states[Obs.SAMPLE].astype(str)]))


def state_rows(inputs: Inputs, *, markers_per_state: int) -> tuple[StateRow, ...]:
    """Return the states, the one with most cells first (ties by name)."""
    table, samples = inputs.states, samples_of(inputs)
    names = table[State.STATE].astype(str)
    n_cells = names.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    by_sample = pd.crosstab(names, table[Obs.SAMPLE].astype(str)).reindex(columns=list(samples), fill_value=0)
    totals = by_sample.sum().to_numpy()
    middle = table[[State.X, State.Y]].groupby(names.to_numpy()).median()
    rows = []
    for name, n in n_cells.items():
        counts = by_sample.loc[name].to_numpy()
        shares = np.divide(counts, totals, out=np.full(len(totals), np.nan), where=totals > 0)
        x, y = middle.loc[name]
        markers = _markers(inputs.markers, str(name), markers_per_state)
        n_by_sample = tuple(int(c) for c in counts)
        rows.append(StateRow(str(name), int(n), n / len(table), n_by_sample, tuple(map(float, shares)), markers, x, y))
    return tuple(rows)


def draw_order(inputs: Inputs, rows: tuple[StateRow, ...], *, max_points: int) -> Map:
    """Choose and order the points of the map at random, so that no sample or state lies on top of the others."""
    table = inputs.states
    rng = np.random.default_rng(inputs.submitted.seed)
    chosen = rng.permutation(len(table))[:max_points]
    names = {row.name: i for i, row in enumerate(rows)}
    code = table[State.STATE].astype(str).map(names).to_numpy()[chosen]
    x, y = (table[axis].to_numpy(dtype=float) for axis in (State.X, State.Y))
    return Map(x[chosen], y[chosen], code, (*_ends(x), *_ends(y)), len(table))


def _ends(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = NAME_SPACES_AROUND * ((high - low) or 1.0)
    return low - margin, high + margin


def _markers(table: pd.DataFrame, state: str, n: int) -> tuple[tuple[str, float, float, float], ...]:
    own = table[table[State.STATE].astype(str) == state].sort_values(State.RANK, kind="stable").head(n)
    columns = [own[c] for c in (State.GENE, State.LOG2_FOLD, State.SHARE_IN, State.SHARE_OUT)]
    return tuple((str(g), float(f), float(i), float(o)) for g, f, i, o in zip(*columns, strict=True))
