"""Looking up a part: the gate it meets, the p value it is judged by, its cautions and its donors."""

import pandas as pd
import pytest

from scvalid.contracts.readouts import Part
from scvalid.contracts.tables import RECOVERY, SPECIFICATIONS
from scvalid.contracts.verdicts import Code, Flag
from scvalid.keys import Control, Effect
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
    return Evidences(make_tables(sets, genes, states=("a", "b")))


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
    for tables in (make_tables(), {}):
        assert Evidences(tables).find(_part("gene", "G"), "a").gate.code == Code.GENE_NOT_MEASURED


def test_shares_are_of_the_specifications_that_can_reach_ten_percent(make_tables):
    ways = [(0.5, 0.01, 0.0), (3.0, 0.099, 0.09), (0.1, 0.1, 0.0), (-0.2, 0.001, 0.0), (0.5, 0.125, 0.125)]
    sets = {"S": {SPECIFICATIONS: ways}, "MUTE": {SPECIFICATIONS: [(0.5, 0.25, 0.25)]}, "BARE": {SPECIFICATIONS: []}}
    evidences = Evidences(make_tables(sets))
    found = evidences.find(_part("gene_set", "S"), "all_msc")
    assert found.shares == (3 / 4, 2 / 4)
    assert [(s.effect, s.p, s.smallest_p) for s in found.specifications] == ways
    for name in ("MUTE", "BARE"):
        assert evidences.find(_part("gene_set", name), "all_msc").shares == (None, None)


def test_planted_effects_stand_beside_the_read_out(make_tables):
    row = {Effect.STATE: "all_msc", Effect.KIND: "set", Effect.READOUT: "S", Control.N: 20.0, Control.FOUND: 0.24}
    rows = [{**row, Control.PLANTED: 0.25, Control.DETECTED: 0.7, Control.EXPECTED: nan} for nan in (float("nan"),)]
    found = Evidences({**make_tables({"S": {}}), RECOVERY: pd.DataFrame(rows)}).find(_part("gene_set", "S"), "all_msc")
    assert [(p.planted, p.n, p.found, p.share_detected, p.share_expected) for p in found.recovery] == [
        (0.25, 20, 0.24, 0.7, None)
    ]
