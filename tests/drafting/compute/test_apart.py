"""Words without separators are taken apart around those that are known or given, and around nothing else."""

import pytest

from scvalid.drafting.compute.apart import holds, parted

KNOWN = {"对照", "对照组", "淫羊藿苷", "ctrl", "nc"}


@pytest.mark.parametrize(
    ("word", "stated", "parts"),
    [
        ("对照组1", [], ["对照组", "1"]),
        ("对照组1", ["对照"], ["对照", "1"]),
        ("淫羊藿苷组1", [], ["淫羊藿苷", "1"]),
        ("张三对照", [], ["张三", "对照"]),
        ("张三淫羊藿苷组二", [], ["张三", "淫羊藿苷", "二"]),
        ("Ctrl2", [], ["Ctrl", "2"]),
        ("NC1", [], ["NC", "1"]),
        ("C1", ["C", "T"], ["C", "1"]),
        ("1T", ["C", "T"], ["1", "T"]),
        ("C1", [], ["C1"]),
        ("MSC", ["C"], ["MSC"]),
        ("MSC1", ["C"], ["MSC1"]),
        ("10uM", ["1uM"], ["10uM"]),
        ("11uM", ["1uM"], ["11uM"]),
        ("供体1", [], ["供体1"]),
        ("脐带1", ["对照"], ["脐带1"]),
    ],
)
def test_a_word_is_taken_apart(word, stated, parts):
    assert parted([word], stated=stated, is_known=lambda one: one.casefold() in KNOWN) == parts


@pytest.mark.parametrize("word", ["drug1", "药物2", "药物组2", "张三药物2"])
def test_a_number_stays_with_a_word_for_any_treatment(word):
    generic = {"drug", "药物"}
    assert parted([word], stated=[], is_known=generic.__contains__, is_generic=generic.__contains__) == [word]
    assert parted(["张三药物"], stated=[], is_known=generic.__contains__, is_generic=generic.__contains__) == ["张三", "药物"]
    assert word not in parted([word], stated=["药物", "drug"], is_known=generic.__contains__, is_generic=generic.__contains__)


def test_a_donor_beside_a_given_word_stays_whole():
    assert parted(["D1", "D"], stated=["C", "D"], is_known=lambda one: False) == ["D1", "D"]
    assert parted(["供体C", "x"], stated=["C", "T"], is_known=lambda one: False) == ["供体C", "x"]
    assert parted(["D1"], stated=["1"], is_known=lambda one: False) == ["D1"]


def test_a_word_in_a_name():
    assert holds("C1", "c")
    assert holds("空白对照组", "对照")
    assert not holds("control", "C")
