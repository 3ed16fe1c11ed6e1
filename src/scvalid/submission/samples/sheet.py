"""The sample sheet: tab-separated text, as editors and spreadsheets on any system write it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os.path import normpath
from pathlib import Path
from unicodedata import category, normalize

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.sheets import SheetRow, read_good_rows
from scvalid.settings import Sample
from scvalid.settings.vocabulary import COLUMNS_IN_CHINESE
from scvalid.settings.vocabulary.addresses import public_address
from scvalid.submission.samples.refusal import Refused, sentences_by_value

REQUIRED = tuple(name for name, field in Sample.model_fields.items() if field.is_required())
KNOWN = tuple(Sample.model_fields)
_ONE_FILE = "Correct them: one file has one address and one sha256."
_PICK = "Correct the path, or pick cells by the column cells."


@dataclass(frozen=True)
class SampleRow:
    """One good row: its line in the file, its sample, and all its texts by column."""

    line: int
    sample: Sample
    texts: Mapping[str, str]


def read_sheet(source: Path) -> tuple[Sample, ...]:
    """Read a sample sheet that has the columns of ``Sample`` alone, as ``read_sample_rows``, but refuse it for any fault.

    Raises
    ------
    SubmissionError
        With one sentence for every fault of the sheet.
    """
    rows, findings = read_sample_rows(source, columns=())
    if findings:
        raise SubmissionError(findings)
    return tuple(row.sample for row in rows)


def read_sample_rows(source: Path, *, columns: Sequence[str]) -> tuple[tuple[SampleRow, ...], list[str]]:
    """Read the good rows of a sample sheet, and say what is wrong with the others and with all of them together.

    A byte order mark, any line ends, quoted cells and blank lines are taken as they come.

    Parameters
    ----------
    source
        The sheet.
    columns
        Columns that it may have beside those of ``Sample``.
    """
    name = shown(source.name)[1:-1]
    known = tuple(dict.fromkeys((*KNOWN, *columns)))
    try:
        rows, findings = read_good_rows(source, required=REQUIRED, known=known, meant=COLUMNS_IN_CHINESE)
    except SubmissionError as error:
        return (), list(error.findings)
    refused: list[tuple[int, Refused]] = []
    read = [SampleRow(row.line, sample, row.values) for row in rows if (sample := _sample(row, refused))]
    findings += sentences_by_value(refused, name=name)
    findings += _faults_across([row.sample for row in read], name)
    if not rows and not findings:
        findings.append(sentence(name, "name at least one sample", "a header alone", "Add a row for each sample."))
    return tuple(read), findings


def _sample(row: SheetRow, refused: list[tuple[int, Refused]]) -> Sample | None:
    own = {column: text for column, text in row.values.items() if column in KNOWN}
    try:
        return Sample.model_validate(dict.fromkeys(REQUIRED, "") | own)
    except ValidationError as error:
        refused += [(row.line, _refused(fault)) for fault in error.errors()]
        return None


def _refused(fault: ErrorDetails) -> Refused:
    column, text = str(fault["loc"][0]), public_address(str(fault["input"]))
    if not text and fault["type"] != "value_error":
        return Refused(column, "", "be given", "Fill it in.")
    if fault["type"] == "string_pattern_mismatch":
        must = "be one line without control characters"
    else:
        must = fault["msg"].removeprefix("Value error, ").removeprefix("must ").replace("String should have", "have")
    return Refused(column, text, must, "Change it.")


def _faults_across(samples: list[Sample], name: str) -> list[str]:
    faults = [
        sentence(f"{name}, column 'sample_id',", "name each sample once", f"{shown(i)} {n} times", "Rename the others.")
        for i, n in Counter(s.sample_id for s in samples).items()
        if n > 1
    ]
    # case-insensitive file systems would take both for one file
    slugs = Counter(slug.casefold() for slug in {s.sample_id: s.slug for s in samples}.values())
    faults += [
        sentence(f"{name}, column 'sample_id',", "differ in more than case", shown(slug), "Rename one.")
        for slug, n in slugs.items()
        if n > 1
    ]
    for column in ("donor_id", "arm", "batch_id"):
        faults += _faults_of_spelling([getattr(sample, column) for sample in samples], f"{name}, column '{column}',")
    return faults + _faults_of_cells(samples, name) + _faults_of_checksums(samples, name)


def _faults_of_spelling(values: list[str], where: str) -> list[str]:
    """Two spellings of one donor would count as two donors, which is a replication that does not exist."""
    spellings: dict[str, set[str]] = {}
    for value in values:
        # full-width letters, case, spaces and invisible characters make no other donor
        plain = "".join(c for c in normalize("NFKC", value).casefold() if not c.isspace() and category(c) != "Cf")
        spellings.setdefault(plain, set()).add(value)
    return [
        sentence(where, "spell one name in one way", " and ".join(map(shown, sorted(names)[:2])), "Use one of them.")
        for names in spellings.values()
        if len(names) > 1
    ]


def _faults_of_cells(samples: list[Sample], name: str) -> list[str]:
    """Cells that stand in two samples would be two observations that are one."""
    chosen: dict[str, list[frozenset[tuple[str, str]]]] = {}
    for sample in samples:
        path = sample.path if sample.is_remote else normpath(sample.path)
        chosen.setdefault(path, []).append(frozenset(sample.selection.items()))
    return [
        sentence(f"{name}, column 'path',", "name other cells in each row", f"{shown(path)} {len(cells)} times", _PICK)
        for path, cells in ((public_address(path), cells) for path, cells in chosen.items())
        if len(set(cells)) < len(cells) or (len(cells) > 1 and frozenset() in cells)
    ]


def _faults_of_checksums(samples: list[Sample], name: str) -> list[str]:
    """One file has one address and one checksum, so that it is retrieved once for all samples in it."""
    remote = [sample for sample in samples if sample.is_remote]
    faults = []
    for column, other in (("path", "sha256"), ("sha256", "path")):
        paired: dict[str, set[str]] = {}
        for sample in remote:
            paired.setdefault(getattr(sample, column), set()).add(getattr(sample, other))
        faults += [
            sentence(f"{name}, column '{other}',", f"be the same wherever {column} is", f"{n} for {shown(key)}", _ONE_FILE)
            for key, n in ((public_address(key), len(values)) for key, values in paired.items())
            if n > 1
        ]
    return faults
