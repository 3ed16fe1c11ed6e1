"""All files of a submission: each is opened once, then they are compared with each other."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scvalid.errors import SubmissionError, shown
from scvalid.intake.contents import look_into
from scvalid.intake.preflight import faults_of_cells
from scvalid.preflight.files.copies import content_ids
from scvalid.preflight.files.depth import doubts_of_depth
from scvalid.preflight.files.genes import GeneBook, read_gene_book
from scvalid.preflight.files.merging import Merged
from scvalid.preflight.files.overlap import judge_overlap
from scvalid.preflight.files.seen import SampleSeen, see_sample
from scvalid.preflight.files.sex import doubts_of_sex, faults_of_sex
from scvalid.preflight.files.summary import FilesExamined
from scvalid.preflight.files.twins import faults_of_twins
from scvalid.settings import Sample
from scvalid.submission.model import Submission

CELLS_PER_SAMPLE, MAX_CELLS = 300, 3_000
SEX = "sex_ontology_term_id"


@dataclass
class _Notes:
    """What was found so far: samples, the genes of their files, faults and doubts."""

    seen: dict[str, SampleSeen] = field(default_factory=dict)
    genes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    merged: Merged = field(default_factory=Merged)


def examine_files(submission: Submission, *, resources: Path) -> FilesExamined:
    """Look into the files of all samples, without loading whole matrices.

    Parameters
    ----------
    submission
        The submission; its files are not opened if the workflow simulates them itself.
    resources
        Folder of the gene names.
    """
    if submission.is_made_here or not submission.samples:
        return FilesExamined()
    config, sheet = submission.config, _sheet(submission)
    book = read_gene_book(resources / "genes", species=config.context.species, gene_column=config.intake.gene_column)
    here, later = _by_file(submission)
    numbers, notes = content_ids(here), _Notes()
    for source, samples in here.items():
        _examine_file(submission, source, samples, book=book, content_id=numbers[source], notes=notes)
    seen = [notes.seen[sample.sample_id] for sample in submission.samples if sample.sample_id in notes.seen]
    found = {one.summary.sample_id: one.sex for one in seen}
    stated, donors = _stated_sex(submission), {sample.sample_id: sample.donor_id for sample in submission.samples}
    summaries = tuple(one.summary for one in seen)
    # files with the same list of genes share it
    lists = {symbols: frozenset(symbols) - {""} for symbols in notes.genes.values()}
    genes = {name: lists[symbols] for name, symbols in notes.genes.items()}
    strangers, odd = judge_overlap(genes, sheet=sheet)
    keys = [notes.seen[name].keys for name in _ways_to_name_cells(submission) if name in notes.seen]
    findings = [*notes.merged.findings(sheet), *faults_of_twins(keys, sheet=sheet)]
    findings += [*faults_of_sex(found, stated, donors, sheet=sheet), *strangers]
    warnings = [*notes.merged.warnings(), *doubts_of_depth(summaries, config.qc), *odd]
    warnings += [*doubts_of_sex(found, stated, donors), *later]
    return FilesExamined(
        summaries,
        tuple(findings),
        tuple(warnings),
        genes=genes,
        depth={one.summary.sample_id: one.depth for one in seen if one.depth},
    )


def _ways_to_name_cells(submission: Submission) -> list[str]:
    """Return one sample for each file and selection: rows that name the same cells alike are a fault of the sheet."""
    first: dict[tuple[Path, frozenset[tuple[str, str]]], str] = {}
    for sample in submission.samples:
        first.setdefault((submission.source(sample), frozenset(sample.selection.items())), sample.sample_id)
    return list(dict.fromkeys(first.values()))


def _sheet(submission: Submission) -> str:
    return shown(Path(submission.config.samples).name)[1:-1]


def _by_file(submission: Submission) -> tuple[dict[Path, list[Sample]], list[str]]:
    """Return the samples of each file, and a note for each file that is to be retrieved first."""
    here: dict[Path, list[Sample]] = defaultdict(list)
    later = []
    for sample in submission.samples:
        source = submission.source(sample)
        if submission.is_awaited(sample):
            later.append(f"sample {shown(sample.sample_id)}: its file is looked into when it has been retrieved.")
        else:
            here[source].append(sample)
    return dict(here), later


def _examine_file(
    submission: Submission, source: Path, samples: list[Sample], *, book: GeneBook, content_id: int, notes: _Notes
) -> None:
    """Add what one file and its samples hold to the notes."""
    config, sheet = submission.config, _sheet(submission)
    file = f"file {shown(samples[0].public_path)}"
    columns = list(dict.fromkeys(column for sample in samples for column in sample.selection))
    limit = min(CELLS_PER_SAMPLE * len(samples), MAX_CELLS)
    try:
        contents = look_into(
            source, settings=config.intake, species=config.context.species, columns=columns, n_cells=limit, where=file
        )
    except SubmissionError as error:
        notes.merged.add_file(error.findings, samples)
        return
    genes = book.look_up(contents.genes)
    notes.merged.add_file([*contents.faults, *genes.faults], samples)
    for doubt in [*contents.remarks, *genes.doubts]:
        notes.merged.doubts[doubt].append(file)
    for sample in samples:
        own = f"{sheet}, sample {shown(sample.sample_id)}, {file},"
        odd = faults_of_cells(contents, sample.selection, where=own)
        notes.merged.add_sample(odd, sample)
        if contents.counts_from and contents.barcodes.size and not odd and not contents.faults:
            one = see_sample(contents, genes, sample, qc=config.qc, content_id=content_id, source=source, where=own)
            notes.seen[sample.sample_id] = one
            if not genes.faults:
                notes.genes[sample.sample_id] = genes.symbols
            notes.merged.add_sample(one.faults, sample)
            for doubt in one.doubts:
                notes.merged.doubts[doubt].append(f"sample {shown(sample.sample_id)}")


def _stated_sex(submission: Submission) -> Mapping[str, str]:
    pairs = zip(submission.samples, submission.records, strict=False)
    return {sample.sample_id: record[SEX] for sample, record in pairs if SEX in record}
