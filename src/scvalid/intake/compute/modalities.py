"""Counts of features that are no genes: antibodies, hashtags, guides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from scvalid.intake.compute.genes import SYMBOL_COLUMNS, GeneTable, first_of, is_gene_expression, type_column

HASHTAGS = "hashtags"
NOT_CARRIED = "Peaks"
"""Type of feature that is counted and left out: the peaks of a multiome outnumber its genes."""

_HASHTAG = re.compile(r"hash[-_ ]?tag|(?<![a-z])hto(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Modality:
    """Counts of features that are no genes.

    Attributes
    ----------
    slug
        Its name in AnnData.
    feature_type
        As the file says it.
    names
        The m features.
    counts
        Cells x m features.
    """

    slug: str
    feature_type: str
    names: tuple[str, ...]
    counts: sparse.csr_matrix


def modalities_of(genes: GeneTable, counts: sparse.csr_matrix) -> tuple[Modality, ...]:
    """Return the counts of each type of feature beside genes; hashtags among antibodies are a modality of their own.

    Parameters
    ----------
    genes
        n features.
    counts
        Cells x n features.
    """
    column = type_column(genes)
    if column is None:
        return ()
    names = _feature_names(genes)
    places: dict[tuple[str, str], list[int]] = {}
    for i in np.flatnonzero(~is_gene_expression(genes)).tolist():
        kind = str(genes.columns[column][i])
        if kind and kind != NOT_CARRIED:
            places.setdefault((_slug_of(kind, names[i]), kind), []).append(i)
    merged = {slug: [key for key in places if key[0] == slug] for slug, _ in places}
    return tuple(_modality(slug, merged[slug], places, names, counts) for slug in sorted(merged))


def names_of(modalities: Sequence[Modality]) -> dict[str, dict[str, Any]]:
    """Return slug -> type and names of the features, as they stand in ``uns``."""
    return {m.slug: {"feature_type": m.feature_type, "names": list(m.names)} for m in modalities}


def feature_types_of(genes: GeneTable) -> tuple[str, ...]:
    """Return the types of feature beside genes, by name."""
    column = type_column(genes)
    return () if column is None else tuple(sorted(set(genes.columns[column][~is_gene_expression(genes)]) - {""}))


def _modality(
    slug: str,
    keys: Sequence[tuple[str, str]],
    places: dict[tuple[str, str], list[int]],
    names: Sequence[str],
    counts: sparse.csr_matrix,
) -> Modality:
    taken = sorted(i for key in keys for i in places[key])
    kinds = " and ".join(sorted({kind for _, kind in keys}))
    return Modality(slug, kinds, tuple(names[i] for i in taken), sparse.csr_matrix(counts[:, taken]))


def _slug_of(kind: str, name: str) -> str:
    if _HASHTAG.search(name) and not kind.lower().startswith(("multiplexing", "crispr")):
        return HASHTAGS
    return re.sub(r"[^a-z0-9]+", "_", kind.lower()).strip("_")[:40] or "other"


def _feature_names(genes: GeneTable) -> list[str]:
    column = first_of(genes.columns, SYMBOL_COLUMNS)
    symbols = genes.index if column is None else genes.columns[column]
    return [str(symbol) or str(name) for symbol, name in zip(symbols, genes.index, strict=True)]
