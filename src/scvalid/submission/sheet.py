"""The sample sheet: tab-separated text, as editors and spreadsheets on any system write it."""

import csv
from collections import Counter
from io import StringIO
from os.path import normpath
from pathlib import Path
from unicodedata import category, normalize

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.settings import Sample

REQUIRED = tuple(name for name, field in Sample.model_fields.items() if field.is_required())
KNOWN = tuple(Sample.model_fields)
MAX_BYTES = 5_000_000
_PICK = "Correct the path, or pick cells by the column cells."


def read_sheet(source: Path) -> tuple[Sample, ...]:
    """Read the sample sheet; a byte order mark, any line ends, quoted cells and blank lines are taken as they come.

    Raises
    ------
    SubmissionError
        With one sentence for every fault of the sheet.
    """
    name = shown(source.name)[1:-1]
    rows = _rows(_text(source), name)
    if not rows:
        raise SubmissionError([sentence(name, f"have the columns {', '.join(REQUIRED)}", "an empty file", "Add them.")])
    header = rows.pop(0)[1]
    findings = _faults_of_header(header, name)
    if findings:
        raise SubmissionError(findings)
    samples = [sample for number, row in rows if (sample := _sample(row, header, f"{name} row {number}", findings))]
    findings += _faults_across(samples, name)
    if not rows:
        findings.append(sentence(name, "name at least one sample", "a header alone", "Add a row for each sample."))
    if findings:
        raise SubmissionError(findings)
    return tuple(samples)


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return line number and values of each row that is not blank, without the empty cells that spreadsheets append."""
    reader = csv.reader(StringIO(text), delimiter="\t", strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            values = [value.strip() for value in row]
            if any(values):
                width = len(rows[0][1]) if rows else 0
                while len(values) > width and not values[-1]:
                    values.pop()
                rows.append((reader.line_num, values))
    except csv.Error:
        where = f"{name} row {reader.line_num}"
        fault = sentence(where, "hold a value in each cell", "a quote that is not closed", 'Remove or close the ".')
        raise SubmissionError([fault]) from None
    return rows


def _sample(row: list[str], header: list[str], where: str, findings: list[str]) -> Sample | None:
    if len(row) != len(header):
        must = f"hold {len(header)} values, one a column"
        findings.append(sentence(where, must, f"{len(row)} values", "Separate them by tabs."))
        return None
    values = {column: value for column, value in zip(header, row, strict=True) if value or column in REQUIRED}
    try:
        return Sample.model_validate(values)
    except ValidationError as error:
        findings += [_fault_of_value(fault, where) for fault in error.errors()]
        return None


def _text(source: Path) -> str:
    name, where = shown(source.name)[1:-1], f"sample sheet {shown(source)}"
    try:
        if not source.is_file():
            raise SubmissionError([sentence(where, "exist", "no such file", "Check the key samples.")])
        if source.stat().st_size > MAX_BYTES:
            raise SubmissionError([sentence(name, "be below 5 MB", "more", "A sample sheet has one row a sample.")])
        text = source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    except OSError as error:
        got = error.strerror or type(error).__name__
        raise SubmissionError([sentence(where, "be readable", got, "Check the file.")]) from None
    if "\0" in text:  # UTF-16 without a byte order mark is valid UTF-8, with a zero beside each letter
        raise SubmissionError([sentence(name, "be UTF-8 text", "other bytes", "Save it as tab-separated UTF-8 text.")])
    return text


def _faults_of_header(header: list[str], name: str) -> list[str]:
    if len(header) == 1 and header[0].count(",") >= len(REQUIRED) - 1:
        return [sentence(name, "be separated by tabs", "commas", "Save it as tab-separated text.")]
    faults = [
        sentence(f"{name}, column {shown(column)},", "be a known column", shown(column), nearest(column, KNOWN))
        for column in header
        if column not in KNOWN
    ]
    missing = [column for column in REQUIRED if column not in header]
    if missing:
        faults.append(sentence(name, f"have the columns {', '.join(REQUIRED)}", f"no {', '.join(missing)}", "Add them."))
    twice = [column for column, n in Counter(header).items() if n > 1]
    return faults + [sentence(name, "name each column once", f"{shown(c)} twice", "Remove one.") for c in twice]


def _fault_of_value(fault: ErrorDetails, where: str) -> str:
    column = fault["loc"][0]
    if fault["input"] == "":
        return sentence(f"{where}, column {shown(column)},", "be given", "nothing", "Fill it in.")
    if fault["type"] == "string_pattern_mismatch":
        must = "be one line without control characters"
    else:
        must = fault["msg"].removeprefix("Value error, ").removeprefix("must ").replace("String should have", "have")
    return sentence(f"{where}, column {shown(column)},", must, shown(fault["input"]), "Change it.")


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
    return faults + _faults_of_cells(samples, name)


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
        chosen.setdefault(normpath(sample.path), []).append(frozenset(sample.selection.items()))
    return [
        sentence(f"{name}, column 'path',", "name other cells in each row", f"{shown(path)} {len(cells)} times", _PICK)
        for path, cells in chosen.items()
        if len(set(cells)) < len(cells) or (len(cells) > 1 and frozenset() in cells)
    ]
