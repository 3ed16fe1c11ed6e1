"""Harmony: principal components, moved cluster by cluster until donors and batches are mixed."""

from collections.abc import Sequence

import harmonypy
import numpy as np
import pandas as pd

CELLS_PER_CLUSTER = 30
MAX_CLUSTERS = 100


def correct_with_harmony(components: np.ndarray, *, obs: pd.DataFrame, columns: Sequence[str], seed: int) -> np.ndarray:
    """Return positions corrected by Harmony (Korsunsky et al. 2019, doi:10.1038/s41592-019-0619-0).

    Parameters
    ----------
    components
        Cells x principal components.
    obs
        One row a cell, with ``columns``.
    columns
        What is corrected; without any the components are returned as they are.
    seed
        Seed of the soft clustering.

    Returns
    -------
    Cells x components, float32.
    """
    if not columns:
        return components
    n_clusters = int(np.clip(len(components) // CELLS_PER_CLUSTER, 2, MAX_CLUSTERS))
    fit = harmonypy.run_harmony(
        components.astype(np.float64),
        # plain text: a categorical could bring levels without cells
        obs[list(columns)].astype(str),
        list(columns),
        theta=2.0,
        lamb=None,
        sigma=0.1,
        nclust=n_clusters,
        tau=0,
        block_size=0.05,
        max_iter_harmony=20,
        max_iter_kmeans=4,
        epsilon_cluster=1e-3,
        epsilon_harmony=1e-2,
        alpha=0.2,
        batch_prop_cutoff=1e-5,
        verbose=False,
        random_state=seed,
        ncores=1,
    )
    return np.asarray(fit.Z_corr, dtype=np.float32)
