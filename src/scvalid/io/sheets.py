"""Tab-separated sheets that a person edits: a byte order mark, any line ends, quoted cells and blank lines are taken."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from scvalid.errors import SubmissionError, nearest, sentence, shown

MAX_BYTES = 5_000_000
MAX_ROWS = 10_000
_AS_TEXT = "Save it as tab-separated UTF-8 text."


@dataclass(frozen=True)
class SheetRow:
    """One row: the number of its line in the file, and its values by column, the empty ones left out."""

    line: int
    values: dict[str, str]


def read_sheet_rows(source: Path, *, required: Sequence[str], known: Sequence[str]) -> list[SheetRow]:
    """Read the rows of a sheet whose columns are known.

    Parameters
    ----------
    source
        Tab-separated text with a header line.
    required, known
        Columns that must be there, and all that may be there, in any order.

    Raises
    ------
    SubmissionError
        If the file is missing, too large, not UTF-8, or its columns or the number of cells of a row are wrong.
    """
    name = shown(source.name)[1:-1]
    rows = _rows(_text(source, name), name)
    if not rows:
        raise SubmissionError([sentence(name, f"have the columns {', '.join(required)}", "an empty file", "Add them.")])
    header = rows.pop(0)[1]
    faults = _faults_of_header(header, name, required, known)
    faults += [
        sentence(
            f"{name} row {line}", f"hold {len(header)} values, one a column", f"{len(row)} values", "Separate them by tabs."
        )
        for line, row in rows
        if len(row) > len(header)
    ]
    if faults:
        raise SubmissionError(faults)
    # an editor may drop the tabs behind the last value of a row: what is missing is empty
    return [SheetRow(line, {c: v for c, v in zip(header, row, strict=False) if v}) for line, row in rows]


def _text(source: Path, name: str) -> str:
    try:
        if source.stat().st_size > MAX_BYTES:
            raise SubmissionError([sentence(name, f"be below {MAX_BYTES // 10**6} MB", "more", "Keep the rows you need.")])
        text = source.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SubmissionError([sentence(shown(source), "exist", "no such file", "Check the path.")]) from None
    except UnicodeDecodeError:
        text = "\0"
    except OSError as error:
        got = error.strerror or type(error).__name__
        raise SubmissionError([sentence(shown(source), "be a readable file", got, "Check the file.")]) from None
    if "\0" in text:  # UTF-16 without a byte order mark is valid UTF-8, with a zero beside each letter
        raise SubmissionError([sentence(name, "be UTF-8 text", "other bytes", _AS_TEXT)])
    return text


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


def _faults_of_header(header: list[str], name: str, required: Sequence[str], known: Sequence[str]) -> list[str]:
    if len(header) == 1 and header[0].count(",") >= len(required) - 1 > 0:
        return [sentence(name, "be separated by tabs", "commas", _AS_TEXT)]
    faults = [
        sentence(f"{name}, column {shown(column)},", "be a known column", shown(column), nearest(column, known))
        for column in header
        if column not in known
    ]
    if missing := [column for column in required if column not in header]:
        faults.append(sentence(name, f"have the columns {', '.join(required)}", f"no {', '.join(missing)}", "Add them."))
    twice = [column for column, n in Counter(header).items() if n > 1]
    return faults + [sentence(name, "name each column once", f"{shown(c)} twice", "Remove one.") for c in twice]
