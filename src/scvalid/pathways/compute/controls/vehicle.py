"""Vehicle donors against vehicle donors: tests whose null is true whatever the treatment does."""

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.contracts.verdicts import MIN_SPLIT
from scvalid.keys import Control, Effect, Kind, Obs
from scvalid.pathways.compute.analysis import Analysis, Compared
from scvalid.pathways.compute.matched_sets import generator_for
from scvalid.pathways.compute.testing import Measured, Model, measure, test_sets
from scvalid.stats.design import build_design, shared_levels

Flags = NDArray[np.bool_]
MOST: Final = 200
_MOST_LISTED: Final = 20_000


def vehicle_splits(compared: Compared, analysis: Analysis) -> pd.DataFrame:
    """Return p values of every panel set for splits of the vehicle donors in two halves, unpaired.

    The profiles of the vehicle arm are filtered, normalised and scored alone. Batches stand in the model where the donors of
    the arm share them; splits that these alias or leave no degree of freedom are left out. All splits are used, or 200 at
    random; with fewer than four vehicle donors there are none.
    """
    rows = np.flatnonzero(~compared.is_treated)
    obs = compared.chosen.obs.iloc[rows]
    donors = obs[Obs.DONOR].astype(str).tolist()
    names = sorted(set(donors))
    if len(names) < 2 * MIN_SPLIT:
        return pd.DataFrame()
    measured = measure(compared.counts[rows], compared.genes, analysis.sets, analysis.settings)
    panel = np.flatnonzero(measured.in_panel)
    if panel.size == 0:
        return pd.DataFrame()
    batches = obs[Obs.BATCH].astype(str).tolist()
    tables = []
    for number, half in enumerate(_halves(names, generator_for(analysis.seed, compared.state, "vehicle splits")), start=1):
        model = _model(np.isin(donors, half), donors, batches, compared.model.primary_test)
        if model is not None:
            tables.append(_tested(measured, model, panel).assign(**{Control.PERMUTATION: number}))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def _tested(measured: Measured, model: Model, rows: NDArray[np.intp]) -> pd.DataFrame:
    tests = test_sets(measured, model)
    named = {Effect.KIND: Kind.SET, Effect.READOUT: measured.names[rows].astype(object)}
    return pd.DataFrame({**named, Effect.P_DONOR: tests.p_donor[rows], Effect.P_PLAIN: tests.p_plain[rows]})


def _halves(names: Sequence[str], rng: np.random.Generator) -> list[tuple[str, ...]]:
    """Return the smaller halves, of two that complement each other one."""
    size, is_even = len(names) // 2, len(names) % 2 == 0
    n = comb(len(names), size) // (2 if is_even else 1)
    if n > _MOST_LISTED:
        drawn = {_one_of_two(rng.choice(names, size, replace=False).tolist(), names) for _ in range(MOST)}
        return sorted(drawn)
    # of an even number the first donor stands for its half
    listed = [half for half in combinations(names, size) if not is_even or names[0] in half]
    return listed if n <= MOST else [listed[i] for i in sorted(rng.choice(n, MOST, replace=False))]


def _one_of_two(half: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Return the half, or its complement where that is as large and holds the first donor."""
    is_other = 2 * len(half) == len(names) and names[0] not in half
    return tuple(name for name in names if (name in half) != is_other)


def _model(is_first: Flags, donors: Sequence[str], batches: Sequence[str], primary_test: str) -> Model | None:
    levels = shared_levels(batches)
    design = build_design(is_first, {Obs.BATCH: levels} if len(set(levels)) > 1 else {})
    if not design.is_estimable or design.df < 1:
        return None
    return Model(design.x, tuple(donors), is_paired=False, primary_test=primary_test)
