"""Looking up a part: the gate it meets, the p value it is judged by, its cautions and its donors."""

import pytest

from scvalid.contracts.readouts import Part
from scvalid.contracts.verdicts import Code, Flag
from scvalid.keys import Effect
from scvalid.verdicts.compute.evidence import Evidences

GATED = {Effect.THETA: float("nan")}


def _part(kind, name):
    return Part.model_validate({"readout": {"type": kind, "id": name}, "direction": "up"})


@pytest.fixture
def evidences(make_tables):
    sets = {
        "S": {Effect.P_DONOR: 0.01, Effect.P_MATCHED: 0.04},
        "T": {Effect.P_DONOR: 0.03, Effect.P_MATCHED: 0.0002},
        "UNMEASURED": {**GATED, Effect.GATE: Code.SET_MOSTLY_NOT_MEASURED, Effect.WEIGHT_MEASURED: 0.31},
        "SILENT": {**GATED, Effect.GATE: Code.SET_MOSTLY_NOT_EXPRESSED, Effect.N_EXPRESSED: 3},
        "NINE": {Effect.N_EXPRESSED: 9},
        "TEN": {Effect.N_EXPRESSED: 10},
        "HALF": {Effect.WEIGHT_EXPRESSED: 0.5},
        "LESS": {Effect.WEIGHT_EXPRESSED: 0.49},
        "ODD": {Effect.IS_FALLBACK: True},
    }
    genes = {"G": {Effect.P_DONOR: 0.02}, "LOW": {**GATED, Effect.GATE: Code.GENE_BELOW_DETECTION, Effect.MEAN_CPM: 0.2}}
    return Evidences(*make_tables(sets, genes, states=("a", "b")))


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("gene", "NOWHERE", Code.GENE_NOT_MEASURED),
        ("gene", "S", Code.GENE_NOT_MEASURED),  # a set is not a gene
        ("gene", "LOW", Code.GENE_BELOW_DETECTION),
        ("tf", "NOWHERE", Code.SET_NOT_INSTALLED),
        ("pathway", "G", Code.SET_NOT_INSTALLED),
        ("pathway", "UNMEASURED", Code.SET_MOSTLY_NOT_MEASURED),
        ("gene_set", "SILENT", Code.SET_MOSTLY_NOT_EXPRESSED),
    ],
)
def test_gates(evidences, kind, name, code):
    assert evidences.find(_part(kind, name), "a").gate.code == code


def test_a_state_without_effects_has_no_read_out(evidences):
    assert evidences.find(_part("gene_set", "S"), "c").gate.code == Code.SET_NOT_INSTALLED


def test_p_is_the_larger_of_donor_and_matched_for_a_set_and_that_of_donors_for_a_gene(evidences):
    p = [evidences.find(_part(kind, name), "b").p for kind, name in (("gene_set", "S"), ("tf", "T"), ("gene", "G"))]
    assert p == [0.04, 0.03, 0.02]


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("NINE", (Flag.SMALL_SET,)),
        ("TEN", ()),
        ("HALF", ()),
        ("LESS", (Flag.LOW_COVERAGE,)),
        ("ODD", (Flag.VARIANCE_FALLBACK,)),
    ],
)
def test_cautions(evidences, name, flags):
    assert evidences.find(_part("gene_set", name), "a").flags == flags


def test_values_of_every_donor_in_order(evidences):
    found = evidences.find(_part("gene", "G"), "a").donor_values
    assert [(value.donor_id, value.arm) for value in found] == [(d, arm) for d in "abcd" for arm in ("treated", "vehicle")]


def test_no_table_holds_a_row(make_tables):
    assert Evidences(*make_tables()).find(_part("gene", "G"), "a").gate.code == Code.GENE_NOT_MEASURED
