"""Places on the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.scale import WIDEST_IN_DELTAS, effect_scale, forest_bar, rounded_up

EFFECTS = st.lists(st.floats(-50, 50), max_size=8)


@given(EFFECTS, st.floats(0.05, 2))
def test_an_axis_is_symmetric_shows_the_threshold_and_is_bounded(values: list[float], delta: float) -> None:
    scale = effect_scale(values, delta=delta, left=0, right=200)
    assert scale.low == -scale.high
    assert 2 * delta <= scale.high <= WIDEST_IN_DELTAS * delta
    assert scale.at(0) == pytest.approx(100)
    assert 0 <= scale.at(-1e9) < scale.at(-delta) < scale.at(delta) < scale.at(1e9) <= 200


@given(EFFECTS)
def test_values_within_reach_are_not_cut(values: list[float]) -> None:
    scale = effect_scale(values, delta=10, left=0, right=200)
    assert all(scale.low <= value <= scale.high for value in values)


@given(st.floats(1e-6, 1e6))
def test_an_end_of_an_axis_is_near_and_not_below(value: float) -> None:
    assert value * (1 - 1e-8) <= rounded_up(value) <= 1.5 * value * (1 + 1e-8)


def test_an_interval_beyond_the_axis_is_cut_and_says_so(inputs: Inputs) -> None:
    evidence = inputs.all_msc.claims[0].parts[0].evidence
    assert evidence is not None
    far = evidence.model_copy(update={"theta": 9.0, "high95": 12.0, "low95": 6.0})
    bar = forest_bar(effect_scale([12.0], delta=0.25, left=0, right=200), far, delta=0.25)
    assert bar.is_cut_high
    assert not bar.is_cut_low
    assert bar.x == bar.high == pytest.approx(192)


def test_the_parts_of_a_bar_stand_in_order(inputs: Inputs) -> None:
    evidence = inputs.all_msc.claims[0].parts[0].evidence
    assert evidence is not None
    bar = forest_bar(effect_scale([1.0], delta=0.25, left=0, right=200), evidence, delta=0.25)
    assert bar.low < bar.inner_low < bar.x < bar.inner_high < bar.high
    assert bar.band_low < bar.zero < bar.band_high
