"""The file of verdicts: for each claim and state the verdict, its reasons, and every number it was reached with."""

from typing import Literal

from scvalid.contracts.claims import Claim
from scvalid.contracts.readouts import Direction, Readout, Role
from scvalid.contracts.verdicts.codes import Flag, Reason, Verdict
from scvalid.contracts.verdicts.controls import RunControls
from scvalid.contracts.verdicts.evidence import Evidence
from scvalid.keys import Kind
from scvalid.settings import Frozen


class PartVerdict(Frozen):
    """The verdict on one part of a claim in one state; ``evidence`` is absent if a gate stopped it before any p value."""

    state: str
    readout: Readout
    direction: Direction
    role: Role
    verdict: Verdict
    reasons: tuple[Reason, ...]
    flags: tuple[Flag, ...] = ()
    evidence: Evidence | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """State, kind and name of the read-out as the data have it; parts that share it are one test of their family."""
        kind = Kind.GENE if self.readout.type == "gene" else Kind.SET
        return self.state, kind, (self.evidence.measured_as if self.evidence else "") or self.readout.id


class ClaimVerdict(Frozen):
    """The verdict on one claim in one state, and on each of its parts (the primary one first)."""

    claim: Claim
    registration: str
    """sha256 of the file of claims that it stands in."""
    state: str
    delta: float
    verdict: Verdict
    reasons: tuple[Reason, ...]
    parts: tuple[PartVerdict, ...]


class DesignFacts(Frozen):
    """What the design of one state allows; ``gate`` names the reason why nothing can be tested, if there is one."""

    state: str
    gate: Reason | None
    is_paired: bool
    n_treated: int
    n_vehicle: int
    donors_treated: tuple[str, ...]
    donors_vehicle: tuple[str, ...]
    df: int
    vif: float | None
    """Variance inflation of the treatment by nuisance; None where the treatment cannot be estimated."""
    nuisance: tuple[str, ...]
    dropped_nuisance: tuple[str, ...]
    dropped_profiles: tuple[str, ...]
    smallest_exact_p: float | None
    n_genes: int
    n_genes_measured: int
    silent_treated: tuple[str, ...] = ()
    """Donors of the treated arm without weight in the effect: a nuisance factor takes up all that they say."""
    silent_vehicle: tuple[str, ...] = ()
    caps: tuple[Reason, ...] = ()
    """Why no verdict is decisive, although a test is possible."""

    @property
    def n_informative(self) -> int:
        """Donors that say something on the treatment, in the arm that has fewer of them."""
        return min(self.n_treated - len(self.silent_treated), self.n_vehicle - len(self.silent_vehicle))


class DesignFile(Frozen):
    """Design facts of every state of one grouping."""

    grouping: Literal["all_msc", "by_state"]
    states: tuple[DesignFacts, ...]


class VerdictsFile(Frozen):
    """All verdicts of one grouping, in the order in which the claims were named, then of the states."""

    schema_version: Literal["1"] = "1"
    grouping: Literal["all_msc", "by_state"]
    contrast: str | None = None
    """Name of the further contrast that was judged; None for the headline comparison."""
    registration: str
    """sha256 over the files of claims, which of them are tested, and the settings: what was fixed before the data were read."""
    claims: tuple[ClaimVerdict, ...]
    design: DesignFile
    controls: RunControls | None = None
    """What this run found of its own error rates; absent by state and for further contrasts."""
