"""Integration as a step of the workflow: files in, files out."""

from collections.abc import Sequence
from pathlib import Path

import anndata
import numpy as np
import pandas as pd
from anndata import AnnData

from scvalid.contracts.counts import check_cells
from scvalid.contracts.quality import IntegrationSummary
from scvalid.contracts.tables import EMBEDDING
from scvalid.errors import ContractError
from scvalid.integration.compute.embedding import Embedding, embed_cells
from scvalid.integration.settings import IntegrationSettings
from scvalid.io.documents import write_model
from scvalid.io.matrices import read_adata
from scvalid.io.tables import write_table
from scvalid.keys import EMBEDDING_PREFIX, Obs


def run(*, settings: IntegrationSettings, seed: int, sources: Sequence[Path], target: Path, summary: Path) -> None:
    """Embed the cells of all samples together.

    Parameters
    ----------
    settings
        Section ``integration`` of the config.
    seed
        Seed of the submission.
    sources
        Cells of each sample after quality control (h5ad).
    target
        Table of the embedding (parquet), sorted by cell id.
    summary
        How it was made (JSON).
    """
    cells = _join([check_cells(read_adata(source)) for source in sources])
    embedding = embed_cells(cells.X.tocsr(), obs=cells.obs, settings=settings, seed=seed)
    write_table(target, _table(embedding, cells.obs_names), EMBEDDING)
    write_model(summary, _summary(embedding, cells, settings=settings, seed=seed))


def _join(samples: Sequence[AnnData]) -> AnnData:
    """Return all cells over the genes that every sample measured, sorted by cell id and gene.

    Sorted, so that the order of the sample sheet or of the cells in a file does not change the states.
    """
    ids = pd.Index(np.concatenate([sample.obs_names.to_numpy(dtype=object) for sample in samples]))
    if not ids.is_unique:
        msg = f"integration: cell id '{ids[ids.duplicated()][0]}' stands in two samples"
        raise ContractError(msg)
    cells = anndata.concat(samples, join="inner", merge=None, uns_merge=None)
    return cells[cells.obs_names.argsort(), cells.var_names.argsort()].copy()


def _table(embedding: Embedding, cell_ids: pd.Index) -> pd.DataFrame:
    names = [f"{EMBEDDING_PREFIX}{i}" for i in range(embedding.positions.shape[1])]
    table = pd.DataFrame(embedding.positions, columns=names)
    table.insert(0, Obs.CELL, cell_ids.to_numpy(dtype=object))
    return table


def _summary(embedding: Embedding, cells: AnnData, *, settings: IntegrationSettings, seed: int) -> IntegrationSummary:
    return IntegrationSummary(
        method=settings.method,
        batch_keys=embedding.columns,
        n_cells=cells.n_obs,
        n_genes=cells.n_vars,
        n_variable_genes=embedding.n_variable_genes,
        n_dims=embedding.positions.shape[1],
        seed=seed,
    )
