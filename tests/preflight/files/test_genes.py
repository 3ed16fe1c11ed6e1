import numpy as np
import pytest

from scvalid.intake.compute.genes import GeneTable
from scvalid.preflight.files import genes as module


@pytest.fixture(scope="module")
def book(repository):
    return module.read_gene_book(repository / "resources" / "genes", species="human", gene_column=None)


@pytest.fixture(scope="module")
def symbols(book):
    return sorted(set(book.symbol_of_id.values()))


def _table(names, **columns):
    return GeneTable(np.array(names, dtype=object), {name: np.array(values, dtype=object) for name, values in columns.items()})


def test_nothing_is_odd_about_a_whole_annotation(book, symbols):
    seen = book.look_up(_table(symbols))
    assert (seen.kind, seen.species, seen.doubts) == ("symbol", ("human",), ())
    ids = list(book.symbol_of_id)
    assert book.look_up(_table(ids)).kind == "ensembl"
    assert book.look_up(_table(ids)).species == ("human",)


def test_each_oddity_is_said_with_its_number(book, symbols):
    few = [name for name in symbols[::40] if not name.startswith("MT-")]
    assert [doubt.split(":")[0] for doubt in book.look_up(_table(few)).doubts] == [
        f"has {len(few)} genes", "has no mitochondrial genes (MT-...)",
    ]  # fmt: skip
    (dates,) = book.look_up(_table([*symbols, "1-Mar", "2-Sep", "44621"])).doubts
    assert dates.startswith("has 3 genes that a spreadsheet turned into dates, such as '1-Mar'")
    (twice,) = book.look_up(_table([*symbols, symbols[5], "TP53", "TP53"])).doubts
    assert twice == "names 2 genes more than once; the counts under one name are summed."


def test_files_with_the_same_genes_share_the_answer(book, symbols, monkeypatch):
    first = book.look_up(_table(symbols))
    monkeypatch.setattr(module, "name_genes", lambda *a, **k: 1 / 0)
    assert book.look_up(_table(list(symbols))) is first
    with pytest.raises(ZeroDivisionError):
        book.look_up(_table(symbols[::-1]))
