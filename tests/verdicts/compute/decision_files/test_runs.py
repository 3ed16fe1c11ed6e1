"""Files of one run are held against each other: what one of them says alone is not enough."""

from scvalid.verdicts.compute.decision_files.runs import lacking_claims, verify_run, verify_together
from scvalid.verdicts.compute.decision_files.verification import verify

NUMBERS = "states.0.parts.0.evidence."


def whats(found):
    return {mismatch.what for mismatch in found}


def test_files_of_one_grouping_are_held_against_each_other(decisions, changed):
    files = list(decisions.values())
    assert verify_together(files[:3]) == ()
    # the p value of another claim, changed in the family and nowhere else, leaves every single file whole
    family = [*files[0].families.primary[:-1], 0.9]
    lied = [changed(file, "families.primary", family) for file in files]
    assert [verify(file) for file in lied if file.claim.id != "none"] == [()] * 7
    assert "p values of the primary family" in whats(verify_together(lied))
    assert "families of contradicted" in whats(verify_together([lied[0], files[1]]))


def test_two_claims_on_one_read_out_have_the_same_numbers(decisions, changed):
    assert verify_together([decisions["supported"], decisions["contradicted"], decisions["torn"]]) == ()
    other = changed(decisions["torn"], "states.0.parts.1.evidence.mde", 0.1)
    assert whats(verify_together([decisions["supported"], other])) == {"numbers in claim torn"}


def test_a_specification_that_is_left_out_everywhere_must_be_left_out_of_what_was_offered(decisions, changed):
    names = ("s0", "s1", "s2", "s3", "s4", "exact")
    assert decisions["supported"].specifications == {"set": names, "gene": names}
    lied = [changed(file, "specifications.set", lambda x: [*x, "another"]) for file in decisions.values()]
    assert "specifications of a set" in whats(verify_together(lied))


def test_a_file_that_lies_there_twice_and_one_that_does_not_are_named(decisions):
    files = list(decisions.values())
    assert "decision files of claim supported" in whats(verify_together([*files, files[0]]))
    assert lacking_claims(files[1:]) == ("supported",)
    assert whats(verify_together(files[1:], is_whole=True)) == {"claim supported"}


def test_states_have_one_design_for_all_claims(decisions, changed):
    files = [decisions["supported"], changed(decisions["none"], "states.0.facts.n_genes", 901)]
    assert whats(verify_together(files)) == {"design of none"}


def test_a_contrast_may_have_its_own_claims_but_neither_settings_nor_files_of_claims(decisions, make_decisions, changed):
    all_msc, low = list(decisions.values()), make_decisions(contrast="low", claim_ids=["none"])["none"]
    assert verify_run({"all_msc": all_msc, "contrast-low": [low]}) == ()
    other = changed(low, "settings.alpha", 0.01)
    assert whats(verify_run({"all_msc": all_msc, "contrast-low": [other]})) == {"settings of contrast-low"}
    other = changed(low, "asked.0.sha256", "00" * 32)
    assert whats(verify_run({"all_msc": all_msc, "contrast-low": [other]})) == {"file of claim none in contrast-low"}
