"""Which claims each contrast judges; adding one changes nothing of the headline."""

import json
from pathlib import Path

import pytest

from scvalid.errors import SubmissionError
from scvalid.submission import as_contrast, caps_of_records, load_submission

RESOURCES = Path(__file__).parents[2] / "resources"
ARMS = ("both", "icariin", "curcumin", "vehicle")
SINGLES = [{"name": f"both-v-{arm}", "treated": "both", "vehicle": arm} for arm in ("icariin", "curcumin")]


@pytest.fixture
def rows():
    """Two donors in four arms."""
    head = ["sample_id", "path", "donor_id", "arm", "exposure_h"]
    return [head, *([f"D{d}_{arm}", f"{d}_{arm}.h5ad", f"D{d}", arm, "24"] for d in (1, 2) for arm in ARMS)]


@pytest.fixture
def load(config, folder, claim):
    """``load({claim id: compound}, contrasts=..., ...)`` -> the submission."""

    def run(claims=None, *, design=None, **changes):
        named = claims or {"C1": None, "C2": None}
        own = [claim | {"id": name, "compound": compound} for name, compound in named.items()]
        (folder / "claims.yaml").write_text(json.dumps({"claims": own}), encoding="utf-8")
        values = config | {"design": {"treated": "icariin", "vehicle": "vehicle", **(design or {})}} | changes
        return load_submission(values, folder / "config.yaml", resources=RESOURCES)

    return run


def ids(claims):
    return [claim.id for claim in claims]


def test_a_contrast_judges_all_claims_or_those_it_names(load):
    one, other = ({**SINGLES[0]}, SINGLES[1] | {"claims": ["C2"]})
    submission = load(design={"contrasts": [one, other]})
    assert {name: ids(claims) for name, claims in submission.contrast_claims.items()} == {
        "both-v-icariin": ["C1", "C2"],
        "both-v-curcumin": ["C2"],
    }


def test_the_headline_is_what_it_is_without_contrasts(load):
    plain, further = load(), load(design={"contrasts": SINGLES})
    assert further.claims == plain.claims
    assert further.config.design.headline == plain.config.design
    assert caps_of_records(further) == caps_of_records(plain)
    assert further.records == plain.records


def test_claims_on_another_compound_are_judged_where_it_was_given_and_there_alone(load):
    claims = {"I": "icariin", "K": "姜黄素", "N": None}
    own = {"name": "curcumin", "treated": "curcumin", "vehicle": "vehicle", "compound": "curcumin"}
    submission = load(claims, design={"contrasts": [own, SINGLES[0]]}, compound={"name": "icariin"})
    assert ids(submission.claims.claims) == ["I", "N"]
    assert ids(submission.contrast_claims["curcumin"]) == ["N", "K"]
    assert ids(submission.contrast_claims["both-v-icariin"]) == ["I", "N"]
    with pytest.raises(SubmissionError, match="be about the compound of the submission"):
        load(claims, compound={"name": "icariin"})


def test_seen_as_a_contrast_a_submission_has_its_arms_claims_and_compound_alone(load):
    own = SINGLES[0] | {"claims": ["C2"], "compound": "curcumin"}
    seen = as_contrast(load(design={"contrasts": [own], "pairing": "unpaired"}, compound={"name": "icariin"}), own["name"])
    assert (seen.config.design.treated, seen.config.design.vehicle) == ("both", "icariin")
    assert (seen.config.design.pairing, seen.config.design.contrasts) == ("unpaired", ())
    assert (ids(seen.claims.claims), seen.config.compound.name) == (["C2"], "curcumin")


@pytest.mark.parametrize(
    ("design", "words"),
    [
        (
            {"contrasts": [SINGLES[0] | {"vehicle": "icarin"}]},
            ["contrast 'both-v-icariin'", "'vehicle'", "Did you mean 'icariin'?"],
        ),
        ({"contrasts": [SINGLES[0] | {"claims": ["C3"]}]}, ["name claims of the submission", "'C3'", "Known are: C1, C2."]),
        (
            {"series": [{"name": "d", "kind": "dose", "arms": {"vehicle": 0, "icariin": 1, "high": 2}}]},
            ["series 'd'", "be an arm of the sample sheet", "'high'"],
        ),
    ],
)
def test_what_the_sheet_or_the_claims_do_not_have_is_named(load, design, words):
    with pytest.raises(SubmissionError) as caught:
        load(design=design)
    (fault,) = caught.value.findings
    assert all(word in fault for word in words), fault


def test_a_contrast_cannot_judge_claims_on_what_was_not_given_in_it(load):
    own = {"name": "k", "treated": "curcumin", "vehicle": "vehicle", "compound": "curcumin", "claims": ["I"]}
    with pytest.raises(SubmissionError, match=r"name claims on 'curcumin'\. Got 'I', which is about 'icariin'"):
        load({"I": "icariin", "K": "curcumin"}, design={"contrasts": [own]}, compound={"name": "icariin"})
    with pytest.raises(SubmissionError, match="leave at least one claim"):
        load({"I": "icariin"}, design={"contrasts": [{**own, "claims": []}]}, compound={"name": "icariin"})
    with pytest.raises(SubmissionError, match="a claim on the compound of the submission"):
        load({"K": "curcumin"}, design={"contrasts": [{**own, "claims": []}]}, compound={"name": "icariin"})


def test_arms_of_a_contrast_are_exposed_alike_and_are_individuals(load, rows, sheet_of):
    changed = [[*row[:-1], "48"] if row[3] == "both" else row for row in rows]
    sheet_of(changed)
    assert load(), "an arm that nobody compares may have any exposure"
    with pytest.raises(SubmissionError, match=r"exposure_h.*be the same in both compared arms"):
        load(design={"contrasts": SINGLES[:1]})
    sheet_of([[row[0], row[1], "unknown", *row[3:]] if row[3] == "both" else row for row in rows])
    with pytest.raises(SubmissionError, match="name the individual"):
        load(design={"contrasts": SINGLES[:1]})


def test_a_claim_can_only_hold_beyond_a_contrast_that_judges_it(load):
    whole = {"name": "both", "treated": "both", "vehicle": "vehicle", "beyond": ["both-v-icariin", "both-v-curcumin"]}
    assert set(load(design={"contrasts": [whole, *SINGLES]}).contrast_claims) == {"both", "both-v-icariin", "both-v-curcumin"}
    with pytest.raises(SubmissionError, match=r"contrast 'both-v-curcumin', key 'claims', must hold the claims of 'both'"):
        load(design={"contrasts": [whole, SINGLES[0], SINGLES[1] | {"claims": ["C2"]}]})


def test_a_claim_can_only_hold_beyond_a_comparison_of_the_same_arm(load):
    whole = {"name": "both", "treated": "both", "vehicle": "vehicle", "beyond": ["one"]}
    one = {"name": "one", "treated": "curcumin", "vehicle": "vehicle"}
    with pytest.raises(SubmissionError, match=r"same treated arm, 'both'. Got 'one', whose treated arm is 'curcumin'"):
        load(design={"contrasts": [whole, one]})
    with pytest.raises(SubmissionError, match=r"be an arm of the sample sheet") as caught:
        load(design={"contrasts": [whole | {"treated": "bothh"}, one | {"treated": "both"}]})
    assert len(caught.value.findings) == 1, "what follows from the misspelling is not said"
