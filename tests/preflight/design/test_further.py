"""Contrasts and series are audited by the code of the headline, and a sheet of doses gets a series proposed."""

from dataclasses import replace

import pytest

from scvalid.preflight.design.audit import audit_design
from scvalid.preflight.design.further import audit_contrasts, audit_series
from scvalid.preflight.design.proposal import proposed_series
from scvalid.settings import Contrast, Design, Series

DOSES = Series(name="doses", kind="dose", arms={"vehicle": 0, "low": 1, "drug": 10})


def crossed(donors, arms):
    return [f"{donor} {arm}" for donor in donors for arm in arms]


@pytest.fixture
def audited(submission_of):
    """``audited(rows, contrast)`` -> submission and audit of its one contrast."""

    def run(rows, contrast):
        design = Design(treated="drug", vehicle="vehicle", contrasts=(contrast,))
        made = submission_of(*rows, design=design)
        made = replace(made, contrast_claims={contrast.name: made.claims.claims})
        (audit,) = audit_contrasts(made)
        return made, audit

    return run


def test_a_contrast_is_audited_as_a_headline_would_be(submission_of, audited):
    rows = crossed("abcd", "TV") + crossed("abc", ["both"])
    _, audit = audited(rows, Contrast(name="beyond", treated="both", vehicle="drug"))
    alone = audit_design(submission_of(*rows, design=Design(treated="both", vehicle="drug")))
    assert (audit.df, audit.n_informative, audit.is_paired) == (alone.df, 3, True)
    assert (audit.n_treated, audit.n_vehicle, audit.gate) == (3, 3, None)
    assert any("'beyond': both v drug: 3 donors in both arms" in fact for fact in audit.facts)


def test_the_headline_does_not_see_contrasts(submission_of, audited):
    rows = crossed("abcd", "TV") + crossed("abc", ["both"])
    made, _ = audited(rows, Contrast(name="beyond", treated="both", vehicle="drug"))
    plain, further = audit_design(submission_of(*rows)), audit_design(made)
    assert plain.other_arms == ("both",)
    ignored = {"other_arms", "facts"}
    assert further.model_dump(exclude=ignored) == plain.model_dump(exclude=ignored)


def test_what_a_contrast_cannot_show_is_said_with_its_name(audited):
    _, audit = audited([*crossed("abcd", "TV"), "a both"], Contrast(name="beyond", treated="both", vehicle="drug"))
    assert audit.gate is not None
    assert [claim.outlook for claim in audit.claims] != ["decidable"]
    assert all(text.startswith("Contrast 'beyond': ") for text in audit.warnings)


def test_a_series_says_its_donors_and_degrees_of_freedom(submission_of):
    made = submission_of(
        *crossed("abc", ["T", "V", "low"]), "x V", design=Design(treated="drug", vehicle="vehicle", series=(DOSES,))
    )
    (audit,) = audit_series(made)
    assert (audit.is_testable, audit.is_blocked, audit.df) == (True, True, 5)
    assert (audit.levels, audit.n_donors, audit.left_out) == ((0, 1, 10), (3, 3, 3), ("x",))
    assert "3 doses, donors in brackets: 0 (3), 1 (3), 10 (3); blocked by donor; 5 residual" in audit.text


def test_too_few_cells_may_cost_a_series_its_levels(submission_of):
    rows = crossed("abc", ["T", "V", "low"])
    made = submission_of(*rows, design=Design(treated="drug", vehicle="vehicle", series=(DOSES,)))
    few = {f"s{i + 1}": 5 if "low" in row else 500 for i, row in enumerate(rows)}
    (audit,) = audit_series(made, n_cells=few)
    assert not audit.is_testable
    assert audit.text == "Series 'doses': no trend can be tested, for samples have 2 of its levels, and 3 are needed."


def dosed(arm, dose, compound="TCM1"):
    return f"a {arm} compound_id={compound} dose_value={dose} dose_unit=uM"


def test_three_doses_of_the_compound_are_proposed_as_a_series(submission_of):
    rows = [dosed("T", 10), dosed("low", 1), dosed("high", "3e1"), "a V", dosed("other", 5, "TCM2")]
    (remark,) = proposed_series(submission_of(*rows))
    assert "the sheet holds 3 doses of the treated compound" in remark
    assert "kind: dose, arms: {'vehicle': 0, 'low': 1, 'drug': 10, 'high': 30}" in remark


@pytest.mark.parametrize(
    "rows",
    [
        [dosed("T", 10), dosed("low", 1), "a V"],
        [dosed("T", 10), dosed("low", 1), dosed("again", 1), "a V"],
        [dosed("T", 10), dosed("low", 1), dosed("high", 30).replace("uM", "mg/L"), "a V"],
        [dosed("T", 10), dosed("T", 20), dosed("low", 1), dosed("high", 30), "a V"],
        ["a T dose_value=10", "a low dose_value=1", "a high dose_value=30", "a V"],
    ],
)
def test_nothing_is_proposed_of_what_is_no_series(submission_of, rows):
    assert list(proposed_series(submission_of(*rows))) == []


def test_times_are_proposed_and_a_named_series_ends_it(submission_of):
    rows = [f"a {arm} compound_id=TCM1 exposure_h={h}" for arm, h in (("T", 24), ("early", 6), ("late", 72))]
    (remark,) = proposed_series(submission_of(*rows))
    assert "3 times" in remark
    named = Design(treated="drug", vehicle="vehicle", series=(DOSES,))
    assert list(proposed_series(submission_of(*rows, design=named))) == []
