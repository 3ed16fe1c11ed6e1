"""Limits on the metrics of the cells of one sample, and which cells lie within all of them."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scvalid.contracts.quality import Limit
from scvalid.keys import Obs
from scvalid.qc.compute.metrics import CellMetrics
from scvalid.qc.settings import QcSettings

MAD_TO_SD = 1.482602218505602
"""1 / the 75 % quantile of the standard normal."""
MIN_CELLS_FOR_MAD = 10

NOTE_ABSENT = "absent"
NOTE_MAD_ZERO = "mad_zero"
NOTE_FEW = "few_cells"
NOTE_OFF = "off"


def set_limits(metrics: CellMetrics, settings: QcSettings) -> tuple[Limit, ...]:
    """Return the limits on counts, genes, mitochondrial and ribosomal share, in this order.

    Limits relative to the sample are median +- n MADs, MAD = 1.4826 x median |x - median|, on log1p for counts and genes
    (McCarthy et al. 2017, doi:10.1093/bioinformatics/btw777; Heumos et al. 2023, doi:10.1038/s41576-023-00586-w). Median
    and MAD are taken over the cells above the fixed lower limits, so that empty droplets do not set them.

    A note says why there is no relative limit: ``mad_zero`` (more than half of the cells are equal), ``few_cells`` (fewer
    than 10 to judge by), ``absent`` (no such genes in the matrix), ``off`` (not asked for).
    """
    is_cell = (metrics.n_counts >= settings.min_counts) & (metrics.n_genes >= settings.min_genes)
    return (
        _two_sided(Obs.N_COUNTS, metrics.n_counts, is_cell, least=settings.min_counts, n_mads=settings.n_mads),
        _two_sided(Obs.N_GENES, metrics.n_genes, is_cell, least=settings.min_genes, n_mads=settings.n_mads),
        _limit_mt(metrics, is_cell, settings),
        _limit_ribo(metrics, settings),
    )


def flag_kept(metrics: CellMetrics, limits: Iterable[Limit]) -> NDArray[np.bool_]:
    """Return which cells lie within all limits."""
    is_kept = np.ones(len(metrics.n_counts), dtype=bool)
    for limit in limits:
        is_kept &= _is_within(_values(metrics, limit.metric), limit.low, limit.high)
    return is_kept


def median_and_mad(values: NDArray[np.float64]) -> tuple[float, float, str]:
    """Return the median, the MAD scaled to a standard deviation, and a note if the MAD sets no limit."""
    if len(values) < MIN_CELLS_FOR_MAD:
        return float(np.median(values)) if len(values) else 0.0, 0.0, NOTE_FEW
    middle = float(np.median(values))
    mad = MAD_TO_SD * float(np.median(np.abs(values - middle)))
    return middle, mad, "" if mad > 0 else NOTE_MAD_ZERO


def _two_sided(metric: str, values: NDArray[np.int64], is_cell: NDArray[np.bool_], *, least: int, n_mads: float) -> Limit:
    middle, mad, note = median_and_mad(np.log1p(values[is_cell].astype(np.float64)))
    low, high = float(least), None
    if not note:
        low = max(low, float(np.expm1(middle - n_mads * mad)))
        high = float(np.expm1(middle + n_mads * mad))
    return _limit(metric, values, low, high, note=note)


def _limit_mt(metrics: CellMetrics, is_cell: NDArray[np.bool_], settings: QcSettings) -> Limit:
    if not metrics.has_mt:
        return _limit(Obs.MT_SHARE, metrics.mt_share, None, None, note=NOTE_ABSENT)
    middle, mad, note = median_and_mad(metrics.mt_share[is_cell])
    high = settings.max_mt_share
    if not note:
        high = min(high, middle + max(settings.n_mads_mt * mad, settings.min_mt_margin))
    return _limit(Obs.MT_SHARE, metrics.mt_share, None, high, note=note)


def _limit_ribo(metrics: CellMetrics, settings: QcSettings) -> Limit:
    if not metrics.has_ribo:
        return _limit(Obs.RIBO_SHARE, metrics.ribo_share, None, None, note=NOTE_ABSENT)
    note = NOTE_OFF if settings.max_ribo_share is None else ""
    return _limit(Obs.RIBO_SHARE, metrics.ribo_share, None, settings.max_ribo_share, note=note)


def _limit(metric: str, values: NDArray[Any], low: float | None, high: float | None, *, note: str) -> Limit:
    n_removed = int((~_is_within(values, low, high)).sum())
    return Limit(metric=metric, low=low, high=high, n_removed=n_removed, note=note)


def _is_within(values: NDArray[Any], low: float | None, high: float | None) -> NDArray[np.bool_]:
    return (values >= (-np.inf if low is None else low)) & (values <= (np.inf if high is None else high))


def _values(metrics: CellMetrics, metric: str) -> NDArray[Any]:
    return {
        Obs.N_COUNTS: metrics.n_counts,
        Obs.N_GENES: metrics.n_genes,
        Obs.MT_SHARE: metrics.mt_share,
        Obs.RIBO_SHARE: metrics.ribo_share,
    }[metric]
