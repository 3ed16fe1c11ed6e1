"""What the names of a gene set are called today."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from scvalid.io.gene_names import ALIAS, PREVIOUS, Alias


class Status:
    """What a name is: current, withdrawn as a symbol, used beside the symbol, or not known (or of more than one gene)."""

    CURRENT = "current"
    PREVIOUS = PREVIOUS
    ALIAS = ALIAS
    UNKNOWN = "unknown"


class CurrentName(NamedTuple):
    """The current symbol of a name ('' if it is not known), and what the name is."""

    symbol: str
    status: str


def current_symbols(names: Iterable[str], *, known: AbstractSet[str], aliases: Mapping[str, Alias]) -> dict[str, CurrentName]:
    """Return for each name its current symbol and what the name is, in the order of the names.

    A name that is a current symbol stays, whatever else it may have meant once.

    Parameters
    ----------
    names
        Genes of a set, each once.
    known
        All current symbols of the species.
    aliases
        Outdated name -> current symbol, of the same species.
    """
    return {name: _current(name, known, aliases) for name in names}


def _current(name: str, known: AbstractSet[str], aliases: Mapping[str, Alias]) -> CurrentName:
    if name in known:
        return CurrentName(name, Status.CURRENT)
    alias = aliases.get(name)
    return CurrentName(alias.symbol, alias.kind) if alias else CurrentName("", Status.UNKNOWN)
