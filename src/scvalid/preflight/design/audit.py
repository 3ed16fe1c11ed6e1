"""The audit of a design, from the sample sheet alone."""

from collections.abc import Mapping
from pathlib import Path

from scvalid.contracts.verdicts import DesignFacts
from scvalid.keys import Obs
from scvalid.pathways.compute.facts import facts_of
from scvalid.preflight.design import statements
from scvalid.preflight.design.arms import Layout, arm_of, donors_of_one_arm, lay_out, pairs_of, recorded_of, summed_samples
from scvalid.preflight.design.claims import gates_of_claims, related_claims
from scvalid.preflight.design.model import DesignAudit
from scvalid.preflight.design.precision import Precision, Size, kind_of, precision_of
from scvalid.preflight.design.prior import CELLS, DEPTH, SPREADS
from scvalid.submission import Submission
from scvalid.verdicts.compute.covariates import audit_covariates, with_covariates


def audit_design(
    submission: Submission,
    *,
    resources: Path | None = None,
    n_cells: Mapping[str, int] | None = None,
    depth: Mapping[str, float] | None = None,
    genes: Mapping[str, frozenset[str]] | None = None,
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
    depth
        Sample id -> counts of one of its cells, mean, where they are known.
    genes
        Sample id -> genes of its file by their symbols of today, where they are known.
    """
    design, samples = submission.config.design, submission.samples
    layout = lay_out(submission, n_cells=n_cells)
    facts = facts_of(layout.comparison, "", design, n_genes_measured=0, n_genes=0)
    gates = gates_of_claims(submission, resources=resources, genes=genes)
    n_claims = max(1, sum(not claim.is_control and claim.id not in gates for claim in submission.claims.claims))
    matrix = layout.comparison.design
    audit = DesignAudit(
        treated=arm_of(design.treated, layout, samples),
        vehicle=arm_of(design.vehicle, layout, samples),
        other_arms=tuple(sorted({sample.arm for sample in samples} - design.named_arms)),
        is_paired=facts.is_paired,
        pairs=pairs_of(layout, design),
        one_arm_donors=donors_of_one_arm(layout, design),
        left_out=facts.dropped_profiles,
        silent=(
            *(f"{donor} / {design.treated}" for donor in facts.silent_treated),
            *(f"{donor} / {design.vehicle}" for donor in facts.silent_vehicle),
        ),
        n_informative=facts.n_informative,
        summed=summed_samples(layout, samples, design),
        rank=matrix.x.shape[1] if matrix else 0,
        df=facts.df,
        vif=facts.vif,
        nuisance=facts.nuisance,
        dropped_nuisance=facts.dropped_nuisance,
        gate=facts.gate,
        covariates=audit_covariates(recorded_of(submission), facts),
        smallest_exact_p=facts.smallest_exact_p,
        counts_per_profile=_counts(submission, layout, n_cells or {}, depth or {}),
        n_claims=n_claims,
        precision=(),
        claim_gates=gates,
        related_claims=related_claims(submission, gates, resources=resources),
    )
    audit = audit.model_copy(update={"precision": _precision(submission, audit)})
    return audit.model_copy(update={"facts": statements.facts_of(audit), "warnings": statements.warnings_of(audit)})


def facts_of_design(submission: Submission, *, n_cells: Mapping[str, int] | None = None) -> DesignFacts:
    """Return the facts that verdicts will be reached under, covariates included, if cells are lost no more than is known."""
    comparison = lay_out(submission, n_cells=n_cells).comparison
    facts = facts_of(comparison, "", submission.config.design, n_genes_measured=0, n_genes=0)
    return with_covariates(facts, recorded_of(submission))


def size_of(submission: Submission, audit: DesignAudit) -> Size | None:
    """Return what the precision of a design depends on; None if nothing can be tested."""
    if audit.gate is not None or audit.vif is None:
        return None
    n_treated, n_vehicle = len(audit.treated.donors), len(audit.vehicle.donors)
    test = submission.config.pathways.primary_test
    counts = audit.counts_per_profile or CELLS * DEPTH
    return Size(n_treated, n_vehicle, is_paired=audit.is_paired, df=audit.df, vif=audit.vif, test=test, counts=counts)


def _counts(submission: Submission, layout: Layout, n_cells: Mapping[str, int], depth: Mapping[str, float]) -> float | None:
    """Return the harmonic mean of the counts of the compared profiles: counting errors are those of their inverse."""
    obs, samples, counts = layout.comparison.obs, submission.samples, []
    for key in zip(obs[Obs.DONOR].astype(str), obs[Obs.ARM].astype(str), strict=True):
        names = [samples[i].sample_id for i in layout.members[key]]
        counts.append(sum(n_cells.get(name, 0) * depth.get(name, 0.0) for name in names))
    return len(counts) / sum(1 / n for n in counts) if counts and all(counts) else None


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
