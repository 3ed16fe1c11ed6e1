"""Tab-separated sheets that a person edits: UTF-8 or marked UTF-16, any line ends, quoted cells and blank lines are taken."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from types import MappingProxyType

from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.io.bounded import read_bounded
from scvalid.io.encodings import encoding_of, separator_of

MAX_BYTES = 5_000_000
MAX_ROWS = 10_000
NOTHING_MEANT: Mapping[str, str] = MappingProxyType({})
_AS_TEXT = "Save it as tab-separated UTF-8 text."
_IN_UNICODE = 'Save it in Excel as "Unicode Text (*.txt)" and name that file as the sheet, or in an editor as UTF-8.'


@dataclass(frozen=True)
class SheetRow:
    """One row: the number of its line in the file, and its values by column, the empty ones left out."""

    line: int
    values: dict[str, str]


def read_sheet_rows(source: Path, *, required: Sequence[str], known: Sequence[str]) -> list[SheetRow]:
    """Read the rows of a sheet whose columns are known, as ``read_good_rows``, but refuse it for any row.

    Raises
    ------
    SubmissionError
        As ``read_good_rows``, and if the number of cells of a row is wrong.
    """
    rows, faults = read_good_rows(source, required=required, known=known)
    if faults:
        raise SubmissionError(faults)
    return rows


def read_good_rows(
    source: Path, *, required: Sequence[str], known: Sequence[str], meant: Mapping[str, str] = NOTHING_MEANT
) -> tuple[list[SheetRow], list[str]]:
    """Read the rows of a sheet; return those that have as many cells as the header, and one sentence for each other.

    Parameters
    ----------
    source
        Tab-separated text with a header line.
    required, known
        Columns that must be there, and all that may be there, in any order.
    meant
        Header in another language -> the column that is meant, for advice.

    Raises
    ------
    SubmissionError
        If the file is missing, too large or neither UTF-8 nor marked UTF-16, or its columns are wrong.
    """
    name = shown(source.name)[1:-1]
    text = _text(source, name)
    if (separator := separator_of(text, n_columns=len(required))) != "tabs":
        raise SubmissionError([sentence(name, "be separated by tabs", separator, _AS_TEXT)])
    rows = _rows(text, name)
    if not rows:
        raise SubmissionError([sentence(name, f"have the columns {', '.join(required)}", "an empty file", "Add them.")])
    header = rows.pop(0)[1]
    if faults := _faults_of_header(header, name, required, known, meant):
        raise SubmissionError(faults)
    must, fix = f"hold {len(header)} values, one a column", "Separate them by tabs."
    # an editor may drop the tabs behind the last value of a row: what is missing is empty
    is_good = [len(required) <= len(row) <= len(header) for _, row in rows]
    faults = [
        sentence(f"{name} row {line}", must, f"{len(row)} values", fix)
        for (line, row), good in zip(rows, is_good, strict=True)
        if not good
    ]
    good_rows = [row for row, good in zip(rows, is_good, strict=True) if good]
    return [SheetRow(line, {c: v for c, v in zip(header, row, strict=False) if v}) for line, row in good_rows], faults


def _text(source: Path, name: str) -> str:
    try:
        raw = read_bounded(source, limit=MAX_BYTES)
        if len(raw) > MAX_BYTES:
            raise SubmissionError([sentence(name, f"be below {MAX_BYTES // 10**6} MB", "more", "Keep the rows you need.")])
    except FileNotFoundError:
        raise SubmissionError([sentence(shown(source), "exist", "no such file", "Check the path.")]) from None
    except OSError as error:
        got = error.strerror or type(error).__name__
        raise SubmissionError([sentence(shown(source), "be a readable file", got, "Check the file.")]) from None
    encoding = encoding_of(raw)
    if not encoding.is_read:
        raise SubmissionError([sentence(name, "be tab-separated UTF-8 text", encoding.name, _IN_UNICODE)])
    return raw.decode(encoding.name).replace("\r\n", "\n").replace("\r", "\n")


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text), delimiter="\t", strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            values = [value.strip() for value in row]
            width = len(rows[0][1]) if rows else 0
            while len(values) > width and not values[-1]:
                values.pop()
            if any(values):
                rows.append((reader.line_num, values))
    except csv.Error:
        where = f"{name} row {reader.line_num}"
        must, got = "hold a value of moderate length in each cell", "a quote that is not closed, or a huge cell"
        raise SubmissionError([sentence(where, must, got, 'Remove or close the ", or shorten the cell.')]) from None
    if len(rows) > MAX_ROWS:
        raise SubmissionError([sentence(name, f"have at most {MAX_ROWS} rows", str(len(rows)), "Split it.")])
    return rows


def _faults_of_header(
    header: list[str], name: str, required: Sequence[str], known: Sequence[str], meant: Mapping[str, str]
) -> list[str]:
    faults = [
        sentence(f"{name}, column {shown(column)},", "be a known column", shown(column), _advice(column, known, meant))
        for column in header
        if column not in known
    ]
    # a header in another language is there, and has been said to be written otherwise
    there = {*header, *(meant.get(column) for column in header)}
    if missing := [column for column in required if column not in there]:
        faults.append(sentence(name, f"have the columns {', '.join(required)}", f"no {', '.join(missing)}", "Add them."))
    twice = [column for column, n in Counter(header).items() if n > 1]
    return faults + [sentence(name, "name each column once", f"{shown(c)} twice", "Remove one.") for c in twice]


def _advice(column: str, known: Sequence[str], meant: Mapping[str, str]) -> str:
    return f"Write {meant[column]}." if meant.get(column) in known else nearest(column, known)
