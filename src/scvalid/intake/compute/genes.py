"""Names of genes: from whatever identifies them to one symbol each, with duplicates summed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.judgement import ENSEMBL, GENOME_PREFIX, share_ensembl
from scvalid.intake.compute.renaming import current_names

SYMBOL_COLUMNS = (
    "gene_symbols", "gene_symbol", "gene_name", "gene_names", "feature_name", "gene_short_name",
    "symbol", "symbols", "hgnc_symbol", "mgi_symbol", "name", "names",
)  # fmt: skip
ID_COLUMNS = ("gene_ids", "gene_id", "ensembl_id", "ensembl_ids", "ensembl_gene_id", "ensembl", "feature_id", "id")
TYPE_COLUMNS = ("feature_types", "feature_type")
GENOME_COLUMNS = ("genome", "genomes")
GENE_EXPRESSION = "Gene Expression"
OTHER_TYPES = frozenset(
    {"Antibody Capture", "Multiplexing Capture", "CRISPR Guide Capture", "Antigen Capture", "VDJ", "Peaks", "Custom"}
)
"""Types of feature that CellRanger knows beside genes."""

MT = re.compile(r"mt-", re.IGNORECASE)
RIBO = re.compile(r"RP[SL]\d+(A|X|Y\d?|A?L\d?)?|RPLP[0-2]|RPSA2?", re.IGNORECASE)
"""Proteins of the cytosolic ribosome and their paralogues; not pseudogenes, read-throughs or the kinases RPS6K*."""

_ID_SUFFIX = re.compile(r"_ENS[A-Z]*G\d{11}$")
_MOST = 0.5
_NO_NAME = frozenset({"", "nan", "None", "NA", "<NA>"})


@dataclass(frozen=True)
class GeneTable:
    """What a file says of its genes: the index, and the columns that were asked for, as text."""

    index: NDArray[np.object_]
    columns: Mapping[str, NDArray[np.object_]]

    def at(self, is_taken: NDArray[np.bool_]) -> "GeneTable":
        """Return some of the genes."""
        return GeneTable(self.index[is_taken], {column: values[is_taken] for column, values in self.columns.items()})


@dataclass(frozen=True)
class NamedGenes:
    """One symbol a gene ('' if none is known), its Ensembl id without version ('' if not stated), what the index held.

    ``n_renamed`` genes had a name in the file that is not their symbol today.
    """

    symbols: NDArray[np.object_]
    gene_ids: NDArray[np.object_]
    id_type: str
    n_renamed: int = 0

    def at(self, places: NDArray[np.intp]) -> "NamedGenes":
        """Return the genes at some places."""
        return NamedGenes(self.symbols[places], self.gene_ids[places], self.id_type, self.n_renamed)


def name_genes(
    genes: GeneTable, *, symbol_of_id: Mapping[str, str], aliases: Mapping[str, str], gene_column: str | None = None
) -> NamedGenes:
    """Return current symbol and Ensembl id of every gene; see ``renaming.current_names``.

    Parameters
    ----------
    genes
        n genes as the file has them.
    symbol_of_id
        Ensembl id without version -> current symbol.
    aliases
        Outdated name -> current symbol; used for a gene without a known id.
    gene_column
        Column of ``genes`` that holds the symbols; None chooses ``gene_symbols``, a usual column beside Ensembl ids, or the
        index.
    """
    names, ids, is_ensembl = _identify(genes, gene_column)
    pairs = [_named(name, gene_id) for name, gene_id in zip(names, ids, strict=True)]
    given, gene_ids = [name for name, _ in pairs], [gene_id for _, gene_id in pairs]
    symbols = current_names(given, gene_ids, symbol_of_id=symbol_of_id, aliases=aliases)
    return NamedGenes(
        symbols=np.array(symbols, dtype=object),
        gene_ids=np.array(gene_ids, dtype=object),
        id_type="ensembl" if is_ensembl else "symbol",
        n_renamed=sum(1 for name, symbol in zip(given, symbols, strict=True) if name not in ("", symbol)),
    )


def telling_names(genes: GeneTable, *, gene_column: str | None = None) -> list[list[str]]:
    """Return the lists of names that show the species: the names that are used, and the Ensembl ids."""
    given, ids, _ = _identify(genes, gene_column)
    return [[name for name in names if name] for names in (given, ids)]


def is_gene_expression(genes: GeneTable) -> NDArray[np.bool_]:
    """Return which features are genes; antibodies, guides and peaks of a CellRanger file are not."""
    column = type_column(genes)
    if column is None:
        return np.ones(len(genes.index), dtype=bool)
    kinds = genes.columns[column]
    if GENE_EXPRESSION in kinds:
        return kinds == GENE_EXPRESSION
    # a column of biotypes (protein_coding ...) tells no genes from others
    return np.array([kind not in OTHER_TYPES for kind in kinds], dtype=bool)


def type_column(genes: GeneTable) -> str | None:
    """Return the column that holds the types of the features, if there is one."""
    return first_of(genes.columns, TYPE_COLUMNS)


def merge_genes(counts: sparse.csr_matrix, symbols: Sequence[str]) -> tuple[sparse.csr_matrix, NDArray[np.intp]]:
    """Sum the counts of columns with the same symbol, wherever they stand.

    Parameters
    ----------
    counts
        Cells x genes.
    symbols
        Symbol of each gene; a gene with '' is left out.

    Returns
    -------
    Cells x different symbols in the order of their first gene, and the position of that first gene.
    """
    place: dict[str, int] = {}
    rows = [i for i, symbol in enumerate(symbols) if symbol]
    columns = [place.setdefault(symbols[i], len(place)) for i in rows]
    first = np.full(len(place), len(symbols), dtype=np.intp)
    np.minimum.at(first, columns, rows)
    ones = np.ones(len(rows), dtype=np.float64)
    return counts @ sparse.csr_matrix((ones, (rows, columns)), shape=(len(symbols), len(place))), first


def wanted_columns(known: Sequence[str], gene_column: str | None) -> list[str]:
    """Return the columns of var that naming the genes may need, of those that the file has."""
    usual = {*SYMBOL_COLUMNS, *ID_COLUMNS, *TYPE_COLUMNS, *GENOME_COLUMNS}
    return [c for c in known if c == gene_column or c.lower() in usual]


def first_of(columns: Mapping[str, NDArray[np.object_]], names: Sequence[str]) -> str | None:
    """Return the column whose name, in any case, is the first of some names that is there."""
    by_lower = {c.lower(): c for c in reversed(list(columns))}
    return next((by_lower[name] for name in names if name in by_lower), None)


def _identify(genes: GeneTable, gene_column: str | None) -> tuple[list[str], list[str], bool]:
    """Return the name and the Ensembl id of each gene as the file has them, and whether its index holds ids."""
    ids = _bare_ids(genes.index)
    is_ensembl = share_ensembl(ids) >= _MOST
    # the first of them is what 10x files and their readers call symbols, whatever kind of id the index holds
    column = gene_column or first_of(genes.columns, SYMBOL_COLUMNS if is_ensembl else SYMBOL_COLUMNS[:1])
    given = genes.index if column is None else genes.columns[column]
    if not is_ensembl:
        usual = [_bare_ids(v) for c, v in genes.columns.items() if c.lower() in ID_COLUMNS]
        ids = next((c for c in usual if share_ensembl(c) >= _MOST), [""] * len(genes.index))
    return [str(name) for name in given], ids, is_ensembl


def _bare_ids(names: NDArray[np.object_]) -> list[str]:
    matches = (ENSEMBL.fullmatch(GENOME_PREFIX.sub("", str(name), count=1)) for name in names)
    return [m["id"] if m else "" for m in matches]


def _named(name: str, gene_id: str) -> tuple[str, str]:
    """Return the bare name of a gene ('' if the file has an id or nothing in its place) and its id."""
    symbol = _ID_SUFFIX.sub("", GENOME_PREFIX.sub("", name.strip(), count=1))
    match = ENSEMBL.fullmatch(symbol)
    if match:
        return "", match["id"]
    return "" if symbol in _NO_NAME else symbol, gene_id
