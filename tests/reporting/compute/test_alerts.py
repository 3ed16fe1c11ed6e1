"""What a reader must know first."""

import dataclasses
from typing import Any

import pytest

from scvalid.contracts.verdicts import Code, Reason
from scvalid.reporting.compute.alerts import Alert, find_alerts
from scvalid.reporting.compute.inputs import Inputs


def with_design(inputs: Inputs, **changes: Any) -> Inputs:
    facts = inputs.design.model_copy(update=changes)
    design = inputs.all_msc.design.model_copy(update={"states": (facts,)})
    return dataclasses.replace(inputs, all_msc=inputs.all_msc.model_copy(update={"design": design}))


def named(inputs: Inputs, code: str) -> Alert | None:
    return next((alert for alert in find_alerts(inputs) if alert.code == code), None)


def test_the_banner_on_simulated_data_comes_before_what_is_more_severe(inputs: Inputs) -> None:
    alerts = find_alerts(with_design(inputs, vif=9.0))
    assert [alert.code for alert in alerts] == ["simulated", "confounded", "few_cells", "dropped_nuisance"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"n_treated": 2}, "few_donors"),
        ({"vif": 5.1}, "confounded"),
        ({"gate": Reason(code=Code.NO_VEHICLE_ARM)}, "design_gate"),
        ({"dropped_profiles": ("D1 vehicle",)}, "dropped_profiles"),
    ],
)
def test_a_weak_design_is_said(inputs: Inputs, changes: dict[str, Any], code: str) -> None:
    assert named(inputs, code) is None
    assert named(with_design(inputs, **changes), code) is not None


def test_a_design_without_a_model_is_not_called_confounded(inputs: Inputs) -> None:
    stopped = with_design(inputs, gate=Reason(code=Code.ONE_DONOR, values={"n_treated": 1, "n_vehicle": 1}), vif=1e6)
    assert named(stopped, "confounded") is None


def test_samples_with_one_alert_are_named_together_and_untested_claims_are_not_touched(inputs: Inputs) -> None:
    quality = tuple(s.model_copy(update={"alerts": ("few_cells",)}) for s in inputs.quality[:3])
    alert = named(dataclasses.replace(inputs, quality=quality), "few_cells")
    assert alert is not None
    assert alert.items == tuple(s.sample_id for s in quality)
    assert "mir-21" not in alert.claims
    assert "osteo-up" in alert.claims


def test_a_verdict_that_the_planted_truth_forbids_is_an_alert(inputs: Inputs) -> None:
    assert inputs.truth is not None
    rows = (inputs.truth.claims[0].model_copy(update={"accepted": ("CONTRADICTED",)}), *inputs.truth.claims[1:])
    alert = named(dataclasses.replace(inputs, truth=inputs.truth.model_copy(update={"claims": rows})), "truth_missed")
    assert alert is not None
    assert alert.claims == ("osteo-up",)
    assert named(inputs, "truth_missed") is None
