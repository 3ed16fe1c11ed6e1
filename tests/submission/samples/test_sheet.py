"""A sheet as spreadsheets, R and editors write it is read; a sheet that would count donors wrongly is refused."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scvalid.errors import SubmissionError
from scvalid.submission.samples.sheet import read_sheet


def faults_of(source) -> tuple[str, ...]:
    with pytest.raises(SubmissionError) as caught:
        read_sheet(source)
    return caught.value.findings


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_line_ends_and_marks_do_not_matter(rows, sheet_of, end, mark):
    expected = read_sheet(sheet_of(rows))
    source = sheet_of(rows, end=end)
    source.write_bytes(mark + source.read_bytes())
    assert read_sheet(source) == expected
    assert len(expected) == 4


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\n\n" + text.replace("\n", "\n\n \t \n"),
        lambda text: text.replace("\n", "\t\t\n"),
        lambda text: "\n".join("\t".join(f'"{v}"' for v in line.split("\t")) for line in text.splitlines()),
        lambda text: text.replace("\t", " \t "),
        lambda text: text.removesuffix("\n"),
    ],
    ids=["blank lines", "trailing tabs", "quoted as R does", "spaces", "no last line end"],
)
def test_what_spreadsheets_add_does_not_matter(rows, sheet_of, change):
    source = sheet_of(rows)
    expected, text = read_sheet(source), source.read_text(encoding="utf-8")
    assert read_sheet(sheet_of(change(text))) == expected


@pytest.mark.parametrize("inside", ["a\tb", "a\nb", "a\x0bb", "a\u2028b", "a\x85b"])
def test_separators_in_a_cell_break_no_row(rows, sheet_of, inside):
    rows[2] = [*rows[2][:3], f'"{inside}"', "batch1"]
    findings = faults_of(sheet_of(rows))
    assert len(findings) == 1
    assert "column 'arm'" in findings[0]
    assert "one line without control characters" in findings[0]
    assert findings[0].isprintable()


def test_quotes_within_a_cell_are_kept(rows, sheet_of):
    rows[1] = [*rows[1][:4], 'plate 5"']
    assert read_sheet(sheet_of(rows))[0].batch_id == 'plate 5"'


@pytest.mark.parametrize("size", [1, 200_000])
def test_a_quote_that_is_not_closed_is_named(rows, sheet_of, size):
    rows[2] = ['"' + "x" * size, *rows[2][1:]]
    (finding,) = faults_of(sheet_of(rows))
    assert "quote" in finding


def test_names_in_any_script_stay_and_get_safe_slugs(rows, sheet_of):
    names = ["张三_药", "…/../../etc", "a b", "D1_" + "x" * 100]
    for row, name in zip(rows[1:], names, strict=True):
        row[0] = name
    samples = read_sheet(sheet_of(rows))
    assert [s.sample_id for s in samples] == names
    assert all(set(s.slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for s in samples)
    assert len({s.slug for s in samples}) == 4


def test_a_path_may_lead_up_but_a_slug_never_does(rows, sheet_of):
    rows[1] = ["../x", "../elsewhere/x.h5ad", *rows[1][2:]]
    sample = read_sheet(sheet_of(rows))[0]
    assert sample.path == "../elsewhere/x.h5ad"
    assert "/" not in sample.slug
    assert not sample.slug.startswith(".")


def test_a_missing_batch_is_one_batch(rows, sheet_of):
    without = [row[:4] for row in rows]
    assert {s.batch_id for s in read_sheet(sheet_of(without))} == {"batch1"}
    rows[1][4] = ""
    assert read_sheet(sheet_of([*rows[:1], *rows[1:]]))[0].batch_id == "batch1"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: [["sample_idd", *r[0][1:]], *r[1:]], ["'sample_idd'", "Did you mean 'sample_id'?"]),
        (lambda r: [[*r[0][:4], "arm"], *r[1:]], ["'arm' twice"]),
        (lambda r: [row[:2] for row in r], ["no donor_id, arm"]),
        (lambda r: [[",".join(row)] for row in r], ["separated by tabs", "commas"]),
        (lambda r: r[:1], ["at least one sample"]),
        (lambda r: [], ["an empty file"]),
        (lambda r: [*r, r[1]], ["name each sample once", "'D1_drug' 2 times"]),
        (lambda r: [*r, ["d1_DRUG", "other.h5ad", *r[1][2:]]], ["differ in more than case"]),
        (lambda r: [*r, ["new", *r[1][1:]]], ["name other cells in each row", "2 times"]),
        (lambda r: [*r, ["new", "data/../data/D1_drug.h5ad", *r[1][2:]]], ["name other cells in each row"]),
        (lambda r: [*r, ["new", "new.h5ad", "", *r[1][3:]]], ["row 6", "'donor_id'", "Got nothing"]),
        (lambda r: [*r, ["new", "new.h5ad", "D" * 300, *r[1][3:]]], ["row 6", "'donor_id'", "200 characters"]),
        (lambda r: [*r, ["new", "new.h5ad", "D\x07", *r[1][3:]]], ["row 6", "'donor_id'", r"D\x07"]),
        (lambda r: [*r, ["new", "new.h5ad", "D1"]], ["row 6", "hold 5 values", "3 values"]),
    ],
)
def test_each_fault_is_one_sentence(rows, sheet_of, change, words):
    findings = faults_of(sheet_of(change(rows)))
    for word in words:
        assert any(word in finding for finding in findings), findings
    assert all(finding.isprintable() and len(finding) < 700 for finding in findings)


@pytest.mark.parametrize("twin", ["d1", "Ｄ1", "D １", "D1\u200b"], ids=["case", "full width", "space", "invisible"])
@pytest.mark.parametrize("column", [2, 3, 4])
def test_two_spellings_never_count_as_two(rows, sheet_of, twin, column):
    for row in rows[1:]:
        row[column] = "D1"
    rows[4][column] = twin
    assert any("spell one name in one way" in finding for finding in faults_of(sheet_of(rows)))


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        ("donor=1;arm=a", "arm=a; donor=1", True),
        ("", "donor=1", True),
        ("donor=1", "donor=2", False),
    ],
)
def test_cells_are_never_counted_twice(rows, sheet_of, first, second, is_refused):
    table = [[*rows[0], "cells"], [*rows[1], first], [*rows[2], second], [*rows[3], ""], [*rows[4], ""]]
    table[2][1] = table[1][1]
    if is_refused:
        assert any("name other cells" in finding for finding in faults_of(sheet_of(table)))
    else:
        assert len(read_sheet(sheet_of(table))) == 4


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_another_encoding_is_one_sentence(rows, sheet_of, encoding):
    rows[1][2] = "张三"
    text = "\n".join("\t".join(row) for row in rows)
    assert [f for f in faults_of(sheet_of(text.encode(encoding))) if "UTF-8" not in f] == []


def test_all_faults_are_said_at_once(rows, sheet_of):
    rows[1][2], rows[2][3], rows[3] = "", "\x01", rows[3][:3]
    rows.append(["D2_vehicle", "z.h5ad", "D3", "drug", "batch1"])
    text = "\n".join(faults_of(sheet_of(rows)))
    for word in ("row 2, column 'donor_id'", "row 3, column 'arm'", "row 4 must hold", "'D2_vehicle' 2 times"):
        assert word in text


def test_missing_file_folder_and_long_name_are_sentences(tmp_path):
    for path in (tmp_path / "none.tsv", tmp_path, tmp_path / ("名" * 150)):
        assert len(faults_of(path)) == 1


def test_a_sheet_of_too_many_bytes_is_not_read(sheet_of):
    assert "5 MB" in faults_of(sheet_of(b"x" * 5_000_001))[0]


CELLS = st.lists(st.lists(st.text(max_size=12), max_size=7).map("\t".join), max_size=6).map("\n".join)


def assert_read_or_refused(tmp_path_factory, text: str) -> None:
    source = tmp_path_factory.getbasetemp() / "any.tsv"
    source.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        samples = read_sheet(source)
    except SubmissionError as error:
        findings = error.findings
    else:
        assert samples
        return
    assert findings
    assert all(f.isprintable() and len(f) < 3000 for f in findings)


TEXTS = st.one_of(CELLS, CELLS.map(lambda t: "sample_id\tpath\tdonor_id\tarm\n" + t), st.text())


@example('sample_id\tpath\tdonor_id\tarm\n"')
@example("\0")
@example("sample_id\tpath\tdonor_id\tarm\ncells\r\ta\tb\tc")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    assert_read_or_refused(tmp_path_factory, text)


@pytest.mark.slow
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_is_read_or_refused_many_times(tmp_path_factory, text):
    assert_read_or_refused(tmp_path_factory, text)


def with_addresses(rows, *pairs):
    """Give the first rows an address and a checksum each."""
    rows[0].append("sha256")
    for row, (url, checksum) in zip(rows[1:], pairs, strict=False):
        row[1] = url
        row.append(checksum)
    return rows


def test_files_of_an_address_are_taken_with_a_checksum(rows, sheet_of):
    first, *_, last = read_sheet(sheet_of(with_addresses(rows, ("https://host/a.h5ad?token=SECRET", "AB" * 32))))
    assert first.is_remote
    assert first.sha256 == "ab" * 32
    assert not last.is_remote


@pytest.mark.parametrize(
    ("pairs", "word"),
    [
        ([("https://host/a?token=SECRET", "")], "column 'sha256', must be the sha256 of the file"),
        ([("http://host/a?token=SECRET", "0" * 64)], "'path', must be an https:// address"),
        ([("https://user:SECRET@host/a", "0" * 64)], "without a user name or password"),
        ([("https://host/" + "a" * 2000 + "?SECRET", "0" * 64)], "at most 2000 characters"),
        ([("https://host/a?SECRET", "0" * 64), ("https://host/a?SECRET", "1" * 64)], "2 for 'https://host/a'"),
        ([("https://host/a?SECRET1", "0" * 64), ("https://host/b?SECRET2", "0" * 64)], "be the same wherever sha256 is"),
        ([("https://host/a?SECRET", "0" * 64)] * 2, "name other cells in each row"),
        ([("a.h5ad", "0" * 64)], "must be empty where path is a file here"),
    ],
)
def test_faulty_addresses_are_said_without_what_is_secret(rows, sheet_of, pairs, word):
    said = "\n".join(faults_of(sheet_of(with_addresses(rows, *pairs))))
    assert word in said
    assert "SECRET" not in said
