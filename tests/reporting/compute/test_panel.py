"""The table of the panel's sets."""

from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.panel import panel_of, tone_of


def test_effects_go_down_and_untested_sets_stand_last(inputs: Inputs) -> None:
    panel = panel_of(inputs.set_effects, delta=0.25)
    thetas = [row.theta for row in panel.tested]
    assert thetas == sorted(thetas, reverse=True)  # type: ignore[type-var]
    assert panel.rows[-1].theta is None
    assert panel.rows[-1].gate == "SET_MOSTLY_NOT_MEASURED"
    assert panel.rows[-1].tone == ""


def test_sets_that_only_a_claim_brought_are_left_out(inputs: Inputs) -> None:
    names = [row.set_id for row in panel_of(inputs.set_effects, delta=0.25).rows]
    assert "HALLMARK_SET_0" not in names
    assert len(names) == len(inputs.set_effects) - 1


def test_an_empty_panel_is_a_panel(inputs: Inputs) -> None:
    assert panel_of(inputs.set_effects.iloc[:0], delta=0.25).rows == ()


def test_tones_grow_with_the_effect_and_end_at_the_limit() -> None:
    assert [tone_of(t, 1.0) for t in (0.1, 0.3, 0.6, 0.9, 1.0, 4.0)] == ["up1", "up2", "up3", "up4", "up4", "up4"]
    assert tone_of(-0.3, 1.0) == "down2"
