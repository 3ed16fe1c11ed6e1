"""How a table of counts is written as text: its delimiter, its header, and which of its columns hold text."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", " ": "space"}
NUMBER = re.compile(r"\s*[-+]?((\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?|inf|nan)\s*", re.IGNORECASE)
DECIMAL_COMMA = re.compile(r"\s*[-+]?\d*,\d+([eE][-+]?\d+)?\s*")
MISSING = frozenset({"", "NA", "NaN", "nan", "N/A", "NULL", "null", "None"})

_NUMBERS_BESIDE = frozenset({
    "chr", "chrom", "chromosome", "start", "end", "strand", "length", "gene_length", "exonic_length",
    "entrez", "entrezid", "entrez_id", "entrezgene", "ncbi_id",
    "n_counts", "n_genes", "n_umi", "numi", "ngene", "total_counts", "n_genes_by_counts", "ncount_rna", "nfeature_rna",
    "percent_mt", "percent_mito",
})  # fmt: skip
"""Columns that describe genes or cells by a number and are no counts."""
_N_SAMPLED = 50


@dataclass(frozen=True)
class Dialect:
    """The form of a table.

    Attributes
    ----------
    delimiter
        Between two values.
    width
        Values in each row below the header.
    labels
        What the header calls each place of a row; the first is '' where the header is one shorter than the rows.
    name_place
        Place of the name of a row.
    text_places, value_places
        Places of words about the row, and of its values.
    """

    delimiter: str
    width: int
    labels: tuple[str, ...]
    name_place: int
    text_places: tuple[int, ...]
    value_places: tuple[int, ...]


def split_line(line: str, delimiter: str) -> list[str]:
    """Return the values of a line; quotes are taken off.

    Raises
    ------
    ValueError
        If a quote is not closed in the line, or a value is longer than any should be.
    """
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from None


def split_lines(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the values of each line; a line whose quotes do not close has none."""
    rows = []
    for line in lines:
        try:
            rows.append(split_line(line, delimiter))
        except ValueError:
            rows.append([])
    return rows


def find_delimiter(lines: Sequence[str]) -> str | None:
    """Return what separates the values of a table: rows of one length, most of them numbers; None if nothing does."""
    scores = {delimiter: _score(lines, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best][0] > 0 else None


def read_dialect(lines: Sequence[str], delimiter: str) -> Dialect | None:
    """Return the form of a table, or None if its header does not fit its rows.

    Parameters
    ----------
    lines
        The header and the first rows.
    delimiter
        Between two values.
    """
    header, body = split_line(lines[0], delimiter), split_lines(lines[1:], delimiter)
    width = Counter(len(row) for row in body).most_common(1)[0][0]
    if len(header) not in (width, width - 1) or width < 2:
        return None
    labels = ([""] if len(header) < width else []) + header
    rows = [row for row in body[:_N_SAMPLED] if len(row) == width]
    texts = [i for i in range(1, width) if _is_text(labels[i], [row[i] for row in rows])]
    # a table that a program has numbered: its names stand in the next column
    worded = [i for i in texts if any(row[i] not in MISSING and not NUMBER.fullmatch(row[i]) for row in rows)]
    name_place = worded[0] if worded and all(row[0].strip().isdigit() for row in rows) else 0
    beside = tuple(i for i in texts if i != name_place)
    taken = {0, name_place, *beside}
    return Dialect(delimiter, width, tuple(labels), name_place, beside, tuple(i for i in range(width) if i not in taken))


def has_no_header(dialect: Dialect) -> bool:
    """Return whether the names of the columns are values: numbers, some of them twice or with fractions."""
    names = [dialect.labels[i] for i in dialect.value_places]
    are_numbers = all(NUMBER.fullmatch(name) for name in names)
    return are_numbers and (len(set(names)) < len(names) or not all(name.strip().isdigit() for name in names))


def _score(lines: Sequence[str], delimiter: str) -> tuple[float, float, int]:
    """Return the share of rows of the usual length, the share of numbers in them, and that length."""
    rows = split_lines(lines[1:], delimiter)
    widths = Counter(len(row) for row in rows)
    if not widths:
        return (0.0, 0.0, 0)
    width, n_rows = widths.most_common(1)[0]
    values = [value for row in rows[:_N_SAMPLED] for value in row[1:]]
    if width < 2 or not values:
        return (0.0, 0.0, 0)
    share = sum(1 for value in values if NUMBER.fullmatch(value) or value in MISSING) / len(values)
    return (round(n_rows / len(rows) * share, 2), share, width)


def _is_text(label: str, values: Sequence[str]) -> bool:
    word = label.strip().lower().replace(".", "_")
    if word in _NUMBERS_BESIDE:
        return True
    said = [value for value in values if value not in MISSING]
    if not said:
        return not label.strip()
    return 2 * sum(1 for value in said if not NUMBER.fullmatch(value)) > len(said)
