"""Pairs chosen by hand stand before all rules, and none of them may be mistyped or contradict another."""

import pandas as pd
import pytest

from scvalid.errors import ContractError
from scvalid.registry.rebuild.names.ortholog_overrides import read_overrides, refuse_unknown, with_overrides

HEADER = "human\tspecies\tsymbol\tnote\n"


@pytest.fixture
def written(tmp_path):
    def write(rows):
        (tmp_path / "o.tsv").write_text(HEADER + rows, encoding="utf-8")
        return tmp_path / "o.tsv"

    return write


def test_a_chosen_pair_replaces_the_pairs_of_both_its_genes():
    rows = [("CTSV", "Ctsl", "x"), ("A", "Aa", "x"), ("GONE", "Gone", "x")]
    table = pd.DataFrame(rows, columns=["human", "symbol", "basis"])
    found = with_overrides(table, {"CTSL": "Ctsl", "GONE": ""})
    assert found.to_numpy().tolist() == [["A", "Aa", "x"], ["CTSL", "Ctsl", "by_hand"]]


def test_a_sheet_is_read_by_species(written):
    assert read_overrides(written("A\tmouse\tAa\tn\nA\trat\t\tn\n")) == {"mouse": {"A": "Aa"}, "rat": {"A": ""}}


@pytest.mark.parametrize("rows", ["A\tdog\tAa\tn\n", "A\tmouse\tAa\tn\nA\tmouse\t\tn\n", "A\trat\tX\tn\nB\trat\tX\tn\n"])
def test_what_contradicts_itself_is_refused(written, rows):
    with pytest.raises(ContractError, match="each gene in one row"):
        read_overrides(written(rows))


@pytest.mark.parametrize("chosen", [{"OLD": "Aa"}, {"A": "Old"}])
def test_a_mistyped_gene_is_refused(chosen):
    with pytest.raises(ContractError, match=r"current symbols of human and mouse\. Got 'O"):
        refuse_unknown(chosen, human=frozenset({"A"}), there=frozenset({"Aa"}), species="mouse")
    refuse_unknown({"A": ""}, human=frozenset({"A"}), there=frozenset(), species="mouse")
