import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.registry.rebuild.sets.signed import move_weights


def test_two_names_of_one_gene_speak_with_one_voice():
    moved = move_weights({"a": 1.0, "b": 3.0, "c": -2.0, "d": 5.0}, names={"a": "X", "b": "X", "c": "Y", "d": ""})
    assert moved.weights == {"X": 2.0, "Y": -2.0}
    assert moved.joined == {"X": ("a", "b")}
    assert moved.lost == ("d",)


def test_names_that_disagree_in_direction_leave_the_gene_out():
    moved = move_weights({"a": 1.0, "b": -3.0, "c": 2.0}, names={"a": "X", "b": "X", "c": "Y"})
    assert moved.weights == {"Y": 2.0}
    assert moved.conflicting == ("X",)
    assert moved.joined == {"X": ("a", "b")}


WEIGHTS = st.dictionaries(st.sampled_from("abcdef"), st.floats(-9, 9, allow_nan=False))


@given(WEIGHTS, st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", "X", "Y", "Z"])))
def test_every_gene_is_accounted_for_and_no_weight_grows(weights, names):
    moved = move_weights(weights, names=names)
    arrived = {names[old] for old in weights if names.get(old)}
    assert {*moved.weights, *moved.conflicting} == arrived
    assert set(moved.lost) == {old for old in weights if not names.get(old)}
    for new, weight in moved.weights.items():
        olds = [weights[old] for old in weights if names.get(old) == new]
        assert min(olds) - 1e-9 <= weight <= max(olds) + 1e-9


@given(WEIGHTS)
def test_own_names_change_nothing(weights):
    moved = move_weights(weights, names={name: name for name in weights})
    assert moved.weights == pytest.approx(weights)
    assert (moved.lost, moved.joined, moved.conflicting) == ((), {}, ())
