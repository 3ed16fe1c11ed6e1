"""Effects of treatment on the sets of one comparison, with intervals, controls and the second opinion."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from scvalid.keys import Effect
from scvalid.pathways.compute.expression import Expression
from scvalid.pathways.compute.gene_sets import ScoredSets
from scvalid.pathways.compute.leave_out import leave_one_out_columns
from scvalid.pathways.compute.matched_sets import GeneNull, matched_columns
from scvalid.stats.correlation_prior import (
    GUARD_SHARE_PAIRED,
    GUARD_SHARE_UNPAIRED,
    half_widths,
    p_values,
    posterior_of_correlation,
)
from scvalid.stats.linear_model import Fit, fit_rows, plain_t_p
from scvalid.stats.moderation import moderate_variances

Floats = NDArray[np.float64]
Column = NDArray[np.generic]
POWER = 0.8


@dataclass(frozen=True)
class Model:
    """The linear model of a comparison and how its sets are tested."""

    x: Floats
    donors: tuple[str, ...]
    is_paired: bool
    primary_test: str


def set_effects(
    expression: Expression, scored: ScoredSets, model: Model, *, n_matched_sets: int, seed: int, state: str
) -> tuple[pd.DataFrame, Floats]:
    """Return the table of effects (one row a set, gated sets without numbers) and the scores, sets x profiles."""
    usable = (scored.coverage[Effect.GATE] == "").to_numpy()
    table = scored.coverage.reset_index(names=Effect.READOUT)
    scores = scored.weights @ expression.relative
    if not usable.any():
        return table, scores
    fit = fit_rows(scores[usable], model.x)
    columns = _tested(fit, expression, scored, model, usable)
    columns |= leave_one_out_columns(scores[usable], model.x, model.donors)
    sets = pd.DataFrame(scored.weights[usable], index=scored.coverage.index[usable])
    columns |= matched_columns(fit.effect, sets, _gene_null(expression, model), n_sets=n_matched_sets, seed=seed, state=state)
    for name, values in columns.items():
        table.loc[usable, name] = values
    return table, scores


def _tested(fit: Fit, expression: Expression, scored: ScoredSets, model: Model, usable: NDArray[np.bool_]) -> dict[str, Column]:
    variance = fit_rows(expression.log_cpm, model.x).variance
    moderated = moderate_variances(variance, fit.df, abundance=expression.log_cpm.mean(axis=1)).variance
    weights = scored.weights[usable]
    posterior = posterior_of_correlation(
        fit,
        weights**2 @ moderated,
        (np.abs(weights) @ np.sqrt(moderated)) ** 2,
        in_panel=scored.coverage[Effect.IS_PANEL].to_numpy(bool)[usable],
        guard_share=GUARD_SHARE_PAIRED if model.is_paired else GUARD_SHARE_UNPAIRED,
    )
    plain = plain_t_p(fit)
    if model.primary_test == "plain_t":
        se = fit.unit * np.sqrt(fit.variance)
        half90, half95 = (stats.t.isf(tail, fit.df) * se for tail in (0.05, 0.025))
        p, power_quantile = plain, stats.t.ppf(POWER, fit.df)
    else:
        se, p = posterior.se, p_values(posterior)
        half90, half95 = (half_widths(posterior, level=level) for level in (0.9, 0.95))
        power_quantile = stats.norm.ppf(POWER)
    return {
        **interval_columns(fit.effect, half90, half95),
        Effect.SE: se,
        Effect.DF: np.full(se.size, float(fit.df)),
        Effect.P_DONOR: p,
        Effect.P_PLAIN: plain,
        Effect.RHO: posterior.rho,
        Effect.IS_FALLBACK: posterior.is_fallback,
        Effect.MDE: half95 + power_quantile * se,
    }


def _gene_null(expression: Expression, model: Model) -> GeneNull:
    return GeneNull(fit_rows(expression.relative, model.x).effect, expression.bins)


def interval_columns(effect: Floats, half90: Floats, half95: Floats) -> dict[str, Column]:
    """Return effect and interval ends under their column names."""
    return {
        Effect.THETA: effect,
        Effect.LOW90: effect - half90,
        Effect.HIGH90: effect + half90,
        Effect.LOW95: effect - half95,
        Effect.HIGH95: effect + half95,
    }
