"""The catalogue: whole, and never half a sentence."""

import re
from typing import get_args

import pytest

from scvalid.contracts.readouts import Direction, ReadoutType
from scvalid.contracts.verdicts import Code, Flag, Verdict
from scvalid.errors import ContractError
from scvalid.reporting.catalogue import Catalogue, load_catalogue
from scvalid.reporting.compute.inputs import SetStatus

GIVEN = {
    Code.EFFECT_AS_REGISTERED: {"theta", "low95", "high95", "q"},
    Code.EFFECT_OF_EITHER_SIGN: {"theta", "low95", "high95", "q"},
    Code.EFFECT_OPPOSITE: {"theta", "low95", "high95", "q"},
    Code.EFFECT_THOUGH_NONE_REGISTERED: {"theta", "q"},
    Code.EQUIVALENT_TO_NONE: {"low90", "high90", "delta"},
    Code.HOLDS_IN_EACH: {"contrasts", "p", "q"},
    Code.OPPOSITE_IN_CONTRAST: {"contrasts"},
    Code.NONE_IN_CONTRAST: {"contrasts", "delta"},
    Code.NOT_SHOWN_IN_CONTRAST: {"contrasts"},
    Code.CONTRAST_NOT_TESTABLE: {"contrasts"},
    Code.IMPRECISE: {"low90", "high90", "delta", "mde"},
    Code.NOT_ROBUST: {"sign_share", "p10_share", "n"},
    Code.SINGLE_DONOR_DRIVES: {"donor", "lodo_low", "lodo_high"},
    Code.BELOW_FLOOR: {"theta", "floor"},
    Code.NOT_SIGNIFICANT: {"q", "alpha"},
    Code.TOO_FEW_DONORS: {"n"},
    Code.NEARLY_CONFOUNDED: {"with", "vif"},
    Code.UNSTATED_METADATA: {"fields"},
    Code.PART_CONTRADICTED: {"readout"},
    Code.PART_NOT_TESTABLE: {"readout"},
    Code.NOT_TRANSCRIPT_LEVEL: {"type"},
    Code.PRESENCE_NOT_OFFERED: {"readout"},
    Code.READOUT_NOT_OFFERED: {"type"},
    Code.SET_NOT_INSTALLED: {"readout"},
    Code.CONTEXT_MISMATCH: {"field", "claimed", "found"},
    Code.RETRACTED_SOURCE: {"source", "notice"},
    Code.TREATMENT_CONFOUNDED: {"with"},
    Code.NO_VEHICLE_ARM: set(),
    Code.NO_RESIDUAL_DF: {"df"},
    Code.ONE_DONOR: {"n_treated", "n_vehicle"},
    Code.TOO_FEW_CELLS: set(),
    Code.GENE_NOT_MEASURED: {"gene"},
    Code.NO_CERTAIN_ORTHOLOG: {"gene"},
    Code.GENE_BELOW_DETECTION: {"gene", "mean_cpm", "share_cells"},
    Code.SET_MOSTLY_NOT_MEASURED: {"share"},
    Code.SET_MOSTLY_NOT_EXPRESSED: {"n_expressed", "n_set", "share"},
    Code.SET_IS_ITS_BACKGROUND: {"n_expressed", "n_set", "share"},
    Code.COPIED_PROFILES: {"profiles"},
    Code.HOLDS_IN_EACH: {"contrasts", "p", "q"},
    Code.OPPOSITE_IN_CONTRAST: {"contrasts"},
    Code.NONE_IN_CONTRAST: {"contrasts", "delta"},
    Code.NOT_SHOWN_IN_CONTRAST: {"contrasts"},
    Code.CONTRAST_NOT_TESTABLE: {"contrasts"},
}
"""What each sentence is filled with: the values that come with the code, those the reader is shown."""


LANGUAGES = ("en", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_that_its_values_fill(language: str) -> None:
    catalogue = load_catalogue(language)
    assert set(GIVEN) == set(Code)
    for code in Code:
        assert catalogue.placeholders(f"reason.{code}") == GIVEN[code], code


@pytest.mark.parametrize(("start", "words"), [("flag", list(Flag)), ("verdict", list(Verdict)), ("tally", list(Verdict))])
def test_every_word_of_the_contracts_has_a_text(start: str, words: list[str]) -> None:
    catalogue = load_catalogue("en")
    assert [word for word in words if f"{start}.{word}" not in catalogue] == []


@pytest.mark.parametrize(("start", "kind"), [("direction", Direction), ("set_status", SetStatus), ("type", ReadoutType)])
def test_every_word_of_a_claim_has_a_text(start: str, kind: object) -> None:
    catalogue = load_catalogue("en")
    words = [word for arg in get_args(kind) for word in get_args(arg) or (arg,)]
    assert len(words) >= 4
    assert [word for word in words if f"{start}.{word}" not in catalogue] == []


@pytest.mark.parametrize("code", ["few_cells", "identity_positive", "identity_negative", "many_removed", "simulated"])
def test_every_alert_says_what_to_do(code: str) -> None:
    catalogue = load_catalogue("en")
    assert catalogue.text(f"alert.{code}.do")
    assert f"alert.{code}" in catalogue


def test_no_text_is_empty_or_uses_a_nameless_placeholder() -> None:
    catalogue = load_catalogue("en")
    for key in catalogue.keys():  # noqa: SIM118
        assert catalogue.text(key, **dict.fromkeys(catalogue.placeholders(key), "x")).strip(), key


def test_both_languages_have_the_same_texts_filled_with_the_same_values() -> None:
    english, chinese = load_catalogue("en"), load_catalogue("zh")
    assert english.keys() == chinese.keys()
    assert [key for key in english.keys() if english.placeholders(key) != chinese.placeholders(key)] == []  # noqa: SIM118


def test_every_specification_has_a_name() -> None:
    named = {"plain_t", "capped_variance", "fry", "camera", "exact_permutation", "ulm", "mlm", "zscore", "rank"}
    named |= {"no_background", "other_cut", "min_cells_50", "without_batch", "no_tmm", "over_background", "voom"}
    assert [name for name in sorted(named) if f"specification.{name}" not in load_catalogue("en")] == []


def test_no_sentence_was_left_in_the_other_language() -> None:
    chinese = load_catalogue("zh")
    spoken = ("reason.", "alert.", "flag.", "verdict.", "ladder.", "section.", "methods.")
    keys = [key for key in chinese.keys() if key.startswith(spoken) and key not in ("ladder.q", "methods.doi")]  # noqa: SIM118
    texts = {key: chinese.text(key, **dict.fromkeys(chinese.placeholders(key), "")) for key in keys}
    assert [key for key, text in texts.items() if not re.search(r"[\u4e00-\u9fff]", text)] == []
    english = load_catalogue("en")
    told = {key: english.text(key, **dict.fromkeys(english.placeholders(key), "")) for key in english.keys()}  # noqa: SIM118
    assert [key for key, text in told.items() if re.search(r"[\u4e00-\u9fff]", text)] == []


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ContractError, match=r"no text 'reason\.NEW'"):
        load_catalogue("en").text("reason.NEW")


def test_a_missing_value_is_refused_by_name() -> None:
    with pytest.raises(ContractError, match="needs a value for b"):
        Catalogue("en", {"k": "{a} and {b}"}).text("k", a=1)


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert Catalogue("en", {"k": "<{a}>"}).text("k", a="{b}") == "<{b}>"
