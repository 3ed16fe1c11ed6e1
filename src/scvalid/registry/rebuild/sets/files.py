"""Gene sets as the bytes of a committed file, and back."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import GeneSet
from scvalid.registry.rebuild.tables import packed

Sets = Mapping[str, Mapping[str, float]]
N_DECIMALS = 6
"""Decimals of a written weight, as many as PROGENy's are rounded to."""


def bytes_of_sets(sets: Sets, *, name: str) -> bytes:
    """Return the bytes of a file of sets, gzipped if its name ends so; the same sets give the same bytes."""
    rows = [(set_id, gene, _written(weight)) for set_id, genes in sets.items() for gene, weight in genes.items()]
    table = pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT])
    return packed(table) if name.endswith(".gz") else table.to_csv(sep="\t", index=False, lineterminator="\n").encode("utf-8")


def sets_of_file(source: Path) -> dict[str, dict[str, float]]:
    """Return set id -> symbol -> weight, in the order of the file (``.tsv``, ``.tsv.gz`` or ``.gmt``)."""
    sets: dict[str, dict[str, float]] = {}
    table = read_gene_sets(source, is_panel=False)
    for set_id, gene, weight in zip(table[GeneSet.SET], table[GeneSet.GENE], table[GeneSet.WEIGHT], strict=True):
        sets.setdefault(set_id, {})[gene] = weight
    return sets


def _written(weight: float) -> str:
    """Return a weight without zeros behind its decimals."""
    return f"{weight:.{N_DECIMALS}f}".rstrip("0").rstrip(".")
