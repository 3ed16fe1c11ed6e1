"""Gene sets and genes of a submission: files that can be read, names of their own, and read-outs that exist."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from scvalid.contracts.readouts import NAMES_A_SET, Readout
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.intake.preflight import symbols_of_source
from scvalid.io.gene_names import alias_tables, read_aliases, read_symbols
from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import GeneSet
from scvalid.registry.manifest import read_manifest
from scvalid.submission.model import Submission
from scvalid.submission.own_sets import faults_of_overlap, faults_of_species

LIKENESS_OF_A_MISSPELLING = 0.85
_SPECIES = ("human", "mouse", "rat")


def faults_of_sets(submission: Submission, resources: Path) -> list[str]:
    """Return what is wrong with the submission's own sets and with the sets and genes that its claims name.

    Parameters
    ----------
    submission
        The submission.
    resources
        Folder of the registered gene sets and gene names.
    """
    findings: list[str] = []
    species = submission.config.context.species
    taken = {row.set_id: "registered sets" for row in read_manifest(resources / "gene_sets") if row.species == species}
    own: dict[str, pd.DataFrame] = {}
    for source in submission.own_gene_sets:
        name = shown(source.name)[1:-1]
        try:
            own[name] = read_gene_sets(source, is_panel=False)
        except SubmissionError as error:
            findings.extend(error.findings)
            continue
        ids = dict.fromkeys(own[name][GeneSet.SET], source.name)
        findings += _faults_of_names(name, ids, taken)
        taken = ids | taken
    findings += _faults_of_genes(submission, own, resources / "genes") if own else []
    findings += _faults_of_old_names(submission, resources / "genes")
    return findings + _faults_of_readouts(submission, sorted(taken))


def _faults_of_names(where: str, ids: dict[str, str], taken: dict[str, str]) -> list[str]:
    """Sets of one name would be scored as one set that nobody has registered."""
    return [
        sentence(
            f"{where}: set {shown(name)}",
            "have a name of its own",
            f"the name of one of the {shown(taken[name])[1:-1]}",
            "Rename it, also in the claims.",
        )
        for name in sorted(ids.keys() & taken.keys())
    ]


def _faults_of_genes(submission: Submission, own: dict[str, pd.DataFrame], genes: Path) -> list[str]:
    """Look at the genes of own sets: of the stated species alone, and some of them in the data."""
    species = submission.config.context.species
    old_names = {name: _old_names(genes, name) for name in _SPECIES}
    current = {name: read_symbols(genes / f"{name}.tsv.gz") for name in _SPECIES}
    symbols = {name: {*current[name].values(), *old_names[name]} for name in _SPECIES}
    findings: list[str] = []
    for where, table in own.items():
        findings += faults_of_species(table, where=where, species=species, symbols=symbols)
    if findings or submission.is_made_here:
        return findings
    sample = submission.samples[0]
    measured = symbols_of_source(
        submission.source(sample),
        settings=submission.config.intake,
        symbol_of_id=current[species],
        aliases=old_names[species],
    )
    measured |= {old for old, new in old_names[species].items() if new in measured}
    for where, table in own.items() if measured else ():
        findings += faults_of_overlap(table, where=where, measured=measured, data=f"sample {shown(sample.sample_id)}")
    return findings


def _faults_of_old_names(submission: Submission, genes: Path) -> list[str]:
    """A claim on a gene by its old name would be "not measured" in any data."""
    registered = set(submission.config.registered_claims)  # they name human genes in data of any species
    readouts = [(c, readout) for c, readout in _readouts(submission) if readout.type == "gene" and c not in registered]
    if not readouts:
        return []
    old_names = _old_names(genes, submission.config.context.species)
    return [
        sentence(f"claim {shown(claim_id)}, read-out", "be a current gene symbol", shown(readout.id), f"It is {new} now.")
        for claim_id, readout in readouts
        if (new := old_names.get(readout.id))
    ]


def _faults_of_readouts(submission: Submission, known: list[str]) -> list[str]:
    """A set that nobody has is NOT TESTABLE, which a report can say; one that is nearly a known one is a misspelling."""
    findings = []
    for claim_id, readout in _readouts(submission):
        if readout.type not in NAMES_A_SET or readout.id in known:
            continue
        near = get_close_matches(readout.id, known, n=1, cutoff=LIKENESS_OF_A_MISSPELLING)
        if near:
            where = f"claim {shown(claim_id)}, read-out"
            findings.append(sentence(where, "name a known set", shown(readout.id), f"Did you mean '{near[0]}'?"))
    return findings


def _readouts(submission: Submission) -> Iterator[tuple[str, Readout]]:
    return ((claim.id, part.readout) for claim in submission.claims.claims for part in claim.parts)


def _old_names(genes: Path, species: str) -> dict[str, str]:
    return {old: alias.symbol for table in alias_tables(genes, species) for old, alias in read_aliases(table).items()}
