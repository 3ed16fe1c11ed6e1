"""The audit of a design, from the sample sheet alone."""

from collections.abc import Mapping
from pathlib import Path

from scvalid.contracts.verdicts import Reason
from scvalid.pathways.compute.facts import facts_of
from scvalid.preflight.design import statements
from scvalid.preflight.design.arms import arm_of, donors_of_one_arm, lay_out, pairs_of, summed_samples
from scvalid.preflight.design.claims import gates_of_claims, related_claims
from scvalid.preflight.design.covariates import Covariate, audit_covariates, reason_of_aliasing
from scvalid.preflight.design.model import DesignAudit
from scvalid.preflight.design.precision import Precision, Size, kind_of, precision_of
from scvalid.preflight.design.prior import SPREADS
from scvalid.submission import Submission


def audit_design(
    submission: Submission, *, resources: Path | None = None, n_cells: Mapping[str, int] | None = None
) -> DesignAudit:
    """Return what a design can show; no data file is opened.

    Parameters
    ----------
    submission
        The submission.
    resources
        Folder of the registered claims, gene sets and gene names; None leaves out what must be looked up there.
    n_cells
        Sample id -> number of its cells, where they are known: a donor x arm with too few is not used.
    """
    design, samples = submission.config.design, submission.samples
    layout = lay_out(submission, n_cells=n_cells)
    facts = facts_of(layout.comparison, "", design, n_genes_measured=0, n_genes=0)
    gates = gates_of_claims(submission, resources=resources)
    n_claims = max(1, sum(not claim.is_control and claim.id not in gates for claim in submission.claims.claims))
    matrix = layout.comparison.design
    audit = DesignAudit(
        treated=arm_of(design.treated, layout, samples),
        vehicle=arm_of(design.vehicle, layout, samples),
        other_arms=tuple(sorted({sample.arm for sample in samples} - {design.treated, design.vehicle})),
        is_paired=facts.is_paired,
        pairs=pairs_of(layout, design),
        one_arm_donors=donors_of_one_arm(layout, design),
        left_out=facts.dropped_profiles,
        summed=summed_samples(layout, samples, design),
        rank=matrix.x.shape[1] if matrix else 0,
        df=facts.df,
        vif=facts.vif,
        nuisance=facts.nuisance,
        dropped_nuisance=facts.dropped_nuisance,
        gate=facts.gate,
        covariates=_covariates(submission),
        smallest_exact_p=facts.smallest_exact_p,
        n_claims=n_claims,
        precision=(),
        claim_gates=gates,
        related_claims=related_claims(submission, gates, resources=resources),
    )
    audit = audit.model_copy(update={"precision": _precision(submission, audit)})
    return audit.model_copy(update={"facts": statements.facts_of(audit), "warnings": statements.warnings_of(audit)})


def caps_of_design(submission: Submission) -> tuple[Reason, ...]:
    """Return why no claim can be tested: the treatment goes with something recorded that the model does not hold.

    That is a covariate of handling, donors or culture that is fully aliased with the treatment, within donors if they are
    paired. Dose and exposure belong to the treatment; a batch is in the model and gates it there.
    """
    reason = reason_of_aliasing(_covariates(submission))
    return () if reason is None else (reason,)


def size_of(submission: Submission, audit: DesignAudit) -> Size | None:
    """Return what the precision of a design depends on; None if nothing can be tested."""
    if audit.gate is not None or audit.vif is None:
        return None
    n_treated, n_vehicle = len(audit.treated.donors), len(audit.vehicle.donors)
    test = submission.config.pathways.primary_test
    return Size(n_treated, n_vehicle, is_paired=audit.is_paired, df=audit.df, vif=audit.vif, test=test)


def _precision(submission: Submission, audit: DesignAudit) -> tuple[Precision, ...]:
    size, bounds = size_of(submission, audit), submission.config.verdicts
    if size is None:
        return ()
    # of the kinds that are claimed and can be tested
    kinds = {kind_of(claim) for claim in submission.claims.claims if claim.id not in audit.claim_gates}
    return tuple(
        precision_of(size, kind, assumption, delta=bounds.delta, alpha=bounds.alpha, n_claims=audit.n_claims)
        for kind, assumption in SPREADS
        if kind in kinds
    )


def _covariates(submission: Submission) -> tuple[Covariate, ...]:
    """Hold what was recorded against the treatment; all profiles count, also those that turn out to have few cells."""
    config = submission.config
    may_differ = config.compound is None and config.treatment is not None
    layout = lay_out(submission)
    return audit_covariates(layout, submission.records, config.design, culture_may_differ=may_differ)
