"""Which of the columns that a user wants corrected can be corrected without taking the treatment out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from scvalid.keys import Obs


def columns_to_correct(obs: pd.DataFrame, keys: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that are corrected, in the order of ``keys``.

    Left out are columns of one level, columns that another one already holds (each level of the finer lies in one level of
    the coarser, so correcting the finer corrects both), and a ``batch_id`` that stands for the arm: if each batch holds one
    arm only, correcting for it is correcting for the treatment. Donors are kept even if each has one arm, as in every
    unpaired design: without them the states would be the donors.

    Parameters
    ----------
    obs
        One row a cell, with the columns ``keys`` and the arm.
    keys
        Columns that the settings ask for, each once.
    """
    candidates = [k for k in keys if _n_levels(obs, k) > 1 and not (k == Obs.BATCH and _stands_for_arm(obs, k))]
    kept: list[str] = []
    for i, key in enumerate(candidates):
        finer = [k for k in candidates if k != key and _refines(obs, k, key)]
        # of two columns with the same partition the first one is kept
        if not any(candidates.index(k) < i or not _refines(obs, key, k) for k in finer):
            kept.append(key)
    return tuple(kept)


def batch_labels(obs: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """Return the number of each cell's batch: its combination of levels (in sorted order), 0 for all if no columns.

    If the combination stands for the arm though the first column does not (each donor's arms lie in different batches),
    the first column alone is the batch.
    """
    if not columns:
        return np.zeros(len(obs), dtype=int)
    named = obs.assign(**{_COMBINATION: obs[list(columns)].astype(str).groupby(list(columns), sort=True).ngroup()})
    if _stands_for_arm(named, _COMBINATION) and not _stands_for_arm(obs, columns[0]):
        return batch_labels(obs, columns[:1])
    return named[_COMBINATION].to_numpy()


_COMBINATION = "combination"  # a column of a scratch table that never leaves this module


def _refines(obs: pd.DataFrame, fine: str, coarse: str) -> bool:
    """Whether each level of ``fine`` lies in one level of ``coarse``."""
    pairs = obs[[fine, coarse]].astype(str).drop_duplicates()
    return not pairs[fine].duplicated().any()


def _n_levels(obs: pd.DataFrame, column: str) -> int:
    return len(obs[column].astype(str).unique())


def _stands_for_arm(obs: pd.DataFrame, column: str) -> bool:
    return _n_levels(obs, Obs.ARM) > 1 and _refines(obs, column, Obs.ARM)
