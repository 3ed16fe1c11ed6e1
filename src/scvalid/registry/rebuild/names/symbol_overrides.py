"""Symbols of single Ensembl ids that a person has decided, because the annotation calls a well-known gene by another's name."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from scvalid.errors import ContractError, sentence, shown
from scvalid.io.gene_names import GENE_COLUMNS
from scvalid.io.sheets import read_sheet_rows

RAT_OVERRIDES = "rat_overrides.tsv"
"""The sheet in the folder of gene names."""
_COLUMNS = (*GENE_COLUMNS, "note")
_GENE_ID, _SYMBOL = GENE_COLUMNS
_FIX = "Correct it."


def read_symbol_overrides(source: Path) -> dict[str, str]:
    """Read the sheet of ids: Ensembl id without version, its symbol, and why.

    Raises
    ------
    SubmissionError, ContractError
        If the sheet cannot be read, or an id or a symbol is missing or stands twice.
    """
    chosen: dict[str, str] = {}
    for row in read_sheet_rows(source, required=GENE_COLUMNS, known=_COLUMNS):
        gene_id, symbol = (row.values.get(column, "") for column in GENE_COLUMNS)
        if not gene_id or not symbol or gene_id in chosen or symbol in chosen.values():
            where, must = f"{source.name} row {row.line}", "hold an id and a symbol, each of them once"
            raise ContractError(sentence(where, must, shown(f"{gene_id} {symbol}"), _FIX))
        chosen[gene_id] = symbol
    return chosen


def with_symbols(genes: pd.DataFrame, chosen: Mapping[str, str]) -> pd.DataFrame:
    """Return the table of genes (gene_id, symbol) with the chosen symbols in place of those of the annotation.

    Raises
    ------
    ContractError
        If an id is not in the table, or another id bears its symbol already: counts of one symbol are summed.
    """
    known = dict(zip(genes[_GENE_ID], genes[_SYMBOL], strict=True))
    others = {symbol for gene_id, symbol in known.items() if gene_id not in chosen}
    odd = [i for i, symbol in chosen.items() if i not in known or symbol in others]
    if odd:
        must = "name ids of the annotation, and symbols that no other id of it bears"
        raise ContractError(sentence(RAT_OVERRIDES, must, shown(f"{odd[0]} {chosen[odd[0]]}"), _FIX))
    symbols = [chosen.get(gene_id, symbol) for gene_id, symbol in known.items()]
    return genes.assign(**{_SYMBOL: symbols})
