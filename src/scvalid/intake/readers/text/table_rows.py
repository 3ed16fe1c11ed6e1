"""Rows of a table of counts as text, read one by one; what is odd in one is said with its number."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import shown
from scvalid.intake.compute.dialect import (
    DECIMAL_COMMA,
    DELIMITERS,
    Dialect,
    find_delimiter,
    has_no_header,
    read_dialect,
    split_line,
    split_lines,
)
from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.text.lines import lines_of

MAX_BYTES = 2_000_000_000
"""Bytes of text that are read: 20,000 genes x 50,000 cells."""
MAX_SIDE = 1_000_000
"""Rows, and columns, of a table: more than this of both would not fit into its bytes. Blank lines count."""
_HEAD_ROWS, _HEAD_BYTES = 500, 1 << 23
_MUST = "be a table of counts with a header line and a name in each row"


class TableRows:
    """The rows of one table; its form is found from the first of them.

    Raises
    ------
    Refusal
        If nothing separates its values, or its header does not fit its rows.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        head = self._head()
        delimiter = find_delimiter(head)
        if delimiter is None:
            got = f"{len(head)} lines such as {shown(head[0] if head else '')}"
            raise Refusal(must=_MUST, got=got, fix="Separate the values by tabs or commas, names first.")
        self.dialect = _dialect_of(head, delimiter)
        place = self.dialect.name_place
        self.first_names = [row[place].strip() for row in split_lines(head[1:], delimiter) if len(row) > place]

    def label(self, place: int) -> str:
        """Return what the header calls a place."""
        return self.dialect.labels[place].strip()

    @cached_property
    def words(self) -> dict[int, list[str]]:
        """Place -> the words there, for the name of each row and the text beside it; every row is looked at."""
        words: dict[int, list[str]] = {i: [] for i in (self.dialect.name_place, *self.dialect.text_places)}
        n_first = max(words) + 1
        for number, line in self._lines():
            # without quotes only the start of a line has to be split
            row = self._split(number, line) if '"' in line else line.split(self.dialect.delimiter, n_first)
            for i, texts in words.items():
                texts.append(row[i].strip())
        return words

    def first_values(self, n_rows: int) -> NDArray[np.float64]:
        """Return the values of the first rows, those that are not written as 0."""
        parts = [self._values(number, self._split(number, line))[1] for number, line in islice(self._lines(), n_rows)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def matrix(self, places: frozenset[int] | None = None) -> sparse.csr_matrix:
        """Return all rows, or those at some places, x the columns of values."""
        columns: list[NDArray[np.int32]] = []
        values: list[NDArray[np.float64]] = []
        for i, (number, line) in enumerate(self._lines()):
            if places is None or i in places:
                at, found = self._values(number, self._split(number, line))
                columns.append(at)
                values.append(found)
        shape = (len(values), len(self.dialect.value_places))
        if not values:
            return sparse.csr_matrix(shape)
        pointers = np.concatenate([[0], np.cumsum([len(part) for part in values], dtype=np.int64)])
        return sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), pointers), shape=shape)

    def _values(self, number: int, row: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Return the places and values of a row that are not zero."""
        places = self.dialect.value_places
        first, last = places[0], places[-1] + 1
        texts = row[first:last] if last - first == len(places) else [row[i] for i in places]
        at = [i for i, text in enumerate(texts) if text != "0"]
        try:
            values = np.array([texts[i] for i in at], dtype=np.float64)
        except ValueError:
            raise self._odd_value(number, texts) from None
        is_stored = values != 0
        return np.array(at, dtype=np.int32)[is_stored], values[is_stored]

    def _odd_value(self, number: int, texts: Sequence[str]) -> Refusal:
        i = next((i for i, text in enumerate(texts) if not _is_number(text)), 0)
        column = shown(self.label(self.dialect.value_places[i]))
        fix = "Write the whole numbers that were counted, and 0 where nothing was."
        if DECIMAL_COMMA.fullmatch(texts[i]):
            fix = "Write decimals with a point; counts have none."
        return Refusal(must="hold a number in each place", got=f"{shown(texts[i])} in row {number}, column {column}", fix=fix)

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Yield the number and the text of each line below the header, which has as many values as the others."""
        for number, line in islice(_numbered(self._path), 1, None):
            width = len(self._split(number, line)) if '"' in line else 1 + line.count(self.dialect.delimiter)
            if width != self.dialect.width:
                got = f"{width} values in row {number}, where the others have {self.dialect.width}"
                fix = "Complete that row, or quote names that hold the delimiter."
                raise Refusal(must="have rows of one length", got=got, fix=fix)
            yield number, line

    def _split(self, number: int, line: str) -> list[str]:
        try:
            return split_line(line, self.dialect.delimiter)
        except ValueError as error:
            fix = 'Close the " in that row, or remove it.'
            raise Refusal(must="close each quote in its row", got=f"{shown(error)} in row {number}", fix=fix) from None

    def _head(self) -> list[str]:
        head: list[str] = []
        n_read = 0
        for _, line in islice(_numbered(self._path), _HEAD_ROWS):
            if max(line.count(delimiter) for delimiter in DELIMITERS) > MAX_SIDE:
                raise _too_large(side="columns")
            head.append(line)
            n_read += len(line)
            if n_read > _HEAD_BYTES and len(head) > 1:
                break
        return head


def _dialect_of(head: Sequence[str], delimiter: str) -> Dialect:
    try:
        dialect = read_dialect(head, delimiter)
    except ValueError as error:
        got = f"{shown(error)} in the header"
        raise Refusal(must="close each quote in its row", got=got, fix='Close the ", or remove it.') from None
    if dialect is None:
        n, m = (len(row) for row in split_lines(head[:2], delimiter))
        fix = "Give the header one name for each column; only that of the row names may be left out."
        raise Refusal(must="have as many names in its header as values in a row", got=f"{n} and {m}", fix=fix)
    if not dialect.value_places or has_no_header(dialect):
        fix = "Add a header line, with names for rows and columns."
        raise Refusal(must=_MUST, got=f"the first line {shown(head[0])}", fix=fix)
    return dialect


def _too_large(*, side: str) -> Refusal:
    fix = "Hand in so many cells as mtx folder or h5ad."
    return Refusal(must=f"have at most {MAX_SIDE:,} {side}", got="more", fix=fix)


def _numbered(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, numbered as in the file; comments above the header are passed over."""
    is_above = True
    for number, line in enumerate(lines_of(path, max_bytes=MAX_BYTES), start=1):
        if number > MAX_SIDE:
            raise _too_large(side="lines")
        is_above = is_above and line.startswith(("# ", "##"))
        if not is_above and line.strip():
            yield number, line


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
