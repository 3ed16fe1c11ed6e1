import gzip
import io
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.text import table_rows, text_table
from scvalid.intake.readers.text.text_table import TextTableReader

GENES = [
    *("ACTB", "GAPDH", "MT-CO1", "MT-ND1", "RPS6", "RPL13A", "TGFB1", "COL1A1", "IL6", "VIM", "FN1", "SPARC", "THY1", "ENG"),
    *("NT5E", "PTPRC", "CD34", "CD14", "JUN", "FOS"),
]


@pytest.fixture
def table(tmp_path):
    def write(text, name="x.csv"):
        raw = text if isinstance(text, bytes) else text.encode()
        (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        return tmp_path / name

    return write


def _frame(n_cells=8, seed=0):
    counts = np.random.default_rng(seed).poisson(1, size=(len(GENES), n_cells))
    return pd.DataFrame(counts, index=GENES, columns=[f"cell{i}" for i in range(n_cells)])


def _read(path, **how):
    reader = TextTableReader(path, **how)
    (name,) = reader.matrix_names()
    return reader, name, reader.matrix(name)


def _assert_reads(path, frame, **how):
    """``frame`` is genes x cells."""
    reader, name, matrix = _read(path, **how)
    assert np.array_equal(matrix.toarray(), frame.to_numpy().T)
    assert list(reader.barcodes()) == list(frame.columns)
    assert list(reader.genes(name, []).index) == list(frame.index)
    assert reader.shape(name) == matrix.shape
    assert list(reader.detected_per_cell(name)) == [int((frame[cell] != 0).sum()) for cell in frame]
    return reader


@pytest.mark.parametrize("name", ["x.csv", "x.tsv.gz"])
@pytest.mark.parametrize("delimiter", list("\t,; "))
@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize("corner", ["", "gene_or_cell", None])
def test_every_form_gives_the_same_cells(name, delimiter, is_turned, corner, table):
    frame = _frame()
    written = frame.T if is_turned else frame
    text = written.to_csv(sep=delimiter, index_label=corner or "", quoting=2 if corner == "" else 0)
    if corner is None:  # as write.table of R leaves the header
        text = text.split(delimiter, 1)[1]
    reader = _assert_reads(table(text, name), frame)
    assert reader.matrix_names() == [f"table with genes in {'columns' if is_turned else 'rows'}"]


def test_byte_order_mark_and_windows_line_ends(table):
    text = "\ufeff" + _frame().to_csv().replace("\n", "\r\n") + "\r\n\r\n"
    _assert_reads(table(text), _frame())


def test_text_beside_genes_is_a_gene_column_and_numbers_about_genes_are_no_cells(table):
    frame = _frame()
    wide = frame.copy()
    wide.insert(0, "Length", 1000)
    wide.insert(3, "Symbol", [f"s{i}" for i in range(len(GENES))])
    wide["biotype"] = "protein_coding"
    reader = _assert_reads(table(wide.to_csv(sep="\t", index_label="id")), frame)
    name = reader.matrix_names()[0]
    assert reader.gene_columns(name) == ["Length", "Symbol", "biotype"]
    assert list(reader.genes(name, ["Symbol"]).columns["Symbol"]) == list(wide["Symbol"])
    assert reader.cell_columns() == []


def test_text_beside_cells_can_choose_cells(table):
    wide = _frame().T
    wide.insert(0, "donor", ["d1", "d2"] * 4)
    reader = _assert_reads(table(wide.to_csv(index_label="barcode")), _frame())
    assert reader.cell_columns() == ["donor"]
    assert list(reader.cell_column("donor")) == ["d1", "d2"] * 4
    with pytest.raises(ValueError, match="no column"):
        reader.cell_column("ACTB")


def test_rows_that_a_program_numbered_are_named_by_the_next_column(table):
    _assert_reads(table(_frame().reset_index(names="gene").to_csv()), _frame())


def test_remarks_above_the_header_are_passed_over_but_no_name_is(table):
    frame = _frame().rename(index={"FOS": "#FOS"})
    _assert_reads(table("# Program: counts v2\n## x\n" + frame.to_csv()), frame)


def test_orientation_may_be_stated_and_must_be_where_it_cannot_be_found(table):
    path = table("x,p,q\nr,1,2\ns,3,4\n")
    with pytest.raises(Refusal) as caught:
        TextTableReader(path)
    assert "intake.orientation" in caught.value.fix
    assert _read(path, orientation="genes_in_rows")[2].toarray().tolist() == [[1, 3], [2, 4]]
    assert _read(path, orientation="genes_in_columns")[2].toarray().tolist() == [[1, 2], [3, 4]]
    path = table(_frame().to_csv())
    assert _read(path, orientation="genes_in_columns")[2].shape == (len(GENES), 8)


@pytest.mark.parametrize("is_turned", [False, True])
def test_numbers_of_genes_are_named_as_such_and_numbers_of_rows_are_not(table, is_turned):
    for ids, said in (("7157 1080 672 860 4609", "Entrez numbers such as '7157'"), ("0 1 2 3 4", "such as")):
        frame = pd.DataFrame([[1, 0, 2]] * 5, index=ids.split(), columns=["c1", "c2", "c3"])
        with pytest.raises(Refusal) as caught:
            TextTableReader(table((frame.T if is_turned else frame).to_csv()))
        assert said in caught.value.got
        assert ("intake.orientation" in caught.value.fix) is (said == "such as")
        assert ("intake.gene_column" in caught.value.fix) is (said != "such as")


@pytest.mark.parametrize(
    ("line", "value", "said", "advice"),
    [
        ("IL6,1,2,x,4", "'x' in row 4, column 'c3'", "number", "whole numbers"),
        ('IL6,1,2,"3,5",4', "'3,5' in row 4, column 'c3'", "number", "point"),
        ("IL6,1,2,,4", "'' in row 4, column 'c3'", "number", "0 where nothing"),
        ("IL6,1,2,NA,4", "'NA' in row 4, column 'c3'", "number", "0 where nothing"),
        ("IL6,1,2,3", "4 values in row 4", "one length", "Complete"),
        ("IL6,1,2,3,4,5", "6 values in row 4", "one length", "quote"),
        ('"IL6,1,2,3,4', "in row 4", "close each quote", "Close"),
    ],
)
def test_an_odd_row_is_named(line, value, said, advice, table):
    path = table("gene,c1,c2,c3,c4\nACTB,1,2,3,4\nGAPDH,0,0,0,1\n" + line + "\nFOS,0,0,0,0\n")
    reader = TextTableReader(path, orientation="genes_in_rows")
    with pytest.raises(Refusal) as caught:
        reader.matrix("")
    assert value in caught.value.got
    assert said in caught.value.must
    assert advice in caught.value.fix


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n", "gene\n", "gene,c1\n", "just words\nand more words\n", "ACTB,1.5,2\nGAPDH,3.5,4\n",
        "gene,c1,c2,c3\nACTB,1\nGAPDH,2\n", "gene,a,b\nACTB,x,y\nFOS,z,w\n", '"gene,c1\nACTB,1\n', "{}", "<html>\n<b>\n",
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(text, table):
    path = table(text)
    with pytest.raises(Refusal):
        _read(path, orientation="genes_in_rows")


def test_missing_and_infinite_values_are_kept_to_be_judged(table):
    path = table("gene,c1,c2\nACTB,nan,1\nGAPDH,inf,-1\n")
    values = _read(path, orientation="genes_in_rows")[2].data
    assert sorted(map(str, values)) == ["-1.0", "1.0", "inf", "nan"]


def test_some_values_reads_only_the_first_rows_and_the_size_is_bounded(table, monkeypatch):
    path = table(_frame().to_csv() + "LAST,oops\n")
    reader = TextTableReader(path)
    values = reader.some_values("", limit=24)
    assert sorted(values) == sorted(v for v in _frame().to_numpy()[:3].ravel() if v)
    with pytest.raises(Refusal, match="row 22"):
        reader.matrix("")
    monkeypatch.setattr(table_rows, "MAX_BYTES", 300)
    with pytest.raises(Refusal, match="more than"):
        reader.matrix("")


def test_whole_cells_of_a_large_table(table, monkeypatch):
    monkeypatch.setattr(text_table, "SMALL_BYTES", 0)
    reader = TextTableReader(table(_frame().T.to_csv(), "rows.csv"))
    places = reader.some_cell_places("", limit=3)
    assert list(places) == [0, 3, 7]
    assert np.array_equal(reader.some_cells("", limit=3).toarray(), _frame().to_numpy().T[places])
    assert reader.detected_per_cell("") is None
    reader = TextTableReader(table(_frame().to_csv(), "columns.csv"))
    assert reader.some_cells("", limit=3) is reader.some_cell_places("", limit=3) is None


def test_a_packed_table_of_many_cells_is_read_in_seconds(table):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.poisson(0.1, (500, 1000)), index=[f"GENE{i}" for i in range(500)]).add_prefix("cell")
    path = table(frame.to_csv(), "x.csv.gz")
    start = time.process_time()
    assert _read(path, orientation="genes_in_rows")[2].sum() == frame.to_numpy().sum()
    assert time.process_time() - start < 3


def test_real_fpkm_table_offers_its_units_and_symbols(shared_data):
    reader, name, matrix = _read(shared_data / "ucmsc_priming_bulk" / "GSE224190_gene_FPKM.txt")
    expected = pd.read_csv(shared_data / "ucmsc_priming_bulk" / "GSE224190_gene_FPKM.txt", sep="\t", index_col=0)
    assert np.array_equal(matrix.toarray(), expected.iloc[:, :6].to_numpy().T)
    assert [barcode.endswith("_fpkm") for barcode in reader.barcodes()] == [True] * 6
    assert list(reader.genes(name, ["Symbol"]).columns["Symbol"][:2]) == ["TSPAN6", "TNMD"]


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=6)
FORMS = st.fixed_dictionaries(
    {"sep": st.sampled_from("\t,; "), "quoting": st.sampled_from([0, 1, 2]), "lineterminator": st.sampled_from(["\n", "\r\n"])}
)


@st.composite
def frames(draw):
    cells = [f"c{i}{name}" for i, name in enumerate(draw(st.lists(NAMES, min_size=1, max_size=5)))]
    genes = draw(st.lists(st.sampled_from(GENES), min_size=2, max_size=6, unique=True))
    counts = np.random.default_rng(draw(st.integers(0, 99))).poisson(3, size=(len(genes), len(cells)))
    return pd.DataFrame(counts, index=genes, columns=cells)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(frame=frames(), form=FORMS, is_turned=st.booleans())
def test_what_pandas_writes_comes_back(frame, form, is_turned, table):
    text = io.StringIO()
    (frame.T if is_turned else frame).to_csv(text, **form)
    _assert_reads(table(text.getvalue()), frame, orientation="genes_in_columns" if is_turned else "genes_in_rows")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(raw=st.one_of(st.binary(max_size=60), st.text('ab,;\t"\n\r 01.-#', max_size=60).map(str.encode)))
def test_any_bytes_give_a_table_or_a_refusal(raw, table):
    try:
        reader, name, matrix = _read(table(raw), orientation="genes_in_rows")
    except Refusal:
        return
    assert reader.shape(name) == matrix.shape == (len(reader.barcodes()), len(reader.genes(name, []).index))
