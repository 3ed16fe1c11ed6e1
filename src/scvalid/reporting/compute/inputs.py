"""Everything the report is made of, as one value."""

from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd
from pydantic import ConfigDict, Field

from scvalid.contracts.quality import ClusteringSummary, IntegrationSummary, SampleSummary, Truth, TruthFile
from scvalid.contracts.readouts import NAMES_A_SET, Readout
from scvalid.contracts.resources import Status
from scvalid.contracts.verdicts import BeyondFile, ClaimVerdict, DesignFacts, VerdictsFile
from scvalid.settings import Context, Design, Frozen

SetStatus = Status | Literal["submitted"]
"""How far a gene set can be trusted: as the registry has it, or submitted by the lab."""
TO_REVIEW: Final[SetStatus] = "curated - to review"
"""Status of a set that this project made and nobody has reviewed."""


class _Told(Frozen):
    """Part of the submission as the report is told it; what the report does not show is passed over."""

    model_config = ConfigDict(extra="ignore")


class Compound(_Told):
    """The compound and how it was given, as typed."""

    name: str
    name_zh: str | None = None
    inchikey: str | None = None
    dose: str | int | float | None = None
    exposure: str | int | float | None = None
    vehicle: str | None = None


class SampleRow(_Told):
    """One row of the sample sheet."""

    sample_id: str
    donor_id: str
    arm: str
    batch_id: str = ""
    path: str


class GeneSetFile(_Told):
    """One file of gene sets and where it comes from."""

    file: str
    sha256: str
    licence: str | None = None
    citation: str | None = None
    source: str | None = None


class Submitted(_Told):
    """The submission that was run."""

    dataset: str
    title: str | None = None
    seed: int
    context: Context
    compound: Compound | None = None
    treatment: str | None = None
    design: Design
    samples: tuple[SampleRow, ...]
    settings: dict[str, dict[str, Any]] = Field(default_factory=dict)
    versions: dict[str, str] = Field(default_factory=dict)
    fingerprints: dict[str, str] = Field(default_factory=dict)
    gene_sets: tuple[GeneSetFile, ...] = ()
    set_status: dict[str, SetStatus] = Field(default_factory=dict)
    """Every registered set of the species and every set of the lab."""
    is_simulated: bool = False


@dataclass(frozen=True)
class Inputs:
    """What every stage left for the report."""

    submitted: Submitted
    all_msc: VerdictsFile
    by_state: VerdictsFile
    quality: tuple[SampleSummary, ...]
    integration: IntegrationSummary
    clustering: ClusteringSummary
    states: pd.DataFrame
    markers: pd.DataFrame
    set_effects: pd.DataFrame
    truth: TruthFile | None = None
    composition: pd.DataFrame | None = None
    trends: pd.DataFrame | None = None
    contrasts: tuple[VerdictsFile, ...] = ()
    beyond: tuple[BeyondFile, ...] = ()

    @property
    def design(self) -> DesignFacts:
        """The design of all cells together."""
        return self.all_msc.design.states[0]

    def planted(self, claim_id: str) -> Truth | None:
        """Return the planted truth of one claim, if the data are simulated and it was planted."""
        rows = self.truth.claims if self.truth else ()
        return next((row for row in rows if row.claim_id == claim_id), None)

    def states_of(self, claim_id: str) -> tuple[ClaimVerdict, ...]:
        """Return the verdicts on one claim within each state."""
        return tuple(row for row in self.by_state.claims if row.claim.id == claim_id)

    def set_status(self, readout: Readout) -> SetStatus | None:
        """Return how far the gene set of a read-out can be trusted; None if it names no set, or one that is not installed."""
        return self.submitted.set_status.get(readout.id) if readout.type in NAMES_A_SET else None

    def source_sha256(self, sample_id: str) -> str | None:
        """Return the checksum of the file that a sample came from, if it was read."""
        return next((row.source_sha256 for row in self.quality if row.sample_id == sample_id), None)
