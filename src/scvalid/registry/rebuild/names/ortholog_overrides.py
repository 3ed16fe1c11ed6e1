"""Pairs of orthologs that a person has decided, because the databases lose or mistake them: they stand before any rule."""

from pathlib import Path

import pandas as pd

from scvalid.errors import ContractError, sentence, shown
from scvalid.io.sheets import read_sheet_rows

OVERRIDES = "ortholog_overrides.tsv"
"""The sheet in the folder of gene names."""
BY_HAND = "by_hand"
_COLUMNS = ("human", "species", "symbol", "note")

Overrides = dict[str, dict[str, str]]
"""Species -> human symbol -> symbol there, or '' for none."""


def read_overrides(source: Path) -> Overrides:
    """Read the sheet of pairs: human symbol, species (mouse or rat), symbol there or nothing, and why.

    Raises
    ------
    SubmissionError, ContractError
        If the sheet cannot be read, a species is another, or a gene stands in two pairs of one species.
    """
    pairs: Overrides = {"mouse": {}, "rat": {}}
    for row in read_sheet_rows(source, required=("human", "species"), known=_COLUMNS):
        human, species, symbol = (row.values.get(column, "") for column in _COLUMNS[:3])
        known = pairs.get(species)
        if not human or known is None or human in known or (symbol and symbol in known.values()):
            must = "hold a human gene and mouse or rat, each gene in one row of a species"
            raise ContractError(sentence(f"{source.name} row {row.line}", must, shown(f"{human} {species}"), "Correct it."))
        known[human] = symbol
    return pairs


def with_overrides(table: pd.DataFrame, chosen: dict[str, str]) -> pd.DataFrame:
    """Return the pairs of one species (human, symbol, basis) with the chosen ones in place of all others of either gene."""
    is_free = ~table["human"].isin(list(chosen)) & ~table["symbol"].isin(list(filter(None, chosen.values())))
    rows = [(human, symbol, BY_HAND) for human, symbol in chosen.items() if symbol]
    by_hand = pd.DataFrame(rows, columns=["human", "symbol", "basis"], dtype=object)
    return pd.concat([table[is_free], by_hand], ignore_index=True)


def refuse_unknown(chosen: dict[str, str], *, human: frozenset[str], there: frozenset[str], species: str) -> None:
    """Refuse a pair that names what is no current symbol.

    Raises
    ------
    ContractError
        With the first of them.
    """
    odd = [gene for gene in chosen if gene not in human] + [s for s in chosen.values() if s and s not in there]
    if odd:
        must = f"name current symbols of human and {species}"
        raise ContractError(sentence(OVERRIDES, must, shown(odd[0]), "Correct it."))
