"""What a reader must know before any figure: simulated data, weak designs, samples that look wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from scvalid.contracts.verdicts import MAX_VIF, MIN_DONORS_FOR_DECISION, Reason, Verdict
from scvalid.reporting.compute.inputs import Inputs

Severity = Literal["serious", "caution", "note"]

_SEVERITY_OF_SAMPLE: dict[str, Severity] = {"identity_positive": "serious", "identity_negative": "serious"}


@dataclass(frozen=True)
class Alert:
    """One alert; ``claims`` are the ids it touches, empty if it touches all of them."""

    code: str
    severity: Severity
    values: dict[str, str | int | float] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    """Samples, profiles or columns that the alert names, as typed."""
    claims: tuple[str, ...] = ()
    reason: Reason | None = None


def find_alerts(inputs: Inputs) -> tuple[Alert, ...]:
    """Return every alert, the simulated-data banner first, then by how much a verdict depends on it."""
    found = [*_of_simulation(inputs), *_of_error_rates(inputs), *_of_design(inputs), *_of_samples(inputs)]
    order = {"serious": 0, "caution": 1, "note": 2}
    head = [alert for alert in found if alert.code == "simulated"]
    rest = [alert for alert in found if alert.code != "simulated"]
    return (*head, *sorted(rest, key=lambda alert: order[alert.severity]))


def _of_simulation(inputs: Inputs) -> Iterator[Alert]:
    if inputs.submitted.is_simulated:
        yield Alert("simulated", "caution", {"seed": inputs.truth.seed if inputs.truth else inputs.submitted.seed})
    rows = [(claim, inputs.planted(claim.claim.id)) for claim in inputs.all_msc.claims]
    wrong = tuple(claim.claim.id for claim, truth in rows if truth and claim.verdict not in truth.accepted)
    if wrong:
        yield Alert("truth_missed", "serious", claims=wrong)


def _of_error_rates(inputs: Inputs) -> Iterator[Alert]:
    found = inputs.all_msc.controls.permuted_labels if inputs.all_msc.controls else None
    if found and found.is_exceeded and found.rate is not None and found.low is not None and found.high is not None:
        decisive = (Verdict.SUPPORTED, Verdict.CONTRADICTED)
        touched = tuple(row.claim.id for row in inputs.all_msc.claims if row.verdict in decisive)
        values: dict[str, str | int | float] = {
            "rate": found.rate,
            "low": found.low,
            "high": found.high,
            "bound": found.bound,
        }
        yield Alert("false_rate", "serious", values, claims=touched)


def _of_design(inputs: Inputs) -> Iterator[Alert]:
    design = inputs.design
    if design.gate is not None:
        # without a model there is no variance inflation to speak of
        yield Alert("design_gate", "serious", reason=design.gate)
    elif design.n_informative < MIN_DONORS_FOR_DECISION:
        n_treated, n_vehicle = design.n_treated - len(design.silent_treated), design.n_vehicle - len(design.silent_vehicle)
        yield Alert("few_donors", "serious", {"n_treated": n_treated, "n_vehicle": n_vehicle})
    if design.gate is None and design.vif is not None and design.vif > MAX_VIF:
        yield Alert("confounded", "serious", {"vif": design.vif})
    for cap in design.caps if design.gate is None else ():
        yield Alert("capped", "serious", reason=cap)
    if design.dropped_profiles:
        yield Alert("dropped_profiles", "caution", items=design.dropped_profiles)
    if design.dropped_nuisance:
        yield Alert("dropped_nuisance", "note", items=design.dropped_nuisance)


def _of_samples(inputs: Inputs) -> Iterator[Alert]:
    codes = dict.fromkeys(code for sample in inputs.quality for code in sample.alerts)
    tested = tuple(row.claim.id for row in inputs.all_msc.claims if row.verdict != Verdict.NOT_TESTABLE)
    touched = () if len(tested) == len(inputs.all_msc.claims) else tested
    for code in codes:
        samples = tuple(sample.sample_id for sample in inputs.quality if code in sample.alerts)
        yield Alert(code, _SEVERITY_OF_SAMPLE.get(code, "caution"), items=samples, claims=touched)
