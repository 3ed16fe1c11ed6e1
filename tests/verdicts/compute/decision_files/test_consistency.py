"""Numbers that cannot stand beside each other are found, whichever of them was changed."""

import pytest

from scvalid.verdicts.compute.decision_files.verification import verify

PART = "states.0.parts.0."
NUMBERS = PART + "evidence."


@pytest.mark.parametrize(
    ("claim", "change", "what"),
    [
        ("supported", (NUMBERS + "se", 0.9), "half of the 95 % interval"),
        ("supported", (NUMBERS + "se", 0.001), "half of the 95 % interval"),
        ("supported", (PART + "evidence", lambda x: x | {"low90": -0.5, "high90": 1.5}), "half of the 90 % interval"),
        ("supported", (NUMBERS + "rho", 7), "rho"),
        ("supported", (NUMBERS + "df", 1000), "degrees of freedom"),
        ("contradicted", (NUMBERS + "df", 1), "degrees of freedom"),
        ("supported", (NUMBERS + "lodo_low", 0.9), "low end without one donor"),
        ("supported", (NUMBERS + "lodo_high", 0.9), "high end without one donor"),
        ("supported", (NUMBERS + "lodo_donor", "nobody"), "donor left out"),
        ("supported", (NUMBERS + "p_plain", 0.5), "p_plain"),
        ("supported", (NUMBERS + "mde", -1.0), "mde"),
        ("supported", (NUMBERS + "weight_measured", 1.2), "weight_measured"),
        ("supported", (NUMBERS + "n_unrelated_moving", 13), "unrelated axes that move"),
        ("supported", (NUMBERS + "specifications", lambda x: x[1:]), "specifications"),
        ("supported", (NUMBERS + "specifications", lambda x: [*x, x[0]]), "specifications"),
        ("supported", (NUMBERS + "specifications.5.p", 0.01), "p of exact"),
        ("supported", (NUMBERS + "donor_values", lambda x: x[2:]), "donors with values"),
        ("supported", ("states.0.facts.donors_treated", ["a"]), "donors of the treated arm"),
        ("supported", ("states.0.facts.vif", 0.1), "vif"),
        ("supported", ("states", lambda x: [*x, *x]), "names of the states"),
        ("supported", ("grouping", "by_state"), "names of the states"),
    ],
)
def test_what_no_run_can_have_found_is_named(decisions, changed, claim, change, what):
    assert what in {mismatch.what for mismatch in verify(changed(decisions[claim], *change))}


def test_a_model_with_other_factors_has_ranges_that_donors_alone_do_not_give(make_decisions, changed):
    file = make_decisions(nuisance=("donor_id", "batch_id"))["supported"]
    assert verify(changed(file, NUMBERS + "lodo_low", 0.45)) == ()


def test_a_state_of_cells_is_named_once_and_is_not_all_cells(make_decisions, changed):
    file = make_decisions(grouping="by_state")["supported"]
    assert verify(file) == ()
    (found,) = verify(changed(file, "states", lambda x: [*x, *x]))
    assert found.what == "names of the states"
