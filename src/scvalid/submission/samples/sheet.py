"""The sample sheet: tab-separated text, as editors and spreadsheets on any system write it."""

from collections import Counter
from os.path import normpath
from pathlib import Path
from unicodedata import category, normalize

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.sheets import SheetRow, read_good_rows
from scvalid.settings import Sample

REQUIRED = tuple(name for name, field in Sample.model_fields.items() if field.is_required())
KNOWN = tuple(Sample.model_fields)
_PICK = "Correct the path, or pick cells by the column cells."


def read_sheet(source: Path) -> tuple[Sample, ...]:
    """Read the sample sheet; a byte order mark, any line ends, quoted cells and blank lines are taken as they come.

    Raises
    ------
    SubmissionError
        With one sentence for every fault of the sheet.
    """
    name = shown(source.name)[1:-1]
    rows, findings = read_good_rows(source, required=REQUIRED, known=KNOWN)
    samples = [sample for row in rows if (sample := _sample(row, f"{name} row {row.line}", findings))]
    findings += _faults_across(samples, name)
    if not rows and not findings:
        findings.append(sentence(name, "name at least one sample", "a header alone", "Add a row for each sample."))
    if findings:
        raise SubmissionError(findings)
    return tuple(samples)


def _sample(row: SheetRow, where: str, findings: list[str]) -> Sample | None:
    try:
        return Sample.model_validate(dict.fromkeys(REQUIRED, "") | row.values)
    except ValidationError as error:
        findings += [_fault_of_value(fault, where) for fault in error.errors()]
        return None


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
