"""Which claims a submission tests: its own, and registered ones by their ids."""

import json

import pytest

from scvalid.submission.claims.reading import read_claims_of
from scvalid.submission.config import Config


@pytest.fixture
def chosen(config, folder, repository):
    """``chosen(**changes of the config)`` -> claims and their files."""

    def choose(**changes):
        values = Config.model_validate({**config, **changes})
        return read_claims_of(values, name="config.yaml", folder=folder, resources=repository / "resources")

    return choose


def faults_of(chosen, **changes):
    faults = chosen(**changes).faults
    assert faults
    return faults


def test_registered_claims_follow_the_own_ones_and_a_file_is_named_once(chosen, folder, repository):
    read = chosen(registered_claims=["S03c", "E32", "S03a"], compound={"name": "icariin"})
    assert read.faults == ()
    assert [claim.id for claim in read.claims] == ["C1", "S03c", "E32", "S03a"]
    registry = repository / "resources/claims"
    assert read.files == (folder / "claims.yaml", registry / "icariin.yaml", registry / "isopsoralen.yaml")


def test_a_submission_needs_no_claims_of_its_own(chosen, repository):
    read = chosen(claims=None, registered_claims=["S05b"], compound={"name": "resveratrol"})
    assert [claim.id for claim in read.claims] == ["S05b"]
    assert read.files == (repository / "resources/claims/resveratrol.yaml",)


ICARIIN, CURCUMIN = "TZJALUIVHRYQQB-XLRXWWTNSA-N", "VFLDPWHFBUODDF-FCXRPNKRSA-N"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"claims": None}, ["'claims' or 'registered_claims'", "neither"]),
        ({"registered_claims": ["M14x"]}, ["'registered_claims'", "'M14x'", "Did you mean 'M14'?"]),
        ({"registered_claims": ["m14"]}, ["'m14'", "Did you mean 'M14'?"]),
        ({"registered_claims": ["M14", "M14"]}, ["name each claim once", "'M14'"]),
        ({"registered_claims": ["S04a"], "compound": {"name": "icariin"}}, ["'S04a'", "'icariin'", "Got 'curcumin'"]),
        ({"registered_claims": ["S04a"], "compound": {"name": "淫羊藿苷"}}, ["'S04a'", "Got 'curcumin'"]),
        ({"registered_claims": ["S04a"], "compound": {"name": "Icariin (Sigma, 98%)"}}, ["'S04a'", "Got 'curcumin'"]),
        ({"registered_claims": ["S04a"]}, ["'S04a'", "given 'curcumin'", "no key 'compound'"]),
        ({"registered_claims": ["S04a"], "compound": {"name": "unknownol"}}, ["'curcumin'", "the library does not know"]),
        ({"registered_claims": ["S04a"], "compound": {"name": "acid"}}, ["'curcumin'", "the library does not know"]),
        ({"registered_claims": ["S03c"], "compound": {"name": "Icariin (and curcumin)"}}, ["the library does not know"]),
        ({"registered_claims": ["S02a"], "compound": {"name": "ginseng"}}, ["the library does not know"]),  # a herb
        ({"compound": {"name": "icariin", "inchikey": CURCUMIN}}, ["name one compound", "'icariin'", "'curcumin'"]),
        ({"compound": {"name": "icariin", "name_zh": "姜黄素"}}, ["name one compound", "'icariin'", "'curcumin'"]),
        (
            {"registered_claims": ["K01"], "compound": {"name": "icariin"}},
            ["'K01'", "IFNG + TNF licensing", "no key 'treatment'"],
        ),
        ({"registered_claims": ["M11"], "treatment": "LPS"}, ["'M11'", "IFNG + TNF licensing", "Got 'LPS'"]),
        ({"registered_claims": ["M03"]}, ["'M03'", "be tested on a compound"]),
    ],
)
def test_each_fault_is_one_sentence(chosen, changes, words):
    (finding,) = faults_of(chosen, **changes)
    assert all(word in finding for word in words), finding


@pytest.mark.parametrize(
    ("changes", "claim_id"),
    [
        ({"compound": {"name": "Icariin"}}, "S03c"),
        ({"compound": {"name": "Icariin (Sigma, 98%)", "inchikey": ICARIIN}}, "S03c"),
        ({"compound": {"name": "our extract 7", "inchikey": ICARIIN}}, "S03c"),
        ({"compound": {"name": "our extract 7"}}, "M03"),  # a claim on a mechanism may be tested on any compound
        ({"treatment": "IFNG+TNF licensing"}, "K01"),
        ({"treatment": "TNF-α and IFN-γ"}, "K01"),
        ({"treatment": "成骨诱导培养基"}, "K05"),
        ({}, "M14"),  # a claim on untreated cells is about no treatment
        ({"compound": {"name": "icariin"}}, "E32"),  # a retracted source is the report's to say
        ({}, "E32"),
    ],
)
def test_a_claim_on_what_was_given_is_taken(chosen, changes, claim_id):
    claims = chosen(registered_claims=[claim_id], **changes)
    assert claims.claims[-1].id == claim_id


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": "S03c"}, ["'S03c'", "an id of its own"]),
        ({"id": "s03c"}, ["'s03c'", "an id of its own"]),
        ({"origin": "seed"}, ["'origin'", "'seed'"]),
        ({"control": "positive"}, ["'control'", "outside multiple testing"]),
        ({"compound": "curcumin"}, ["be about the compound of the submission, 'icariin'", "Got 'curcumin'"]),
        ({"compound": "TCM004"}, ["Got 'TCM004'"]),
        ({"compound": "Ginsenoside Rb3"}, ["Got 'Ginsenoside Rb3'"]),
        ({"treatment": "LPS"}, ["be about the treatment of the submission, 'IFNG licensing'", "Got 'LPS'"]),
    ],
)
def test_an_own_claim_may_not_pose_as_what_it_is_not(chosen, folder, claim, changes, words):
    (folder / "claims.yaml").write_text(json.dumps({"claims": [claim | changes]}), encoding="utf-8")
    (finding,) = faults_of(chosen, compound={"name": "icariin"}, treatment="IFNG licensing")
    assert all(word in finding for word in words), finding


@pytest.mark.parametrize("compound", ["icariin", "淫羊藿苷", "TCM003", "Icariin (Sigma)", None])
def test_an_own_claim_on_the_compound_of_the_submission_is_taken(chosen, folder, claim, compound):
    (folder / "claims.yaml").write_text(json.dumps({"claims": [claim | {"compound": compound}]}), encoding="utf-8")
    assert chosen(compound={"name": "icariin"}).claims[0].compound == compound


@pytest.mark.parametrize("name", ["our extract 7", "复方七号"])
def test_an_own_claim_on_a_compound_that_the_library_does_not_know_needs_the_same_name(chosen, folder, claim, name):
    (folder / "claims.yaml").write_text(json.dumps({"claims": [claim | {"compound": name}]}), encoding="utf-8")
    assert chosen(compound={"name": name}).claims[0].compound == name
    assert "Write the same name in both" in faults_of(chosen, compound={"name": "another"})[0]
