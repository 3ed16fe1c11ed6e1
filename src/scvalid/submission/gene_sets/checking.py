"""Gene sets and genes of a submission: files that can be read, names of their own, and read-outs that exist."""

from collections.abc import Iterator, Set
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from scvalid.contracts.readouts import NAMES_A_SET, Readout
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.intake.preflight import symbols_of_source
from scvalid.io.gene_sets import read_descriptions, read_gene_sets
from scvalid.keys import GeneSet
from scvalid.registry.manifest import read_manifest
from scvalid.submission.gene_sets import own_sets
from scvalid.submission.gene_sets.gene_tables import GeneTables, read_gene_tables
from scvalid.submission.gene_sets.gene_words import word_faults
from scvalid.submission.model import Submission

OwnSets: TypeAlias = list[tuple[Path, pd.DataFrame]]
LIKENESS_OF_A_MISSPELLING = 0.85
_RENAME = "Rename it, also in the claims."
_DROP = "Remove it from your file: the registered set of that name is used. If yours is another, rename it, also in the claims."
MAX_OWN_SETS = 1000
"""Each set is scored in every state and against thousands of random sets."""


def faults_of_sets(submission: Submission, resources: Path) -> list[str]:
    """Return what is wrong with the submission's own sets and with the sets and genes that its claims name.

    Parameters
    ----------
    submission
        The submission.
    resources
        Folder of the registered gene sets and gene names.
    """
    own, findings = read_own_sets(submission)
    registered = read_manifest(resources / "gene_sets")
    species = submission.config.context.species
    of_species = {row.set_id for row in registered if row.species == species}
    findings += _faults_of_names(own, {row.set_id for row in registered}, usable=of_species)
    n_own = sum(table[GeneSet.SET].nunique() for _, table in own)
    if n_own > MAX_OWN_SETS:
        where, fix = f"{submission.name}, key 'gene_sets',", "Keep the sets that your claims need; each costs time."
        return [*findings, sentence(where, f"name at most {MAX_OWN_SETS} sets", str(n_own), fix)]
    if own or any(own_genes(submission)):
        tables = read_gene_tables(resources / "genes", species=species)
        findings += _faults_of_genes(submission, own, tables) + _faults_of_claimed_genes(submission, tables)
    return findings + _faults_of_readouts(submission, sorted(of_species.union(*(table[GeneSet.SET] for _, table in own))))


def read_own_sets(submission: Submission) -> tuple[OwnSets, list[str]]:
    """Return each file with the sets in it, for the files that can be read, and what is wrong with the others."""
    own: OwnSets = []
    findings: list[str] = []
    for source in submission.own_gene_sets:
        try:
            own.append((source, read_gene_sets(source, is_panel=False)))
        except SubmissionError as error:
            findings.extend(error.findings)
    return own, findings


def own_genes(submission: Submission) -> Iterator[tuple[str, str]]:
    """Yield claim id and gene of the lab's own claims; registered ones name human genes in data of any species."""
    registered = set(submission.config.registered_claims)
    return ((c, r.id) for c, r in _readouts(submission) if r.type == "gene" and c not in registered)


def measured_genes(submission: Submission, tables: GeneTables) -> Set[str]:
    """Return the genes of the first sample as the workflow will call them; none if there is none yet."""
    if submission.is_made_here or not submission.samples:
        return frozenset()
    return symbols_of_source(
        submission.source(submission.samples[0]),
        settings=submission.config.intake,
        symbol_of_id=tables.symbol_of_id[tables.species],
        aliases=tables.renamed,
    )


def _faults_of_names(own: OwnSets, registered: Set[str], *, usable: Set[str]) -> list[str]:
    """Sets of one name would be scored as one set that nobody has registered; names that differ by case mislead a reader."""
    taken = {name.casefold(): (name, "registered sets") for name in registered}
    findings = []
    for source, table in own:
        for name in map(str, table[GeneSet.SET].unique()):
            if found := taken.get(name.casefold()):
                other = "" if found[0] == name else f", {shown(found[0])}"
                where = f"{shown(source.name)[1:-1]}: set {shown(name)}"
                got = f"the name of one of the {shown(found[1])[1:-1]}{other}"
                findings.append(sentence(where, "have a name of its own", got, _DROP if name in usable else _RENAME))
            taken.setdefault(name.casefold(), (name, f"sets of {source.name}"))
    return findings


def _faults_of_genes(submission: Submission, own: OwnSets, tables: GeneTables) -> list[str]:
    """Look at the genes of own sets: symbols, of the stated species alone, each once, known, and some of them in the data."""
    findings: list[str] = []
    for source, table in own:
        file = own_sets.OwnFile(shown(source.name)[1:-1], table)
        findings += own_sets.faults_of_descriptions(read_descriptions(source), where=file.name, tables=tables)
        findings += own_sets.faults_of_words(file, tables=tables)
        findings += own_sets.faults_of_species(file, tables=tables)
        findings += own_sets.faults_of_two_names(file, renamed=tables.renamed)
    if findings or not own:
        return findings
    measured = measured_genes(submission, tables)
    written = measured | {old for old, new in tables.renamed.items() if new in measured}
    data = f"sample {shown(submission.samples[0].sample_id)}" if submission.samples else ""
    for source, table in own:
        file = own_sets.OwnFile(shown(source.name)[1:-1], table)
        faults = own_sets.faults_of_unknown(file, known=tables.known | measured, species=tables.species)
        findings += faults
        if measured and not faults:
            findings += own_sets.faults_of_overlap(file, measured=written, data=data)
    return findings


def _faults_of_claimed_genes(submission: Submission, tables: GeneTables) -> list[str]:
    """A claim on a gene by an old name, a nickname or an id would be "not measured" in any data."""
    faults = []
    for claim_id, gene in own_genes(submission):
        where = f"claim {shown(claim_id)}, read-out"
        must = "be a current gene symbol"
        odd = [sentence(where, must, fault.got, fault.fix) for fault in word_faults([gene], tables=tables)]
        if not odd and (new := tables.renamed.get(gene)):
            said = f"HGNC names the gene of that name {new}" if tables.species == "human" else f"Its symbol is {new} today"
            fix = f"{said}; write that if it is the gene you mean."
            odd = [sentence(where, must, shown(gene), fix)]
        # a name that the data have is a gene, however it is written
        elif not odd and (near := other_case(gene, tables)) and gene not in measured_genes(submission, tables):
            odd = [sentence(where, must, shown(gene), f"Did you mean {near}?")]
        faults += odd
    return faults


def other_case(gene: str, tables: GeneTables) -> str | None:
    """Return the current symbol that an unknown name differs from by case alone, if there is one."""
    return None if gene in tables.known else tables.spelled.get(gene.casefold())


def _faults_of_readouts(submission: Submission, known: list[str]) -> list[str]:
    """A set that nobody has is NOT TESTABLE, which a report can say; one that is nearly a known one is a misspelling."""
    findings = []
    spelled = {name.casefold(): name for name in known}
    for claim_id, readout in _readouts(submission):
        if readout.type not in NAMES_A_SET or readout.id in known:
            continue
        near = get_close_matches(readout.id.casefold(), spelled, n=1, cutoff=LIKENESS_OF_A_MISSPELLING)
        if near:
            where, fix = f"claim {shown(claim_id)}, read-out", f"Did you mean {shown(spelled[near[0]])}?"
            findings.append(sentence(where, "name a known set", shown(readout.id), fix))
    return findings


def _readouts(submission: Submission) -> Iterator[tuple[str, Readout]]:
    return ((claim.id, part.readout) for claim in submission.claims.claims for part in claim.parts)
