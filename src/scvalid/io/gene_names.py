"""The committed tables of gene names: symbols of Ensembl ids, outdated symbols, orthologs, and nicknames of several genes."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scvalid.errors import ContractError, sentence, shown
from scvalid.io.packed_text import read_packed_text
from scvalid.io.remembered import remembered
from scvalid.io.sheets import read_sheet_rows

MAX_BYTES = 50_000_000
GENE_COLUMNS = ("gene_id", "symbol")
ALIAS_COLUMNS = ("alias", "symbol", "kind")
NICKNAMES = "nicknames.tsv"
"""The sheet of nicknames in the folder of gene names."""
NICKNAME_COLUMNS = ("name", "genes", "mouse", "note")
ORTHOLOG_COLUMNS = ("human", "species", "symbol", "basis")
PREVIOUS, ALIAS = "previous", "alias"
"""Kinds of outdated names: an approved symbol once, or a name that was used beside it."""

_FIX = "Take the file from the repository again."


class Alias(NamedTuple):
    """The current symbol of an outdated name, and its kind."""

    symbol: str
    kind: str


class Ortholog(NamedTuple):
    """The current symbol of an ortholog, and what the pair rests on."""

    symbol: str
    basis: str


def alias_tables(folder: Path, species: str) -> list[Path]:
    """Return the table of outdated names of a species in the folder of gene names, or none: rat has none."""
    return sorted(folder.glob(f"aliases_{species}.tsv.gz"))


@remembered
def read_symbols(source: Path) -> dict[str, str]:
    """Return Ensembl id without version -> current symbol of one species.

    Raises
    ------
    ContractError
        If the table is damaged.
    """
    return {row[0]: row[1] for row in _unique(source, GENE_COLUMNS, n_keys=1)}


@remembered
def read_aliases(source: Path) -> dict[str, Alias]:
    """Return outdated name -> the current symbol of the one gene it meant, for one species.

    Raises
    ------
    ContractError
        If the table is damaged, or a kind is neither 'previous' nor 'alias'.
    """
    aliases = {alias: Alias(symbol, kind) for alias, symbol, kind in _unique(source, ALIAS_COLUMNS, n_keys=1)}
    odd = next((alias.kind for alias in aliases.values() if alias.kind not in (PREVIOUS, ALIAS)), None)
    if odd is not None:
        must = f"have the kind {PREVIOUS} or {ALIAS} in every row"
        raise ContractError(sentence(f"gene names {shown(source.name)}", must, shown(odd), _FIX))
    return aliases


def read_orthologs(source: Path, *, species: str) -> dict[str, Ortholog]:
    """Return human symbol -> ortholog in one species; a human gene without a certain one is not there.

    Raises
    ------
    ContractError
        If the table is damaged.
    """
    rows = _unique(source, ORTHOLOG_COLUMNS, n_keys=2)
    return {human: Ortholog(symbol, basis) for human, of, symbol, basis in rows if of == species}


def read_nicknames(source: Path, *, species: str = "human") -> dict[str, tuple[str, ...]]:
    """Return nickname in capitals -> the genes of a species that people mean by it, the most usual first; maybe none or one.

    Such a name (TAZ, ERK) is never brought up to date, for it would lead to another gene than the one that is meant.
    Of rat the symbols of mouse are returned, some of which rat may not have.

    Raises
    ------
    SubmissionError, ContractError
        If the sheet cannot be read, or names a nickname twice or a gene in another form.
    """
    names: dict[str, tuple[str, ...]] = {}
    for row in read_sheet_rows(source, required=("name", "genes"), known=NICKNAME_COLUMNS):
        name = row.values.get("name", "").upper()
        human, mouse = (tuple(row.values.get(column, "").split(";")) for column in NICKNAME_COLUMNS[1:3])
        if not name or not all(human) or name in names:
            where, must = (
                f"gene names {shown(source.name)}, line {row.line},",
                "hold a name that stands once, and genes joined by ;",
            )
            raise ContractError(sentence(where, must, shown(name), "Correct it."))
        names[name] = human if species == "human" else tuple(filter(None, mouse))
    return names


def _unique(source: Path, header: tuple[str, ...], *, n_keys: int) -> Iterator[list[str]]:
    """Yield the rows of a table; refuse one whose first fields stand there already."""
    seen: set[tuple[str, ...]] = set()
    where = f"gene names {shown(source.name)}"
    lines = read_packed_text(source, where=where, limit=MAX_BYTES, fix=_FIX).split("\n")
    if lines[0].split("\t") != list(header) or lines[-1] != "":
        got = f"{shown(lines[0])} and {len(lines) - 1} lines"
        raise ContractError(sentence(where, f"be whole, with the columns {' '.join(header)}", got, _FIX))
    for number, line in enumerate(lines[1:-1], start=2):
        row = line.split("\t")
        if len(row) != len(header) or not all(row):
            raise ContractError(sentence(f"{where}, line {number},", f"hold {len(header)} words", shown(line), _FIX))
        key = tuple(row[:n_keys])
        if key in seen:
            raise ContractError(sentence(f"{where}, line {number},", "be the only one of its name", shown(" ".join(key)), _FIX))
        seen.add(key)
        yield row
