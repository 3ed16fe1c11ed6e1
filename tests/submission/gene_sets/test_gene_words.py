"""Words that stand where a gene symbol should; a symbol that looks like one of them is left alone."""

from dataclasses import replace

import pytest

from scvalid.submission.gene_sets.gene_tables import read_gene_tables
from scvalid.submission.gene_sets.gene_words import word_faults


@pytest.fixture(scope="module")
def tables_of(repository):
    return {name: read_gene_tables(repository / "resources/genes", species=name) for name in ("human", "mouse", "rat")}


@pytest.mark.parametrize(
    ("word", "said"),
    [
        *[(word, "a spreadsheet made") for word in (
            "1-Mar", "2-Sep", "Sep-02", "1-Dec", "01-Mar-24", "2024-03-01", "2024-09-02 00:00:00", "3/1/2024", "1. Mrz",
            "3月1日", "2.31E+13", "2,31E+13", "2E19",
        )],
        *[(word, "numbers") for word in ("44256", "860", "44256.0", "6774")],
        *[(word, "Ensembl ids") for word in ("ENSG00000124813", "ensg00000124813.9", "ENSMUSG00000039153", "ENST00000647464")],
        ("TAZ", "names of more than one gene ('TAZ': "),
        ("Erk", "names of more than one gene"),
        ("RUNX2 ", "quotes or spaces"),
        ("“RUNX2”", "quotes or spaces"),
    ],
)  # fmt: skip
def test_each_kind_is_said(tables_of, word, said):
    (fault,) = word_faults(["RUNX2", word], tables=tables_of["human"])
    assert said in fault.got


def test_the_symbol_of_an_id_is_said_whatever_the_species(tables_of):
    (fault,) = word_faults(["ENSMUSG00000039153.5", "ENSG00000000000"], tables=tables_of["human"])
    assert fault.got == "Ensembl ids ('ENSMUSG00000039153.5' is Runx2, 'ENSG00000000000')"


def test_nicknames_offer_genes_of_the_stated_species(tables_of):
    (fault,) = word_faults(["Erk"], tables=tables_of["mouse"])
    assert "Mapk" in fault.got
    assert "MAPK" not in fault.got


def test_no_symbol_of_any_species_is_a_fault(tables_of):
    for tables in tables_of.values():
        assert list(word_faults(tables.current, tables=tables)) == []


def test_an_old_name_that_looks_like_a_date_is_that_gene_and_one_that_is_a_number_is_no_name(tables_of):
    tables = tables_of["human"]
    assert {"OCT-4", "225"} <= tables.renamed.keys()
    assert list(word_faults(["OCT-4", "'C-K-RAS"], tables=tables)) == []
    (fault,) = word_faults(["OCT-4", "225"], tables=tables)
    assert fault.got == "numbers ('225')"


def test_a_nickname_of_one_gene_is_not_said_to_be_of_more(tables_of):
    tables = replace(tables_of["mouse"], nicknames={"SOMETHING": ("Runx2",), "OTHER": ()})
    (fault,) = word_faults(["Something", "Other"], tables=tables)
    assert fault.got == "nicknames ('Something': Runx2, 'Other')"
    assert list(word_faults(["Something"], tables=tables, may_have_nicknames=True)) == []
