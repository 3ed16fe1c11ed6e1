"""Genes that mark a state: a description, without p values, for the states were found in the same genes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from scvalid.keys import State
from scvalid.stats.normalisation import per_ten_thousand

PSEUDO_CP10K = 1.0
"""Added to both means, so that genes of a few counts do not lead the list."""
MIN_SHARE_IN = 0.1
DECIMALS = 4


@dataclass(frozen=True)
class StateSums:
    """What markers need of some cells; the sums of several samples add up.

    Parameters
    ----------
    n_cells
        Cells of each state (index: state).
    cp10k
        States x genes: sum over cells of counts per 10,000.
    n_detecting
        States x genes: cells with at least one count.
    """

    n_cells: pd.Series
    cp10k: pd.DataFrame
    n_detecting: pd.DataFrame


def sum_by_state(counts: sparse.csr_matrix, *, states: np.ndarray, genes: Sequence[str], names: Sequence[str]) -> StateSums:
    """Return the sums of one sample.

    Parameters
    ----------
    counts
        Cells x genes, raw counts.
    states
        State of each cell.
    genes
        Name of each gene.
    names
        All states of the dataset; one without cells in this sample has zeros.
    """
    codes = pd.Index(names).get_indexer(pd.Index(states))
    cells = np.arange(len(codes))
    indicator = sparse.csr_matrix((np.ones(len(codes)), (codes, cells)), shape=(len(names), len(codes)))
    sums = indicator @ per_ten_thousand(counts)
    detecting = indicator @ (counts > 0).astype(np.float64)
    return StateSums(
        pd.Series(np.bincount(codes, minlength=len(names)), index=list(names)),
        pd.DataFrame(sums.toarray(), index=list(names), columns=list(genes)),
        pd.DataFrame(detecting.toarray(), index=list(names), columns=list(genes)),
    )


def add_sums(first: StateSums, second: StateSums) -> StateSums:
    """Return the sums of both over the genes that both measured."""
    genes = first.cp10k.columns[first.cp10k.columns.isin(second.cp10k.columns)]
    return StateSums(
        first.n_cells + second.n_cells,
        first.cp10k[genes] + second.cp10k[genes],
        first.n_detecting[genes] + second.n_detecting[genes],
    )


def rank_markers(sums: StateSums, *, n_markers: int) -> pd.DataFrame:
    """Return the markers of every state, best first.

    ``log2_fold = log2((mean CP10k in + 1) / (mean CP10k of all other cells + 1))``. Listed are genes with a positive fold
    that at least a tenth of the state's cells detect; equal folds go by name. With one state there is nothing to compare.

    Returns
    -------
    Long table with the columns state, rank, gene, log2_fold, share_in, share_out.
    """
    n_all = int(sums.n_cells.sum())
    rows = []
    for state, n_in in sums.n_cells.items():
        if 0 < n_in < n_all:
            rows.append(_rank_one(sums, state=str(state), n_out=n_all - n_in).head(n_markers))
    if not rows:
        return _empty()
    return pd.concat(rows, ignore_index=True)


def _rank_one(sums: StateSums, *, state: str, n_out: int) -> pd.DataFrame:
    n_in = sums.n_cells[state]
    inside, detecting = sums.cp10k.loc[state], sums.n_detecting.loc[state]
    mean_in, mean_out = inside / n_in, (sums.cp10k.sum() - inside) / n_out
    table = pd.DataFrame(
        {
            State.STATE: state,
            State.GENE: inside.index.to_numpy(dtype=object),
            # rounded before ranking, so that ties are ties however the sums were added up
            State.LOG2_FOLD: np.log2((mean_in + PSEUDO_CP10K) / (mean_out + PSEUDO_CP10K)).round(DECIMALS).to_numpy(),
            State.SHARE_IN: (detecting / n_in).round(DECIMALS).to_numpy(),
            State.SHARE_OUT: ((sums.n_detecting.sum() - detecting) / n_out).round(DECIMALS).to_numpy(),
        }
    )
    listed = table[(table[State.SHARE_IN] >= MIN_SHARE_IN) & (table[State.LOG2_FOLD] > 0)]
    ordered = listed.sort_values([State.LOG2_FOLD, State.GENE], ascending=[False, True], kind="stable")
    ordered.insert(1, State.RANK, np.arange(1, len(ordered) + 1))
    return ordered


def _empty() -> pd.DataFrame:
    text = {c: pd.Series(dtype=object) for c in (State.STATE, State.GENE)}
    numbers = {c: pd.Series(dtype=float) for c in (State.RANK, State.LOG2_FOLD, State.SHARE_IN, State.SHARE_OUT)}
    return pd.DataFrame({**text, **numbers})
