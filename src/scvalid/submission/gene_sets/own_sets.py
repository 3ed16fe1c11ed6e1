"""Gene sets of a lab against what they are to be used on: names that are symbols, the stated species, the genes of the data."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import pandas as pd

from scvalid.errors import sentence, shown
from scvalid.keys import GeneSet
from scvalid.submission.gene_sets.gene_tables import GeneTables
from scvalid.submission.gene_sets.gene_words import some, word_faults

MAX_SHARE_UNKNOWN = 0.5
MIN_SHARE_FOREIGN = 0.2
"""Below it, genes of another species are strays in a set that is what it says."""
LARGE_SET = 10
"""Genes from which a set is what it says, even if one of its names is left out."""


class OwnFile(NamedTuple):
    """A lab's file of sets: its name as sentences call it, and its long table with the columns of ``keys.GeneSet``."""

    name: str
    sets: pd.DataFrame


def faults_of_words(file: OwnFile, *, tables: GeneTables) -> list[str]:
    """Return one sentence for each set and kind of words that are no gene symbols."""
    return [
        sentence(f"{file.name}: set {shown(set_id)}", "name genes by symbols", fault.got, fault.fix)
        for set_id, genes in genes_of(file.sets)
        for fault in word_faults(genes, tables=tables, may_have_nicknames=len(genes) >= LARGE_SET)
    ]


def faults_of_descriptions(descriptions: Mapping[str, str], *, where: str, tables: GeneTables) -> list[str]:
    """Return one sentence for a GMT file in which a gene stands in place of every description: the sets would lose them.

    Parameters
    ----------
    descriptions
        Set id -> second column.
    where
        Name of the file, for the sentences.
    tables
        The tables of gene names.
    """
    described = genes_as_descriptions(descriptions, tables=tables)
    if not described or len(described) < len(descriptions):
        return []
    (set_id, gene), *_ = described.items()
    got, fix = f"a gene in each line, as {shown(gene)} in set {shown(set_id)}", "Write NA between the id and the genes."
    return [sentence(where, "have a description in the second column", got, fix)]


def genes_as_descriptions(descriptions: Mapping[str, str], *, tables: GeneTables) -> dict[str, str]:
    """Return set id -> description, for those that are a gene after which the set is not named, as targets of a gene are."""
    return {
        set_id: gene
        for set_id, gene in descriptions.items()
        if gene in tables.current and gene.casefold() not in re.split(r"[^a-z0-9-]+", set_id.casefold())
    }


def faults_of_species(file: OwnFile, *, tables: GeneTables) -> list[str]:
    """Return one sentence for each set whose genes are those of another species, or of two; a few strays are no fault."""
    species, other = tables.species, tables.other_species
    faults = []
    for set_id, genes in genes_of(file.sets):
        strange = foreign_genes(genes, tables=tables)
        if len(strange) < MIN_SHARE_FOREIGN * len(genes):
            continue
        n_own = sum(gene in tables.known for gene in genes)
        place = f"{file.name}: set {shown(set_id)}"
        if strange and n_own:
            got = f"{n_own} of {species} and {len(strange)} {other} ones ({some(strange)})"
            faults.append(sentence(place, "hold genes of one species", got, f"Write all of them as {species} symbols."))
        elif strange:
            fix = f"Write them as {species} symbols, or correct context.species."
            faults.append(sentence(place, f"hold genes of {species}", f"{other} ones ({some(strange)})", fix))
    return faults


def foreign_genes(genes: Sequence[str], *, tables: GeneTables) -> list[str]:
    """Return the genes that only another species has, in their order."""
    return [gene for gene in genes if gene in tables.foreign]


def faults_of_two_names(file: OwnFile, *, renamed: Mapping[str, str]) -> list[str]:
    """Return one sentence for each gene that a set names twice, by its current and an outdated name or by two outdated ones.

    In a large set the two count as one, if they have the same sign.

    Parameters
    ----------
    file
        The file of sets.
    renamed
        Outdated name -> current symbol.
    """
    faults = []
    for set_id, rows in file.sets.groupby(GeneSet.SET, sort=False):
        positive = set(rows.loc[rows[GeneSet.WEIGHT] > 0, GeneSet.GENE])
        for symbol, written in twice_named(rows[GeneSet.GENE], renamed=renamed).items():
            is_of_one_sign = len({name in positive for name in written}) == 1
            if len(rows) >= LARGE_SET and is_of_one_sign:
                continue
            got, fix = f"{' and '.join(map(shown, written))}, names of {symbol}", f"Keep {symbol}, with one weight."
            faults.append(sentence(f"{file.name}: set {shown(set_id)}", "name each gene once", got, fix))
    return faults


def twice_named(genes: Iterable[str], *, renamed: Mapping[str, str]) -> dict[str, list[str]]:
    """Return current symbol -> the names of that gene, for each gene with several."""
    names = defaultdict(list)
    for gene in genes:
        names[renamed.get(gene, gene)].append(gene)
    return {symbol: written for symbol, written in names.items() if len(written) > 1}


def faults_of_unknown(file: OwnFile, *, known: Set[str], species: str) -> list[str]:
    """Return one sentence for each set most of whose names are no genes that anybody knows.

    Parameters
    ----------
    file
        The file of sets.
    known
        Names that the tables or the data know.
    species
        Species that the submission states.
    """
    faults = []
    for set_id, genes in genes_of(file.sets):
        odd = unknown_genes(genes, known=known)
        if len(odd) > MAX_SHARE_UNKNOWN * len(genes):
            got = f"{len(odd)} of {len(genes)} names that no table knows ({some(odd)})"
            where_set, must = f"{file.name}: set {shown(set_id)}", f"hold genes of {species}"
            faults.append(sentence(where_set, must, got, "Write current gene symbols."))
    return faults


def unknown_genes(genes: Sequence[str], *, known: Set[str]) -> list[str]:
    """Return the genes that are not known, in their order."""
    return [gene for gene in genes if gene not in known]


def faults_of_overlap(file: OwnFile, *, measured: Set[str], data: str) -> list[str]:
    """Return one sentence for each set of which the data hold no gene.

    Parameters
    ----------
    file
        The file of sets.
    measured
        Genes of the data.
    data
        How the sentences call the data.
    """
    fix = "Use gene symbols of the species of the data."
    return [
        sentence(f"{file.name}: set {shown(set_id)}", f"share genes with {data}", f"none of {len(genes)} ({some(genes)})", fix)
        for set_id, genes in genes_of(file.sets)
        if not any(gene in measured for gene in genes)
    ]


def genes_of(sets: pd.DataFrame) -> Iterator[tuple[str, list[str]]]:
    """Yield each set id with its genes, in the order of the file."""
    for set_id, genes in sets.groupby(GeneSet.SET, sort=False)[GeneSet.GENE]:
        yield str(set_id), [str(gene) for gene in genes]
