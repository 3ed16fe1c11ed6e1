"""Which sets share genes, and which of them could explain a read-out's effect otherwise: its rivals, by rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

MIN_SHARED = 3
"""Fewer shared genes make no rival of a set, however small the two are."""
MIN_JACCARD = 0.1
MIN_COEFFICIENT = 0.15
"""From this share of the smaller set, or of the fewer leading genes, the two sets move together."""
N_LEADING = 20
"""Genes that carry most of a weighted score; with equal weights all genes lead."""

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Overlap:
    """What two sets share; genes of weight zero count in neither.

    Attributes
    ----------
    n_a, n_b
        Genes of each set.
    shared
        Symbols in both, sorted.
    jaccard
        Shared genes over the genes in either set.
    coefficient
        Shared genes over those of the smaller set (Szymkiewicz-Simpson).
    leading
        Symbols that lead both sets, sorted.
    leading_coefficient
        Those over the leading genes of the set that has fewer.
    same_sign
        Share of the shared genes whose weights have one sign; NaN if none is shared.
    """

    n_a: int
    n_b: int
    shared: tuple[str, ...]
    jaccard: float
    coefficient: float
    leading: tuple[str, ...]
    leading_coefficient: float
    same_sign: float


@dataclass(frozen=True)
class Rival:
    """A set that shares what a read-out is read from.

    Attributes
    ----------
    set_id
        The set.
    rules
        Which rules found it: ``jaccard``, ``overlap``, ``leading`` or, for a gene, ``member``.
    shared
        The shared symbols, sorted.
    is_same_programme
        Whether it belongs to the read-out's own mechanism, so that it confirms rather than competes.
    is_opposite
        Whether most of what is shared has the other sign there: that set up is this read-out down.
    """

    set_id: str
    rules: tuple[str, ...]
    shared: tuple[str, ...]
    is_same_programme: bool
    is_opposite: bool


def overlap_of(first: Weights, second: Weights) -> Overlap:
    """Return what two sets (symbol -> signed weight) share."""
    a, b = ({gene: weight for gene, weight in weights.items() if weight} for weights in (first, second))
    shared, leaders = sorted(a.keys() & b.keys()), (leading_genes(a), leading_genes(b))
    both = sorted(leaders[0] & leaders[1])
    n_agreeing = sum((a[gene] > 0) == (b[gene] > 0) for gene in shared)
    return Overlap(
        n_a=len(a),
        n_b=len(b),
        shared=tuple(shared),
        jaccard=_share(len(shared), len(a) + len(b) - len(shared)),
        coefficient=_share(len(shared), min(len(a), len(b))),
        leading=tuple(both),
        leading_coefficient=_share(len(both), min(map(len, leaders))),
        same_sign=n_agreeing / len(shared) if shared else float("nan"),
    )


def leading_genes(weights: Weights) -> frozenset[str]:
    """Return the ``N_LEADING`` genes of largest absolute weight, with all that tie with the last of them."""
    sizes = sorted((abs(weight) for weight in weights.values()), reverse=True)
    least = sizes[min(N_LEADING, len(sizes)) - 1] if sizes else np.inf
    return frozenset(gene for gene, weight in weights.items() if abs(weight) >= least and weight)


def overlap_table(sets: Mapping[str, Weights]) -> pd.DataFrame:
    """Return one row per pair of sets that share a gene, in order of the ids; ``shared`` is joined by ``;``."""
    rows = []
    for a, b in combinations(sorted(sets), 2):
        found = overlap_of(sets[a], sets[b])
        if found.shared:
            numbers = (found.jaccard, found.coefficient, found.leading_coefficient, found.same_sign)
            rounded = (f"{number:.4f}" for number in numbers)
            rows.append((a, b, found.n_a, found.n_b, len(found.shared), len(found.leading), *rounded, ";".join(found.shared)))
    columns = ["set_a", "set_b", "n_a", "n_b", "n_shared", "n_leading_shared"]
    numbers_of = ["jaccard", "overlap_coef", "leading_coef", "same_sign"]
    return pd.DataFrame(rows, columns=[*columns, *numbers_of, "shared"])


def rivals_of(
    readout: str, *, sets: Mapping[str, Weights], axes: Mapping[str, str], axis: str | None = None
) -> tuple[Rival, ...]:
    """Return the sets that could explain an effect on a read-out otherwise.

    Parameters
    ----------
    readout
        Id of one of ``sets``, or else a gene symbol.
    sets
        Set id -> symbol -> signed weight.
    axes
        Set id -> mechanism; a set without one competes with all.
    axis
        Mechanism of the claim; that of the set that is read counts beside it.

    Returns
    -------
    Rivals that share most first; those of the read-out's own mechanism are among them, and marked.

    Notes
    -----
    For a set: at least ``MIN_SHARED`` shared genes and a Jaccard index of ``MIN_JACCARD``, or an overlap coefficient of
    ``MIN_COEFFICIENT`` of all genes or of the leading ones. For a gene: every set it is a member of.
    """
    own = {mechanism(word) for word in (axis, axes.get(readout)) if word}
    found = []
    for set_id in sorted(sets.keys() - {readout}):
        overlap = overlap_of(sets.get(readout, {readout: 1.0}), sets[set_id])
        rules = _rules_of_set(overlap) if readout in sets else ("member",) * bool(overlap.shared)
        if rules:
            is_same = set_id in axes and mechanism(axes[set_id]) in own
            found.append((overlap, Rival(set_id, rules, overlap.shared, is_same, overlap.same_sign < 0.5)))
    found.sort(key=lambda pair: (-pair[0].coefficient, -len(pair[0].leading), -len(pair[0].shared), pair[1].set_id))
    return tuple(rival for _, rival in found)


def mechanism(axis: str) -> str:
    """Return the word that an axis begins with: 'osteogenesis (TGFb)' is osteogenesis, 'senescence/stress' senescence."""
    return axis.partition(" (")[0].partition("/")[0].strip().casefold()


def _rules_of_set(overlap: Overlap) -> tuple[str, ...]:
    enough = len(overlap.shared) >= MIN_SHARED
    rules = {
        "jaccard": enough and overlap.jaccard >= MIN_JACCARD,
        "overlap": enough and overlap.coefficient >= MIN_COEFFICIENT,
        "leading": len(overlap.leading) >= MIN_SHARED and overlap.leading_coefficient >= MIN_COEFFICIENT,
    }
    return tuple(name for name, is_met in rules.items() if is_met)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
