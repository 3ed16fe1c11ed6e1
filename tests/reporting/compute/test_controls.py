"""Planted effects on an axis, and the split of an effect."""

from scvalid.contracts.readouts import Readout
from scvalid.contracts.verdicts import RunControls
from scvalid.reporting.compute.controls import composition_of, recovery_figure
from scvalid.reporting.compute.inputs import Inputs


def controls_of(inputs: Inputs) -> RunControls:
    assert inputs.all_msc.controls is not None
    return inputs.all_msc.controls


def test_planted_and_found_share_one_axis_that_holds_both(inputs: Inputs) -> None:
    figure = recovery_figure(controls_of(inputs))
    assert figure is not None
    assert [row.planted for row in figure.rows] == [0.25, 0.5]
    for row in figure.rows:
        assert row.planted_x == figure.scale.at(row.planted)
        assert row.found_x < row.planted_x


def test_an_effect_found_with_the_wrong_sign_stays_on_the_axis(inputs: Inputs) -> None:
    controls = controls_of(inputs)
    wrong = controls.recovery[0].model_copy(update={"found": -0.13})
    figure = recovery_figure(controls.model_copy(update={"recovery": (wrong,)}))
    assert figure is not None
    assert figure.scale.low < -0.13 < figure.scale.high
    assert figure.rows[0].found_x > figure.scale.left


def test_nothing_planted_gives_no_figure(inputs: Inputs) -> None:
    assert recovery_figure(None) is None
    assert recovery_figure(controls_of(inputs).model_copy(update={"recovery": ()})) is None


def test_the_split_is_that_of_the_same_kind_of_readout(inputs: Inputs) -> None:
    name = "OSTEO_DIFFERENTIATION"
    found = composition_of(inputs.composition, Readout(type="gene_set", id=name))
    assert found is not None
    assert [(share.name, share.theta) for share in found.shares] == [("all", 0.52), ("within", 0.4), ("between", 0.12)]
    assert composition_of(inputs.composition, Readout(type="gene", id=name)) is None
    assert composition_of(None, Readout(type="gene_set", id=name)) is None
