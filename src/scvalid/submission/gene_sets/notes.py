"""What is doubtful about a lab's own sets and genes, without speaking against them."""

from collections.abc import Iterator, Set
from pathlib import Path

import pandas as pd

from scvalid.errors import shown
from scvalid.io.gene_sets import read_descriptions
from scvalid.keys import GeneSet
from scvalid.submission.gene_sets.checking import measured_genes, own_genes, read_own_sets
from scvalid.submission.gene_sets.gene_tables import GeneTables, read_gene_tables
from scvalid.submission.gene_sets.gene_words import nicknames_in, said_of_nicknames, some
from scvalid.submission.gene_sets.own_sets import foreign_genes, genes_as_descriptions, genes_of, twice_named, unknown_genes
from scvalid.submission.model import Submission

SHOWN_RENAMED = 20


def notes_of_sets(submission: Submission, resources: Path) -> list[str]:
    """Return one sentence for each doubtful thing about a file or one of its sets, and for each own claim on an unknown gene.

    Parameters
    ----------
    submission
        A submission whose sets have no faults.
    resources
        Folder of the registered gene sets and gene names.
    """
    own, _ = read_own_sets(submission)
    claimed = list(own_genes(submission))
    if not own and not claimed:
        return []
    tables = read_gene_tables(resources / "genes", species=submission.config.context.species)
    known = tables.known | measured_genes(submission, tables)
    notes = []
    for source, table in own:
        where = shown(source.name)[1:-1]
        notes += [*_notes_of_file(where, table, tables, known), *_notes_of_descriptions(source, where, tables)]
        notes += [
            f"{where}: set {shown(s)}: {note}" for s, genes in genes_of(table) for note in _notes_of_set(genes, tables, known)
        ]
    return notes + [
        f"Claim {shown(claim_id)}: no table of {tables.species} genes knows {shown(gene)}; "
        "without it in the data the claim is not testable."
        for claim_id, gene in claimed
        if gene not in known
    ]


def _notes_of_file(where: str, table: pd.DataFrame, tables: GeneTables, known: Set[str]) -> Iterator[str]:
    genes = [str(gene) for gene in table[GeneSet.GENE].unique()]
    if old := [gene for gene in genes if gene in tables.renamed]:
        said = ", ".join(f"{shown(gene)[1:-1]} as {tables.renamed[gene]}" for gene in old[:SHOWN_RENAMED])
        more = ", ..." if len(old) > SHOWN_RENAMED else ""
        names = "an outdated name is read as the current one, where the data have this"
        if len(old) > 1:
            names = f"{len(old)} outdated names are read as the current ones, where the data have these"
        yield f"{where}: {names}: {said}{more}."
    # those that a set has a note of its own on are not said twice
    said_elsewhere = {*nicknames_in(genes, tables=tables), *foreign_genes(genes, tables=tables)}
    if odd := unknown_genes(genes, known=known | said_elsewhere):
        yield (
            f"{where}: no table of {tables.species} genes knows {len(odd)} of the {len(genes)} names ({some(odd)}); "
            "such a gene counts only if the data have it by that name."
        )


def _notes_of_descriptions(source: Path, where: str, tables: GeneTables) -> Iterator[str]:
    for set_id, gene in genes_as_descriptions(read_descriptions(source), tables=tables).items():
        yield f"{where}: set {shown(set_id)}: its description, {shown(gene)}, is not read as one of its genes."


def _notes_of_set(genes: list[str], tables: GeneTables, known: Set[str]) -> Iterator[str]:
    """Say what in a set would be a fault, were there more of it or the set smaller."""
    # a name that the data have is a gene of the data, whatever else it means
    lost = unknown_genes(genes, known=known)
    if strays := foreign_genes(lost, tables=tables):
        yield f"{len(strays)} of the {len(genes)} genes are {tables.other_species} ones ({some(strays)}) and do not count."
    if nicknames := nicknames_in(lost, tables=tables):
        yield f"{said_of_nicknames(nicknames, tables=tables)} are left out; write the symbols of the genes that you mean."
    for symbol, written in twice_named(genes, renamed=tables.renamed).items():
        yield f"{' and '.join(map(shown, written))} are names of {symbol}, which counts once."
