"""A cross of donors and arms is strong evidence; half of one is none."""

import pytest

from scvalid.drafting.compute.arms import Vocabulary
from scvalid.drafting.compute.rows import View, rows_of

WORDS = Vocabulary({"icariin": "icariin", "淫羊藿苷": "icariin"}.get)


def told(*names, words=WORDS):
    views = [View(name.split("/")[-1], f"{i}.h5ad", long_name=name.replace("/", "_")) for i, name in enumerate(names)]
    rows, _, notes = rows_of(views, words)
    return [(row.donor_id, row.arm) for row in rows], notes


def cross(donors, arms, form="{}_{}"):
    return [(form.format(donor, arm), (donor, arm)) for donor in donors for arm in arms]


@pytest.mark.parametrize(
    ("donors", "arms"),
    [
        (["张三", "李四", "王五"], ["DMSO", "10uM"]),
        (["1号供体", "2号供体", "3号供体"], ["空白", "ICA"]),
        (["donorA", "donorB"], ["veh", "low", "high"]),
        (["donorA", "donorB"], ["low", "high"]),
        (["Ann", "Bob", "Eve"], ["sham", "ICA 10uM", "ICA 1uM"]),
    ],
)
@pytest.mark.parametrize("form", ["{}_{}", "{1}-{0}", "GSE_{}_x_{}", "{}/{}", "{1}/{0}"])
def test_a_cross_tells_donors_and_arms(donors, arms, form):
    names, truth = zip(*cross(donors, arms, form), strict=True)
    assert told(*names)[0] == list(truth)


def test_nearly_a_cross_is_enough_and_half_of_one_is_not():
    names, truth = zip(*cross(["Ann", "Bob", "Eve"], ["DMSO", "xyz"]), strict=True)
    assert told(*names[:-1])[0] == list(truth[:-1])
    found, _ = told("Ann_DMSO", "Bob_DMSO", "Eve_DMSO", "Ann_xyz", "Bob_abc")
    assert [arm for _, arm in found] == ["DMSO"] * 3 + ["", ""]
    # numbers of runs and wells are no arms
    assert {arm for _, arm in told("donor1_rep1", "donor1_rep2", "donor2_rep1", "donor2_rep2")[0]} == {""}
    assert {arm for _, arm in told("Ann_x", "Ann_y", "Bob_x", "Bob_y")[0]} == {""}


def test_numbers_are_donors_only_where_a_person_named_the_arms_and_then_it_is_doubted():
    names = [f"{arm}{i}" for arm in ("对照组", "淫羊藿苷组") for i in (1, 2, 3)]
    assert told(*names) == ([("", arm) for arm in ["对照组"] * 3 + ["淫羊藿苷"] * 3], [])
    said = Vocabulary(WORDS.compound_of, vehicle=("对照",), treated=("淫羊藿苷",))
    found, (note,) = told(*names, words=said)
    assert found == [(str(i), arm) for arm in ("对照", "淫羊藿苷") for i in (1, 2, 3)]
    assert "replicates" in note
    letters = Vocabulary(WORDS.compound_of, vehicle=("C",), treated=("T",))
    assert told("C1", "C2", "T1", "T2", words=letters)[0] == [("1", "C"), ("2", "C"), ("1", "T"), ("2", "T")]
    assert told("ctrl_rep1", "ctrl_rep2", "icariin_rep1", "icariin_rep2", words=said)[0][0] == ("", "ctrl")


def test_folders_count_only_where_they_tell_more():
    assert told("b1/D1_ctrl", "b2/D1_icariin", "b1/D2_ctrl", "b2/D2_icariin")[0][0] == ("D1", "ctrl")
    rows, _, _ = rows_of([View("x", "a/x.h5ad", long_name="a_x"), View("x", "b/x.h5ad", long_name="b_x")], WORDS)
    assert [row.sample_id for row in rows] == ["a", "b"]
