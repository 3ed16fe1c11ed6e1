"""Human genes as the mouse or rat genes that they certainly correspond to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scvalid.io.gene_names import Ortholog


@dataclass(frozen=True)
class Translation:
    """Human symbol -> symbol of the species and -> what the pair rests on; and the genes without a certain ortholog."""

    symbols: dict[str, str]
    basis: dict[str, str]
    lost: tuple[str, ...]


def translate(genes: Iterable[str], *, orthologs: Mapping[str, Ortholog]) -> Translation:
    """Return the orthologs of human genes in one species.

    No two human genes share an ortholog, so a translated set has no gene twice.

    Parameters
    ----------
    genes
        Current human symbols.
    orthologs
        Human symbol -> ortholog in the species.
    """
    names = list(genes)
    found = {name: orthologs[name] for name in names if name in orthologs}
    return Translation(
        symbols={name: ortholog.symbol for name, ortholog in found.items()},
        basis={name: ortholog.basis for name, ortholog in found.items()},
        lost=tuple(name for name in names if name not in found),
    )
