"""Gene sets are read as any editor writes them; what no score could be made from is refused with a sentence."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scvalid.contracts.tables import GENE_SETS
from scvalid.errors import SubmissionError
from scvalid.io import gene_sets
from scvalid.io.gene_sets import read_descriptions, read_gene_sets

HEADER = "set_id\tgene\tweight\n"


@pytest.fixture
def file_of(tmp_path):
    def write(name, content):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / name

    return write


def faults_of(source) -> str:
    with pytest.raises(SubmissionError) as caught:
        read_gene_sets(source, is_panel=False)
    assert all(finding.isprintable() and len(finding) < 700 for finding in caught.value.findings)
    return "\n".join(caught.value.findings)


def test_both_formats_give_the_same_sets(file_of):
    gmt = file_of("a.gmt", "\ufeffS\tnote\tA\t B\t\r\n\r\nT\t\tA\r\n")
    tsv = HEADER + "S\tA\t1\nS\tB \t1\n\nT\tA\t1.0\n"
    expected = read_gene_sets(file_of("a.tsv", tsv), is_panel=True)
    assert read_gene_sets(gmt, is_panel=True).equals(expected)
    assert read_gene_sets(file_of("a.tsv.gz", gzip.compress(tsv.encode())), is_panel=True).equals(expected)
    assert expected["gene"].tolist() == ["A", "B", "A"]
    GENE_SETS.check(expected)


def test_quotes_of_a_spreadsheet_go_and_half_a_pair_is_refused(file_of):
    quoted = '"set_id"\t"gene"\t"weight"\n"S"\t" A"\t"1"\n\'S\'\t\'B\'\t2\n'
    table = read_gene_sets(file_of("a.tsv", quoted), is_panel=False)
    assert list(table[["set_id", "gene", "weight"]].itertuples(index=False, name=None)) == [("S", "A", 1.0), ("S", "B", 2.0)]
    assert "'A' twice" in faults_of(file_of("a.gmt", 'S\tx\tA\t"A"\n'))
    assert "without quotes" in faults_of(file_of("a.gmt", 'S\tx\t"A\tB\n'))


def test_descriptions_are_those_of_a_gmt_file(file_of):
    assert read_descriptions(file_of("a.gmt", 'S\t "note" \tA\n\nT\t\tB\n')) == {"S": "note", "T": ""}
    assert read_descriptions(file_of("a.tsv", HEADER + "S\tA\t1\n")) == {}


def test_weights_keep_their_sign_and_the_flag_is_that_of_the_caller(file_of):
    table = read_gene_sets(file_of("a.tsv", HEADER + "S\tA\t-2.5\nS\tB\t0\n"), is_panel=False)
    assert table["weight"].tolist() == [-2.5, 0.0]
    assert not table["is_panel"].any()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.tsv", "", "have the columns set_id gene weight"),
        ("a.tsv", HEADER, "at least one set"),
        ("a.tsv", "set,gene,weight\nS,A,1\n", "have the columns"),
        ("a.tsv", HEADER + "S\tA\n", "line 2,"),
        ("a.tsv", HEADER + "\nS\tA\tmuch\n", "line 3,"),
        ("a.tsv", HEADER + "S\tA\t1\t2\n", "line 2,"),
        ("a.tsv", HEADER + "S\tA\tnan\n", "have weights from"),
        ("a.tsv", HEADER + "S\tA\t-inf\n", "have weights from"),
        ("a.tsv", HEADER + "S\tA\t1e308\nS\tB\t1e308\n", "have weights from"),
        ("a.tsv", HEADER + "S\tA\t0\nS\tB\t-0.0\n", "not zero"),
        ("a.tsv", HEADER + "S\tA\t1\nS\tA \t2\n", "'A' twice"),
        ("a.tsv", HEADER + "\tA\t1\n", "printable"),
        ("a.tsv", HEADER + "S\t\t1\n", "printable"),
        ("a.tsv", HEADER + "S\x1b[31m\tA\t1\n", "printable"),
        ("a.tsv", HEADER + "S" * 300 + "\tA\t1\n", "200"),
        ("a.tsv", b"\x89PNG\xff\xfe", "UTF-8"),
        ("a.tsv", HEADER.encode("utf-16"), "UTF-8"),
        ("a.tsv.gz", b"not gzip", "readable"),
        ("a.tsv.gz", gzip.compress(HEADER.encode() * 50)[:-9], "readable"),
        ("a.gmt", "", "at least one set"),
        ("a.gmt", "S\tnote\n", "line 1,"),
        ("a.gmt", "S A B C\n", "line 1,"),
        ("a.gmt", "S\tx\tA\nS\tx\tB\n", "'S' again"),
        ("a.gmt", "S\tx\tA\tA\n", "'A' twice"),
    ],
    ids=range(24),
)
def test_each_fault_is_one_sentence(file_of, name, content, word):
    assert word in faults_of(file_of(name, content))


def test_missing_file_and_folder_are_sentences(tmp_path):
    assert "no such file" in faults_of(tmp_path / "none.gmt")
    faults_of(tmp_path)


def test_a_file_that_unpacks_without_end_is_refused(file_of, monkeypatch):
    monkeypatch.setattr(gene_sets, "MAX_BYTES", 1_000_000)
    assert "unpack to below" in faults_of(file_of("a.tsv.gz", gzip.compress(b"x" * 2_000_000)))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.lists(st.lists(st.text(max_size=6), max_size=4).map("\t".join), max_size=5).map("\n".join),
    is_gmt=st.booleans(),
)
def test_any_text_is_read_or_refused(tmp_path_factory, text, is_gmt):
    source = tmp_path_factory.getbasetemp() / ("any.gmt" if is_gmt else "any.tsv")
    source.write_bytes((("" if is_gmt else HEADER) + text).encode("utf-8", "surrogatepass"))
    try:
        table = read_gene_sets(source, is_panel=True)
    except SubmissionError as error:
        findings = error.findings
    else:
        GENE_SETS.check(table)
        return
    assert findings
    assert all(f.isprintable() and len(f) < 700 for f in findings)
