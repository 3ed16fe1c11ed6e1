"""Donors from names: a replicate is never taken for one."""

import pytest

from scvalid.drafting.compute.arms import Vocabulary, arm_of
from scvalid.drafting.compute.donors import donors_of
from scvalid.drafting.compute.naming import words_of

WORDS = Vocabulary(lambda word: None)


def donors(*names: str) -> tuple[list[str], str]:
    split = [words_of(name) for name in names]
    arms = [arm_of(words, WORDS) for words in split]
    found = donors_of(split, [arm.words for arm in arms], [arm.name for arm in arms])
    return list(found.names), found.doubt


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["donor1_ctrl", "Donor1_stim", "donor2_ctrl"], ["donor1", "donor1", "donor2"]),
        (["donor_1_ctrl", "donor_2_ctrl"], ["donor1", "donor2"]),
        (["patientA_ctrl", "patientB_ctrl"], ["patientA", "patientB"]),
        (["供体1_对照", "供体2对照"], ["供体1", "供体2"]),
        (["GSM1_Ann_ctrl", "GSM2_Ann_stim", "GSM3_Bob_ctrl", "GSM4_Bob_stim"], ["Ann", "Ann", "Bob", "Bob"]),
        (["donor1_D7_ctrl", "donor2_D7_ctrl"], ["donor1", "donor2"]),
        (["Ann_ctrl", "Bob_stim"], ["", ""]),
        (["ctrl_rep1", "ctrl_rep2", "stim_rep1", "stim_rep2"], [""] * 4),
        (["ctrl_1", "ctrl_2", "stim_1", "stim_2"], [""] * 4),
        (["S1_ctrl", "S1_stim"], ["", ""]),
        (["D7_ctrl", "D7_stim"], ["", ""]),
    ],
)
def test_donors(names, expected):
    found, doubt = donors(*names)
    assert found == expected
    assert doubt == ""


@pytest.mark.parametrize(("letter", "word"), [("D", "days"), ("P", "passages")])
def test_what_may_mean_something_else_is_said(letter, word):
    found, doubt = donors(f"{letter}1_ctrl", f"{letter}2_ctrl")
    assert found == [f"{letter}1", f"{letter}2"]
    assert word in doubt
