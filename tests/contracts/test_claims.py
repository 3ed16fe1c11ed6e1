"""A claims file has one meaning: one primary part a claim, ids that differ, read-outs that are known."""

import pytest
from pydantic import ValidationError

from scvalid.contracts.claims import Claim, ClaimsFile
from scvalid.contracts.readouts import NAMES_A_SET, NOT_OFFERED, NOT_TRANSCRIPT_LEVEL, ReadoutType

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
        ({"parts": [PART, {**PART, "role": "secondary"}]}, "each read-out once, but 'RUNX2' stands twice"),
        ({"sources": ["Smith et al. 2020"]}, "must be doi:10"),
        ({"sources": ["doi:11.1/x"]}, "must be doi:10"),
        ({"retraction": {"status": "gone"}}, "'retracted'"),
        ({"context": {"species": "yeast"}}, "'rat' or 'dog'"),
        ({"id": "../up"}, "pattern"),
        ({"threshold": float("inf")}, "finite"),
        ({"parts": [{**PART, "direction": "UP"}]}, "'up', 'down', 'changed', 'no_change' or 'expressed'"),
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
    kinds = set(ReadoutType.__args__)
    assert kinds == NOT_TRANSCRIPT_LEVEL | NOT_OFFERED | NAMES_A_SET | {"gene"}
    assert len(kinds) == len(NOT_TRANSCRIPT_LEVEL) + len(NOT_OFFERED) + len(NAMES_A_SET) + 1


def test_what_counts_cannot_show_must_not_be_called_testable():
    mirna = {**PART, "readout": {"type": "mirna", "id": "miR-23a"}}
    said = {"level": "direct", "why": "x"}
    with pytest.raises(ValidationError, match="not testable"):
        Claim.model_validate({**CLAIM, "parts": [mirna], "testability": said})
    assert Claim.model_validate({**CLAIM, "parts": [mirna], "testability": {**said, "level": "not testable"}})


def test_one_value_of_a_context_is_a_list_of_one():
    claim = Claim.model_validate({**CLAIM, "context": {"species": "rat", "medium": ["basal", "osteogenic"]}})
    assert (claim.context.species, claim.context.medium) == (("rat",), ("basal", "osteogenic"))


@pytest.mark.parametrize(
    "source",
    [
        "doi:10.3390/ijms26125770", "pmid:28499457", "pmcid:PMC4460026", "geo:GSE117837", "https://example.org/a",
        "to verify", "to verify: title read, DOI missing", "unpublished: own data",
    ],
)  # fmt: skip
def test_forms_of_a_source(source):
    assert Claim.model_validate({**CLAIM, "sources": [source]}).sources == (source,)
