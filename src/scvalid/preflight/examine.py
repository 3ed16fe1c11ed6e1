"""The whole check of a submission, in one pass: no fault hides another, and nothing is written."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from scvalid.contracts.quality import TruthFile
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.bounded import read_bounded
from scvalid.io.documents import read_yaml
from scvalid.preflight.design.audit import audit_design
from scvalid.preflight.design.further import audit_contrasts, audit_series
from scvalid.preflight.design.outlook import outlook_of_claims
from scvalid.preflight.design.proposal import proposed_series
from scvalid.preflight.files.depth import expected_cells
from scvalid.preflight.files.examine import FilesExamined, examine_files
from scvalid.preflight.result import Preflight, Remark, faults_of, remarks_of
from scvalid.registry.compounds.reading import IN_RESOURCES, read_compounds
from scvalid.registry.compounds.search import identify_compound
from scvalid.settings.vocabulary import MSC
from scvalid.submission import Reading, Submission, notes_of_records, notes_of_sets, read_submission, warnings_of_records
from scvalid.submission.gene_sets.checking import faults_of_sets

MAX_TRUTH_BYTES = 5_000_000


def examine_config(config_file: Path, *, resources: Path) -> Preflight:
    """Check the submission of a config file; the parameters are those of ``examine``."""
    try:
        values = read_yaml(config_file)
    except SubmissionError as error:
        return Preflight(config=_plain(config_file), status="refused", faults=tuple(faults_of("config", error.findings)))
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
        return Preflight(config=_plain(config_file), status="refused", faults=tuple(faults))
    examined = examine_files(submission, resources=resources)
    faults += faults_of("config", _faults_of_truth(submission)) + faults_of("files", examined.findings)
    of_sets = faults_of_sets(submission, resources)
    faults += faults_of("gene_sets", of_sets)
    remarks = _remarks(submission, examined, resources, has_good_sets=not of_sets)
    document = Preflight(
        config=_plain(config_file),
        status="refused" if faults else "passed",
        n_samples=len(submission.samples),
        faults=tuple(faults),
        remarks=tuple(remarks),
        files=tuple(examined.summaries),
    )
    return _with_design(document, reading, examined, resources)


def _plain(config_file: Path) -> str:
    """Return the name of the file as text: a name of the file system need not be any."""
    return shown(config_file.name)[1:-1]


def _with_design(document: Preflight, reading: Reading, examined: FilesExamined, resources: Path) -> Preflight:
    """Add what the design can show, where there is a whole sample sheet and two named arms."""
    submission = reading.submission
    if submission is None or not reading.has_design or not submission.samples or reading.faults.get("samples"):
        return document
    n_cells = expected_cells(document.files)
    audit = audit_design(submission, resources=resources, n_cells=n_cells, depth=examined.depth, genes=examined.genes)
    contrasts = audit_contrasts(submission, resources=resources, n_cells=n_cells, depth=examined.depth, genes=examined.genes)
    found = {"design": audit, "claims": outlook_of_claims(submission, audit), "contrasts": contrasts}
    found |= {"series": audit_series(submission, n_cells=n_cells)}
    remarks = [*document.remarks, *remarks_of("design", "warning", audit.warnings)]
    remarks += remarks_of("design", "warning", (text for contrast in contrasts for text in contrast.warnings))
    remarks += remarks_of("design", "note", proposed_series(submission))
    return document.model_copy(update=found | {"remarks": _warnings_first(remarks)})


def _remarks(submission: Submission, examined: FilesExamined, resources: Path, *, has_good_sets: bool) -> list[Remark]:
    remarks = remarks_of("files", "warning", examined.warnings)
    remarks += remarks_of("samples", "warning", warnings_of_records(submission))
    remarks += remarks_of("samples", "note", notes_of_records(submission))
    remarks += remarks_of("config", "note", _notes_of_context(submission, resources))
    return remarks + (remarks_of("gene_sets", "note", notes_of_sets(submission, resources)) if has_good_sets else [])


def _warnings_first(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(remarks, key=lambda remark: remark.level != "warning"))


def _faults_of_truth(submission: Submission) -> Iterator[str]:
    """A planted truth is asked for by the last stage alone: better now than after all the others."""
    truth = submission.truth_path
    if truth is None or submission.is_made_here:
        return
    where, fix = f"{shown(submission.name)[1:-1]}, key 'truth',", "Remove the key or correct it."
    try:
        raw = read_bounded(truth, limit=MAX_TRUTH_BYTES)
        TruthFile.model_validate_json(raw)
    except (OSError, ValueError) as error:
        got = error.strerror if isinstance(error, OSError) and error.strerror else "another document"
        yield sentence(where, "name the truth that 'scvalid simulate' wrote", f"{shown(truth)}, {got}", fix)


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
