"""A set that calls a gene by its old name keeps that gene."""

import pandas as pd

from scvalid.contracts.claimed import Claimed
from scvalid.keys import GeneSet
from scvalid.pathways.compute.current_genes import as_data_call_them, with_current_symbols

ALIASES = {"DDX58": "RIGI", "DARS": "DARS1", "OLD2": "RIGI"}


def _sets(*rows):
    table = pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT])
    return table.assign(**{GeneSet.IS_PANEL: False})


def _rows(table):
    return list(table[[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT]].itertuples(index=False, name=None))


def _renamed(sets, *measured):
    return _rows(with_current_symbols(sets, measured=frozenset(measured), aliases=ALIASES))


def test_an_old_name_is_read_as_the_gene_that_the_data_have_and_keeps_its_weight():
    sets = _sets(("A", "TNF", 1.0), ("A", "DDX58", -2.0), ("B", "DDX58", 3.0))
    assert _renamed(sets, "RIGI", "TNF") == [("A", "TNF", 1.0), ("A", "RIGI", -2.0), ("B", "RIGI", 3.0)]


def test_a_name_that_the_data_have_is_that_gene_whatever_the_aliases_say():
    sets = _sets(("A", "DDX58", 1.0))
    assert _renamed(sets, "DDX58", "RIGI") == _rows(sets)


def test_a_gene_that_the_data_lack_under_both_names_stays_as_it_was_written():
    sets = _sets(("A", "DARS", 1.0))
    assert _renamed(sets, "TNF") == _rows(sets)


def test_a_gene_named_twice_counts_once_and_the_current_name_wins():
    sets = _sets(("A", "DDX58", 1.0), ("A", "RIGI", 5.0), ("A", "OLD2", 7.0), ("B", "OLD2", 1.0), ("B", "DDX58", 2.0))
    assert _renamed(sets, "RIGI") == [("A", "RIGI", 5.0), ("B", "RIGI", 1.0)]


def test_claimed_genes_are_called_as_the_data_call_them():
    claimed = Claimed(sets=("S",), genes=("CXCR4", "Gata3", "RUNX2", "SOX2"), rival_genes=("HIF1A",))
    orthologs = {"CXCR4": "Cxcr4", "RUNX2": "Runx2", "HIF1A": "Hif1a"}
    found = as_data_call_them(claimed, measured=frozenset({"Cxcr4", "Gata3", "RUNX2", "Hif1a"}), orthologs=orthologs)
    assert found == Claimed(sets=("S",), genes=("Cxcr4", "Gata3", "RUNX2", "SOX2"), rival_genes=("Hif1a",))
