"""From raw counts to the embedding, by the method that the settings name."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from scvalid.errors import SubmissionError, sentence
from scvalid.integration.compute.batches import batch_labels, columns_to_correct
from scvalid.integration.compute.variable_genes import log_normalise, select_variable_genes
from scvalid.integration.settings import IntegrationSettings

MIN_CELLS = 20
MIN_GENES = 20
DECIMALS = 4


@dataclass(frozen=True)
class Embedding:
    """Where each cell lies, and how that was reached.

    Parameters
    ----------
    positions
        Cells x dimensions, float32, rounded to four decimals.
    columns
        Columns of obs that were corrected.
    n_variable_genes
        Genes that the embedding was made from.
    """

    positions: np.ndarray
    columns: tuple[str, ...]
    n_variable_genes: int


def embed_cells(counts: sparse.csr_matrix, *, obs: pd.DataFrame, settings: IntegrationSettings, seed: int) -> Embedding:
    """Return the batch-corrected embedding of all cells.

    Parameters
    ----------
    counts
        Cells x genes, raw counts.
    obs
        One row a cell, with donor, arm and batch.
    settings
        Method and its keys.
    seed
        Seed of everything random; the same seed gives the same bytes.

    Raises
    ------
    SubmissionError
        If the samples share too few cells or detected genes for any embedding.
    """
    columns = columns_to_correct(obs, settings.batch_keys)
    expression = log_normalise(counts)
    labels = batch_labels(obs, columns)
    genes = select_variable_genes(expression, labels=labels, n_genes=settings.n_variable_genes)
    _refuse_too_small(n_cells=counts.shape[0], n_genes=len(genes))
    if settings.method == "scvi":
        # torch takes seconds to load, and only this method needs it
        from scvalid.integration.compute.scvi import embed_with_scvi

        positions = embed_with_scvi(counts[:, genes], obs=obs, columns=columns, settings=settings.scvi, seed=seed)
    else:
        from scvalid.integration.compute.harmony import correct_with_harmony
        from scvalid.integration.compute.principal_components import principal_components

        components = principal_components(expression[:, genes], labels=labels, n_dims=settings.n_dims)
        positions = correct_with_harmony(components, obs=obs, columns=columns, seed=seed)
    # adding zero turns -0.0 into 0.0
    return Embedding(np.round(positions, DECIMALS) + np.float32(0), columns, len(genes))


def _refuse_too_small(*, n_cells: int, n_genes: int) -> None:
    if n_cells >= MIN_CELLS and n_genes >= MIN_GENES:
        return
    raise SubmissionError(
        [
            sentence(
                "integration: the samples together",
                f"have at least {MIN_CELLS} cells, and {MIN_GENES} genes that every sample measured and some cell detects",
                f"{n_cells} cells and {n_genes} genes",
                "Check that all samples name genes in the same way, or relax the limits of qc.",
            )
        ]
    )
