"""What is doubtful about a lab's own sets and genes, without speaking against them."""

from collections.abc import Iterator, Set
from pathlib import Path

import pandas as pd

from scvalid.errors import shown
from scvalid.keys import GeneSet
from scvalid.submission.gene_tables import GeneTables, read_gene_tables
from scvalid.submission.gene_words import some
from scvalid.submission.model import Submission
from scvalid.submission.own_sets import unknown_genes
from scvalid.submission.sets import measured_genes, own_genes, read_own_sets

SHOWN_RENAMED = 20


def notes_of_sets(submission: Submission, resources: Path) -> list[str]:
    """Return one sentence for each file with outdated or unknown genes, and for each own claim on an unknown gene.

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
    notes = [note for source, table in own for note in _notes_of_file(source.name, table, tables, known)]
    return notes + [
        f"Claim {shown(claim_id)}: no table of {tables.species} genes knows {shown(gene)}{_other_case(gene, tables)}; "
        "without it in the data the claim is not testable."
        for claim_id, gene in claimed
        if gene not in known
    ]


def _notes_of_file(name: str, table: pd.DataFrame, tables: GeneTables, known: Set[str]) -> Iterator[str]:
    where = shown(name)[1:-1]
    genes = [str(gene) for gene in table[GeneSet.GENE].unique()]
    if old := [gene for gene in genes if gene in tables.renamed]:
        said = ", ".join(f"{shown(gene)[1:-1]} as {tables.renamed[gene]}" for gene in old[:SHOWN_RENAMED])
        more = ", ..." if len(old) > SHOWN_RENAMED else ""
        names = "an outdated name is read as the current one, where the data have this"
        if len(old) > 1:
            names = f"{len(old)} outdated names are read as the current ones, where the data have these"
        yield f"{where}: {names}: {said}{more}."
    if odd := unknown_genes(genes, known=known):
        yield (
            f"{where}: no table of {tables.species} genes knows {len(odd)} of the {len(genes)} names ({some(odd)}); "
            "such a gene counts only if the data have it by that name."
        )


def _other_case(gene: str, tables: GeneTables) -> str:
    near = next((symbol for symbol in (gene.upper(), gene.capitalize()) if symbol in tables.current), None)
    return f" (did you mean {near}?)" if near else ""
