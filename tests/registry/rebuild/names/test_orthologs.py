import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.io.gene_names import read_orthologs, read_symbols
from scvalid.registry.rebuild.names.gene_names import read_all_genes
from scvalid.registry.rebuild.names.ortholog_overrides import OVERRIDES, read_overrides
from scvalid.registry.rebuild.names.orthologs import (
    count_databases,
    mouse_orthologs,
    rat_orthologs,
    read_orthologs_of_human,
    without_namesakes,
)


def _pairs(*rows):
    return pd.DataFrame(rows, columns=["human", "mouse", "n", "is_curated"])


def _found(table):
    return {human: (symbol, basis) for human, symbol, basis in table.itertuples(index=False, name=None)}


def test_databases_are_counted_once_per_pair_of_current_symbols(table_of):
    human, mouse = table_of("NOW", "KEPT"), table_of("Now", "Kept")
    hcop = pd.DataFrame(
        [
            (human["gene_id"][0], "OLD", mouse["gene_id"][0], "Old", "HGNC,OMA,OMA"),
            (human["gene_id"][0], "OLD", mouse["gene_id"][0], "Old", "OMA,NCBI"),
            ("gone", "KEPT", mouse["gene_id"][1], "Kept", "OMA"),
            ("gone", "LOST", mouse["gene_id"][1], "Kept", "OMA"),
        ]
    )
    counted = count_databases(hcop, human=human, mouse=mouse)
    assert counted.to_numpy().tolist() == [["KEPT", "Kept", 1, False], ["NOW", "Now", 3, True]]


def test_the_clear_pair_is_taken_and_the_doubtful_ones_are_lost():
    pairs = _pairs(
        ("RUNX2", "Runx2", 11, True), ("RUNX2", "Runx1", 2, False),
        ("CCL2", "Ccl2", 4, True), ("CCL2", "Ccl12", 4, False),  # a tie, of which HGNC names one
        ("CXCL8", "Cxcl15", 2, False),  # too few
        ("CXCL1", "Cxcl1", 5, False), ("CXCL2", "Cxcl1", 7, False), ("CXCL2", "Cxcl2", 6, False),  # best, but not clearly
        ("FEW", "Few", 3, True), ("FEW", "Many", 8, False), ("MANY", "Many", 9, False),  # HGNC's is not the best
        ("TWO", "Two1", 6, True), ("TWO", "Two2", 6, True),  # HGNC names both
    )  # fmt: skip
    assert _found(mouse_orthologs(pairs)) == {"RUNX2": ("Runx2", "hcop_clear"), "CCL2": ("Ccl2", "hcop_hgnc")}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ABCD"), st.sampled_from("abcd")), st.tuples(st.integers(1, 12), st.booleans()), min_size=1
    )
)
def test_no_gene_has_two_orthologs_and_order_does_not_matter(known):
    pairs = _pairs(*((h, m, n, is_curated) for (h, m), (n, is_curated) in known.items()))
    found = mouse_orthologs(pairs)
    assert found["human"].is_unique
    assert found["symbol"].is_unique
    assert _found(mouse_orthologs(pairs.iloc[::-1].reset_index(drop=True))) == _found(found)
    for row in found.itertuples():
        n = known[row.human, row.symbol][0]
        rivals = [v[0] for (h, m), v in known.items() if (h == row.human) != (m == row.symbol)]
        assert n >= 3
        assert n >= max(rivals, default=0)


def test_rat_genes_are_found_by_the_mouse_symbol_and_else_by_the_human_one():
    pairs = _pairs(("TP53", "Trp53", 12, True), ("RUNX2", "Runx2", 11, True), ("CXCL1", "Cxcl2", 5, False))
    of_mouse = mouse_orthologs(pairs.iloc[:2])
    names = {"TP53", "RUNX2", "CXCL1", "ONLY", "SAME", "GONE"}
    found = rat_orthologs(
        of_mouse, pairs, human=names, mouse={"Trp53", "Runx2", "Same"}, rat={"Tp53", "Runx2", "Cxcl1", "Only", "Same"}
    )
    # CXCL1 could not be told apart in mouse; mouse has a Same that is no ortholog of SAME
    assert _found(found) == {
        "RUNX2": ("Runx2", "mouse_symbol"), "TP53": ("Tp53", "human_symbol"), "ONLY": ("Only", "human_symbol"),
    }  # fmt: skip


def test_a_gene_of_the_same_spelling_is_passed_over_only_if_hgnc_names_the_pair():
    pairs = _pairs(
        ("GSTM3", "Gstm5", 10, False),  # mouse has Gstm3
        ("CTSV", "Ctsl", 7, False),  # human has CTSL
        ("GUCY2D", "Gucy2e", 11, True), ("TP53", "Trp53", 12, False), ("RUNX2", "Runx2", 3, False),
    )  # fmt: skip
    found = pairs[["human", "mouse"]].set_axis(["human", "symbol"], axis=1)
    kept = without_namesakes(found, pairs, human={*pairs["human"], "CTSL", "GSTM5"}, there={*pairs["mouse"], "Gstm3", "Gucy2d"})
    assert kept["human"].tolist() == ["GUCY2D", "TP53", "RUNX2"]


def test_an_equal_name_in_rat_says_nothing_where_two_databases_doubt():
    pairs = _pairs(("GBP1", "Gbp2b", 2, False), ("GBP1", "Gbp5", 2, False), ("RARE", "Other", 1, False))
    found = rat_orthologs(mouse_orthologs(pairs), pairs, human={"GBP1", "RARE"}, mouse=set(), rat={"Gbp1", "Rare"})
    assert _found(found) == {"RARE": ("Rare", "human_symbol")}


@pytest.fixture(scope="module")
def committed(repository):
    path = repository / "resources" / "genes" / "orthologs.tsv.gz"
    return {species: read_orthologs(path, species=species) for species in ("mouse", "rat")}


@pytest.mark.parametrize("species", ["mouse", "rat"])
def test_committed_table(species, committed, repository):
    orthologs = committed[species]
    assert orthologs["RUNX2"].symbol == "Runx2"
    assert orthologs["TP53"].symbol == {"mouse": "Trp53", "rat": "Tp53"}[species]
    kept = {"CTSL": "Ctsl", "FAM220A": "Fam220a", "KIFC1": "Kifc1", "ALDOA": "Aldoa", "BGLAP": "Bglap"}
    assert {human: orthologs[human].symbol for human in kept} == kept
    lost = {"CTSV", "GSTM3", "GBP1", "CXCL8", "AKR1C1", "AKR1C2", "AKR1C3", "CXCL1", "CXCL2", "CXCL3", "HLA-A"}
    assert not lost & set(orthologs)
    of = {name: set(read_symbols(repository / f"resources/genes/{name}.tsv.gz").values()) for name in ("human", species)}
    assert set(orthologs) <= of["human"]
    assert {ortholog.symbol for ortholog in orthologs.values()} <= of[species]
    assert len({ortholog.symbol for ortholog in orthologs.values()}) == len(orthologs) > 16_000


@pytest.mark.slow
def test_rebuild_equals_committed(sources, assert_rebuilt, repository):
    genes = read_all_genes(sources, entered=repository / "resources/genes")
    overrides = read_overrides(repository / "resources/genes" / OVERRIDES)
    assert_rebuilt(read_orthologs_of_human(sources, **genes, overrides=overrides), "orthologs.tsv.gz")
