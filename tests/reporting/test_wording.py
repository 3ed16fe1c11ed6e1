"""Sentences for codes."""

import pytest

from scvalid.contracts.verdicts import Code, Hindrance, Obstacle, Reason
from scvalid.reporting.catalogue import load_catalogue
from scvalid.reporting.compute.alerts import Alert
from scvalid.reporting.compute.methods import Statement
from scvalid.reporting.wording import as_typed, say_alert, say_method, say_reason, say_why

ENGLISH = load_catalogue("en")
FOUR_PAIRS = Hindrance(code="FEW_PAIRS", values={"n": 4, "needed": 6})


def test_numbers_of_a_reason_read_well() -> None:
    values = {"theta": -0.48211, "low95": -0.6801, "high95": 0.004, "q": 0.0000321}
    text = say_reason(ENGLISH, Reason(code=Code.EFFECT_OPPOSITE, values=values))
    assert (
        text
        == "The effect is −0.48 log2 (95 % interval −0.68 to 0.00; q = 3.2\xa0×\xa010⁻⁵), against the registered direction."
    )


def test_words_of_the_program_become_words_of_the_reader() -> None:
    text = say_reason(
        ENGLISH, Reason(code=Code.CONTEXT_MISMATCH, values={"field": "cell_type", "claimed": "PBMC", "found": "MSC"})
    )
    assert "(cell type): it says PBMC, the data are MSC" in text
    assert "microRNA" in say_reason(ENGLISH, Reason(code=Code.NOT_TRANSCRIPT_LEVEL, values={"type": "mirna"}))


def test_a_reserved_word_as_a_name_of_a_value_works() -> None:
    assert "batch_id" in say_reason(ENGLISH, Reason(code=Code.TREATMENT_CONFOUNDED, values={"with": "batch_id"}))


def test_a_value_left_out_is_a_dash_not_a_failure() -> None:
    assert "(q = –, limit 0.05)" in say_reason(ENGLISH, Reason(code=Code.NOT_SIGNIFICANT, values={"alpha": 0.05}))


def test_a_text_value_is_never_taken_for_a_pattern() -> None:
    assert "{q}" in say_reason(ENGLISH, Reason(code=Code.GENE_NOT_MEASURED, values={"gene": "{q}"}))


def test_an_alert_that_the_catalogue_does_not_know_is_shown_by_its_code() -> None:
    assert "made_up" in say_alert(ENGLISH, Alert("made_up", "caution"))


def test_an_alert_on_the_design_says_the_reason() -> None:
    alert = Alert("design_gate", "serious", reason=Reason(code=Code.NO_VEHICLE_ARM))
    assert "no vehicle arm" in say_alert(ENGLISH, alert)


def test_settings_stand_in_methods_as_typed_and_counts_are_grouped() -> None:
    values = {"resolution": 0.512345, "n_neighbours": 15, "seed": 12345, "n_states": 3}
    text = say_method(ENGLISH, Statement("methods.clustering", values))
    assert "resolution 0.512345, 15 neighbours, seed 12345" in text


def test_settings_of_any_shape_can_be_found_again_in_the_config() -> None:
    assert as_typed({"a": [1, True], "b": None}) == "a: 1, true; b: –"


@pytest.mark.parametrize(
    ("why", "english", "chinese"),
    [
        (
            Hindrance(code="FEW_PAIRS", values={"n": 4, "needed": 6}),
            "Informative pairs: 4; it takes 6.",
            "有效配对 4 对；需要 6 对。",
        ),
        (Hindrance(code="NO_CLAIM_TESTED"), "No claim could be tested.", "没有论断可以检验。"),
        (None, "–", "–"),
    ],
)
def test_why_a_rate_cannot_be_estimated_is_said_in_both_languages(why: Hindrance | None, english: str, chinese: str) -> None:
    assert say_why(ENGLISH, why) == english
    assert say_why(load_catalogue("zh"), why) == chinese


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_obstacle_has_a_sentence_that_its_numbers_fill(language: str) -> None:
    catalogue = load_catalogue(language)
    for code in Obstacle:
        assert catalogue.placeholders(f"why.{code}") == ({"n", "needed"} if code.startswith("FEW") else set())
