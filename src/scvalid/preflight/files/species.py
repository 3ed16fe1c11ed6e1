"""Which species the genes of a file are of, by the symbols that only it has, and by Ensembl tags."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scvalid.intake.compute.judgement import ENSEMBL

MIN_NAMES = 10
MIN_SHARE = 0.1
"""Beyond this share of another species a file is of both: no annotation names so many foreign genes."""
CLEAR = 3
"""Mouse and rat share most symbols, and each has some of the other's: one must have so many times more."""
_OF_TAG = {None: "human", "MUS": "mouse", "RNO": "rat"}
RODENT = "mouse or rat"


@dataclass(frozen=True)
class OwnSymbols:
    """Symbols that only one species has, and those of the rodents together that human does not have."""

    human: frozenset[str]
    rodent: frozenset[str]
    mouse: frozenset[str]
    rat: frozenset[str]


def own_symbols(symbol_of_id: Mapping[str, Mapping[str, str]]) -> OwnSymbols:
    """Return what tells the species apart.

    Parameters
    ----------
    symbol_of_id
        human, mouse and rat -> Ensembl id -> symbol.
    """
    human, mouse, rat = (frozenset(symbol_of_id[name].values()) for name in ("human", "mouse", "rat"))
    return OwnSymbols(human - mouse - rat, (mouse | rat) - human, mouse - rat - human, rat - mouse - human)


def species_of(symbols: Collection[str], gene_ids: Collection[str], *, own: OwnSymbols) -> tuple[str, ...]:
    """Return the species that the genes of a file are of: one, several if it is a mixture, none if nothing tells.

    Parameters
    ----------
    symbols
        Names of the genes.
    gene_ids
        Ensembl ids of those that have one.
    own
        What tells the species apart.
    """
    tags = [_OF_TAG.get(match["tag"], "another species") for match in map(ENSEMBL.match, gene_ids) if match]
    if len(tags) >= MIN_NAMES:
        return tuple(name for name, n in Counter(tags).most_common() if n >= MIN_SHARE * len(tags))
    names = set(symbols)
    hits = {"human": len(names & own.human), _rodent(names, own): len(names & own.rodent)}
    total = sum(hits.values())
    if total < MIN_NAMES:
        return ()
    return tuple(sorted((name for name in hits if hits[name] >= MIN_SHARE * total), key=lambda name: -hits[name]))


def _rodent(names: set[str], own: OwnSymbols) -> str:
    n_mouse, n_rat = len(names & own.mouse), len(names & own.rat)
    if n_mouse + n_rat < MIN_NAMES:
        return RODENT
    return "mouse" if n_mouse > CLEAR * n_rat else "rat" if n_rat > CLEAR * n_mouse else RODENT


def contradicts(found: tuple[str, ...], stated: str) -> bool:
    """Whether the species found are not the stated one alone."""
    fits = {stated, RODENT} if stated != "human" else {stated}
    return bool(found) and not (len(found) == 1 and found[0] in fits)
