"""Words that stand where a gene symbol should: what a spreadsheet left of one, identifiers, nicknames."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from scvalid.errors import shown
from scvalid.submission.gene_sets.gene_tables import GeneTables

SHOWN_GENES = 3
_MONTH = r"(jan|feb|mar|mrz|apr|may|mai|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez)"
_DATE = re.compile(
    rf"\d{{1,2}}[-. /]+{_MONTH}([-. /]+\d{{2,4}})?|{_MONTH}[-. /]+\d{{1,4}}|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}( [\d:]+)?"
    r"|\d{1,2}月\d{1,2}日",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"\d+([.,]\d+)?E\+?\d+", re.IGNORECASE)
_NUMBER = re.compile(r"\d+([.,]\d+)?")
_ENSEMBL = re.compile(r"(?P<id>ENS[A-Z]{0,4}[GTP]\d{6,})(\.\d+)?", re.IGNORECASE)


class WordFault(NamedTuple):
    """What was got in place of a symbol, and what to do."""

    got: str
    fix: str


def word_faults(genes: Iterable[str], *, tables: GeneTables, may_have_nicknames: bool = False) -> Iterator[WordFault]:
    """Yield one fault for each kind of words that are no symbols.

    Parameters
    ----------
    genes
        Names as a lab wrote them; a current symbol of the stated species is never a fault.
    tables
        The tables of gene names.
    may_have_nicknames
        Whether a nickname is no fault, as in a set of many genes, which is the same set without it.
    """
    words = [gene for gene in genes if gene not in tables.current]
    # OCT-4 is an old name, not a date; but 225 is an Entrez id before it is an old name of EGR1
    strange = [word for word in words if word not in tables.known]
    if quoted := [word for word in strange if word != word.strip(" \"'`“”‘’")]:
        yield WordFault(f"quotes or spaces around names ({some(quoted)})", "Write the symbols alone.")
    if mangled := [word for word in strange if _DATE.fullmatch(word) or _SCIENTIFIC.fullmatch(word)]:
        fix = "A spreadsheet turns MARCH1 into 1-Mar and 2310009E13Rik into 2.31E+19: import the column as text, write symbols."
        yield WordFault(f"dates or numbers that a spreadsheet made of symbols ({some(mangled)})", fix)
    if numbers := [word for word in words if _NUMBER.fullmatch(word)]:
        fix = "Entrez ids are not translated, and a spreadsheet may have turned a symbol into a day number: write symbols."
        yield WordFault(f"numbers ({some(numbers)})", fix)
    if ids := [word for word in words if _ENSEMBL.fullmatch(word)]:
        yield WordFault(f"Ensembl ids ({some(ids, lambda word: _symbol_of(word, tables))})", "Write the symbols.")
    nicknames = nicknames_in(words, tables=tables)
    if nicknames and not may_have_nicknames:
        yield WordFault(said_of_nicknames(nicknames, tables=tables), "Write the symbol of the gene that you mean.")


def nicknames_in(genes: Iterable[str], *, tables: GeneTables) -> list[str]:
    """Return the names that are no symbol of the stated species, but people's name for one of several genes."""
    return [gene for gene in genes if gene not in tables.current and gene.upper() in tables.nicknames]


def said_of_nicknames(nicknames: list[str], *, tables: GeneTables) -> str:
    """Return what the names are, with the genes that they may mean; some species has but one gene of a family."""
    are_of_several = all(len(tables.nicknames[name.upper()]) > 1 for name in nicknames)
    kind = "names of more than one gene" if are_of_several else "nicknames"
    return f"{kind} ({some(nicknames, lambda word: _offer(word, tables))})"


def some(genes: list[str], remark: Callable[[str], str] = lambda _: "") -> str:
    """Return the first genes as they may stand in a sentence, each with its remark."""
    more = ", ..." if len(genes) > SHOWN_GENES else ""
    return ", ".join(shown(gene) + remark(gene) for gene in genes[:SHOWN_GENES]) + more


def _symbol_of(word: str, tables: GeneTables) -> str:
    found = _ENSEMBL.fullmatch(word)
    gene_id = found["id"].upper() if found else ""
    symbol = next((symbols[gene_id] for symbols in tables.symbol_of_id.values() if gene_id in symbols), "")
    return f" is {symbol}" if symbol else ""


def _offer(word: str, tables: GeneTables) -> str:
    genes = tables.nicknames[word.upper()]
    return f": {' or '.join(genes)}" if genes else ""
