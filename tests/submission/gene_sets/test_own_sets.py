"""A lab's own sets against the species it states and the genes of its data."""

import pandas as pd
import pytest

from scvalid.keys import GeneSet
from scvalid.submission.gene_sets.gene_tables import GeneTables
from scvalid.submission.gene_sets.own_sets import (
    OwnFile,
    faults_of_descriptions,
    faults_of_overlap,
    faults_of_species,
    faults_of_two_names,
    faults_of_unknown,
)

SYMBOLS = {"human": ["RUNX2", "SP7", "ALPL", "C3"], "mouse": ["Runx2", "Sp7", "Alpl", "C3"], "rat": ["Runx2", "Sp7", "RT1-A"]}
OLD_NAMES = {"human": {"DDX58": "RIGI", "p53": "TP53", "OCT4": "POU5F1"}, "mouse": {"Gm85": "C3", "1Rik": "C3"}, "rat": {}}
PREVIOUS = {"human": {"DDX58"}, "mouse": {"Gm85", "1Rik"}, "rat": set()}


def _tables(species):
    ids = {name: {f"{name}{n}": symbol for n, symbol in enumerate(symbols)} for name, symbols in SYMBOLS.items()}
    return GeneTables(species, ids, OLD_NAMES, {}, PREVIOUS)


def _sets(**genes):
    rows = [(name, gene, 1.0, False) for name, members in genes.items() for gene in members]
    return pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])


def _species(species, **genes):
    return faults_of_species(OwnFile("own.gmt", _sets(**genes)), tables=_tables(species))


@pytest.mark.parametrize(
    ("species", "genes", "words"),
    [
        ("human", ["RUNX2", "SP7", "Alpl"], ["hold genes of one species", "2 of human and 1 rodent ones ('Alpl')"]),
        ("mouse", ["Runx2", "SP7"], ["hold genes of one species", "1 of mouse and 1 human ones ('SP7')"]),
        ("human", ["Runx2", "Sp7"], ["hold genes of human", "rodent ones ('Runx2', 'Sp7')", "correct context.species"]),
        ("rat", ["RUNX2", "SP7", "ALPL", "DDX58"], ["hold genes of rat", "human ones ('RUNX2', 'SP7', 'ALPL', ...)"]),
    ],
)
def test_genes_of_another_species_are_one_sentence(species, genes, words):
    (finding,) = _species(species, OK=sorted(SYMBOLS[species])[:2], MIXED=genes)
    assert "own.gmt: set 'MIXED'" in finding
    assert all(word in finding for word in words), finding


def test_names_that_nobody_knows_symbols_of_both_and_old_names_are_no_fault():
    assert _species("human", A=["RUNX2", "C3", "LOC1234", "DDX58"]) == []
    assert _species("mouse", A=["Runx2", "C3", "RT1-A"]) == []


def test_names_that_papers_write_of_any_species_are_of_none():
    assert _species("mouse", A=["Runx2", "p53", "OCT4"]) == []
    assert _species("human", A=["RUNX2", "Gm85", "1Rik"]) == []


def test_strays_below_a_fifth_are_no_fault():
    filled = ["RUNX2", "Alpl", "a", "b"]
    assert _species("human", A=[*filled, "c", "d"]) == []
    (finding,) = _species("human", A=[*filled, "c"])
    assert "1 of human and 1 rodent ones ('Alpl')" in finding


def test_a_gene_in_place_of_a_description_is_a_fault_only_if_each_line_has_one():
    def said(**lines):
        return faults_of_descriptions(lines, where="own.gmt", tables=_tables("human"))

    (finding,) = said(A="RUNX2", B="SP7")
    assert "own.gmt must have a description in the second column. Got a gene in each line, as 'RUNX2' in set 'A'" in finding
    assert said(A="RUNX2", B="targets") == []
    assert said(RUNX2="RUNX2", sp7_targets="SP7") == []


def test_two_names_of_one_gene_are_a_fault_of_a_large_set_only_with_two_signs():
    sets = _sets(A=["D2", "DARS1", *map(str, range(8))])
    sets.loc[0, GeneSet.WEIGHT] = 2.0
    assert faults_of_two_names(OwnFile("own.gmt", sets), renamed={"D2": "DARS1"}) == []
    sets.loc[0, GeneSet.WEIGHT] = -1.0
    (finding,) = faults_of_two_names(OwnFile("own.gmt", sets), renamed={"D2": "DARS1"})
    assert "'D2' and 'DARS1', names of DARS1" in finding
    assert len(faults_of_two_names(OwnFile("own.gmt", sets.iloc[:9]), renamed={"D2": "DARS1"})) == 1


def test_a_set_without_any_gene_of_the_data_is_one_sentence():
    sets = _sets(GOOD=["RUNX2", "X"], IDS=["ENSG00000124813", "ENSG00000170374", "a", "b"])
    (finding,) = faults_of_overlap(OwnFile("own.gmt", sets), measured=frozenset({"RUNX2"}), data="sample 'S1'")
    assert "own.gmt: set 'IDS' must share genes with sample 'S1'. Got none of 4 ('ENSG00000124813'" in finding


def test_two_old_names_of_one_gene_are_that_gene_twice():
    sets = _sets(A=["DARS", "X", "D2"], B=["DARS"], C=["D2", "DARS1"])
    faults = faults_of_two_names(OwnFile("own.gmt", sets), renamed={"DARS": "DARS1", "D2": "DARS1"})
    assert ["'DARS' and 'D2', names of DARS1" in faults[0], "'D2' and 'DARS1', names of DARS1" in faults[1]] == [True, True]
    assert len(faults) == 2


def test_half_of_a_set_may_be_unknown_and_no_more():
    sets = _sets(HALF=["RUNX2", "SP7", "x", "y"], MOST=["RUNX2", "x", "y"])
    (finding,) = faults_of_unknown(OwnFile("own.gmt", sets), known=frozenset({"RUNX2", "SP7"}), species="human")
    assert "set 'MOST' must hold genes of human. Got 2 of 3 names that no table knows ('x', 'y')" in finding
