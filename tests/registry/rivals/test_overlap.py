"""Pairs of sets that share genes: against a slow loop, against the knowledge table, and the rivals that must be found."""

import csv
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.registry.manifest import read_manifest, registered_gene_sets
from scvalid.registry.rebuild.sets.files import sets_of_file
from scvalid.registry.rivals.overlap import leading_genes, mechanism, overlap_of, overlap_table, rivals_of

GENES = st.sampled_from("ABCDEFGH")
WEIGHTS = st.dictionaries(GENES, st.sampled_from([-2.0, -1.0, 0.0, 1.0, 3.0]), max_size=8)


@pytest.fixture(scope="module")
def folder(repository):
    return repository / "resources/gene_sets"


@pytest.fixture(scope="module")
def axes(folder):
    return {row.set_id: row.axis for row in read_manifest(folder)}


@pytest.fixture(scope="module")
def panel(folder):
    return {set_id: genes for path in registered_gene_sets(folder, "human") for set_id, genes in sets_of_file(path).items()}


def table_of(folder):
    with (folder / "overlap_human.tsv").open(encoding="utf-8", newline="") as stream:
        return {frozenset((row["set_a"], row["set_b"])): row for row in csv.DictReader(stream, delimiter="\t")}


@given(first=WEIGHTS, second=WEIGHTS)
def test_shares_are_those_of_a_slow_loop(first, second):
    a, b = [g for g in "ABCDEFGH" if first.get(g)], [g for g in "ABCDEFGH" if second.get(g)]
    shared = [g for g in a if g in b]
    found = overlap_of(first, second)
    assert list(found.shared) == shared
    either = {*a, *b}
    assert found.jaccard == (len(shared) / len(either) if either else 0)
    assert found.coefficient == (len(shared) / min(len(a), len(b)) if a and b else 0)
    agreeing = [g for g in shared if first[g] * second[g] > 0]
    assert math.isnan(found.same_sign) if not shared else found.same_sign == len(agreeing) / len(shared)


@given(first=WEIGHTS, second=WEIGHTS)
def test_what_two_sets_share_has_no_order(first, second):
    one, two = overlap_of(first, second), overlap_of(second, first)
    assert (one.shared, one.leading, one.jaccard, one.coefficient, one.leading_coefficient) == (
        two.shared, two.leading, two.jaccard, two.coefficient, two.leading_coefficient,
    )  # fmt: skip
    assert (one.n_a, one.n_b) == (two.n_b, two.n_a)


@given(sets=st.dictionaries(st.sampled_from("PQRS"), WEIGHTS, max_size=4))
def test_the_table_has_each_pair_that_shares_once(sets):
    table = overlap_table(sets)
    names = sorted(sets)
    expected = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if overlap_of(sets[a], sets[b]).shared]
    assert list(zip(table["set_a"], table["set_b"], strict=True)) == expected


def test_leading_genes_are_the_largest_of_either_sign_with_ties():
    weights = {f"G{i}": (-1.0) ** i * i for i in range(1, 31)}
    assert leading_genes(weights) == {f"G{i}" for i in range(11, 31)}
    assert leading_genes(dict.fromkeys(weights, 1.0)) == set(weights)
    assert leading_genes(weights | {"TIE": 11.0}) == {f"G{i}" for i in range(11, 31)} | {"TIE"}
    assert leading_genes({"A": 0.0}) == leading_genes({}) == set()


def test_every_pair_of_the_knowledge_table_is_there_with_the_same_number(folder, shared_data):
    source = shared_data.parent / "knowledge/gene_sets_overlap.tsv"
    if not source.is_file():
        pytest.skip("shared data missing: knowledge/gene_sets_overlap.tsv")
    table, shipped = table_of(folder), {row.set_id for row in read_manifest(folder)}
    with source.open(encoding="utf-8", newline="") as stream:
        known = {frozenset((row["set_a"], row["set_b"])): row for row in csv.DictReader(stream, delimiter="\t")}
    expected = {pair: row["n_overlap"] for pair, row in known.items() if pair <= shipped}
    assert len(expected) == 141  # of 169; the others are of unsigned PROGENy sets and of PID_CXCR4_PATHWAY, not shipped
    assert {pair: table[pair]["n_shared"] for pair in expected} == expected


@pytest.mark.parametrize(("gene", "axis"), [("CXCR4", "homing"), ("SLC2A1", "bioenergetics")])
def test_hypoxia_is_a_rival_of_the_claims_on_cxcr4_and_glut1(panel, axes, gene, axis):
    rivals = {rival.set_id: rival for rival in rivals_of(gene, sets=panel, axes=axes, axis=axis)}
    assert not rivals["HALLMARK_HYPOXIA"].is_same_programme
    assert rivals["HALLMARK_HYPOXIA"].shared == (gene,)
    own = {"CXCR4": "HOMING_CXCR4_CORE", "SLC2A1": "GLUCOSE_UPTAKE_CORE"}[gene]
    assert rivals[own].is_same_programme
    assert set(rivals) == {name for name, genes in panel.items() if genes.get(gene)}


def test_dissociation_and_nfkb_rival_each_other(panel, axes):
    first, second = "DISSOCIATION_IEG_CORE", "HALLMARK_TNFA_SIGNALING_VIA_NFKB"
    (found,) = [r for r in rivals_of(first, sets=panel, axes=axes) if r.set_id == second]
    assert len(found.shared) == 16
    assert first in {rival.set_id for rival in rivals_of(second, sets=panel, axes=axes)}


def test_a_rule_that_finds_a_rival_finds_it_both_ways(panel, axes):
    found = {(a, rival.set_id) for a in panel for rival in rivals_of(a, sets=panel, axes=axes)}
    assert found == {(b, a) for a, b in found}
    assert 50 < len(found) < 1000


def test_opposite_signs_and_unknown_genes(axes):
    sets = {"UP": {"A": 1.0, "B": 1.0, "C": 1.0}, "DOWN": {"A": -3.0, "B": -2.0, "C": 1.0}, "FAR": {"X": 1.0}}
    (rival,) = rivals_of("UP", sets=sets, axes={"UP": "x", "DOWN": "x"})
    assert (rival.set_id, rival.is_opposite, rival.is_same_programme) == ("DOWN", True, True)
    assert [r.is_opposite for r in rivals_of("A", sets=sets, axes={})] == [True, False]
    assert rivals_of("NO_SUCH_GENE", sets=sets, axes={}) == ()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("oxidative stress", "oxidative stress (NRF2)", True), ("osteogenesis", "osteogenesis (TGFb)", True),
        ("senescence", "senescence/stress", True), ("Wnt", "WNT", True),
        ("ER (phyto-oestrogen)", "ER stress", False), ("stress/dissociation", "senescence/stress", False),
        ("mitochondrial biogenesis", "mitochondrial dynamics", False),
    ],
)  # fmt: skip
def test_a_mechanism_is_the_word_before_what_specifies_it(one, other, is_same):
    assert (mechanism(one) == mechanism(other)) is is_same
    sets = {"A": {"X": 1.0, "Y": 1.0, "Z": 1.0}, "B": {"X": 1.0, "Y": 1.0, "Z": 1.0}}
    (rival,) = rivals_of("A", sets=sets, axes={"A": one, "B": other})
    assert rival.is_same_programme is is_same
