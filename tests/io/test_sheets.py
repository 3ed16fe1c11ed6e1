"""Sheets that people edit are read as editors and spreadsheets write them, and refused in one sentence."""

import re

import pytest

from scvalid.errors import SubmissionError
from scvalid.io.sheets import MAX_ROWS, read_sheet_rows

COLUMNS = {"required": ("id",), "known": ("id", "note")}


def read(folder, raw):
    path = folder / "sheet.tsv"
    path.write_bytes(raw)
    return [(row.line, row.values) for row in read_sheet_rows(path, **COLUMNS)]


@pytest.mark.parametrize(
    "raw",
    [
        b"id\tnote\na\tb\n",
        b"\xef\xbb\xbfid\tnote\r\na\tb\r\n",
        b"note\tid\nb\ta",
        b'id\tnote\n"a"\t"b"\n',
        b"id\tnote\t\t\n a \tb \t\t\n\t\t\t\n",
    ],
)
def test_the_same_sheet_in_any_dress_is_the_same(tmp_path, raw):
    assert read(tmp_path, raw) == [(2, {"id": "a", "note": "b"})]


def test_empty_cells_and_dropped_tabs_are_left_out(tmp_path):
    assert read(tmp_path, b"id\tnote\na\n\nb\t\n") == [(2, {"id": "a"}), (4, {"id": "b"})]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "an empty file"),
        (b"note\nb\n", "no id"),
        (b"id\tid\na\tb\n", "'id' twice"),
        (b"id\tnoet\na\tb\n", "Did you mean 'note'?"),
        (b"id\tnote\na\tb\tc\n", "row 2 must hold 2 values"),
        (b'id\tnote\na\t"b\n', "a quote that is not closed"),
        (b"id\tnote\na\t" + b"x" * 200_000 + b"\n", "a huge cell"),
        (b"i\0d\0\n\0", "other bytes"),
        (b"id\n" + b"a\n" * (MAX_ROWS + 1), "rows"),
        (b"id\n" + b"a" * 6_000_000, "5 MB"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, raw, words):
    with pytest.raises(SubmissionError, match=re.escape(words)):
        read(tmp_path, raw)
