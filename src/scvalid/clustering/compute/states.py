"""Cell states: communities in the graph of nearest neighbours, and a layout of that graph in the plane."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scanpy as sc
from anndata import AnnData

from scvalid.clustering.settings import ClusteringSettings
from scvalid.keys import State

LAYOUT_DECIMALS = 4
_LAYOUT = "layout"  # a slot of a scratch AnnData that never leaves this module


@dataclass(frozen=True)
class Partition:
    """The state of each cell.

    Parameters
    ----------
    table
        Columns cell_id, state, x, y; one row a cell, sorted by cell id.
    n_neighbours
        Neighbours that were used, fewer than asked for if there are few cells.
    """

    table: pd.DataFrame
    n_neighbours: int


def find_states(embedding: pd.DataFrame, *, settings: ClusteringSettings, seed: int) -> Partition:
    """Return the states of all cells.

    A graph of nearest neighbours weighted as in UMAP (McInnes et al. 2018, doi:10.21105/joss.00861), cut by Leiden (Traag
    et al. 2019, doi:10.1038/s41598-019-41695-z) with modularity. States are named s1, s2, ... by falling size, ties by
    their first cell id. Small states stay: pseudobulk drops the profiles that have too few cells, and says so.

    Parameters
    ----------
    embedding
        Cells x dimensions, indexed by cell id. The order of the rows does not matter.
    settings
        Resolution and number of neighbours.
    seed
        Seed of neighbours, Leiden and layout.
    """
    ordered = embedding.sort_index()
    graph = AnnData(ordered.to_numpy(dtype=np.float32), obs=pd.DataFrame(index=ordered.index))
    n_neighbours = min(settings.n_neighbours, len(ordered) - 1)
    _link(graph, n_neighbours=n_neighbours, seed=seed)
    labels = _cut(graph, resolution=settings.resolution, seed=seed)
    layout = _lay_out(graph, seed=seed)
    table = pd.DataFrame(
        {
            State.CELL: ordered.index.to_numpy(dtype=object),
            State.STATE: name_by_size(labels),
            State.X: layout[:, 0],
            State.Y: layout[:, 1],
        }
    )
    return Partition(table, n_neighbours)


def name_by_size(labels: np.ndarray) -> np.ndarray:
    """Return s1, s2, ... in place of arbitrary labels: the largest group is s1, of equal ones the one that comes first."""
    _, first, codes, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=int)
    rank[np.lexsort((first, -sizes))] = np.arange(1, len(sizes) + 1)
    return np.array([f"s{i}" for i in rank], dtype=object)[codes]


def _link(graph: AnnData, *, n_neighbours: int, seed: int) -> None:
    sc.pp.neighbors(
        graph,
        # scanpy counts the cell itself as its first neighbour
        n_neighbors=n_neighbours + 1,
        n_pcs=None,
        use_rep="X",
        knn=True,
        method="umap",
        transformer=None,
        metric="euclidean",
        random_state=seed,
        key_added=None,
        copy=False,
    )


def _cut(graph: AnnData, *, resolution: float, seed: int) -> np.ndarray:
    sc.tl.leiden(
        graph,
        resolution=resolution,
        random_state=seed,
        key_added=State.STATE,
        directed=False,
        use_weights=True,
        n_iterations=2,
        flavor="igraph",
        objective_function="modularity",
        copy=False,
    )
    return graph.obs[State.STATE].to_numpy()


def _lay_out(graph: AnnData, *, seed: int) -> np.ndarray:
    sc.tl.umap(
        graph,
        min_dist=0.3,
        spread=1.0,
        n_components=2,
        maxiter=None,
        alpha=1.0,
        gamma=1.0,
        negative_sample_rate=5,
        # the spectral start fails on a graph in pieces; the first two dimensions always exist
        init_pos=graph.X[:, :2].copy(),
        random_state=seed,
        method="umap",
        key_added=_LAYOUT,
        copy=False,
    )
    # adding zero turns -0.0 into 0.0
    return np.round(graph.obsm[_LAYOUT].astype(np.float64), LAYOUT_DECIMALS) + 0.0
