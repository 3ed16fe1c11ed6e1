"""Which claims a submission tests: its own, and registered ones by their ids."""

import json

import pytest

from scvalid.errors import SubmissionError
from scvalid.submission.claims import claims_of
from scvalid.submission.config import Config


@pytest.fixture
def chosen(config, folder, repository):
    """``chosen(**changes of the config)`` -> claims and their files."""

    def choose(**changes):
        values = Config.model_validate({**config, **changes})
        return claims_of(values, name="config.yaml", folder=folder, resources=repository / "resources")

    return choose


def faults_of(chosen, **changes):
    with pytest.raises(SubmissionError) as caught:
        chosen(**changes)
    return caught.value.findings


def test_registered_claims_follow_the_own_ones_and_a_file_is_named_once(chosen, folder, repository):
    claims, files = chosen(registered_claims=["S03c", "E32", "S03a"])
    assert [claim.id for claim in claims.claims] == ["C1", "S03c", "E32", "S03a"]
    registry = repository / "resources/claims"
    assert files == (folder / "claims.yaml", registry / "icariin.yaml", registry / "isopsoralen.yaml")


def test_a_submission_needs_no_claims_of_its_own(chosen, repository):
    claims, files = chosen(claims=None, registered_claims=["S05b"])
    assert [claim.id for claim in claims.claims] == ["S05b"]
    assert files == (repository / "resources/claims/resveratrol.yaml",)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"claims": None}, ["'claims' or 'registered_claims'", "neither"]),
        ({"registered_claims": ["S03cc"]}, ["'registered_claims'", "'S03cc'", "Did you mean 'S03c'?"]),
        ({"registered_claims": ["S03c", "S03c"]}, ["name each claim once", "'S03c'"]),
        ({"registered_claims": ["S04a"], "compound": {"name": "icariin"}}, ["'S04a'", "'icariin'", "'curcumin'"]),
        ({"registered_claims": ["S04a"], "compound": {"name": "淫羊藿苷"}}, ["'S04a'", "'curcumin'"]),
    ],
)
def test_each_fault_is_one_sentence(chosen, changes, words):
    (finding,) = faults_of(chosen, **changes)
    assert all(word in finding for word in words), finding


@pytest.mark.parametrize(
    ("compound", "claim_id"),
    [
        ({"name": "Icariin"}, "S03c"),  # spelt otherwise
        ({"name": "our extract 7"}, "S03c"),  # a compound that the library does not know is not compared
        ({"name": "icariin"}, "K01"),  # a control is about no compound
        ({"name": "icariin"}, "M03"),  # nor is an axis
        ({"name": "icariin"}, "E32"),  # isopsoralen is not in the library; its retraction is the report's to say
    ],
)
def test_a_claim_that_may_be_about_the_compound_is_taken(chosen, compound, claim_id):
    claims, _ = chosen(registered_claims=[claim_id], compound=compound)
    assert claims.claims[-1].id == claim_id


def test_an_own_claim_may_not_take_the_id_of_a_registered_one_that_is_tested(chosen, folder, claim):
    (folder / "claims.yaml").write_text(json.dumps({"claims": [{**claim, "id": "S03c"}]}), encoding="utf-8")
    assert chosen()[0].claims[0].id == "S03c"
    (finding,) = faults_of(chosen, registered_claims=["S03c"])
    assert "an id of its own" in finding
