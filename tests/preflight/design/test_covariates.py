"""What was recorded of the samples, held against the treatment: what forbids, what warns, what is fine."""

from dataclasses import replace

import pytest

from scvalid.contracts.verdicts import Code
from scvalid.preflight.design.arms import recorded_of
from scvalid.preflight.design.audit import audit_design, facts_of_design
from scvalid.reporting.catalogue import load_catalogue
from scvalid.reporting.wording import say_reason
from scvalid.verdicts.compute.covariates import RECORDED


def _pairs(treated, vehicle, n=3):
    return [f"d{i} {arm} {stated}" for i in range(n) for arm, stated in (("T", treated), ("V", vehicle))]


def _gate(submission, **more):
    return facts_of_design(submission, **more).gate


def _only(submission):
    (covariate,) = audit_design(submission).covariates
    return covariate


def test_an_aliased_passage_is_named_with_its_levels_and_forbids_every_verdict(submission_of):
    submission = submission_of(*_pairs("passage=5", "passage=3"))
    covariate = _only(submission)
    assert (covariate.relation, covariate.forbids, covariate.levels) == ("aliased", True, "treated 5; vehicle 3")
    cap = _gate(submission)
    assert cap.code == Code.TREATMENT_CONFOUNDED
    assert say_reason(load_catalogue("en"), cap) == "Treatment cannot be told apart from passage (treated 5; vehicle 3)."


def test_a_step_within_each_pair_is_said_pair_by_pair(submission_of):
    rows = ["a T passage=4", "a V passage=3", "b T passage=5", "b V passage=4", "c T passage=6", "c V passage=5"]
    assert _only(submission_of(*rows)).levels == "treated v vehicle 4 v 3 (a), 5 v 4 (b), 6 v 5 (c)"


@pytest.mark.parametrize(
    ("treated", "vehicle", "relation"),
    [
        ("library_id=L1", "library_id=L2", "aliased"),
        ("sequencing_run=r1", "sequencing_run=r2", "aliased"),
        ("medium=DMEM", "medium=MEM", "aliased"),
        ("vehicle=DMSO", "vehicle=ethanol", "aliased"),
        ("medium=DMEM", "medium=DMEM", "constant"),
        ("medium=DMEM", "", "partly stated"),
    ],
)
def test_what_differs_between_the_arms(submission_of, treated, vehicle, relation):
    submission = submission_of(*_pairs(treated, vehicle))
    assert _only(submission).relation == relation
    assert bool(_gate(submission)) == (relation == "aliased")


@pytest.mark.parametrize("name", ["exposure_h", "viability_pct"])
def test_exposure_and_outcomes_warn_and_forbid_nothing(submission_of, name):
    submission = submission_of(*_pairs(f"{name}=24", f"{name}=1"))
    assert _only(submission).relation == "aliased"
    assert _gate(submission) is None
    assert any(name in text for text in audit_design(submission).warnings)


@pytest.mark.parametrize("name", ["dose_value", "compound_id", "hashtag"])
def test_what_defines_the_treatment_is_no_covariate(submission_of, name):
    assert audit_design(submission_of(*_pairs(f"{name}=1", f"{name}=2"))).covariates == ()


def test_oxygen_may_be_the_treatment_itself_if_no_compound_was_given(submission_of):
    rows = _pairs("oxygen_pct=1", "oxygen_pct=21")
    assert _gate(submission_of(*rows))
    in_words = submission_of(*rows, compound=None, treatment="hypoxia")
    assert _gate(in_words) is None
    assert "no part of the treatment" in _only(in_words).text
    assert _gate(submission_of(*_pairs("passage=1", "passage=2"), compound=None, treatment="hypoxia"))


def test_libraries_of_their_own_and_properties_of_donors_are_no_fault_in_pairs(submission_of):
    rows = [f"d{i} {arm} library_id=L{i}{arm} sex_ontology_term_id=s{i % 2}" for i in range(4) for arm in "TV"]
    found = {covariate.name: covariate for covariate in audit_design(submission_of(*rows)).covariates}
    assert (found["library_id"].relation, found["sex_ontology_term_id"].relation) == ("own level", "balanced")
    assert found["sex_ontology_term_id"].vif == pytest.approx(1)
    assert not any(covariate.text for covariate in found.values())


def test_sex_that_goes_with_the_arm_forbids_in_an_unpaired_design(submission_of):
    rows = [f"{arm}{i} {arm} sex_ontology_term_id={'f' if arm == 'T' else 'm'}" for arm in "TV" for i in range(3)]
    assert _gate(submission_of(*rows)).values["with"] == "sex_ontology_term_id (treated f; vehicle m)"


def test_what_goes_largely_with_treatment_caps_verdicts(submission_of):
    rows = [f"d{i} {'T' if i < 10 else 'V'} passage={5 if i < 9 else 3}" for i in range(20)]
    covariate = _only(submission_of(*rows))
    assert (covariate.relation, covariate.forbids) == ("partly", False)
    # r^2 of the table 9, 1; 0, 10
    assert covariate.vif == pytest.approx(1 / (1 - 90**2 / (10 * 10 * 9 * 11)))
    assert _gate(submission_of(*rows)) is None


def test_always_later_passages_are_capped_though_no_column_spans_the_arm(submission_of):
    rows = ["a T passage=5", "a V passage=3", "b T passage=7", "b V passage=4", "c T passage=11", "c V passage=8"]
    facts = facts_of_design(submission_of(*rows))
    assert (facts.gate, [str(cap.code) for cap in facts.caps]) == (None, ["NEARLY_CONFOUNDED"])
    assert say_reason(load_catalogue("en"), facts.caps[0]).startswith("Treatment can hardly be told apart from passage (")


@pytest.mark.parametrize(
    ("name", "vehicle", "treated", "is_fault"),
    [
        ("glucose_mM", "5.5", "5.56", False), ("hours_post_thaw", "24", "24.5", False), ("dissociation_min", "5", "6", False),
        ("passage", "10", "11", True), ("hours_post_thaw", "24", "48", True), ("glucose_mM", "5.5", "25", True),
        ("oxygen_pct", "20", "21", False), ("vehicle", "medium", "none", False), ("vehicle", "DMSO", "none", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_paired", [True, False])
def test_small_steps_are_no_difference(submission_of, *, name, vehicle, treated, is_fault, is_paired):
    rows = [f"{i if is_paired else f'{i}{a}'} {a} {name}={treated if a == 'T' else vehicle}" for i in range(3) for a in "TV"]
    facts = facts_of_design(submission_of(*rows))
    assert (facts.gate is not None, facts.is_paired, facts.caps) == (is_fault, is_paired, ())


def test_one_empty_cell_does_not_switch_the_gate_off(submission_of):
    rows = _pairs("passage=5", "passage=3")
    submission = submission_of(*rows[:-1], "d2 V")
    assert (_only(submission).relation, _gate(submission).code) == ("aliased", Code.TREATMENT_CONFOUNDED)
    assert "not stated for 1 of 6 profiles" in _only(submission).text
    one_pair = submission_of("d0 T passage=5", "d0 V passage=3", "d1 T", "d1 V", "d2 T", "d2 V")
    assert (_only(one_pair).relation, _gate(one_pair)) == ("partly stated", None)


def test_one_replicate_unstated_leaves_the_level_of_its_profile(submission_of):
    rows = [*_pairs("passage=5", "passage=3"), "d0 T"]
    assert _only(submission_of(*rows)).relation == "aliased"


def test_only_the_profiles_that_are_compared_count(submission_of):
    """A fourth donor balances the passages on the sheet, and has too few cells."""
    submission = submission_of(*_pairs("passage=5", "passage=3"), "d3 T passage=4", "d3 V passage=4")
    assert _gate(submission) is None
    n_cells = {f"s{i}": 500 for i in range(1, 8)} | {"s8": 3}
    assert _gate(submission, n_cells=n_cells).code == Code.TREATMENT_CONFOUNDED
    audit = audit_design(submission, n_cells=n_cells)
    assert [covariate.forbids for covariate in audit.covariates] == [True]


def test_several_culprits_are_one_reason(submission_of):
    rows = _pairs("passage=5 library_id=L1 sequencing_run=r1", "passage=3 library_id=L2 sequencing_run=r2")
    cap = _gate(submission_of(*rows))
    assert all(name in cap.values["with"] for name in ("passage", "library_id", "sequencing_run"))


def test_untrusted_levels_are_said_in_one_bounded_line(submission_of):
    submission = submission_of(*_pairs("medium=x", "medium=y"))
    records = tuple({"medium": "a\n<b>" + "z" * 500 + record["medium"]} for record in submission.records)
    cap = _gate(replace(submission, records=records))
    assert "\n" not in cap.values["with"]
    assert len(cap.values["with"]) < 300


def test_a_profile_of_two_samples_has_both_levels(submission_of):
    rows = ["a T passage=4", "a T passage=5", "a V passage=5", "a V passage=4", "b T passage=4", "b V passage=4"]
    assert _only(submission_of(*rows)).relation == "balanced"


def test_nothing_recorded_is_no_fault(submission_of):
    submission = replace(submission_of(*_pairs("", "")), records=())
    assert audit_design(submission).covariates == ()
    assert _gate(submission) is None


def test_what_is_the_same_everywhere_need_not_be_passed_on(submission_of):
    submission = submission_of(*_pairs("passage=5 medium=DMEM oxygen_pct=21", "passage=3 medium=DMEM"))
    kept = [sorted(profile.levels) for profile in recorded_of(submission).differing().profiles]
    assert kept == [["oxygen_pct", "passage"], ["passage"]] * 3


def test_every_covariate_is_a_column_of_the_standard(repository):
    lines = (repository / "resources/metadata_fields.tsv").read_text(encoding="utf-8").splitlines()
    known = {name for line in lines for name in line.split("\t")[0].split(";")}
    assert set(RECORDED) <= known
