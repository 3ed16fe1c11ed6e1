"""Which side of a table of counts names genes."""

import re
from collections.abc import Collection, Sequence

from scvalid.intake.compute.judgement import ENSEMBL, GENOME_PREFIX, share_ensembl

_MOST = 0.5
_CLEAR = 0.15
"""Difference in likeness below which nobody should guess."""

GENE_WORDS = frozenset({
    "gene", "genes", "gene_id", "gene_ids", "geneid", "gene_name", "gene_names", "genename", "gene_symbol", "gene_symbols",
    "symbol", "symbols", "ensembl", "ensembl_id", "ensembl_gene_id", "ensemblid", "feature", "features", "feature_name",
    "gene_short_name", "hgnc_symbol", "mgi_symbol",
})  # fmt: skip
CELL_WORDS = frozenset({
    "cell", "cells", "cell_id", "cellid", "cell_name", "cell_barcode", "barcode", "barcodes", "sample", "samples", "sample_id",
})  # fmt: skip

_SYMBOL = re.compile(r"(mt-)?[A-Z][A-Za-z0-9]+([-.][A-Za-z0-9]+){0,3}|\d\w*(Rikl?|_rRNA|SK)")
_BARCODE = re.compile(r"(.*[^A-Za-z])?[ACGTN]{8,}([^A-Za-z].*)?")
_FAMILY = re.compile(
    r"RP[LS]\d+[AXYL]?\d*|RPLP[012]|MT-\w+|ACTB|GAPDH|B2M|MALAT1|EEF1A1|TPT1|TMSB\d+X?|FTL1?|FTH1|VIM|UBC|HSP90A[AB]1"
    r"|HLA-\w+|NDUF\w+|COX\d\w*|ATP5\w+|PSM[ABCD]\d+|MRP[LS]\d+|CD\d+\w?|COL\d+A\d+|IL\d+\w*|CC[LR]\d+|CX[CR]\w?[LR]?\d+"
    r"|KRT\d+|ZNF\d+|ZFP\d+|TMEM\d+|SLC\d+\w+|FAM\d+\w+|LINC\d+|MIR\d+\w*|OR\d+\w+|CCDC\d+|KIF\d+\w?|TGFB\w+|FGF\d+|WNT\d+\w*|LRRC\d+\w?"
    r"|\d{7}[A-Z]\d{2}Rikl?|[A-Z]\d{6}[A-Z]\d{2}Rikl?|GM\d+|LOC\d+|RGD\d+|[A-Z]{2,4}\d{6,8}\.\d+|SNOR[AD]\d+\w*"
    r"|\d\w+_rRNA|IG[HKL][VDJ]\d\S*|TR[ABDG][VDJ]\d\S*|MT[A-Z]+\d*P\d+|\w+-AS\d|RNU\d\S*|RN7S\S+|RNA5S\S+|[A-Z0-9]+P\d+",
    re.IGNORECASE,
)
"""Families that make up about a fifth of the genes of human, mouse and rat, and some that every cell expresses."""


def likeness_to_genes(names: Sequence[str]) -> float:
    """Return how much names look like genes, 0 to 1: Ensembl ids, else families of genes and words that do not repeat.

    Without their digits names of cells (``cell1``, ``P1_A02``) repeat, barcodes are told by their letters, and symbols differ.
    """
    bare = [GENOME_PREFIX.sub("", name, count=1) for name in names]
    if not bare:
        return 0.0
    if share_ensembl(bare) >= _MOST:
        return 1.0
    symbols = [name for name in bare if _SYMBOL.fullmatch(name) and not _BARCODE.fullmatch(name)]
    share_family = sum(1 for name in symbols if _FAMILY.fullmatch(name)) / len(bare)
    share_words = len({re.sub(r"\d+", "", name) for name in symbols}) / len(bare)
    return 0.5 * min(1.0, 5 * share_family) + 0.5 * share_words


def are_genes_in_rows(row_names: Sequence[str], column_names: Sequence[str], *, labels: Collection[str] = ()) -> bool | None:
    """Return whether the rows of a table are genes, or None if that cannot be told.

    Parameters
    ----------
    row_names, column_names
        Names on both sides, or the first of them.
    labels
        What the header calls the names of the rows, and the columns of text beside them.
    """
    is_ensembl = [any(ENSEMBL.fullmatch(name) for name in names[:20]) for names in (row_names, column_names)]
    if is_ensembl[0] != is_ensembl[1]:
        return is_ensembl[0]
    words = {label.strip().lower().replace(" ", "_").replace(".", "_") for label in labels}
    if bool(words & GENE_WORDS) != bool(words & CELL_WORDS):
        return bool(words & GENE_WORDS)
    rows, columns = likeness_to_genes(row_names), likeness_to_genes(column_names)
    return None if abs(rows - columns) < _CLEAR else rows > columns


def are_counted(names: Sequence[str]) -> bool:
    """Whether names are the numbers that a program gives to rows, from 0 or 1 on."""
    return any(list(names) == [str(i) for i in range(first, first + len(names))] for first in (0, 1))
