"""A claims file has one meaning: one primary part a claim, ids that differ, read-outs that are known."""

import pytest
from pydantic import ValidationError

from scvalid.contracts.claims import NOT_TRANSCRIPT_LEVEL, Claim, ClaimsFile, ReadoutType

PART = {"readout": {"type": "gene", "id": "RUNX2"}, "direction": "up", "role": "primary"}
CLAIM = {"id": "C1", "statement": {"en": "x"}, "parts": [PART]}


def test_the_primary_part_is_found_wherever_it_stands():
    other = {**PART, "readout": {"type": "gene", "id": "SOX9"}, "role": "secondary"}
    claim = Claim.model_validate({**CLAIM, "parts": [other, PART]})
    assert claim.primary.readout.id == "RUNX2"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"parts": [PART, PART]}, "exactly one part with the role primary, not 2"),
        ({"parts": [{**PART, "role": "secondary"}]}, "not 0"),
        ({"parts": [PART] * 21}, "at most 20"),
        ({"id": "../up"}, "pattern"),
        ({"threshold": float("inf")}, "finite"),
        ({"parts": [{**PART, "direction": "UP"}]}, "'up', 'down' or 'no_change'"),
        ({"statement": {"zh": "淫羊藿苷"}}, "Field required"),
        ({"note": "x"}, "Extra inputs"),
    ],
)
def test_each_fault_is_refused(change, message):
    with pytest.raises(ValidationError, match=message):
        Claim.model_validate(CLAIM | change)


def test_ids_must_differ():
    with pytest.raises(ValidationError, match="these stand twice: C1"):
        ClaimsFile.model_validate({"claims": [CLAIM, {**CLAIM, "id": "C2"}, CLAIM]})


def test_readouts_that_counts_cannot_show_are_readouts():
    assert set(ReadoutType.__args__) > NOT_TRANSCRIPT_LEVEL
    assert NOT_TRANSCRIPT_LEVEL.isdisjoint({"gene", "gene_set", "pathway"})
