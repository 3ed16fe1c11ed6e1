"""Gates that need no number."""

import pytest

from scvalid.contracts.claims import Readout
from scvalid.contracts.verdicts import Code
from scvalid.settings import Context
from scvalid.verdicts.compute.gates import gate_of_claim, gate_of_readout


@pytest.mark.parametrize(
    ("claimed", "data", "found"),
    [
        ({"cell_type": "PBMC"}, {}, "MSC"),
        ({"species": "mouse"}, {}, "human"),
        ({"medium": "osteogenic"}, {"medium": "basal"}, "basal"),
        ({"medium": "osteogenic"}, {}, "not recorded"),
        ({"induction": "TNF"}, {}, "not recorded"),
    ],
)
def test_another_context_is_a_mismatch_and_says_what_was_found(make_claim, claimed, data, found):
    gate = gate_of_claim(make_claim(context=claimed), Context(**data))
    assert gate.code == Code.CONTEXT_MISMATCH
    assert gate.values == {"field": next(iter(claimed)), "claimed": next(iter(claimed.values())), "found": found}


@pytest.mark.parametrize(("claimed", "data"), [({}, {}), ({"medium": "Basal"}, {"medium": "basal"}), ({}, {"medium": "basal"})])
def test_the_same_context_or_one_that_the_claim_leaves_open_fits(make_claim, claimed, data):
    assert gate_of_claim(make_claim(context=claimed), Context(**data)) is None


def test_a_retracted_source_comes_before_its_context(make_claim):
    claim = make_claim(retracted=True, context={"cell_type": "PBMC"})
    assert gate_of_claim(claim, Context()).code == Code.RETRACTED_SOURCE


@pytest.mark.parametrize("kind", ["mirna", "phosphorylation", "ev_cargo", "atp"])
def test_what_mrna_cannot_show(kind):
    gate = gate_of_readout(Readout(type=kind, id="x"))
    assert gate.code == Code.NOT_TRANSCRIPT_LEVEL


@pytest.mark.parametrize("kind", ["gene", "gene_set", "pathway", "tf"])
def test_what_mrna_can_show(kind):
    assert gate_of_readout(Readout(type=kind, id="x")) is None


def test_what_is_not_offered_yet():
    assert gate_of_readout(Readout(type="state_abundance", id="x")).code == Code.READOUT_NOT_OFFERED
