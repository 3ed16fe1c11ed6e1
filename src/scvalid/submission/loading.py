"""From files to a submission: what can be read of it, and every fault at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from scvalid.contracts.claims import ClaimsFile
from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.simulation.compute.plan import plan_samples
from scvalid.submission.claims.reading import read_claims_of
from scvalid.submission.config import read_config
from scvalid.submission.contrasts import faults_of_further_arms
from scvalid.submission.model import Submission
from scvalid.submission.samples.records import describe_samples

MATCHED_SETS_PER_CLAIM = 40
_REMOVE = "Remove the row, raise simulation.n_donors, or remove the section 'simulation'."
Topic: TypeAlias = Literal["config", "samples", "claims"]


@dataclass(frozen=True)
class Reading:
    """What could be read of a submission, so that one fault does not hide the others.

    Attributes
    ----------
    submission
        The good part of it; None if nothing can be made of the config. It is fit to be run only if there are no faults.
    faults
        Where a fault lies -> one sentence each.
    has_design
        Whether the config says which arm is compared with which.
    """

    submission: Submission | None
    faults: Mapping[Topic, tuple[str, ...]]
    has_design: bool = False

    @property
    def findings(self) -> tuple[str, ...]:
        """All faults."""
        return tuple(fault for faults in self.faults.values() for fault in faults)


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
    reading = read_submission(values, config_file, resources=resources)
    if reading.submission is None or reading.findings:
        raise SubmissionError(reading.findings)
    return reading.submission


def read_submission(values: object, config_file: Path, *, resources: Path) -> Reading:
    """Read as much of a submission as can be read; the parameters are those of ``load_submission``."""
    name = shown(config_file.name)[1:-1]
    config, faults, stood_in = read_config(values, name=name)
    if config is None:
        return Reading(None, {"config": tuple(faults)})
    folder = config_file.parent
    sheet = None if "samples" in stood_in else folder / config.samples
    described = describe_samples(sheet, config, name=name, resources=resources)
    samples = described.samples
    read = read_claims_of(config, name=name, folder=folder, resources=resources)
    # an empty list of claims is a fault of its own, said by then
    claims = ClaimsFile.model_construct(claims=read.claims)
    said_of_them = (described.records, described.fields, described.doubts, described.refused)
    submission = Submission(config, name, folder, samples, claims, read.files, *said_of_them, read.of_contrasts)
    faults += described.faults_of_config
    if samples and "design" not in stood_in:
        faults += _faults_of_arms(submission, is_whole=not described.faults_of_sheet)
        faults += faults_of_further_arms(submission, is_whole=not described.faults_of_sheet)
    faults += _faults_of_simulation(submission) + _faults_of_family(submission) + _faults_of_paths(submission)
    said: dict[Topic, tuple[str, ...]] = {"config": tuple(faults), "samples": described.faults_of_sheet, "claims": read.faults}
    return Reading(submission, said, has_design="design" not in stood_in)


def _faults_of_arms(submission: Submission, *, is_whole: bool) -> list[str]:
    """An arm without samples is a misspelling if the sheet has one of a similar name, or is whole and has two others.

    A sheet of vehicle or treated samples alone is none: its cells can be described.
    """
    arms = sorted({sample.arm for sample in submission.samples})
    design = submission.config.design
    is_half = len(arms) == 1 and arms[0] in (design.treated, design.vehicle)
    faults = []
    for key, arm in (("treated", design.treated), ("vehicle", design.vehicle)):
        advice = nearest(arm, arms)
        if arm not in arms and ((key == "treated" and is_whole and not is_half) or advice.startswith("Did you mean")):
            where = f"{submission.name}, key 'design.{key}',"
            faults.append(sentence(where, "be an arm of the sample sheet", shown(arm), advice))
    donors = [{s.donor_id for s in submission.samples if s.arm == arm} for arm in (design.treated, design.vehicle)]
    if design.pairing == "paired" and is_whole and not faults and not donors[0] & donors[1]:
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
    # the workflow removes what it makes anew: nobody's own files may lie there
    owned = ("results", submission.config.dataset, "simulation", "truth.json")
    if truth.parts[-len(owned) :] != owned:
        where, must = (
            f"{submission.name}, key 'truth',",
            f"lead to {'/'.join(owned)} where the section 'simulation' makes the data",
        )
        return [sentence(where, must, shown(truth), "Correct it, or remove the section 'simulation' if the data are yours.")]
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
    families = (submission.claims.claims, *submission.contrast_claims.values())
    n_claims = max(len(claims) for claims in families)
    needed, found = MATCHED_SETS_PER_CLAIM * n_claims - 1, submission.config.pathways.n_matched_sets
    if needed <= found:
        return []
    where = f"{submission.name}, key 'pathways.n_matched_sets',"
    fix = "Raise it: with fewer random sets no claim of this family can become significant."
    return [sentence(where, f"be at least {needed} for {n_claims} claims", str(found), fix)]
