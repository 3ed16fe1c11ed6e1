"""All files of a submission: each is opened once, then they are compared with each other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scvalid.errors import Finding, SubmissionError, sentence, shown
from scvalid.intake.contents import look_into
from scvalid.intake.preflight import faults_of_cells
from scvalid.preflight.files.copies import content_ids
from scvalid.preflight.files.genes import GeneBook, read_gene_book
from scvalid.preflight.files.seen import SampleSeen, counted, see_sample
from scvalid.preflight.files.sex import doubts_of_sex, faults_of_sex
from scvalid.preflight.files.summary import FilesExamined
from scvalid.preflight.files.twins import faults_of_twins
from scvalid.settings import Sample
from scvalid.submission.model import Submission

CELLS_PER_SAMPLE, MAX_CELLS = 300, 3_000
SEX = "sex_ontology_term_id"


@dataclass
class _Notes:
    """What was found so far; what is the same in several files is said once, with all that it is about."""

    seen: dict[str, SampleSeen] = field(default_factory=dict)
    of_files: dict[tuple[str, str, str], list[Sequence[Sample]]] = field(default_factory=lambda: defaultdict(list))
    of_samples: list[str] = field(default_factory=list)
    doubts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def findings(self, sheet: str) -> Iterator[str]:
        """Yield the faults of files, then those of samples."""
        for parts, files in self.of_files.items():
            names = counted([shown(sample.sample_id) for samples in files for sample in samples])
            paths = counted([shown(samples[0].public_path) for samples in files])
            yield sentence(f"{sheet}, sample {names}, file {paths},", *parts)
        yield from self.of_samples


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
    found = {one.summary.sample_id: one.summary.sex_markers for one in seen}
    stated, donors = _stated_sex(submission), {sample.sample_id: sample.donor_id for sample in submission.samples}
    findings = [*notes.findings(sheet), *faults_of_twins([one.keys for one in seen], sheet=sheet)]
    findings += faults_of_sex(found, stated, donors, sheet=sheet)
    warnings = [f"{counted(of)}{': each' if len(of) > 1 else ''} {doubt}" for doubt, of in notes.doubts.items()]
    warnings += [*doubts_of_sex(found, stated), *later]
    return FilesExamined(tuple(one.summary for one in seen), tuple(findings), tuple(warnings))


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
        _note(error.findings, samples, notes)
        return
    genes = book.look_up(contents.genes)
    _note([*contents.faults, *genes.faults], samples, notes)
    for doubt in genes.doubts:
        notes.doubts[doubt].append(file)
    for sample in samples:
        own = f"{sheet}, sample {shown(sample.sample_id)}, {file},"
        odd = faults_of_cells(contents, sample.selection, where=own)
        notes.of_samples.extend(odd)
        if contents.counts_from and contents.barcodes.size and not odd and not contents.faults:
            one = see_sample(contents, genes, sample, content_id=content_id, source=source, where=own)
            notes.seen[sample.sample_id] = one
            notes.of_samples.extend(one.faults)
            for doubt in one.doubts:
                notes.doubts[doubt].append(f"sample {shown(sample.sample_id)}")


def _note(faults: Sequence[str], samples: Sequence[Sample], notes: _Notes) -> None:
    for fault in faults:
        if isinstance(fault, Finding):
            notes.of_files[fault.must, fault.got, fault.fix].append(samples)
        else:
            notes.of_samples.append(fault)


def _stated_sex(submission: Submission) -> Mapping[str, str]:
    pairs = zip(submission.samples, submission.records, strict=False)
    return {sample.sample_id: record[SEX] for sample, record in pairs if SEX in record}
