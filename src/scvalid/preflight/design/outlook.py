"""What each claim can come to on these data: decidable, only descriptive, or not testable; why, and what would repair it."""

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from pydantic import Field

from scvalid.contracts.claims import Claim
from scvalid.contracts.verdicts import MAX_VIF, MIN_DONORS_FOR_DECISION, Code, Reason
from scvalid.preflight.design.audit import size_of
from scvalid.preflight.design.model import DesignAudit
from scvalid.preflight.design.precision import donors_to_add, donors_to_show_none, kind_of, percent
from scvalid.preflight.design.repair import repair_of_claim, repair_of_design, repair_of_equivalence, repair_of_precision
from scvalid.preflight.design.statements import said
from scvalid.settings import Frozen
from scvalid.stats.power import chance_of_equivalence
from scvalid.submission import Submission, caps_of_records
from scvalid.verdicts.compute.covariates import caps_of_covariates, reason_of_aliasing
from scvalid.verdicts.compute.decision import nearly_confounded

Word: TypeAlias = Literal["decidable", "only descriptive", "not testable"]
ENOUGH = 0.8
"""Chance at which a verdict is counted on."""


class Outlook(Frozen):
    """What one claim can come to."""

    claim_id: str = Field(description="Id of the claim.")
    outlook: Word = Field(
        description="decidable; only descriptive: no verdict can be decisive; not testable: the claim, its context or "
        "confounding forbids a test."
    )
    codes: tuple[Code, ...] = Field((), description="Codes of the reasons that verdicts have, too.")
    reasons: tuple[str, ...] = Field((), description="Why, for a person.")
    repair: tuple[str, ...] = Field((), description="What would repair it, for a person.")


def outlook_of_claims(submission: Submission, audit: DesignAudit) -> tuple[Outlook, ...]:
    """Return the outlook of each claim, in the order of the claims.

    Parameters
    ----------
    submission
        The submission.
    audit
        The audit of its design; metadata that a verdict waits for are looked up in the submission.
    """
    caps = caps_of_records(submission)
    of_design = tuple(_reasons_of_design(audit))
    repair = tuple(repair_of_design(audit, submission)) if of_design else ()
    repair += tuple(
        f"State {cap.values['fields']}, in the sample sheet or the config." for cap in caps if "fields" in cap.values
    )
    return tuple(_outlook(claim, submission, audit, (*of_design, *caps), repair) for claim in submission.claims.claims)


def _outlook(
    claim: Claim, submission: Submission, audit: DesignAudit, limits: Sequence[Reason], repair: tuple[str, ...]
) -> Outlook:
    gate = audit.claim_gates.get(claim.id)
    if gate is not None:
        helped = repair_of_claim(gate, audit.related_claims.get(claim.id, ()))
        return Outlook(claim_id=claim.id, outlook="not testable", codes=(gate.code,), reasons=(said(gate),), repair=helped)
    codes = tuple(reason.code for reason in limits)
    word: Word = "not testable" if Code.TREATMENT_CONFOUNDED in codes else "only descriptive" if codes else "decidable"
    # what makes a verdict possible comes first; what makes it precise is asked for once it is
    reasons, steps = (tuple(map(said, limits)), repair) if codes else _doubts_of_precision(claim, submission, audit)
    return Outlook(claim_id=claim.id, outlook=word, codes=codes, reasons=reasons, repair=steps)


def _reasons_of_design(audit: DesignAudit) -> Iterator[Reason]:
    """Yield why no verdict on these data is decisive, as the verdicts will say it."""
    if audit.gate is not None:
        yield audit.gate
    elif audit.n_informative < MIN_DONORS_FOR_DECISION:
        yield Reason(code=Code.TOO_FEW_DONORS, values={"n": audit.n_informative})
    if audit.vif is not None and audit.vif > MAX_VIF:
        yield nearly_confounded(audit.vif, audit.nuisance)
    aliasing = reason_of_aliasing(audit.covariates)
    if aliasing is not None:
        yield aliasing
    yield from caps_of_covariates(audit.covariates)


def _doubts_of_precision(claim: Claim, submission: Submission, audit: DesignAudit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return why an effect may be missed although a verdict is possible, and how many donors would help."""
    kind = kind_of(claim)
    size, bounds = size_of(submission, audit), submission.config.verdicts
    found = next((p for p in audit.precision if p.kind == kind and p.assumption == "typical"), None)
    if size is None or found is None:
        return (), ()
    delta = claim.threshold or bounds.delta
    if claim.primary.direction == "no_change":
        chance = chance_of_equivalence(found.se, found.df, delta=delta)
        if chance >= ENOUGH:
            return (), ()
        step = repair_of_equivalence(donors_to_show_none(size, kind, delta=delta), audit, delta=delta)
        return (f"If there is no effect, that can be shown in {percent(chance)} of cases.",), (step,)
    n_claims = 1 if claim.is_control else audit.n_claims
    mde = found.mde if claim.is_control else found.mde_of_family
    if mde <= delta:
        return (), ()
    n = donors_to_add(size, kind, delta=delta, alpha=bounds.alpha, n_claims=n_claims)
    among = f", as one of {n_claims} claims," if n_claims > 1 else ""
    at = "with 80 % power at typical variation of donors"
    reason = f"This design can show an effect of {mde:.2f} log2 or more{among} {at}; {delta:g} was asked."
    return (reason,), (repair_of_precision(n, audit, kind, delta=delta),)
