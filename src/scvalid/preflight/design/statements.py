"""What an audit of a design found, in sentences."""

from scvalid.contracts.verdicts import MAX_VIF, MIN_DONORS_FOR_DECISION, Code, Reason
from scvalid.keys import Obs
from scvalid.preflight.design.arms import listed
from scvalid.preflight.design.model import DesignAudit
from scvalid.reporting.catalogue import load_catalogue
from scvalid.reporting.wording import say_reason
from scvalid.verdicts.compute.decision import nearly_confounded


def said(reason: Reason) -> str:
    """Return the sentence for a reason, as the report will say it."""
    return say_reason(load_catalogue("en"), reason)


def name_of_type(readout_type: str) -> str:
    """Return what the report calls a type of read-out."""
    catalogue, key = load_catalogue("en"), f"type.{readout_type}"
    return catalogue.text(key) if key in catalogue else readout_type


def facts_of(audit: DesignAudit) -> tuple[str, ...]:
    """Return what the design is and can show."""
    arms = f"{listed([audit.treated.name])} v {listed([audit.vehicle.name])}"
    n_treated, n_vehicle = len(audit.treated.donors), len(audit.vehicle.donors)
    if audit.is_paired:
        facts = [f"{arms}: {_donors(n_treated)} in both arms, compared in pairs; {_degrees(audit.df)}."]
    else:
        of_arms = f"{n_treated} treated and {n_vehicle} vehicle donor{'' if n_vehicle == 1 else 's'}"
        facts = [f"{arms}: {of_arms}, not compared in pairs; {_degrees(audit.df)}."]
    if audit.vif is not None and audit.nuisance not in ((), (Obs.DONOR,)):
        facts.append(f"The model holds {', '.join(audit.nuisance)} beside the treatment (variance inflation {audit.vif:.1f}).")
    if audit.dropped_nuisance:
        facts.append(f"{', '.join(audit.dropped_nuisance)} adds nothing to the model and is left out; that is no fault.")
    if audit.other_arms:
        facts.append(f"Other arms are not compared: {listed(audit.other_arms)}.")
    if audit.smallest_exact_p is not None and audit.gate is None:
        facts.append(
            f"The smallest p value that an exact permutation of the donors could reach is {audit.smallest_exact_p:.3g}."
        )
    return (*facts, *(precision.text for precision in audit.precision))


def warnings_of(audit: DesignAudit) -> tuple[str, ...]:
    """Return what speaks against the design."""
    found = [_of_gate(audit)] if audit.gate is not None else _of_numbers(audit)
    if audit.silent:
        found.append(f"The batch takes up all that {listed(audit.silent)} could say on the treatment: it does not count.")
    found += [
        f"Samples {listed(own.samples)} are one donor in one arm ({listed([own.donor])} / {listed([own.arm])}): "
        "their cells are summed and count once."
        for own in audit.summed
    ]
    if audit.is_paired and audit.left_out:
        found.append(f"Left out, for the other half of the pair is missing or too small: {listed(audit.left_out)}.")
    elif audit.left_out:
        found.append(f"Left out, with too few cells: {listed(audit.left_out)}.")
    if audit.pairs and not audit.is_paired and audit.one_arm_donors:
        found.append(
            f"{listed(audit.pairs)} stand in both arms, but are taken for different donors: a comparison in pairs needs "
            "all donors, or at least three, in both arms."
        )
    return (*found, *(covariate.text for covariate in audit.covariates if covariate.text))


def _of_gate(audit: DesignAudit) -> str:
    if audit.gate is None:
        return ""
    if audit.treated.n_samples == 0:
        return f"Nothing can be compared: no sample is in the treated arm, {listed([audit.treated.name])}."
    lead = "Nothing can be compared: " if audit.gate.code == Code.NO_VEHICLE_ARM else "Nothing can be tested: "
    text = said(audit.gate)
    return lead + text[0].lower() + text[1:]


def _of_numbers(audit: DesignAudit) -> list[str]:
    found = []
    if audit.n_informative < MIN_DONORS_FOR_DECISION:
        found.append(said(Reason(code=Code.TOO_FEW_DONORS, values={"n": audit.n_informative})))
    if audit.vif is not None and audit.vif > MAX_VIF:
        found.append(said(nearly_confounded(audit.vif, audit.nuisance)))
    return found


def _donors(n: int) -> str:
    return f"{n} donor{'' if n == 1 else 's'}"


def _degrees(df: int) -> str:
    return f"{df} residual degree{'' if df == 1 else 's'} of freedom"
