"""The whole check of a submission, in one pass: no fault hides another, and nothing is written."""

from collections.abc import Iterator
from os.path import isfile
from pathlib import Path

from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.documents import read_yaml
from scvalid.preflight.design.audit import audit_design
from scvalid.preflight.design.outlook import outlook_of_claims
from scvalid.preflight.files.examine import FilesExamined, examine_files
from scvalid.preflight.result import Preflight, Remark, faults_of, remarks_of
from scvalid.registry.compounds.reading import IN_RESOURCES, read_compounds
from scvalid.registry.compounds.search import identify_compound
from scvalid.settings.vocabulary import MSC
from scvalid.submission import Reading, Submission, notes_of_records, notes_of_sets, read_submission
from scvalid.submission.gene_sets.checking import faults_of_sets


def examine_config(config_file: Path, *, resources: Path) -> Preflight:
    """Check the submission of a config file; the parameters are those of ``examine``."""
    try:
        values = read_yaml(config_file)
    except SubmissionError as error:
        return Preflight(config=config_file.name, status="refused", faults=tuple(faults_of("config", error.findings)))
    return examine(values, config_file, resources=resources)


def examine(values: object, config_file: Path, *, resources: Path) -> Preflight:
    """Check a submission: config, sample sheet, claims, gene sets, the samples' files and the design.

    What cannot be read is left out of the later checks, so that everything else is still looked at.

    Parameters
    ----------
    values
        The config as plain values.
    config_file
        Where it was read; paths in it are relative to its folder.
    resources
        Folder of the registered claims, compounds, gene sets and gene names.
    """
    reading = read_submission(values, config_file, resources=resources)
    faults = [fault for topic, findings in reading.faults.items() for fault in faults_of(topic, findings)]
    submission = reading.submission
    if submission is None:
        return Preflight(config=config_file.name, status="refused", faults=tuple(faults))
    examined = examine_files(submission, resources=resources)
    faults += faults_of("config", _faults_of_truth(submission)) + faults_of("files", examined.findings)
    of_sets = faults_of_sets(submission, resources)
    faults += faults_of("gene_sets", of_sets)
    remarks = _remarks(submission, examined, resources, has_good_sets=not of_sets)
    document = Preflight(
        config=config_file.name,
        status="refused" if faults else "passed",
        n_samples=len(submission.samples),
        faults=tuple(faults),
        remarks=tuple(remarks),
        files=tuple(examined.summaries),
    )
    return _with_design(document, reading, resources)


def _with_design(document: Preflight, reading: Reading, resources: Path) -> Preflight:
    """Add what the design can show, where there is a whole sample sheet and two named arms."""
    submission = reading.submission
    if submission is None or not reading.has_design or not submission.samples or reading.faults.get("samples"):
        return document
    # the barcodes of an unfiltered matrix are no cells
    n_cells = {file.sample_id: file.n_cells for file in document.files if file.kind != "raw"}
    audit = audit_design(submission, resources=resources, n_cells=n_cells)
    outlook = outlook_of_claims(submission, audit)
    remarks = (*document.remarks, *remarks_of("design", "warning", audit.warnings))
    return document.model_copy(update={"design": audit, "claims": outlook, "remarks": _warnings_first(remarks)})


def _remarks(submission: Submission, examined: FilesExamined, resources: Path, *, has_good_sets: bool) -> list[Remark]:
    remarks = remarks_of("files", "warning", examined.warnings)
    remarks += remarks_of("samples", "warning", notes_of_records(submission))
    remarks += remarks_of("config", "note", _notes_of_context(submission, resources))
    return remarks + (remarks_of("gene_sets", "note", notes_of_sets(submission, resources)) if has_good_sets else [])


def _warnings_first(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    return tuple(sorted(remarks, key=lambda remark: remark.level != "warning"))


def _faults_of_truth(submission: Submission) -> Iterator[str]:
    truth = submission.truth_path
    if truth is not None and not submission.is_made_here and not isfile(truth):  # noqa: PTH113  Path raises on a long name
        where = f"{submission.name}, key 'truth',"
        yield sentence(where, "name a file", shown(truth), "Remove the key or correct it.")


def _notes_of_context(submission: Submission, resources: Path) -> Iterator[str]:
    """Say what the words of the config switch off, and an InChIKey that is not the library's."""
    cell_type, compound = submission.config.context.cell_type, submission.config.compound
    if cell_type != MSC:
        yield f"the cell type is {cell_type}: the identity of MSC is not checked, and claims on MSC are NOT TESTABLE."
    if compound is None or compound.inchikey is None:
        return
    library = read_compounds(resources / IN_RESOURCES)
    for known in identify_compound(library, name=compound.name, name_zh=compound.name_zh):
        if known.inchikey and known.inchikey != compound.inchikey:
            yield f"the library has {known.inchikey} for {known.name}: check salt, tautomer and compound.inchikey."
