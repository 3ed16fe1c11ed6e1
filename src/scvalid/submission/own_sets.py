"""Gene sets of a lab against what they are to be used on: the stated species, and the genes of the data."""

from collections.abc import Iterator, Mapping, Set

import pandas as pd

from scvalid.errors import sentence, shown
from scvalid.keys import GeneSet

SHOWN_GENES = 3
_KINDS = {"human": "human", "mouse": "rodent", "rat": "rodent"}


def faults_of_species(sets: pd.DataFrame, *, where: str, species: str, symbols: Mapping[str, Set[str]]) -> list[str]:
    """Return one sentence for each set whose genes are those of another species, or of two.

    Parameters
    ----------
    sets
        Long table with the columns of ``keys.GeneSet``.
    where
        Name of the file, for the sentences.
    species
        Species that the submission states.
    symbols
        Species -> its gene symbols, outdated ones included. Mouse and rat are not told apart: they share most symbols.
    """
    own = frozenset().union(*(names for name, names in symbols.items() if _KINDS[name] == _KINDS[species]))
    foreign = frozenset().union(*(names for name, names in symbols.items() if _KINDS[name] != _KINDS[species])) - own
    other = "rodent" if species == "human" else "human"
    faults = []
    for set_id, genes in _genes_of(sets):
        strange = [gene for gene in genes if gene in foreign]
        n_own = sum(gene in own for gene in genes)
        place = f"{where}: set {shown(set_id)}"
        if strange and n_own:
            got = f"{n_own} of {species} and {len(strange)} {other} ones ({_some(strange)})"
            faults.append(sentence(place, "hold genes of one species", got, f"Write all of them as {species} symbols."))
        elif strange:
            fix = f"Write them as {species} symbols, or correct context.species."
            faults.append(sentence(place, f"hold genes of {species}", f"{other} ones ({_some(strange)})", fix))
    return faults


def faults_of_overlap(sets: pd.DataFrame, *, where: str, measured: Set[str], data: str) -> list[str]:
    """Return one sentence for each set of which the data hold no gene.

    Parameters
    ----------
    sets
        Long table with the columns of ``keys.GeneSet``.
    where
        Name of the file, for the sentences.
    measured
        Genes of the data.
    data
        How the sentences call the data.
    """
    fix = "Use gene symbols of the species of the data; Ensembl ids are not translated."
    return [
        sentence(f"{where}: set {shown(set_id)}", f"share genes with {data}", f"none of {len(genes)} ({_some(genes)})", fix)
        for set_id, genes in _genes_of(sets)
        if not any(gene in measured for gene in genes)
    ]


def _genes_of(sets: pd.DataFrame) -> Iterator[tuple[str, list[str]]]:
    for set_id, genes in sets.groupby(GeneSet.SET, sort=False)[GeneSet.GENE]:
        yield str(set_id), [str(gene) for gene in genes]


def _some(genes: list[str]) -> str:
    more = ", ..." if len(genes) > SHOWN_GENES else ""
    return ", ".join(shown(gene) for gene in genes[:SHOWN_GENES]) + more
