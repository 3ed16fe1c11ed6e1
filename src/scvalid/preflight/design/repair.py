"""What would make a claim decidable: one concrete step for each reason."""

from collections.abc import Iterator, Sequence
from typing import Final

from scvalid.contracts.verdicts import MAX_VIF, MIN_DONORS_FOR_DECISION, Code, Reason
from scvalid.preflight.design.arms import listed
from scvalid.preflight.design.batches import one_batch
from scvalid.preflight.design.model import DesignAudit
from scvalid.preflight.design.precision import MOST_DONORS
from scvalid.preflight.design.prior import ReadoutKind
from scvalid.preflight.design.statements import name_of_type
from scvalid.submission import Submission

_NEEDED = f"{MIN_DONORS_FOR_DECISION} needed for a decisive verdict"
_HAND_IN: Final = {
    "cell_type": "Hand in {claimed}.",
    "species": "Hand in {claimed} cells.",
    "medium": "Hand in cells in {claimed} medium.",
    "induction": "Hand in cells under {claimed}.",
}
_OF_CLAIM: Final = {
    Code.NOT_TRANSCRIPT_LEVEL: "A claim on {type} cannot be seen in mRNA counts: test its target genes{example}.",
    Code.SET_NOT_INSTALLED: "Hand in the set {readout} as a file of the key gene_sets.",
    Code.NO_CERTAIN_ORTHOLOG: "Claim the gene of the data's own species that you take for {gene}, by its symbol there.",
    Code.PRESENCE_NOT_OFFERED: "Claim a change of {readout} in the treated cells.",
    Code.READOUT_NOT_OFFERED: "Claim a change of a gene or of a gene set in the treated cells.",
}


def repair_of_claim(gate: Reason, related: Sequence[str]) -> tuple[str, ...]:
    """Return what a lab could do about a claim that its data cannot decide; nothing helps a retracted source.

    Parameters
    ----------
    gate
        Why the claim cannot be tested.
    related
        Ids of testable claims of the same axis.
    """
    values = {name: str(value) for name, value in gate.values.items()}
    if gate.code == Code.CONTEXT_MISMATCH:
        is_unsaid = values["found"] == "not recorded"
        form = "Record context.{field}; the claim was made for {claimed}." if is_unsaid else _HAND_IN[values["field"]]
        return (form.format_map(values),)
    if gate.code == Code.NOT_TRANSCRIPT_LEVEL:
        values = {
            "type": name_of_type(values["type"]),
            "example": f", e.g. claim {' or '.join(related)}" if related else "",
        }
    return (_OF_CLAIM[gate.code].format_map(values),) if gate.code in _OF_CLAIM else ()


def repair_of_design(audit: DesignAudit, submission: Submission) -> Iterator[str]:
    """Yield what a lab could do about a design that decides nothing: arms, donors, cells, batches, covariates."""
    code = None if audit.gate is None else audit.gate.code
    if code == Code.TOO_FEW_CELLS:
        yield f"Hand in more cells of {listed(audit.left_out)}."
    else:
        yield from _of_donors(audit)
    if code == Code.NO_RESIDUAL_DF and _fewest(audit) >= MIN_DONORS_FOR_DECISION:
        yield "Add donors, or run the samples in fewer batches: the model has as many columns as profiles."
    if code == Code.TREATMENT_CONFOUNDED or (audit.vif or 1.0) > MAX_VIF or audit.silent:
        yield one_batch(submission)
    for covariate in audit.covariates:
        if covariate.forbids:
            yield f"Have each value of {covariate.name} in both arms ({covariate.levels} now)."
        elif covariate.caps:
            yield f"Let {covariate.name} overlap between the arms ({covariate.levels} now)."


def repair_of_precision(n: int | None, audit: DesignAudit, kind: ReadoutKind, *, delta: float) -> str:
    """Return how many donors more would show an effect of delta; None is more than anyone would add."""
    if n is None:
        instead = "ask for a larger effect" + (", or read out a gene set" if kind == "gene" else "")
        return f"No number of donors up to {MOST_DONORS} an arm would show {delta:g} log2: {instead}."
    return f"Add {_more(n, audit)} to reach an effect of {delta:g} log2 ({_now(audit)} now)."


def repair_of_equivalence(n: int | None, audit: DesignAudit, *, delta: float) -> str:
    """Return how many donors more would show that there is no effect of delta; None is more than anyone would add."""
    if n is None:
        instead = "allow a larger effect"
        return f"No number of donors up to {MOST_DONORS} an arm would show that {delta:g} log2 is not reached: {instead}."
    return f"Add {_more(n, audit)} to show in 80 % of cases that there is no effect of {delta:g} log2 ({_now(audit)} now)."


def _more(n: int, audit: DesignAudit) -> str:
    alone = f", or the other arm of {listed(audit.one_arm_donors)}" if audit.is_paired and audit.one_arm_donors else ""
    more = f"{_count(n)} paired {'donor' if n == 1 else 'donors'}" if audit.is_paired else f"{_donors(n)} to each arm"
    return more + alone


def _now(audit: DesignAudit) -> str:
    return f"{len(audit.treated.donors)} and {len(audit.vehicle.donors)}"


def _fewest(audit: DesignAudit) -> int:
    return min(len(audit.treated.donors), len(audit.vehicle.donors))


def _of_donors(audit: DesignAudit) -> Iterator[str]:
    if audit.vehicle.n_samples and audit.treated.n_samples:
        if _fewest(audit) < MIN_DONORS_FOR_DECISION:
            yield _more_donors(audit)
        return
    missing, present = ("treated", audit.vehicle) if audit.vehicle.n_samples else ("vehicle", audit.treated)
    yield f"Add {missing} samples of the same donors ({len(present.donors)} now, {_NEEDED})."
    if len(present.donors) < MIN_DONORS_FOR_DECISION:
        yield f"Add {_donors(MIN_DONORS_FOR_DECISION - len(present.donors))} with a vehicle and a treated sample."


def _more_donors(audit: DesignAudit) -> str:
    n_treated, n_vehicle = len(audit.treated.donors), len(audit.vehicle.donors)
    if audit.pairs and audit.one_arm_donors:
        return f"Add the sample that is missing in the other arm of {listed(audit.one_arm_donors)}{_then(audit)}."
    lack = [max(0, MIN_DONORS_FOR_DECISION - n) for n in (n_treated, n_vehicle)]
    if audit.is_paired:
        return f"Add {_donors(max(lack))} with a vehicle and a treated sample ({n_treated} now, {_NEEDED})."
    if lack[0] == lack[1]:
        return f"Add {_donors(lack[0])} to each arm ({n_treated} now, {_NEEDED})."
    arms = [("treated", lack[0], n_treated), ("vehicle", lack[1], n_vehicle)]
    steps = [f"{_donors(need)} to the {name} arm ({now} now, {_NEEDED})" for name, need, now in arms if need]
    return f"Add {' and '.join(steps)}."


def _then(audit: DesignAudit) -> str:
    """Say what pairs there would be once no donor lacks an arm, and how many are lacking even then."""
    n_pairs = len(audit.pairs) + len(audit.one_arm_donors)
    lack = MIN_DONORS_FOR_DECISION - n_pairs
    return f", and {_donors(lack)} with both" if lack > 0 else f": {n_pairs} pairs then, {_NEEDED}"


def _donors(n: int) -> str:
    return f"{_count(n)} donor{'' if n == 1 else 's'}"


def _count(n: int) -> str:
    return "one" if n == 1 else str(n)
