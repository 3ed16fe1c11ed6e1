"""Sums of raw counts per donor x arm (x state): here the unit of replication is made."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from anndata import AnnData
from scipy import sparse

from scvalid.errors import SubmissionError, sentence
from scvalid.keys import ALL_MSC, BY_STATE, Layer, Obs, Uns
from scvalid.stats.design import joined_level

GROUP = [Obs.DONOR, Obs.ARM, Obs.STATE]


def sum_by_donor(samples: Iterator[AnnData], *, states: pd.Series | None, min_cells: int) -> AnnData:
    """Sum the counts of each donor x arm (x state) over samples that come one at a time.

    Parameters
    ----------
    samples
        Cells x genes of one sample each, raw counts; only genes that every sample measured are kept.
    states
        State of each cell, indexed by cell id; None sums all cells of a donor x arm as one state. Cells without a state
        are left out.
    min_cells
        Groups of fewer cells, or without any count, are marked as not used.

    Returns
    -------
    Groups x genes, sorted by donor, arm and state: sums in ``X`` (float64, dense), number of cells that detect each gene
    in the layer. A donor x arm without cells of a state has a group of zeros.

    Raises
    ------
    SubmissionError
        If no sample has a cell.
    """
    parts = [_sum_sample(adata, states) for adata in samples]
    # a sample that lost all its cells says nothing, not even which genes were measured
    parts = [part for part in parts if len(part[0])]
    if not parts:
        fault = sentence("the submission", "keep at least one cell", "none after quality control", "Loosen the limits of qc.")
        raise SubmissionError([fault])
    genes = parts[0][1].columns
    for _, sums, _ in parts[1:]:
        genes = genes.intersection(sums.columns, sort=False)
    genes = genes.sort_values()
    groups, sums, detected = (pd.concat(tables) for tables in zip(*parts, strict=True))
    obs = groups.groupby(level=GROUP, sort=True).agg({Obs.N_CELLS: "sum", Obs.BATCH: joined_level})
    complete = _with_empty_groups(obs)
    total, n_detected = (
        table[genes].groupby(level=GROUP, sort=True).sum().reindex(complete.index, fill_value=0.0) for table in (sums, detected)
    )
    obs = complete.reset_index()
    obs[Obs.IS_USED] = (obs[Obs.N_CELLS] >= min_cells) & (total.sum(axis=1) > 0).to_numpy()
    obs.index = pd.Index([f"profile_{i}" for i in range(len(obs))], dtype=object)
    return AnnData(
        X=total.to_numpy(np.float64),
        obs=obs,
        var=pd.DataFrame(index=pd.Index(genes, dtype=object)),
        layers={Layer.N_DETECTED: n_detected.to_numpy(np.float64)},
        uns={Uns.GROUPING: ALL_MSC if states is None else BY_STATE},
    )


def _with_empty_groups(obs: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each state of each donor x arm, so that a state without cells is seen as such, not as a donor less."""
    batches = obs.groupby(level=[Obs.DONOR, Obs.ARM], sort=True)[Obs.BATCH].agg(joined_level)
    states = obs.index.get_level_values(Obs.STATE).unique().sort_values()
    full = pd.MultiIndex.from_tuples([(d, a, s) for d, a in batches.index for s in states], names=GROUP)
    filled = obs.reindex(full)
    filled[Obs.N_CELLS] = filled[Obs.N_CELLS].fillna(0).astype(int)
    filled[Obs.BATCH] = filled[Obs.BATCH].fillna(pd.Series(batches.reindex(full.droplevel(Obs.STATE)).to_numpy(), index=full))
    return filled


def _sum_sample(adata: AnnData, states: pd.Series | None) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the groups of one sample (number of cells, batch), their sums and their numbers of detecting cells."""
    labels = adata.obs[[Obs.DONOR, Obs.ARM, Obs.BATCH]].astype(str)
    labels[Obs.STATE] = ALL_MSC if states is None else states.astype(object).reindex(adata.obs_names)
    is_labelled = labels[Obs.STATE].notna().to_numpy()
    counts, labels = adata.X[is_labelled], labels[is_labelled]
    grouped = labels.groupby(GROUP, sort=True)
    codes, index = grouped.ngroup().to_numpy(), grouped.size().index
    indicator = sparse.csr_matrix((np.ones(codes.size), (codes, np.arange(codes.size))), shape=(len(index), codes.size))
    groups = pd.DataFrame(
        {
            Obs.N_CELLS: np.bincount(codes, minlength=len(index)),
            Obs.BATCH: labels.groupby(codes)[Obs.BATCH].agg(joined_level).to_numpy(),
        },
        index=index,
    )
    sums = (indicator @ counts).toarray()
    detected = (indicator @ (counts > 0).astype(np.float64)).toarray()
    genes = adata.var_names
    return groups, pd.DataFrame(sums, index=index, columns=genes), pd.DataFrame(detected, index=index, columns=genes)
