"""Gates that need no number."""

import pytest

from scvalid.contracts.readouts import NOT_TRANSCRIPT_LEVEL, Part, Readout
from scvalid.contracts.verdicts import Code
from scvalid.settings import Context
from scvalid.verdicts.compute.gates import gate_of_claim, gate_of_part


@pytest.mark.parametrize(
    ("claimed", "data", "found"),
    [
        ({"cell_type": "PBMC"}, {}, "MSC"),
        ({"cell_type": ["microglia", "macrophage"]}, {"cell_type": "BM-MSC"}, "MSC"),
        ({"species": "mouse"}, {}, "human"),
        ({"medium": "osteogenic"}, {"medium": "basal"}, "basal"),
        ({"medium": "osteogenic"}, {}, "not recorded"),
        ({"induction": "TNF"}, {}, "not recorded"),
    ],
)
def test_another_context_is_a_mismatch_and_says_what_was_found(make_claim, claimed, data, found):
    gate = gate_of_claim(make_claim(context=claimed), Context(**data))
    assert gate.code == Code.CONTEXT_MISMATCH
    (field, value), *_ = claimed.items()
    assert gate.values == {"field": field, "claimed": value if isinstance(value, str) else " or ".join(value), "found": found}


@pytest.mark.parametrize(
    ("claimed", "data"),
    [
        ({}, {}), ({"medium": "Basal"}, {"medium": "basal"}), ({}, {"medium": "basal"}),
        ({"cell_type": "mesenchymal stem cells"}, {"cell_type": "hUC-MSC"}),
        ({"cell_type": "macrophage"}, {"cell_type": "Macrophages"}),
        ({"medium": "osteogenic"}, {"medium": "Osteogenic induction medium"}),
        ({"induction": "TNF + IFNG"}, {"induction": "IFN-γ, TNFα"}),
    ],
)  # fmt: skip
def test_the_same_context_or_one_that_the_claim_leaves_open_fits(make_claim, claimed, data):
    assert gate_of_claim(make_claim(context=claimed), Context(**data)) is None


def test_of_several_contexts_each_fits_and_all_are_named_when_none_does(make_claim):
    claim = make_claim(context={"species": ["mouse", "rat"], "induction": ["TNF", "IL1B"]})
    assert gate_of_claim(claim, Context(species="rat", induction="il1b")) is None
    assert gate_of_claim(claim, Context(species="human")).values["claimed"] == "mouse or rat"
    assert gate_of_claim(claim, Context(species="mouse", induction="LPS")).values["claimed"] == "TNF or IL1B"


def test_a_retracted_source_comes_before_its_context_and_names_the_notice(make_claim):
    retraction = {"status": "retracted", "notice": "doi:10.1000/notice"}
    claim = make_claim(sources=["doi:10.1000/paper"], retraction=retraction, context={"cell_type": "PBMC"})
    gate = gate_of_claim(claim, Context())
    assert gate.code == Code.RETRACTED_SOURCE
    assert gate.values == {"source": "doi:10.1000/paper", "notice": "doi:10.1000/notice"}


@pytest.mark.parametrize("status", ["not checked", "none found", "corrected"])
def test_a_source_that_was_not_retracted_stands(make_claim, status):
    assert gate_of_claim(make_claim(retraction={"status": status}), Context()) is None


def _part(kind, direction="up"):
    return Part(readout=Readout(type=kind, id="x"), direction=direction)


@pytest.mark.parametrize("kind", sorted(NOT_TRANSCRIPT_LEVEL))
def test_what_mrna_cannot_show(kind):
    assert gate_of_part(_part(kind)).code == Code.NOT_TRANSCRIPT_LEVEL


@pytest.mark.parametrize("kind", ["gene", "gene_set", "pathway", "tf"])
@pytest.mark.parametrize("direction", ["up", "down", "changed", "no_change"])
def test_what_mrna_can_show(kind, direction):
    assert gate_of_part(_part(kind, direction)) is None


@pytest.mark.parametrize("kind", ["state_abundance", "panel", "variance_share"])
def test_what_is_not_offered_yet(kind):
    assert gate_of_part(_part(kind)).code == Code.READOUT_NOT_OFFERED


def test_presence_is_not_a_change():
    assert gate_of_part(_part("gene", "expressed")).code == Code.PRESENCE_NOT_OFFERED
