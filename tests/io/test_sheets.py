"""Sheets that people edit are read as editors and spreadsheets write them, and refused in one sentence."""

import re

import pytest

from scvalid.errors import SubmissionError
from scvalid.io.sheets import MAX_ROWS, read_good_rows, read_sheet_rows

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
        (b"i\0d\0\n\0", "UTF-16 without its byte order mark"),
        (b"i\0d\n\0", "other bytes"),
        (b"id\n" + b"a\n" * (MAX_ROWS + 1), "rows"),
        (b"id\n" + b"a" * 6_000_000, "5 MB"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, raw, words):
    with pytest.raises(SubmissionError, match=re.escape(words)):
        read(tmp_path, raw)


ROWS = "sample_id\tpath\tarm\n供体一\ta.h5ad\t对照\n"
SHEET = {"required": ("sample_id", "path", "arm"), "known": ("sample_id", "path", "arm", "note")}
CHINESE = {"样本": "sample_id", "路径": "path", "组别": "arm"}


def refusals(folder, raw):
    path = folder / "sheet.tsv"
    path.write_bytes(raw)
    with pytest.raises(SubmissionError) as caught:
        read_good_rows(path, **SHEET, meant=CHINESE)
    return list(caught.value.findings)


@pytest.mark.parametrize("raw", [ROWS.encode("utf-16"), b"\xfe\xff" + ROWS.replace("\n", "\r\n").encode("utf-16-be")])
def test_unicode_text_of_excel_is_read(tmp_path, raw):
    path = tmp_path / "sheet.txt"
    path.write_bytes(raw)
    assert [row.values for row in read_sheet_rows(path, **SHEET)] == [{"sample_id": "供体一", "path": "a.h5ad", "arm": "对照"}]


@pytest.mark.parametrize(
    ("mark", "word"),
    [(";", "semicolons"), ("，", "full-width commas"), (",", "commas"), ("；", "full-width semicolons"), ("  ", "spaces")],
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_another_separator_is_named_alone(tmp_path, mark, word, quote):
    lines = [mark.join(f"{quote}{cell}{quote}" for cell in line.split("\t")) for line in ROWS.splitlines()]
    (finding,) = refusals(tmp_path, "\n".join(lines).encode("utf-8-sig"))
    assert f"must be separated by tabs. Got {word}." in finding


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (ROWS.encode("gbk"), "looks like GBK (Excel"),
        (ROWS.replace("\t", ",").replace("供体一", "\U00020000").encode("gb18030"), "looks like GBK, separated by commas"),
        (ROWS.encode("utf-16-le"), "UTF-16 without its byte order mark"),
        (ROWS.replace("供体一", "Zoë 10 µM").replace("对照", "x").encode("cp1252"), "such as Windows-1252"),
        (ROWS.encode("utf-32"), "other bytes"),
        (b"\xff\xfe" + ROWS.encode("utf-16-le") + b"x", "other bytes"),
    ],
)
def test_another_encoding_is_named_and_never_guessed(tmp_path, raw, words):
    (finding,) = refusals(tmp_path, raw)
    assert words in finding
    assert "Unicode Text (*.txt)" in finding


def test_a_column_that_a_chinese_header_stands_for_is_not_also_missing(tmp_path):
    findings = refusals(tmp_path, "样本\t路径\t组别\na\tb\tc\n".encode())
    assert [finding.fix for finding in findings] == ["Write sample_id.", "Write path.", "Write arm."]
    findings = refusals(tmp_path, "样本\t路径\na\tb\n".encode())
    assert findings[-1].got == "no arm"
