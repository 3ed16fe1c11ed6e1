"""Signed, weighted sets laid over the genes of an assay: coverage, gates, and the weights of a score."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.contracts.verdicts import Code
from scvalid.keys import Effect, GeneSet

Floats = NDArray[np.float64]

MIN_WEIGHT_MEASURED = 0.5
MIN_WEIGHT_EXPRESSED = 0.2
MIN_GENES, FULL_GENES, MIN_SHARE_OF_GENES = 5, 10, 0.6


@dataclass(frozen=True)
class ScoredSets:
    """The sets of one comparison.

    Attributes
    ----------
    coverage
        One row a set, in order of its id: gate, sizes and shares of weight, whether it is of the panel.
    weights
        Sets x expressed genes; each row is ``w_g / sum |w|`` over the expressed genes (zero if the set was gated).
    """

    coverage: pd.DataFrame
    weights: Floats


def lay_sets(sets: pd.DataFrame, *, measured: NDArray[np.str_], expressed: NDArray[np.str_]) -> ScoredSets:
    """Return coverage and weights of each set.

    Parameters
    ----------
    sets
        Long table with the columns of ``keys.GeneSet``.
    measured
        Genes of the assay.
    expressed
        Genes that passed the filter of this comparison, in the order of the expression matrix.

    Notes
    -----
    A set is gated if less than half of its weight is measured, or if fewer than ``max(5, min(10, 60 % of its genes))``
    genes or less than 20 % of its weight are expressed; genes of weight zero do not count.
    """
    size = sets[GeneSet.WEIGHT].abs()
    known = sets.assign(
        size=size,
        measured=size.where(sets[GeneSet.GENE].isin(measured), 0.0),
        expressed=size.where(sets[GeneSet.GENE].isin(expressed), 0.0),
        is_expressed=sets[GeneSet.GENE].isin(expressed) & (size > 0),
    )
    by_set = known.groupby(GeneSet.SET, sort=True)
    total = by_set["size"].sum()
    total = total.where(total > 0, 1.0)  # a set without weight has none measured
    coverage = pd.DataFrame(
        {
            Effect.N_SET: (size > 0).groupby(sets[GeneSet.SET], sort=True).sum().astype(int),
            Effect.N_EXPRESSED: by_set["is_expressed"].sum().astype(int),
            Effect.WEIGHT_MEASURED: by_set["measured"].sum() / total,
            Effect.WEIGHT_EXPRESSED: by_set["expressed"].sum() / total,
            Effect.IS_PANEL: by_set[GeneSet.IS_PANEL].all(),
        }
    )
    coverage[Effect.GATE] = _gates(coverage)
    return ScoredSets(coverage, _weights(known, coverage, expressed))


def _gates(coverage: pd.DataFrame) -> list[str]:
    needed = np.maximum(MIN_GENES, np.minimum(FULL_GENES, MIN_SHARE_OF_GENES * coverage[Effect.N_SET]))
    is_short = (coverage[Effect.N_EXPRESSED] < needed) | (coverage[Effect.WEIGHT_EXPRESSED] < MIN_WEIGHT_EXPRESSED)
    is_unmeasured = coverage[Effect.WEIGHT_MEASURED] < MIN_WEIGHT_MEASURED
    return [
        str(Code.SET_MOSTLY_NOT_MEASURED) if unmeasured else str(Code.SET_MOSTLY_NOT_EXPRESSED) if short else ""
        for unmeasured, short in zip(is_unmeasured, is_short, strict=True)
    ]


def _weights(known: pd.DataFrame, coverage: pd.DataFrame, expressed: NDArray[np.str_]) -> Floats:
    usable = coverage.index[coverage[Effect.GATE] == ""]
    rows = known[known["is_expressed"] & known[GeneSet.SET].isin(usable)]
    weights = np.zeros((len(coverage), expressed.size))
    weights[coverage.index.get_indexer(rows[GeneSet.SET]), pd.Index(expressed).get_indexer(rows[GeneSet.GENE])] = rows[
        GeneSet.WEIGHT
    ]
    total = np.abs(weights).sum(axis=1, keepdims=True)
    return np.divide(weights, total, out=weights, where=total > 0)
