"""The trend of sets and claimed genes over doses or times, donors blocked where they can be."""

import numpy as np
import pandas as pd
from anndata import AnnData
from numpy.typing import NDArray
from scipy import stats

from scvalid.keys import ALL_MSC, Control, Effect, Kind
from scvalid.pathways.compute.analysis import Analysis
from scvalid.pathways.compute.testing import Measured, Model, fit_genes, intervals, measure, test_genes, test_sets
from scvalid.pathways.compute.trends.series import Compared, choose_series
from scvalid.settings import Series
from scvalid.stats.trend import fit_isotonic, level_effects

Floats = NDArray[np.float64]
DIGITS = 6
"""Decimals of a level's mean in the JSON text of the table."""
MIN_SHARE = 0.5
"""Share of the profiles of one level in which a gene must reach the detection floor."""


def trend_effects(profiles: AnnData, analysis: Analysis) -> pd.DataFrame:
    """Return the trends of all series of the design: the columns of ``contracts.tables.TRENDS``, one row a read-out.

    The slope is the last coefficient of the primary test on a model whose last column is the rank of the level (0, 1, 2 ...),
    so that its unit is log2 a step of the series and no dose far from the others decides alone. Profiles of all levels are
    measured together. A series that cannot be tested has no rows.

    Parameters
    ----------
    profiles
        Profiles of all cells, as ``contracts.counts.check_profiles`` promises.
    analysis
        Design with its series, sets, settings and the read-outs of the claims.

    References
    ----------
    Tukey, Ciminera & Heyse 1985, doi:10.2307/2530666, for ranks of doses as scores.
    """
    found = []
    for series in analysis.design.series:
        compared = choose_series(profiles.obs, series, pairing=analysis.design.pairing)
        counts = np.asarray(profiles.X, dtype=np.float64)[compared.rows]
        # a copy of a profile has no variance of its own
        if not compared.gate and len({row.tobytes() for row in counts}) == len(counts):
            found.append(_of_series(counts, profiles.var_names.to_numpy(str), compared, series, analysis))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def _of_series(counts: Floats, genes: NDArray[np.str_], compared: Compared, series: Series, analysis: Analysis) -> pd.DataFrame:
    measured = measure(counts, genes, analysis.sets, analysis.settings)
    model = Model(compared.model[0].x, compared.donors, compared.is_blocked, analysis.settings.primary_test)
    wanted = measured.rows_of_genes(frozenset(analysis.claimed.genes))
    rows = wanted[_is_detected(measured, wanted, compared, min_cpm=analysis.settings.min_cpm)]
    fit, tables = fit_genes(measured, model), []
    if measured.names.size:
        of_sets = test_sets(measured, model, genes=fit)
        half = intervals(of_sets, level=0.95)
        tables.append(_rows(Kind.SET, measured.names, measured.scores, compared, (of_sets.fit.effect, half)))
        tables[-1] = tables[-1].assign(**{Effect.P_DONOR: of_sets.p_donor, Effect.P_PLAIN: of_sets.p_plain})
    if rows.size:
        of_genes = test_genes(measured, model, rows, genes=fit)
        half = stats.t.isf(0.025, of_genes.df) * of_genes.se
        values = measured.expression.log_cpm[rows]
        tables.append(_rows(Kind.GENE, measured.expression.genes[rows], values, compared, (of_genes.fit.effect, half)))
        tables[-1] = tables[-1].assign(**{Effect.P_DONOR: of_genes.p_donor, Effect.P_PLAIN: of_genes.p_plain})
    place = {Control.SERIES: series.name, Control.SERIES_KIND: series.kind, Effect.STATE: ALL_MSC}
    return pd.concat(tables, ignore_index=True).assign(**place) if tables else pd.DataFrame()


def _rows(
    kind: str, names: NDArray[np.str_], values: Floats, compared: Compared, slopes: tuple[Floats, Floats]
) -> pd.DataFrame:
    """Return slope, interval and means of levels of some read-outs (rows of ``values``)."""
    slope, half = slopes
    trend, steps = compared.model
    means = level_effects(values, steps, trend.x[:, :-1])
    return pd.DataFrame(
        {
            Effect.KIND: kind,
            Effect.READOUT: names.astype(object),
            Control.SLOPE: slope,
            Effect.LOW95: slope - half,
            Effect.HIGH95: slope + half,
            Control.N_LEVELS: len(compared.levels),
            Control.IS_MONOTONE: fit_isotonic(means).is_monotone,
            Control.LEVELS: [_text_of(compared.levels, row) for row in means],
        }
    )


def _text_of(levels: tuple[float, ...], means: Floats) -> str:
    """Return JSON of pairs (level, mean), of the levels whose mean is known."""
    pairs = zip(levels, means, strict=True)
    return "[" + ", ".join(f"[{level!r}, {round(float(mean), DIGITS)!r}]" for level, mean in pairs if np.isfinite(mean)) + "]"


def _is_detected(measured: Measured, rows: NDArray[np.intp], compared: Compared, *, min_cpm: float) -> NDArray[np.bool_]:
    """Return which genes reach the detection floor in at least half of the profiles of one level."""
    if not rows.size:
        return np.zeros(0, dtype=bool)
    above = measured.expression.log_cpm[rows] >= np.log2(max(min_cpm, np.finfo(float).tiny))
    own = compared.model[1] > 0
    groups = [~own.any(axis=1), *own.T]
    return np.asarray(np.max([above[:, group].mean(axis=1) for group in groups], axis=0) >= MIN_SHARE)
