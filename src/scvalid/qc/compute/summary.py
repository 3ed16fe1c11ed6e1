"""The kept cells of one sample, and the summary of what happened to it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from anndata import AnnData
from numpy.typing import NDArray

from scvalid.contracts.quality import Limit, SampleSummary
from scvalid.keys import Obs, Var
from scvalid.qc.compute.identity import alerts_of_identity, measure_identity
from scvalid.qc.compute.limits import flag_kept, set_limits
from scvalid.qc.compute.metrics import CellMetrics, measure_cells
from scvalid.qc.settings import QcSettings
from scvalid.settings import Context
from scvalid.settings.vocabulary import MSC

_FROM_RECORD = ("source_name", "source_sha256", "n_genes", "n_genes_unmapped", "n_genes_merged", "n_genes_renamed")


def keep_cells(
    adata: AnnData, *, settings: QcSettings, context: Context, record: Mapping[str, Any]
) -> tuple[AnnData, SampleSummary]:
    """Return the kept cells with their metrics in obs, and the summary of the sample.

    Parameters
    ----------
    adata
        Cells x genes of one sample as intake wrote it; not changed.
    settings
        Section ``qc`` of the config.
    context
        Biological context; identity is judged only if its cell type is MSC.
    record
        The record of intake.
    """
    metrics = measure_cells(
        adata.X, is_mt=adata.var[Var.IS_MT].to_numpy(dtype=bool), is_ribo=adata.var[Var.IS_RIBO].to_numpy(dtype=bool)
    )
    limits = set_limits(metrics, settings)
    is_kept = flag_kept(metrics, limits)
    kept = adata[is_kept].copy()
    for column, values in columns_of(metrics).items():
        kept.obs[column] = values[is_kept]
    return kept, _summarise(adata, kept, limits=limits, settings=settings, context=context, record=record)


def columns_of(metrics: CellMetrics) -> dict[str, NDArray[Any]]:
    """Return column of obs -> metric of each cell."""
    return {
        Obs.N_COUNTS: metrics.n_counts,
        Obs.N_GENES: metrics.n_genes,
        Obs.MT_SHARE: metrics.mt_share,
        Obs.RIBO_SHARE: metrics.ribo_share,
    }


def _summarise(
    adata: AnnData,
    kept: AnnData,
    *,
    limits: tuple[Limit, ...],
    settings: QcSettings,
    context: Context,
    record: Mapping[str, Any],
) -> SampleSummary:
    is_msc = context.cell_type == MSC
    identity = measure_identity(kept.X, list(kept.var_names), species=context.species) if is_msc else ()
    alerts = _alerts_of_numbers(adata.n_obs, kept.n_obs, settings) + alerts_of_identity(
        identity, min_expected_share=settings.min_expected_share, max_unexpected_share=settings.max_unexpected_share
    )
    labels: dict[str, Any] = {column: str(adata.obs[column].iloc[0]) for column in (Obs.SAMPLE, Obs.DONOR, Obs.ARM, Obs.BATCH)}
    return SampleSummary(
        **labels,
        **{key: record[key] for key in _FROM_RECORD},
        n_cells_in=adata.n_obs,
        n_cells_kept=kept.n_obs,
        limits=limits,
        median_counts=_median(kept, Obs.N_COUNTS),
        median_genes=_median(kept, Obs.N_GENES),
        median_mt_share=_median(kept, Obs.MT_SHARE),
        median_ribo_share=_median(kept, Obs.RIBO_SHARE),
        identity=identity,
        alerts=alerts,
    )


def _alerts_of_numbers(n_in: int, n_kept: int, settings: QcSettings) -> tuple[str, ...]:
    is_small = n_kept < settings.few_cells
    is_cut = n_in - n_kept > settings.many_removed * n_in
    return ("few_cells",) * is_small + ("many_removed",) * is_cut


def _median(kept: AnnData, column: str) -> float:
    return float(np.median(kept.obs[column])) if kept.n_obs else 0.0
