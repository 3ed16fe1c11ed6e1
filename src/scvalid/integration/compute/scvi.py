"""scVI: a variational autoencoder of the counts whose latent space does not know the batch. The only module with torch."""

import random
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from math import ceil

import numpy as np
import pandas as pd
import scvi
import torch
from anndata import AnnData
from scipy import sparse

from scvalid.integration.settings import ScviSettings

STEPS = 4000
MIN_EPOCHS, MAX_EPOCHS = 20, 1000


def embed_with_scvi(
    counts: sparse.csr_matrix, *, obs: pd.DataFrame, columns: Sequence[str], settings: ScviSettings, seed: int
) -> np.ndarray:
    """Return the mean latent position of each cell (Lopez et al. 2018, doi:10.1038/s41592-018-0229-2).

    The first column is the batch of the model and further ones are covariates of it. They are not crossed: donor x batch
    can be the sample, and correcting for the sample would take the treatment out.

    Parameters
    ----------
    counts
        Cells x variable genes, raw counts.
    obs
        One row a cell, with ``columns``.
    columns
        What is corrected; may be empty.
    settings
        Size of the latent space, epochs, batch size.
    seed
        Seed of torch, numpy and the order of cells.

    Returns
    -------
    Cells x ``settings.n_latent``, float32.
    """
    cells = AnnData(counts.astype(np.float32), obs=obs[list(columns)].astype(str).astype("category"))
    with _reproducible(seed), warnings.catch_warnings():
        # loading in this process is meant: workers would make small data slower
        warnings.filterwarnings("ignore", message=".*does not have many workers.*")
        # lightning 2.6 itself uses what torch 2.13 calls deprecated
        warnings.filterwarnings("ignore", message=".*LeafSpec.*is deprecated.*", category=FutureWarning)
        model = _model(cells, columns=columns, n_latent=settings.n_latent)
        _fit(model, n_cells=len(obs), settings=settings)
        return np.asarray(model.get_latent_representation(give_mean=True, batch_size=settings.batch_size), dtype=np.float32)


def epochs_for(n_cells: int, *, batch_size: int) -> int:
    """Return how many passes over the cells make about 4,000 steps of the optimiser, at least 20 and at most 1,000.

    Steps, not passes, decide whether the model has learned to tell batch from state: on 400 cells with a strong donor effect
    1,300 steps left donors half apart and 5,200 mixed them.
    """
    return int(np.clip(ceil(STEPS / ceil(n_cells / batch_size)), MIN_EPOCHS, MAX_EPOCHS))


def _model(cells: AnnData, *, columns: Sequence[str], n_latent: int) -> scvi.model.SCVI:
    first, rest = (columns[0], list(columns[1:])) if columns else (None, [])
    scvi.model.SCVI.setup_anndata(cells, batch_key=first, categorical_covariate_keys=rest or None)
    return scvi.model.SCVI(cells, n_hidden=128, n_layers=1, n_latent=n_latent, dropout_rate=0.1, gene_likelihood="nb")


def _fit(model: scvi.model.SCVI, *, n_cells: int, settings: ScviSettings) -> None:
    model.train(
        max_epochs=settings.max_epochs or epochs_for(n_cells, batch_size=settings.batch_size),
        accelerator="cpu",
        devices=1,
        train_size=1.0,
        batch_size=_batch_size_near(settings.batch_size, n_cells=n_cells),
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )


def _batch_size_near(wanted: int, *, n_cells: int) -> int:
    """Return the least batch size from ``wanted`` that leaves no last batch of one or two cells: they have no variance."""
    return next(size for size in count(wanted) if n_cells % size not in (1, 2))


@contextmanager
def _reproducible(seed: int) -> Iterator[None]:
    """Seed everything scVI draws from, on one thread; then put the generators of the process back afterwards."""
    python_state, numpy_state, n_threads = random.getstate(), np.random.get_state(), torch.get_num_threads()
    with torch.random.fork_rng(devices=[]):
        try:
            scvi.settings.seed = seed
            # sums over several threads differ in their last digits from run to run
            torch.set_num_threads(1)
            torch.use_deterministic_algorithms(mode=True)
            yield
        finally:
            torch.use_deterministic_algorithms(mode=False)
            torch.set_num_threads(n_threads)
            random.setstate(python_state)
            np.random.set_state(numpy_state)
