"""The sample sheet: tab-separated text, as editors and spreadsheets on any system write it."""

import csv
from collections import Counter
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.settings import Sample

REQUIRED = tuple(name for name, field in Sample.model_fields.items() if field.is_required())
KNOWN = tuple(Sample.model_fields)
MAX_BYTES = 5_000_000


def read_sheet(source: Path) -> tuple[Sample, ...]:
    """Read the sample sheet; Windows line ends, a byte order mark and blank lines are taken as they come.

    Raises
    ------
    SubmissionError
        With one sentence for every fault of the sheet.
    """
    lines = _text(source).splitlines()
    if not lines:
        raise SubmissionError([sentence(source.name, f"have the columns {', '.join(REQUIRED)}", "an empty file", "Add them.")])
    header = [name.strip() for name in lines[0].split("\t")]
    findings = _faults_of_header(header, source.name)
    if findings:
        raise SubmissionError(findings)
    samples: list[Sample] = []
    rows = [(number, row) for number, row in enumerate(csv.reader(lines[1:], delimiter="\t"), start=2) if any(row)]
    for number, row in rows:
        if len(row) != len(header):
            where = f"{source.name} row {number}"
            got = f"{len(row)} values"
            findings.append(sentence(where, f"hold {len(header)} values, one a column", got, "Separate them by tabs."))
            continue
        values = {name: value.strip() for name, value in zip(header, row, strict=True) if value.strip() or name in REQUIRED}
        try:
            samples.append(Sample.model_validate(values))
        except ValidationError as error:
            findings += [_fault_of_value(fault, f"{source.name} row {number}") for fault in error.errors()]
    findings += _faults_across(samples, source.name)
    if not rows:
        findings.append(sentence(source.name, "name at least one sample", "a header alone", "Add a row for each sample."))
    if findings:
        raise SubmissionError(findings)
    return tuple(samples)


def _text(source: Path) -> str:
    if not source.is_file():
        raise SubmissionError([sentence(f"sample sheet {shown(source)}", "exist", "no such file", "Check the key samples.")])
    if source.stat().st_size > MAX_BYTES:
        raise SubmissionError([sentence(source.name, "be below 5 MB", "more", "A sample sheet has one row a sample.")])
    try:
        return source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        fault = sentence(source.name, "be UTF-8 text", "other bytes", "Save it as tab-separated UTF-8 text.")
        raise SubmissionError([fault]) from None


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
    must = fault["msg"].removeprefix("Value error, ").removeprefix("must ").replace("String should have", "have")
    return sentence(f"{where}, column {shown(column)},", must, shown(fault["input"]), "Change it.")


def _faults_across(samples: list[Sample], name: str) -> list[str]:
    faults = [
        sentence(f"{name}, column 'sample_id',", "name each sample once", f"{shown(i)} {n} times", "Rename the others.")
        for i, n in Counter(s.sample_id for s in samples).items()
        if n > 1
    ]
    # case-insensitive file systems would take both for one file
    slugs = Counter(slug.casefold() for slug in {s.slug for s in samples})
    faults += [
        sentence(f"{name}, column 'sample_id',", "differ in more than case", shown(slug), "Rename one.")
        for slug, n in slugs.items()
        if n > 1
    ]
    cells = Counter((s.path, s.cells) for s in samples)
    return faults + [
        sentence(f"{name}, column 'path',", "name other cells in each row", f"{shown(path)} {n} times", "Correct the path.")
        for (path, _), n in cells.items()
        if n > 1
    ]
