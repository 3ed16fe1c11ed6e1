"""What the genes of a file are called today."""

from collections import Counter
from collections.abc import Mapping, Sequence


def current_names(
    given: Sequence[str], gene_ids: Sequence[str], *, symbol_of_id: Mapping[str, str], aliases: Mapping[str, str]
) -> list[str]:
    """Return today's symbol of every gene of a file; a name that cannot be brought up to date stays as it is.

    A gene whose Ensembl id is known is called as the id is called today, except where the file gives that name to a gene
    without a known id: whether the two are one gene is not known, and their counts must not be added up. Without a table of
    outdated names (rat) nothing tells whether the file or the annotation is right: a name that the file gives is kept, and
    the id names only a gene without one, unless the file gives that name to another gene.

    The other genes go by their names. One that is no current symbol, but an outdated name of exactly one gene, is renamed,
    unless the file has the current symbol too (under its old or its new naming), or has a second outdated name of it. So no
    two genes that the file tells apart become one because of an alias.

    Parameters
    ----------
    given
        The name of each gene in the file, '' if it has none.
    gene_ids
        The Ensembl id of each gene without version, '' if it is not stated.
    symbol_of_id
        Ensembl id -> current symbol.
    aliases
        Outdated name -> current symbol; empty if the species has no such table.
    """
    by_id = [symbol_of_id.get(gene_id, "") for gene_id in gene_ids]
    if not aliases:
        return _names_of_file(given, by_id)
    unidentified = {name for name, symbol in zip(given, by_id, strict=True) if name and not symbol}
    named = [
        name if not symbol or (name and symbol in unidentified) else symbol for name, symbol in zip(given, by_id, strict=True)
    ]
    taken = {*given, *named, *by_id}
    known = frozenset(symbol_of_id.values())
    outdated = {name: aliases[name] for name in unidentified if name in aliases and name not in known}
    n_names = Counter(outdated.values())
    renamed = {name: symbol for name, symbol in outdated.items() if symbol not in taken and n_names[symbol] == 1}
    return [name if symbol else renamed.get(name, name) for name, symbol in zip(named, by_id, strict=True)]


def _names_of_file(given: Sequence[str], by_id: Sequence[str]) -> list[str]:
    taken = frozenset(given)
    return [name or ("" if symbol in taken else symbol) for name, symbol in zip(given, by_id, strict=True)]
