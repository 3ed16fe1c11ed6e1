"""From files to a submission: every fault of one gate is collected, then all are said at once."""

from collections.abc import Callable
from os.path import isfile
from pathlib import Path
from typing import TypeVar

from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.intake.preflight import findings_of_source
from scvalid.settings import Sample
from scvalid.simulation.compute.plan import plan_samples
from scvalid.submission.claims.reading import claims_of
from scvalid.submission.config import parse_config
from scvalid.submission.gene_sets.checking import faults_of_sets
from scvalid.submission.model import Submission
from scvalid.submission.samples.sheet import read_sheet

Part = TypeVar("Part")
MATCHED_SETS_PER_CLAIM = 40
_REMOVE = "Remove the row, raise simulation.n_donors, or remove the section 'simulation'."


def load_submission(values: object, config_file: Path, *, resources: Path) -> Submission:
    """Return the submission that a config describes; the samples' files are not opened.

    Parameters
    ----------
    values
        The config as plain values (as Snakemake or YAML read it).
    config_file
        Where it was read; paths in it are relative to its folder.
    resources
        Folder of the registered claims and compounds.

    Raises
    ------
    SubmissionError
        With one sentence for every fault of config, sample sheet and claims.
    """
    config = parse_config(values, name=config_file.name)
    folder = config_file.parent
    findings: list[str] = []
    samples = _collect(lambda: read_sheet(folder / config.samples), findings)
    read = _collect(lambda: claims_of(config, name=config_file.name, folder=folder, resources=resources), findings)
    if samples is None or read is None:
        raise SubmissionError(findings)
    submission = Submission(config, config_file.name, folder, samples, *read)
    findings = _faults_of_arms(submission) + _faults_of_simulation(submission) + _faults_of_family(submission)
    findings += _faults_of_paths(submission)
    if findings:
        raise SubmissionError(findings)
    return submission


def check_submission(submission: Submission, *, resources: Path) -> None:
    """Look into the files of all samples and gene sets.

    Parameters
    ----------
    submission
        The submission.
    resources
        Folder of the registered gene sets and gene names; own sets must not take a name from there.

    Raises
    ------
    SubmissionError
        With one sentence for every fault; nothing was written and no job was started.
    """
    findings = faults_of_sets(submission, resources)
    if not submission.is_made_here:
        for sample in submission.samples:
            findings += _faults_of_file(submission, sample)
        if submission.truth_path is not None and not isfile(submission.truth_path):  # noqa: PTH113  Path raises on a long name
            where = f"{submission.name}, key 'truth',"
            findings.append(sentence(where, "name a file", shown(submission.truth_path), "Remove the key or correct it."))
    if findings:
        raise SubmissionError(findings)


def _collect(read: Callable[[], Part], findings: list[str]) -> Part | None:
    try:
        return read()
    except SubmissionError as error:
        findings.extend(error.findings)
        return None


def _faults_of_arms(submission: Submission) -> list[str]:
    """A treated arm without samples is a misspelling; so is a vehicle arm, if the sheet has one of a similar name."""
    arms = sorted({sample.arm for sample in submission.samples})
    design = submission.config.design
    faults = []
    for key, arm in (("treated", design.treated), ("vehicle", design.vehicle)):
        advice = nearest(arm, arms)
        if arm not in arms and (key == "treated" or advice.startswith("Did you mean")):
            where = f"{submission.name}, key 'design.{key}',"
            faults.append(sentence(where, "be an arm of the sample sheet", shown(arm), advice))
    donors = [{s.donor_id for s in submission.samples if s.arm == arm} for arm in (design.treated, design.vehicle)]
    if design.pairing == "paired" and not faults and not donors[0] & donors[1]:
        where, fix = f"{submission.name}, key 'design.pairing',", "Write auto or unpaired, or correct the donor ids."
        faults.append(sentence(where, "fit the sample sheet", "'paired', but no donor stands in both arms", fix))
    return faults


def _faults_of_simulation(submission: Submission) -> list[str]:
    if submission.config.simulation is None:
        return []
    truth = submission.truth_path
    if truth is None:
        where = f"{submission.name}, key 'truth',"
        return [sentence(where, "be given beside 'simulation'", "no value", "Name the file that is to hold the truth.")]
    planned = {sample.sample_id for sample in plan_samples(submission.config.simulation.n_donors)}
    faults = [
        sentence(f"{submission.config.samples}, sample {shown(name)},", "be one that is simulated", shown(name), _REMOVE)
        for name in sorted({sample.sample_id for sample in submission.samples} - planned)
    ]
    return faults + [
        sentence(
            f"{submission.config.samples}, sample {shown(sample.sample_id)},",
            f"have the path of its simulated file, {truth.parent}/{sample.sample_id}.h5ad",
            shown(submission.source(sample)),
            "Correct it, or remove the section 'simulation'.",
        )
        for sample in submission.samples
        if submission.source(sample) != truth.parent / f"{sample.sample_id}.h5ad"
    ]


def _faults_of_paths(submission: Submission) -> list[str]:
    named = [*submission.claims_files, *submission.own_gene_sets, *filter(None, [submission.truth_path])]
    paths = {str(path) for path in [*named, *(submission.source(sample) for sample in submission.samples)]}
    must = "be a path without { and }, which the workflow takes for a wildcard"
    return [
        sentence(f"{submission.name}: a file of the submission", must, shown(path), "Rename the file or its folder.")
        for path in sorted(paths)
        if "{" in path or "}" in path
    ]


def _faults_of_family(submission: Submission) -> list[str]:
    n_claims = len(submission.claims.claims)
    needed, found = MATCHED_SETS_PER_CLAIM * n_claims - 1, submission.config.pathways.n_matched_sets
    if needed <= found:
        return []
    where = f"{submission.name}, key 'pathways.n_matched_sets',"
    fix = "Raise it: with fewer random sets no claim of this family can become significant."
    return [sentence(where, f"be at least {needed} for {n_claims} claims", str(found), fix)]


def _faults_of_file(submission: Submission, sample: Sample) -> list[str]:
    config = submission.config
    where = f"{shown(Path(config.samples).name)[1:-1]}, sample {shown(sample.sample_id)}, file {shown(sample.path)},"
    return findings_of_source(
        submission.source(sample),
        settings=config.intake,
        species=config.context.species,
        selection=sample.selection,
        where=where,
    )
