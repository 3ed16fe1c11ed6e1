"""Clustering as a step of the workflow: files in, files out."""

from collections.abc import Sequence
from functools import reduce
from pathlib import Path

import pandas as pd

from scvalid.clustering.compute.markers import StateSums, add_sums, rank_markers, sum_by_state
from scvalid.clustering.compute.states import Partition, find_states
from scvalid.clustering.settings import ClusteringSettings
from scvalid.contracts.counts import check_cells
from scvalid.contracts.quality import ClusteringSummary
from scvalid.contracts.tables import EMBEDDING, MARKERS, STATES
from scvalid.errors import ContractError
from scvalid.io.documents import write_model
from scvalid.io.matrices import read_adata
from scvalid.io.tables import read_table, write_table
from scvalid.keys import Obs, State


def run(
    *,
    settings: ClusteringSettings,
    seed: int,
    sources: Sequence[Path],
    embedding: Path,
    target: Path,
    markers: Path,
    summary: Path,
) -> None:
    """Find the states of all cells and the genes that mark them.

    Parameters
    ----------
    settings
        Section ``clustering`` of the config.
    seed
        Seed of the submission.
    sources
        Cells of each sample after quality control (h5ad).
    embedding
        Table that integration wrote of the same cells.
    target
        Table of states, one row a cell, sorted by cell id (parquet).
    markers
        Table of markers (parquet).
    summary
        How states were found (JSON).
    """
    positions = read_table(embedding, EMBEDDING).set_index(Obs.CELL)
    partition = find_states(positions, settings=settings, seed=seed)
    labels, sums = _read_samples(sources, partition)
    write_table(target, partition.table.merge(labels, on=State.CELL, validate="1:1")[list(STATES.columns)], STATES)
    write_table(markers, rank_markers(sums, n_markers=settings.n_markers)[list(MARKERS.columns)], MARKERS)
    write_model(summary, _summary(partition, settings=settings, seed=seed))


def _read_samples(sources: Sequence[Path], partition: Partition) -> tuple[pd.DataFrame, StateSums]:
    """Return the sample, donor and arm of each cell, and the sums by state; one sample is in memory at a time."""
    states = partition.table.set_index(State.CELL)[State.STATE]
    names = sorted(states.unique(), key=lambda name: int(name[1:]))
    parts: list[tuple[pd.DataFrame, StateSums]] = []
    for source in sources:
        cells = check_cells(read_adata(source))
        labels = cells.obs[[Obs.SAMPLE, Obs.DONOR, Obs.ARM]].astype(str)
        labels.insert(0, State.CELL, cells.obs_names.to_numpy(dtype=object))
        _check_known(cells.obs_names, states.index, source.name)
        own = states[cells.obs_names].to_numpy()
        parts.append((labels, sum_by_state(cells.X, states=own, genes=cells.var_names, names=names)))
    labels = pd.concat([part[0] for part in parts], ignore_index=True)
    if len(labels) != len(states) or labels[State.CELL].duplicated().any():
        msg = (
            f"clustering: the samples must hold each of the {len(states)} cells of the embedding once, not {len(labels)} cells"
        )
        raise ContractError(msg)
    return labels, reduce(add_sums, (part[1] for part in parts))


def _check_known(cells: pd.Index, known: pd.Index, name: str) -> None:
    strange = cells[~cells.isin(known)]
    if len(strange):
        msg = f"clustering: {len(strange)} cells of {name} are not in the embedding, the first is '{strange[0]}'"
        raise ContractError(msg)


def _summary(partition: Partition, *, settings: ClusteringSettings, seed: int) -> ClusteringSummary:
    return ClusteringSummary(
        resolution=settings.resolution,
        n_neighbours=partition.n_neighbours,
        n_states=partition.table[State.STATE].nunique(),
        seed=seed,
    )
