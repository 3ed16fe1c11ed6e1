"""Effects of treatment on the sets of one comparison, with intervals and matched random sets."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.keys import Effect
from scvalid.pathways.compute.leave_out import leave_one_out_columns
from scvalid.pathways.compute.matched_sets import generator_for, matched_p, null_of
from scvalid.pathways.compute.testing import GeneFit, Measured, Model, SetTests, intervals, test_sets
from scvalid.pathways.compute.testing.sets import detectable_effects

Floats = NDArray[np.float64]
Column = NDArray[np.generic]


def set_effects(
    measured: Measured, model: Model, *, genes: GeneFit, n_matched_sets: int, seed: int, state: str
) -> pd.DataFrame:
    """Return the table of effects, one row a set; gated sets stand in it without numbers.

    Parameters
    ----------
    measured, model
        Profiles and their labelling.
    genes
        The fit of all genes under it.
    n_matched_sets
        Most random sets that a p value is taken from.
    seed, state
        What random sets depend on, besides the set's name.
    """
    table = measured.coverage.reset_index(names=Effect.READOUT)
    if measured.names.size == 0:
        return table
    columns = _tested(test_sets(measured, model, genes=genes))
    columns |= leave_one_out_columns(measured.scores, model.x, model.donors)
    columns |= _matched(measured, model, columns[Effect.THETA].astype(float), most=n_matched_sets, seed=seed, state=state)
    found = pd.DataFrame(columns, index=measured.sets.coverage.index)
    return table.join(found, on=Effect.READOUT)


def _tested(tests: SetTests) -> dict[str, Column]:
    half90, half95 = (intervals(tests, level=level) for level in (0.9, 0.95))
    return {
        **interval_columns(tests.fit.effect, half90, half95),
        Effect.SE: tests.se,
        Effect.DF: np.full(tests.se.size, float(tests.df)),
        Effect.P_DONOR: tests.p_donor,
        Effect.P_PLAIN: tests.p_plain,
        Effect.RHO: tests.rho,
        Effect.IS_FALLBACK: tests.is_fallback,
        Effect.MDE: detectable_effects(tests, half95=half95),
    }


def _matched(measured: Measured, model: Model, effects: Floats, *, most: int, seed: int, state: str) -> dict[str, Column]:
    null = null_of(measured, model)
    p = [
        matched_p(effect, weights, null, most=most, rng=generator_for(seed, state, name))
        for effect, weights, name in zip(effects, measured.sets.weights, measured.names, strict=True)
    ]
    return {Effect.P_MATCHED: np.array(p), Effect.MATCHED_SD: null.sd(measured.squared)}


def interval_columns(effect: Floats, half90: Floats, half95: Floats) -> dict[str, Column]:
    """Return effect and interval ends under their column names."""
    return {
        Effect.THETA: effect,
        Effect.LOW90: effect - half90,
        Effect.HIGH90: effect + half90,
        Effect.LOW95: effect - half95,
        Effect.HIGH95: effect + half95,
    }
