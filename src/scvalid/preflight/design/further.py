"""What further contrasts and series of a design can show, by the code that audits the headline comparison."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from scvalid.contracts.verdicts import Reason
from scvalid.errors import shown
from scvalid.pathways.compute.trends.series import choose_series
from scvalid.preflight.design.arms import listed, profiles_of
from scvalid.preflight.design.audit import audit_design
from scvalid.preflight.design.model import DesignAudit
from scvalid.preflight.design.outlook import Outlook, outlook_of_claims
from scvalid.preflight.design.statements import said
from scvalid.settings import Contrast, Frozen, Series
from scvalid.submission import Submission, as_contrast, caps_of_records

_WORDS = ("decidable", "only descriptive", "not testable")


class ContrastAudit(Frozen):
    """What one further contrast can show."""

    name: str = Field(description="Name of the contrast.")
    treated: str = Field(description="Arm that is compared.")
    vehicle: str = Field(description="Arm that it is compared with.")
    beyond: tuple[str, ...] = Field((), description="Contrasts that its claims must hold in too.")
    is_paired: bool = Field(description="Whether donors are blocked.")
    n_treated: int = Field(description="Donors of the treated arm.")
    n_vehicle: int = Field(description="Donors of the vehicle arm.")
    n_informative: int = Field(description="Donors that say something on the treatment, in the arm with fewer of them.")
    df: int = Field(description="Residual degrees of freedom.")
    gate: Reason | None = Field(description="Why nothing can be tested; null if it can.")
    caps: tuple[Reason, ...] = Field((), description="Columns that are not stated of its samples and that verdicts wait for.")
    claims: tuple[Outlook, ...] = Field(description="What each of its claims can come to.")
    facts: tuple[str, ...] = Field((), description="What it can show, for a person.")
    warnings: tuple[str, ...] = Field((), description="What speaks against it, for a person.")


class SeriesAudit(Frozen):
    """What one series of doses or times can show."""

    name: str = Field(description="Name of the series.")
    kind: Literal["dose", "time"] = Field(description="What its levels are.")
    levels: tuple[float, ...] = Field(description="Levels that samples have, lowest first.")
    n_donors: tuple[int, ...] = Field(description="Donors at each of them.")
    is_blocked: bool = Field(description="Whether donors are blocked.")
    left_out: tuple[str, ...] = Field((), description="Donors of one arm alone, which a blocked design learns nothing from.")
    df: int = Field(description="Residual degrees of freedom of the trend.")
    is_testable: bool = Field(description="Whether a trend can be tested.")
    text: str = Field(description="What it can show, or why nothing, for a person.")


def audit_contrasts(
    submission: Submission,
    *,
    resources: Path | None = None,
    n_cells: Mapping[str, int] | None = None,
    depth: Mapping[str, float] | None = None,
    genes: Mapping[str, frozenset[str]] | None = None,
) -> tuple[ContrastAudit, ...]:
    """Return what each further contrast can show; the parameters are those of ``audit_design``."""
    known = {"resources": resources, "n_cells": n_cells, "depth": depth, "genes": genes}
    found = []
    for contrast in submission.config.design.contrasts:
        own = as_contrast(submission, contrast.name)
        audit = audit_design(own, **known)  # type: ignore[arg-type]
        found.append(_audit_of(contrast, audit, own))
    return tuple(found)


def audit_series(submission: Submission, *, n_cells: Mapping[str, int] | None = None) -> tuple[SeriesAudit, ...]:
    """Return what each series can show.

    Parameters
    ----------
    submission
        The submission.
    n_cells
        Sample id -> number of its cells, where they are known: a donor x arm with too few is not used.
    """
    profiles, design = profiles_of(submission, n_cells=n_cells), submission.config.design
    found = []
    for series in design.series:
        own = choose_series(profiles, series, pairing=design.pairing)
        audit = SeriesAudit(
            name=series.name,
            kind=series.kind,
            levels=own.levels,
            n_donors=own.n_donors,
            is_blocked=own.is_blocked,
            left_out=own.left_out,
            df=own.df,
            is_testable=not own.gate,
            text=f"Series {shown(series.name)}: no trend can be tested, for {own.gate}." if own.gate else "",
        )
        found.append(audit if own.gate else audit.model_copy(update={"text": _text_of(series, audit)}))
    return tuple(found)


def _audit_of(contrast: Contrast, audit: DesignAudit, submission: Submission) -> ContrastAudit:
    claims, caps = outlook_of_claims(submission, audit), caps_of_records(submission)
    lead = f"Contrast {shown(contrast.name)}"
    facts = [f"{lead}: {audit.facts[0]}", f"{lead}: {_count_of(claims)}."]
    if contrast.beyond:
        facts.append(f"{lead}: its claims are judged beyond {listed(contrast.beyond)} too: they must hold in each.")
    return ContrastAudit(
        name=contrast.name,
        treated=contrast.treated,
        vehicle=contrast.vehicle,
        beyond=contrast.beyond,
        is_paired=audit.is_paired,
        n_treated=len(audit.treated.donors),
        n_vehicle=len(audit.vehicle.donors),
        n_informative=audit.n_informative,
        df=audit.df,
        gate=audit.gate,
        caps=caps,
        claims=claims,
        facts=tuple(facts),
        warnings=tuple(f"{lead}: {text}" for text in (*audit.warnings, *map(said, caps))),
    )


def _count_of(claims: tuple[Outlook, ...]) -> str:
    n = {word: sum(claim.outlook == word for claim in claims) for word in _WORDS}
    parts = ", ".join(f"{count} {word}" for word, count in n.items() if count)
    return f"of {len(claims)} claim{'' if len(claims) == 1 else 's'} {parts}"


def _text_of(series: Series, audit: SeriesAudit) -> str:
    levels = ", ".join(f"{level:g} ({n})" for level, n in zip(audit.levels, audit.n_donors, strict=True))
    blocked = "blocked by donor" if audit.is_blocked else "not blocked by donor"
    parts = [f"Series {shown(series.name)}: a trend over {len(audit.levels)} {series.kind}s, donors in brackets: {levels}"]
    parts.append(f"{blocked}; {audit.df} residual degree{'' if audit.df == 1 else 's'} of freedom")
    return "; ".join([*parts, *_asides(series, audit)]) + "."


def _asides(series: Series, audit: SeriesAudit) -> Iterator[str]:
    if audit.left_out:
        yield f"left out, for they have one of its arms alone: {listed(audit.left_out)}"
    if lost := [f"{level:g}" for level in series.levels if level not in audit.levels]:
        yield f"no samples at {', '.join(lost)}"
    if series.kind == "time" and series.vehicle is None:
        yield "no vehicle arms of the same times, so that time itself is part of the trend"
