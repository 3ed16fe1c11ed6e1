"""Gene sets of a submission: own files that can be read, names of their own, and claims that name sets which exist."""

from difflib import get_close_matches
from pathlib import Path

from scvalid.contracts.claims import NOT_TRANSCRIPT_LEVEL
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import GeneSet
from scvalid.submission.description import registered_gene_sets
from scvalid.submission.model import Submission

NOT_A_SET = NOT_TRANSCRIPT_LEVEL | {"gene", "state_abundance"}
LIKENESS_OF_A_MISSPELLING = 0.85


def faults_of_sets(submission: Submission, folder: Path) -> list[str]:
    """Return what is wrong with the submission's own sets and with the sets that its claims name.

    Parameters
    ----------
    submission
        The submission.
    folder
        Folder of the registered sets, with its manifest.
    """
    findings: list[str] = []
    taken: dict[str, str] = {}
    for source in registered_gene_sets(folder, submission.config.context.species):
        taken |= dict.fromkeys(read_gene_sets(source, is_panel=True)[GeneSet.SET], "registered sets")
    for source in submission.own_gene_sets:
        try:
            ids = dict.fromkeys(read_gene_sets(source, is_panel=False)[GeneSet.SET], source.name)
        except SubmissionError as error:
            findings.extend(error.findings)
            continue
        findings += _faults_of_names(source, ids, taken)
        taken = ids | taken
    return findings + _faults_of_claims(submission, sorted(taken))


def _faults_of_names(source: Path, ids: dict[str, str], taken: dict[str, str]) -> list[str]:
    """Sets of one name would be scored as one set that nobody has registered."""
    where = shown(source.name)[1:-1]
    return [
        sentence(
            f"{where}: set {shown(name)}",
            "have a name of its own",
            f"the name of one of the {shown(taken[name])[1:-1]}",
            "Rename it, also in the claims.",
        )
        for name in sorted(ids.keys() & taken.keys())
    ]


def _faults_of_claims(submission: Submission, known: list[str]) -> list[str]:
    """A set that nobody has is NOT TESTABLE, which a report can say; one that is nearly a known one is a misspelling."""
    findings = []
    for claim in submission.claims.claims:
        for readout in (part.readout for part in claim.parts):
            if readout.type in NOT_A_SET or readout.id in known:
                continue
            near = get_close_matches(readout.id, known, n=1, cutoff=LIKENESS_OF_A_MISSPELLING)
            if near:
                where = f"{shown(submission.claims_path.name)[1:-1]}, claim {shown(claim.id)}, read-out"
                findings.append(sentence(where, "name a known set", shown(readout.id), f"Did you mean '{near[0]}'?"))
    return findings
