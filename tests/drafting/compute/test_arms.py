"""Which arm a name tells of; doses and times are no replicates."""

import pytest

from scvalid.drafting.compute.arms import Vocabulary, arm_of, arm_words_of, choose_arms, named_arms, note_of_vehicle
from scvalid.drafting.compute.naming import words_of

KNOWN = {"icariin": "icariin", "淫羊藿苷": "icariin", "salvianolic acid b": "salvianolic acid B", "curcumin": "curcumin"}
WORDS = Vocabulary(lambda word: KNOWN.get(word.casefold()))


@pytest.mark.parametrize(
    ("name", "arm", "kind"),
    [
        ("D1_ctrl", "ctrl", "vehicle"),
        ("D1_DMSO", "DMSO", "vehicle"),
        ("D1_untreated", "untreated", "vehicle"),
        ("供体1_对照组", "对照组", "vehicle"),
        ("D1_treated", "treated", "treated"),
        ("D1_stim_IFNb", "IFNb", "treated"),
        ("GSM1_D1_Icariin_10uM", "Icariin", "compound"),
        ("D1_icariin_in_DMSO", "icariin", "compound"),
        ("D1_salvianolic_acid_B", "salvianolic acid B", "compound"),
        ("D1_icariin_curcumin", "icariin+curcumin", "compound"),
        ("供体1_淫羊藿苷", "淫羊藿苷", "compound"),
        ("D1_other", "", ""),
        ("hMSC-P4-NC-3", "NC", "vehicle"),
        ("blank2", "blank", "vehicle"),
        ("张三空白对照组", "空白对照组", "vehicle"),
        ("张三淫羊藿苷10uM", "淫羊藿苷", "compound"),
    ],
)
def test_arm_of_a_name(name, arm, kind):
    found = arm_of(arm_words_of(name, WORDS), WORDS)
    assert (found.name, found.kind) == (arm, kind)


def test_doses_and_times_of_one_compound_stay_apart():
    names = ["D1_icariin_1uM", "D1_Icariin_10uM", "D1_ctrl", "D2_CTRL"]
    arms = named_arms([arm_of(words_of(name), WORDS) for name in names])
    assert arms == ["icariin 1uM", "icariin 10uM", "ctrl", "ctrl"]
    assert named_arms([arm_of(words_of(f"D{i}_icariin_10uM"), WORDS) for i in (1, 2)]) == ["icariin", "icariin"]


@pytest.mark.parametrize(
    ("arms", "chosen"),
    [
        (["ctrl", "stim"], ("stim", "ctrl")),
        (["ctrl", "xyz"], ("xyz", "ctrl")),
        (["ctrl", "icariin", "curcumin"], ("", "ctrl")),
        (["ctrl", "DMSO", "icariin"], ("icariin", "")),
        (["a", "b"], ("", "")),
        (["ctrl"], ("", "ctrl")),
        ([""], ("", "")),
    ],
)
def test_choice_of_the_compared_arms(arms, chosen):
    assert choose_arms(arms, WORDS) == chosen


def test_what_the_user_says_counts_more():
    words = Vocabulary(WORDS.compound_of, vehicle=("A",), treated=("B",))
    assert choose_arms(["a", "b", "ctrl"], words) == ("b", "a")
    assert arm_of(["x", "b"], words).name == "b"


@pytest.mark.parametrize(
    ("arms", "chosen"),
    [
        (["对照组", "淫羊藿苷"], ("淫羊藿苷", "对照组")),
        (["Ica", "空白对照"], ("淫羊藿苷", "空白对照")),
        (["对照", "对照组"], ("淫羊藿苷", "对照")),
        ([], ("淫羊藿苷", "对照")),
        (["x", "y"], ("淫羊藿苷", "对照")),
    ],
)
def test_what_was_given_is_always_written(arms, chosen):
    assert choose_arms(arms, Vocabulary(WORDS.compound_of, vehicle=("对照",), treated=("淫羊藿苷",))) == chosen


def test_a_doubtful_word_for_the_vehicle_is_said():
    assert "NC was taken" in note_of_vehicle("NC", WORDS)
    assert note_of_vehicle("DMSO", WORDS) == ""
    assert note_of_vehicle("NC", Vocabulary(WORDS.compound_of, vehicle=("NC",))) == ""
