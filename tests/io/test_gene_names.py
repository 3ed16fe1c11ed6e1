import gzip

import pytest

from scvalid.errors import ContractError
from scvalid.io import gene_names
from scvalid.io.gene_names import Alias, Ortholog, read_aliases, read_nicknames, read_orthologs, read_symbols

READERS = {
    "gene_id\tsymbol\n": read_symbols,
    "alias\tsymbol\tkind\n": read_aliases,
    "human\tspecies\tsymbol\tbasis\n": lambda path: read_orthologs(path, species="mouse"),
}


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "names.tsv.gz"
        path.write_bytes(gzip.compress(text if isinstance(text, bytes) else text.encode()))
        return path

    return write


def test_tables_are_read(written):
    assert read_symbols(written("gene_id\tsymbol\ni1\tNA\ni2\tNA\n")) == {"i1": "NA", "i2": "NA"}
    aliases = read_aliases(written("alias\tsymbol\tkind\nDDX58\tRIGI\tprevious\n"))
    assert aliases == {"DDX58": Alias("RIGI", "previous")}
    rows = "TP53\tmouse\tTrp53\tm\nTP53\trat\tTp53\tr\n"
    assert read_orthologs(written(f"human\tspecies\tsymbol\tbasis\n{rows}"), species="rat") == {"TP53": Ortholog("Tp53", "r")}


@pytest.mark.parametrize("header", READERS)
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a\tb\tc\td\te\n", "line 2, must hold"),
        ("a\n", "line 2, must hold"),
        ("\t\t\t\n", "line 2, must hold"),
        ("a\tmouse\tprevious\tx", "must be whole"),
        ("\n", "line 2, must hold"),
    ],
)
def test_damaged_rows_are_refused_in_one_sentence(header, rows, said, written):
    with pytest.raises(ContractError, match=said) as caught:
        READERS[header](written(header + rows))
    assert "\n" not in str(caught.value)
    assert "'names.tsv.gz'" in str(caught.value)


@pytest.mark.parametrize("header", READERS)
def test_a_name_that_stands_twice_is_refused(header, written):
    row = "\t".join(["previous"] * header.count("\t")) + "\tprevious\n"
    with pytest.raises(ContractError, match="line 3, must be the only one of its name"):
        READERS[header](written(header + 2 * row))


@pytest.mark.parametrize("read", READERS.values())
def test_damaged_files_are_refused_in_one_sentence(read, written, tmp_path):
    whole = written("x" * 500).read_bytes()
    faults = {whole: "be whole", gzip.compress(b""): "be whole", gzip.compress(b"\xff"): "gzipped UTF-8"}
    for content, said in {**faults, whole[:-9]: "gzipped UTF-8", b"no gzip": "gzipped UTF-8"}.items():
        (tmp_path / "names.tsv.gz").write_bytes(content)
        with pytest.raises(ContractError, match=said) as caught:
            read(tmp_path / "names.tsv.gz")
        assert "\n" not in str(caught.value)
    with pytest.raises(ContractError, match="must exist"):
        read(tmp_path / "none.tsv.gz")


def test_a_small_file_that_unpacks_to_a_large_one_is_refused(written, monkeypatch):
    monkeypatch.setattr(gene_names, "MAX_BYTES", 3_000_000)
    with pytest.raises(ContractError, match="unpack to below 3 MB"):
        read_symbols(written("x" * 3_000_001))


def test_an_unknown_kind_of_alias_is_refused(written):
    with pytest.raises(ContractError, match=r"kind previous or alias in every row\. Got 'guess'"):
        read_aliases(written("alias\tsymbol\tkind\nA\tB\tguess\n"))


def test_nicknames_are_read_in_capitals(tmp_path):
    sheet = tmp_path / "n.tsv"
    sheet.write_text("name\tgenes\tnote\nTaz\tTAFAZZIN;WWTR1\tx\nALPHA-SMA\tACTA2\t\n", encoding="utf-8")
    assert read_nicknames(sheet) == {"TAZ": ("TAFAZZIN", "WWTR1"), "ALPHA-SMA": ("ACTA2",)}


@pytest.mark.parametrize("species", ["mouse", "rat"])
def test_nicknames_of_rodents_are_those_of_mouse_and_may_mean_no_gene(tmp_path, species):
    sheet = tmp_path / "n.tsv"
    sheet.write_text("name\tgenes\tmouse\tnote\nSCA1\tATXN1\tLy6a;Atxn1\t\nX\tA\t\tn\n", encoding="utf-8")
    assert read_nicknames(sheet, species=species) == {"SCA1": ("Ly6a", "Atxn1"), "X": ()}


@pytest.mark.parametrize("rows", ["TAZ\tA;\tx\n", "TAZ\tA\tx\ntaz\tA\tx\n"])
def test_a_nickname_without_gene_or_twice_is_refused(tmp_path, rows):
    (tmp_path / "n.tsv").write_text(f"name\tgenes\tnote\n{rows}", encoding="utf-8")
    with pytest.raises(ContractError, match="a name that stands once"):
        read_nicknames(tmp_path / "n.tsv")
