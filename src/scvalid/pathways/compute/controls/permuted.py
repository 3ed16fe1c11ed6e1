"""What the rule needs of every claimed read-out under other labellings than the true one."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.keys import Control, Effect
from scvalid.pathways.compute.analysis import Analysis, Compared
from scvalid.pathways.compute.controls.labellings import Labellings
from scvalid.pathways.compute.controls.random_sets import Pools
from scvalid.pathways.compute.controls.under_labels import POSSIBLE_P, Readouts, readouts_of, test_readouts
from scvalid.pathways.compute.leave_out import leave_one_out_columns
from scvalid.pathways.compute.matched_sets import FIRST_BATCH, generator_for
from scvalid.pathways.compute.robustness.layer import Layer, Layers
from scvalid.pathways.compute.testing import fit_genes
from scvalid.stats.robustness import agreement

Floats = NDArray[np.float64]
Columns = dict[str, Floats]
EVEN: Final = (Effect.P_DONOR, Control.P, Effect.MATCHED_SD, Control.SIGN_SHARE, Control.P10_SHARE)
"""Numbers that the mirror of a labelling has too."""
RANGES: Final = ((Effect.LODO_LOW, Effect.LODO_HIGH), (Effect.LOW90, Effect.HIGH90))
"""Ends of ranges, which the mirror has exchanged and with the other sign."""


def permuted_table(compared: Compared, layers: Layers, analysis: Analysis, labellings: Labellings) -> pd.DataFrame:
    """Return one row for each labelling and claimed read-out: effect, p values, and the rest where a verdict is possible.

    ``p`` is the larger of the p values between donors and of matched sets. Where the first is above .2, or the effect below
    the SD of the matched null, no verdict can be decisive: there p is the p value between donors, which can only make others
    of its family look better, and what costs time is missing.

    Parameters
    ----------
    compared
        The state.
    layers
        Its robustness specifications, prepared.
    analysis
        The claimed read-outs, the seed and the number of matched sets.
    labellings
        The labellings; the rows of their mirrors follow from theirs.
    """
    readouts = readouts_of(compared, analysis.claimed)
    if not readouts.names or labellings.n == 0:
        return pd.DataFrame()
    columns = test_readouts(compared.measured, labellings, readouts)
    columns |= _matched(columns, compared, labellings, readouts, analysis)
    columns |= _varied(columns, compared, labellings, layers, readouts)
    return _long(columns, readouts, labellings)


def _matched(columns: Columns, compared: Compared, labellings: Labellings, readouts: Readouts, analysis: Analysis) -> Columns:
    """Return p and the SD of the matched null; a gene has no matched sets."""
    pools, measured = pools_of(compared, labellings.contrasts), compared.measured
    sd = np.full(columns[Effect.THETA].shape, np.nan)
    sd[:, : readouts.sets.size] = pools.sd(measured.squared[readouts.sets]).T
    p = columns[Effect.P_DONOR].copy()
    # the same number whatever is claimed, so that no claim changes another one's p
    most = min(analysis.settings.n_matched_sets, FIRST_BATCH)
    for k, row in enumerate(readouts.sets):
        at = np.flatnonzero((p[:, k] <= POSSIBLE_P) & (np.abs(columns[Effect.THETA][:, k]) >= sd[:, k]))
        rng = generator_for(analysis.seed, compared.state, "permuted", str(measured.names[row]))
        found = pools.p(columns[Effect.THETA][at, k], measured.sets.weights[row], at, most=most, rng=rng)
        p[at, k] = np.maximum(p[at, k], found)
    return {Control.P: p, Effect.MATCHED_SD: sd}


def pools_of(compared: Compared, contrasts: Floats) -> Pools:
    """Return what random sets are drawn from; the rows of ``contrasts`` are the weights of profiles in an effect."""
    expression = compared.measured.expression
    return Pools(expression.relative @ contrasts.T, expression.bins, expression.genes)


def _varied(columns: Columns, compared: Compared, labellings: Labellings, layers: Layers, readouts: Readouts) -> Columns:
    """Return the effects without one donor and the shares of the specifications, where a verdict is still possible."""
    names = (Effect.LODO_LOW, Effect.LODO_HIGH, Control.SIGN_SHARE, Control.P10_SHARE)
    found = {name: np.full(columns[Effect.THETA].shape, np.nan) for name in names}
    y = np.concatenate([compared.measured.scores[readouts.sets], compared.measured.expression.log_cpm[readouts.genes]])
    is_large = ~(np.abs(columns[Effect.THETA]) < columns[Effect.MATCHED_SD])
    is_possible = (columns[Control.P] <= POSSIBLE_P) & is_large
    for i, model in enumerate(labellings.models):
        at = np.flatnonzero(is_possible[i])
        if at.size == 0:
            continue
        left_out = leave_one_out_columns(y[at], model.x, model.donors)
        found[Effect.LODO_LOW][i, at], found[Effect.LODO_HIGH][i, at] = left_out[Effect.LODO_LOW], left_out[Effect.LODO_HIGH]
        genes = fit_genes(compared.measured, model)
        for of_kind, layer, rows in _by_kind(at, layers, readouts):
            shares = agreement(columns[Effect.THETA][i, of_kind], *layer.evaluate(model, rows, genes=genes))
            found[Control.SIGN_SHARE][i, of_kind], found[Control.P10_SHARE][i, of_kind] = shares[:2]
    return found


def _by_kind(
    at: NDArray[np.intp], layers: Layers, readouts: Readouts
) -> Iterator[tuple[NDArray[np.intp], Layer, NDArray[np.intp]]]:
    """Return the read-outs of each kind that are among the wanted ones, their layer, and their rows in it."""
    is_set = at < readouts.sets.size
    for layer, own, rows in ((layers.sets, at[is_set], readouts.sets), (layers.genes, at[~is_set], readouts.genes)):
        if own.size:
            yield own, layer, rows[own - (0 if layer is layers.sets else readouts.sets.size)]


def _long(columns: Columns, readouts: Readouts, labellings: Labellings) -> pd.DataFrame:
    """Return the rows of all labellings, each followed by its mirror."""
    numbers = np.arange(1, labellings.n + 1)
    tables = [_rows(columns, readouts, numbers)]
    if labellings.has_mirrors:
        mirrored = {name: columns[name] for name in EVEN} | {Effect.THETA: -columns[Effect.THETA]}
        for low, high in RANGES:
            mirrored |= {low: -columns[high], high: -columns[low]}
        tables.append(_rows(mirrored, readouts, -numbers))
    return pd.concat(tables, ignore_index=True)


def _rows(columns: Columns, readouts: Readouts, numbers: NDArray[np.intp]) -> pd.DataFrame:
    kinds, ids = (np.array(words, dtype=object) for words in zip(*readouts.names, strict=True))
    return pd.DataFrame(
        {
            Control.PERMUTATION: np.repeat(numbers, ids.size),
            Effect.KIND: np.tile(kinds, numbers.size),
            Effect.READOUT: np.tile(ids, numbers.size),
            **{name: values.ravel() for name, values in columns.items()},
        }
    )
