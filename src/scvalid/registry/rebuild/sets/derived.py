"""Sets under outdated or human symbols in, the same sets under current or another species' symbols out, and what was lost."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from scvalid.io.gene_names import Alias, Ortholog
from scvalid.registry.rebuild.names.symbols import current_symbols
from scvalid.registry.rebuild.names.translation import translate
from scvalid.registry.rebuild.sets.signed import MovedSet, move_weights

Sets = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class MovedSets:
    """Sets under new symbols.

    Attributes
    ----------
    weights
        Set id -> new symbol -> weight.
    lost
        Set id -> old symbols that have no new one, and new symbols on which weights of opposite sign met; sorted.
    """

    weights: dict[str, dict[str, float]]
    lost: dict[str, tuple[str, ...]]


def under_current_symbols(sets: Sets, *, known: AbstractSet[str], aliases: Mapping[str, Alias]) -> MovedSets:
    """Return sets under current symbols: a known symbol stays, an outdated one is replaced, any other is lost."""
    names = {
        old: name.symbol
        for old, name in current_symbols({g for genes in sets.values() for g in genes}, known=known, aliases=aliases).items()
    }
    return _moved(sets, names)


def by_orthologs(sets: Sets, *, orthologs: Mapping[str, Ortholog]) -> MovedSets:
    """Return human sets under the symbols of another species; genes without an ortholog are lost."""
    return _moved(sets, translate({g for genes in sets.values() for g in genes}, orthologs=orthologs).symbols)


def by_shared_symbols(sets: Sets, *, known: AbstractSet[str]) -> MovedSets:
    """Return mouse sets of the genes that rat has under the same symbol, for RGD names rat genes after those of mouse."""
    return _moved(sets, {gene: gene for genes in sets.values() for gene in genes if gene in known})


def _moved(sets: Sets, names: Mapping[str, str]) -> MovedSets:
    moved: dict[str, MovedSet] = {set_id: move_weights(genes, names=names) for set_id, genes in sets.items()}
    return MovedSets(
        weights={set_id: dict(one.weights) for set_id, one in moved.items()},
        lost={set_id: tuple(sorted({*one.lost, *one.conflicting})) for set_id, one in moved.items()},
    )
