"""Decision files hold what a verdict needs, and nothing of it is lost on the way through JSON."""

from scvalid.contracts.decisions import DecisionFile
from scvalid.contracts.verdicts import Flag, Verdict


def test_a_decision_file_comes_back_as_it_was_written(decisions):
    for file in decisions.values():
        assert DecisionFile.model_validate_json(file.model_dump_json()) == file


def test_the_run_has_every_verdict_and_flag_that_verification_must_know(decisions):
    found = {name: file.states[0].verdict for name, file in decisions.items()}
    assert set(found.values()) == set(Verdict)
    assert found["torn"] == Verdict.INCONCLUSIVE
    assert set(decisions["non-specific"].states[0].parts[0].flags) == {Flag.SMALL_SET, Flag.NON_SPECIFIC}


def test_families_are_sorted_and_hold_neither_controls_nor_what_was_not_tested(decisions):
    families = decisions["supported"].families
    assert families.primary == (0.002, 0.002, 0.002, 0.002, 0.3, 0.8)
    # two claims have the set UP as their other part
    assert families.other == (0.002,)
    assert all(file.families == families for file in decisions.values())


def test_all_claims_that_were_asked_are_named_in_each_file(decisions):
    assert [one.claim_id for one in decisions["none"].asked] == list(decisions)
