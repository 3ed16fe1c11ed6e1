"""The file of verdicts: for each claim and state the verdict, its reasons, and every number it was reached with."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field

from scvalid.contracts.claims import Claim
from scvalid.contracts.readouts import Direction, Readout, Role
from scvalid.settings import Frozen

MIN_DONORS_FOR_DECISION = 3
"""With fewer donors in an arm no verdict is decisive."""
MAX_VIF = 5.0
"""Above this variance inflation treatment and nuisance can hardly be told apart, and no verdict is decisive."""


class Verdict(StrEnum):
    """The five verdicts."""

    SUPPORTED = "SUPPORTED"
    CONTRADICTED = "CONTRADICTED"
    NO_RELEVANT_EFFECT = "NO_RELEVANT_EFFECT"
    INCONCLUSIVE = "INCONCLUSIVE"
    NOT_TESTABLE = "NOT_TESTABLE"


class Code(StrEnum):
    """Why a verdict is what it is; the report's catalogue has one sentence for each."""

    # decisive
    EFFECT_AS_REGISTERED = "EFFECT_AS_REGISTERED"
    EFFECT_OF_EITHER_SIGN = "EFFECT_OF_EITHER_SIGN"
    EFFECT_OPPOSITE = "EFFECT_OPPOSITE"
    EFFECT_THOUGH_NONE_REGISTERED = "EFFECT_THOUGH_NONE_REGISTERED"
    EQUIVALENT_TO_NONE = "EQUIVALENT_TO_NONE"
    # inconclusive
    IMPRECISE = "IMPRECISE"
    NOT_ROBUST = "NOT_ROBUST"
    SINGLE_DONOR_DRIVES = "SINGLE_DONOR_DRIVES"
    BELOW_FLOOR = "BELOW_FLOOR"
    NOT_SIGNIFICANT = "NOT_SIGNIFICANT"
    TOO_FEW_DONORS = "TOO_FEW_DONORS"
    NEARLY_CONFOUNDED = "NEARLY_CONFOUNDED"
    UNSTATED_METADATA = "UNSTATED_METADATA"
    PART_CONTRADICTED = "PART_CONTRADICTED"
    PART_NOT_TESTABLE = "PART_NOT_TESTABLE"
    # not testable
    NOT_TRANSCRIPT_LEVEL = "NOT_TRANSCRIPT_LEVEL"
    READOUT_NOT_OFFERED = "READOUT_NOT_OFFERED"
    PRESENCE_NOT_OFFERED = "PRESENCE_NOT_OFFERED"
    SET_NOT_INSTALLED = "SET_NOT_INSTALLED"
    CONTEXT_MISMATCH = "CONTEXT_MISMATCH"
    RETRACTED_SOURCE = "RETRACTED_SOURCE"
    TREATMENT_CONFOUNDED = "TREATMENT_CONFOUNDED"
    NO_VEHICLE_ARM = "NO_VEHICLE_ARM"
    NO_RESIDUAL_DF = "NO_RESIDUAL_DF"
    ONE_DONOR = "ONE_DONOR"
    TOO_FEW_CELLS = "TOO_FEW_CELLS"
    COPIED_PROFILES = "COPIED_PROFILES"
    GENE_NOT_MEASURED = "GENE_NOT_MEASURED"
    NO_CERTAIN_ORTHOLOG = "NO_CERTAIN_ORTHOLOG"
    GENE_BELOW_DETECTION = "GENE_BELOW_DETECTION"
    SET_MOSTLY_NOT_MEASURED = "SET_MOSTLY_NOT_MEASURED"
    SET_MOSTLY_NOT_EXPRESSED = "SET_MOSTLY_NOT_EXPRESSED"
    SET_IS_ITS_BACKGROUND = "SET_IS_ITS_BACKGROUND"


INCONCLUSIVE_CODES = frozenset(list(Code)[list(Code).index(Code.IMPRECISE) : list(Code).index(Code.NOT_TRANSCRIPT_LEVEL)])
"""Codes that keep a verdict from being decisive."""
NOT_TESTABLE_CODES = frozenset(list(Code)[list(Code).index(Code.NOT_TRANSCRIPT_LEVEL) :])
"""Codes of what cannot be tested at all."""


class Flag(StrEnum):
    """A caution that does not change the verdict."""

    SMALL = "SMALL"
    TRACE = "TRACE"
    SMALL_SET = "SMALL_SET"
    LOW_COVERAGE = "LOW_COVERAGE"
    VARIANCE_FALLBACK = "VARIANCE_FALLBACK"


class Reason(Frozen):
    """One reason: its code, and what the sentence for that code is filled with."""

    code: Code
    values: Mapping[str, str | int | float] = Field(default_factory=dict)


class DonorValue(Frozen):
    """The read-out's value (set score, or log2 CPM of a gene) in one pseudobulk profile."""

    donor_id: str
    arm: str
    value: float


class Evidence(Frozen):
    """The ladder of numbers under one verdict. Effects are mean signed log2 fold changes, treated over vehicle."""

    theta: float
    se: float
    df: float
    low90: float
    high90: float
    low95: float
    high95: float
    p_donor: float
    p_plain: float
    p_matched: float | None
    p: float
    q: float
    floor: float
    matched_sd: float | None
    rho: float | None
    lodo_low: float
    lodo_high: float
    lodo_donor: str
    ulm_effect: float | None
    mde: float
    n_genes_set: int
    n_genes_expressed: int
    weight_measured: float
    weight_expressed: float
    donor_values: tuple[DonorValue, ...]


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
    registration: str
    """sha256 over the files of claims, which of them are tested, and the settings: what was fixed before the data were read."""
    claims: tuple[ClaimVerdict, ...]
    design: DesignFile
