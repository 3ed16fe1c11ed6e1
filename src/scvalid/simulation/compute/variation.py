"""Variation between donors and samples: gene-wise, and shared within programmes of genes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.keys import GeneSet

CLAIM_CORRELATION = (0.02, 0.10)
"""Range of the correlation between genes of one programme that a claim names."""
_HIGHEST_CORRELATION = 0.6


@dataclass(frozen=True)
class Programmes:
    """Groups of genes that vary together.

    Parameters
    ----------
    index
        Programme of each gene; the last one holds the genes without any.
    loading
        +1 or -1 for each gene: which way it follows its programme.
    correlation
        Correlation between two genes of each programme.
    """

    index: NDArray[np.int64]
    loading: NDArray[np.float64]
    correlation: NDArray[np.float64]


def draw_programmes(
    genes: NDArray[np.str_], sets: pd.DataFrame, *, first: Sequence[str], rng: np.random.Generator
) -> Programmes:
    """Give each gene to one programme, and draw how strongly the genes of each vary together.

    A gene of several sets goes to the first of them: the sets ``first`` in their order, then the others by id, so that
    the order of the files does not matter. Correlations are uniform on ``CLAIM_CORRELATION`` for the sets ``first``,
    Beta(1, 9) up to 0.6 (mean about 0.10) for the others, and 0 for genes in no set.
    """
    order = [*first, *sorted(set(sets[GeneSet.SET]) - set(first))]
    rank = {name: i for i, name in enumerate(order)}
    home = sets.assign(rank=sets[GeneSet.SET].map(rank)).sort_values(["rank", GeneSet.GENE], kind="stable")
    home = home.drop_duplicates(GeneSet.GENE).set_index(GeneSet.GENE).reindex(genes)
    index = home["rank"].fillna(len(order)).to_numpy().astype(np.int64)
    loading = np.where(home[GeneSet.WEIGHT].fillna(1.0).to_numpy() < 0, -1.0, 1.0)
    registered = rng.uniform(*CLAIM_CORRELATION, len(first))
    others = np.minimum(rng.beta(1, 9, len(order) - len(first)), _HIGHEST_CORRELATION)
    return Programmes(index, loading, np.concatenate([registered, others, [0.0]]))


def draw_shifts(programmes: Programmes, *, n_rows: int, sd: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw shifts of all genes for several donors, samples or batches.

    x = sd (sqrt(rho) a f + sqrt(1 - rho) e) with f shared by the programme, a the gene's loading and e its own, f and e
    standard normal: every gene has the spread ``sd``, two genes of a programme correlate by a a' rho.

    Returns
    -------
    n_rows x n_genes, log2.
    """
    rho = programmes.correlation[programmes.index]
    shared = rng.standard_normal((n_rows, len(programmes.correlation)))[:, programmes.index] * programmes.loading
    own = rng.standard_normal((n_rows, len(programmes.index)))
    return sd * (np.sqrt(rho) * shared + np.sqrt(1.0 - rho) * own)
