"""A known effect planted under other labels and found again: whether the run sees what it says that it could see."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from scvalid.keys import Control, Effect
from scvalid.pathways.compute.analysis import Analysis, Compared
from scvalid.pathways.compute.controls.labellings import Labellings
from scvalid.pathways.compute.controls.no_effect import null_transform, transformed
from scvalid.pathways.compute.controls.permuted import pools_of
from scvalid.pathways.compute.controls.random_sets import FEW
from scvalid.pathways.compute.controls.thinning import prepare
from scvalid.pathways.compute.controls.under_labels import Readouts, readouts_of
from scvalid.pathways.compute.matched_sets import generator_for
from scvalid.pathways.compute.testing import GeneFit, Measured, Model, fit_genes, intervals, test_genes, test_sets

Floats = NDArray[np.float64]
EFFECTS: Final = (0.25, 0.5)
"""What is planted, log2."""
MOST: Final = 20
LEVEL: Final = 0.05


@dataclass(frozen=True)
class _Tested:
    """Tests of the read-outs under one labelling."""

    theta: Floats
    p: Floats
    se: Floats
    half95: Floats


def recovery_table(compared: Compared, analysis: Analysis, labellings: Labellings) -> pd.DataFrame:
    """Return for each claimed read-out and planted effect what was found of it under other labels than the true ones.

    A real effect would be noise under other labels, so it is taken out of every gene first, and what its sampling error took
    with it is put back (``no_effect.null_transform``). Before and after then differ in the thinning alone: bins, library sizes
    and the prior of gene variances stay. Found is the median over labellings of the effect after less the effect before;
    detected is the share of labellings with the right sign and both p values, between donors and of matched sets, at most .05;
    expected is the mean over labellings of ``Phi((planted - half95) / se)``, with half the width of the 95 % interval before,
    and the root mean square of se.

    Labellings of the same donors are no new experiments: all rest on the same residuals, of df dimensions. Three pairs
    have three labellings and their mirrors, so that the share of one read-out moves in steps of 1/6 and holds for these
    residuals; read it over all read-outs, and beside what is expected, which rests on the same ones.

    Parameters
    ----------
    compared, analysis
        The state, the claimed read-outs, and the seed.
    labellings
        Other labellings; up to 20 of them and their mirrors are used.
    """
    readouts = readouts_of(compared, analysis.claimed)
    if not readouts.names or labellings.n == 0:
        return pd.DataFrame()
    used = labellings.some(
        MOST // 2 if labellings.has_mirrors else MOST, generator_for(analysis.seed, compared.state, "recovery")
    ).with_mirrors()
    rng = generator_for(analysis.seed, compared.state, "no effect")
    nulls = [null_transform(compared.model, rng) for _ in range(used.n)]
    before, after = _tested(compared, readouts, used, nulls, analysis)
    tables = []
    for effect in EFFECTS:
        p_matched = _matched(compared, after[effect], _null_contrasts(used, nulls), readouts, analysis)
        tables.append(_named(_summarised(effect, before, after[effect], p_matched), readouts))
    return pd.concat(tables, ignore_index=True)


def _tested(
    compared: Compared, readouts: Readouts, used: Labellings, nulls: list[Floats], analysis: Analysis
) -> tuple[list[_Tested], dict[float, list[_Tested]]]:
    """Return the tests under each labelling before anything is planted, and after by planted effect."""
    planted, before = prepare(compared, readouts), []
    after: dict[float, list[_Tested]] = {effect: [] for effect in EFFECTS}
    # a generator for each read-out, so that no other claim changes its numbers
    rngs = {
        effect: [generator_for(analysis.seed, compared.state, "thinned", str(effect), *name) for name in readouts.names]
        for effect in EFFECTS
    }
    for model, is_treated, null in zip(used.models, used.is_treated, nulls, strict=True):
        measured = transformed(compared.measured, null)
        fitted = fit_genes(measured, model)
        before.append(_test(measured, model, fitted, (readouts.sets, readouts.genes)))
        room = replace(planted, measured=transformed(planted.measured, null))
        for effect in EFFECTS:
            change = planted.targets.thinned(is_treated, effect, rngs[effect])
            thinned, genes = room.plant(change, model, fitted)
            after[effect].append(_test(thinned, model, genes, room.rows))
    return before, after


def _test(measured: Measured, model: Model, genes: GeneFit, rows: tuple[NDArray[np.intp], NDArray[np.intp]]) -> _Tested:
    of_sets, of_genes = test_sets(measured, model, genes=genes), test_genes(measured, model, rows[1], genes=genes)
    half95 = stats.t.isf(0.025, of_genes.df) * of_genes.se
    return _Tested(
        np.concatenate([of_sets.fit.effect[rows[0]], of_genes.fit.effect]),
        np.concatenate([of_sets.p_donor[rows[0]], of_genes.p_donor]),
        np.concatenate([of_sets.se[rows[0]], of_genes.se]),
        np.concatenate([intervals(of_sets, level=0.95)[rows[0]], half95]),
    )


def _null_contrasts(used: Labellings, nulls: list[Floats]) -> Floats:
    """Return labellings x profiles: what the effect under each is a weighted sum of, in the profiles as they were measured."""
    return np.array([null @ contrast for null, contrast in zip(nulls, used.contrasts, strict=True)])


def _matched(compared: Compared, after: list[_Tested], contrasts: Floats, readouts: Readouts, analysis: Analysis) -> Floats:
    """Return the matched p values, labellings x read-outs; 0 for genes, and where the p value between donors is too large."""
    theta, p = np.array([tested.theta for tested in after]), np.array([tested.p for tested in after])
    found, pools = np.zeros(p.shape), pools_of(compared, contrasts)
    for k, row in enumerate(readouts.sets):
        at = np.flatnonzero((p[:, k] <= LEVEL) & (theta[:, k] > 0))
        rng = generator_for(analysis.seed, compared.state, "recovery", str(compared.measured.names[row]))
        found[at, k] = pools.p(theta[at, k], compared.measured.sets.weights[row], at, most=FEW, rng=rng)
    return found


def _summarised(effect: float, before: list[_Tested], after: list[_Tested], p_matched: Floats) -> dict[str, Floats]:
    theta, p = np.array([tested.theta for tested in after]), np.array([tested.p for tested in after])
    gained = theta - np.array([tested.theta for tested in before])
    se = np.sqrt(np.mean([tested.se**2 for tested in before], axis=0))
    half95 = np.array([tested.half95 for tested in before])
    return {
        Control.PLANTED: np.full(theta.shape[1], effect),
        Control.N: np.full(theta.shape[1], float(theta.shape[0])),
        Control.FOUND: np.median(gained, axis=0),
        Control.DETECTED: ((np.maximum(p, p_matched) <= LEVEL) & (theta > 0)).mean(axis=0),
        Control.EXPECTED: stats.norm.sf((half95 - effect) / np.maximum(se, np.finfo(float).tiny)).mean(axis=0),
    }


def _named(columns: dict[str, Floats], readouts: Readouts) -> pd.DataFrame:
    kinds, ids = (np.array(words, dtype=object) for words in zip(*readouts.names, strict=True))
    return pd.DataFrame({Effect.KIND: kinds, Effect.READOUT: ids, **columns})
