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
MAX_OWN_BACKGROUND = 0.2


@dataclass(frozen=True)
class ScoredSets:
    """The sets of one comparison.

    Attributes
    ----------
    coverage
        One row a set, in order of its id: gate, sizes and shares of weight, whether it is of the panel.
    weights
        Sets x expressed genes; each row is ``w_g / sum |w| / (1 - c)`` over the expressed genes (zero if the set was gated),
        with c the share of its own shift that its background takes away.
    """

    coverage: pd.DataFrame
    weights: Floats


def lay_sets(
    sets: pd.DataFrame, *, measured: NDArray[np.str_], expressed: NDArray[np.str_], bins: NDArray[np.intp]
) -> ScoredSets:
    """Return coverage and weights of each set.

    Parameters
    ----------
    sets
        Long table with the columns of ``keys.GeneSet``.
    measured
        Genes of the assay.
    expressed
        Genes that passed the filter of this comparison, in the order of the expression matrix.
    bins
        Expression bin of each of them, which the matched background is taken from.

    Notes
    -----
    A set is gated if less than half of its weight is measured, or if fewer than ``max(5, min(10, 60 % of its genes))``
    genes or less than 20 % of its weight are expressed; genes of weight zero do not count. It is gated too if its own
    genes would take more than 20 % off its score by way of the background: unscaled, the score of a set that moves by 1
    throughout is ``1 - c`` with ``c = sum_b W_b N_b / n_b``, W the weights, N the signs and n the genes of bin b. Divided by
    that, a uniform shift of b is a theta of b, and no p value changes (docs/decisions/007-own-background.md).
    """
    known = _known(sets, measured=measured, expressed=expressed)
    coverage = _coverage(known)
    weights = _weights(known, coverage, expressed)
    own = _own_background(weights, bins)
    is_own_background = own > MAX_OWN_BACKGROUND
    coverage.loc[is_own_background, Effect.GATE] = str(Code.SET_IS_ITS_BACKGROUND)
    scale = np.where(is_own_background, 0.0, 1 / (1 - np.where(is_own_background, 0.0, own)))
    return ScoredSets(coverage, weights * scale[:, None])


def coverage_of(sets: pd.DataFrame, *, measured: NDArray[np.str_]) -> pd.DataFrame:
    """Return the coverage of sets as ``lay_sets`` would at best: all genes that the assay has are expressed."""
    return _coverage(_known(sets, measured=measured, expressed=measured))


def _known(sets: pd.DataFrame, *, measured: NDArray[np.str_], expressed: NDArray[np.str_]) -> pd.DataFrame:
    size = sets[GeneSet.WEIGHT].abs()
    return sets.assign(
        size=size,
        measured=size.where(sets[GeneSet.GENE].isin(measured), 0.0),
        expressed=size.where(sets[GeneSet.GENE].isin(expressed), 0.0),
        is_expressed=sets[GeneSet.GENE].isin(expressed) & (size > 0),
    )


def _coverage(known: pd.DataFrame) -> pd.DataFrame:
    by_set = known.groupby(GeneSet.SET, sort=True)
    total = by_set["size"].sum()
    total = total.where(total > 0, 1.0)  # a set without weight has none measured
    coverage = pd.DataFrame(
        {
            Effect.N_SET: (known["size"] > 0).groupby(known[GeneSet.SET], sort=True).sum().astype(int),
            Effect.N_EXPRESSED: by_set["is_expressed"].sum().astype(int),
            Effect.WEIGHT_MEASURED: by_set["measured"].sum() / total,
            Effect.WEIGHT_EXPRESSED: by_set["expressed"].sum() / total,
            Effect.IS_PANEL: by_set[GeneSet.IS_PANEL].all(),
        }
    )
    coverage[Effect.GATE] = _gates(coverage)
    return coverage


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


def _own_background(weights: Floats, bins: NDArray[np.intp]) -> Floats:
    """Return the share of each set's own shift that its background takes away again."""
    in_bin = np.eye(int(bins.max(initial=-1)) + 1)[bins]
    size = np.maximum(in_bin.sum(axis=0), 1)
    return ((weights @ in_bin) * (np.sign(weights) @ in_bin) / size).sum(axis=1)
