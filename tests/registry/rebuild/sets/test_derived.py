"""Sets under other names: every gene is renamed, kept or named as lost."""

from hypothesis import given
from hypothesis import strategies as st

from scvalid.io.gene_names import Alias, Ortholog
from scvalid.registry.rebuild.sets.derived import by_orthologs, by_shared_symbols, under_current_symbols

ALIASES = {"OLD": Alias("NEW", "previous"), "OTHER": Alias("KEPT", "alias")}


def test_renamed_kept_and_lost_are_told_apart():
    sets = {"S": {"KEPT": 2.0, "OLD": -1.5, "GONE": 3.0}, "T": {"KEPT": -1.0}}
    moved = under_current_symbols(sets, known=frozenset({"KEPT", "NEW"}), aliases=ALIASES)
    assert moved.weights == {"S": {"KEPT": 2.0, "NEW": -1.5}, "T": {"KEPT": -1.0}}
    assert moved.lost == {"S": ("GONE",), "T": ()}


def test_two_names_of_one_gene_are_one_gene_or_none():
    known = frozenset({"KEPT", "NEW"})
    agreeing = under_current_symbols({"S": {"KEPT": 2.0, "OTHER": 1.0}}, known=known, aliases=ALIASES)
    assert (agreeing.weights, agreeing.lost) == ({"S": {"KEPT": 1.5}}, {"S": ()})
    disagreeing = under_current_symbols({"S": {"KEPT": 2.0, "OTHER": -1.0, "OLD": 1.0}}, known=known, aliases=ALIASES)
    assert (disagreeing.weights, disagreeing.lost) == ({"S": {"NEW": 1.0}}, {"S": ("KEPT",)})


def test_genes_without_an_ortholog_are_named():
    orthologs = {"A": Ortholog("Ab", "hcop_clear")}
    moved = by_orthologs({"S": {"A": -1.0, "B": 1.0}}, orthologs=orthologs)
    assert (moved.weights, moved.lost) == ({"S": {"Ab": -1.0}}, {"S": ("B",)})


@given(
    st.dictionaries(st.sampled_from("ABCDEF"), st.floats(-5, 5).filter(bool), max_size=6), st.frozensets(st.sampled_from("ABC"))
)
def test_nothing_vanishes_unnamed(genes, known):
    moved = by_shared_symbols({"S": genes}, known=known)
    assert {*moved.weights["S"], *moved.lost["S"]} == set(genes)
    assert moved.weights["S"].items() <= genes.items()
