"""What a run found of its own error rates: permuted labels, planted effects, the vehicle arm against itself."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

from pydantic import Field

from scvalid.settings import Frozen

MAX_FALSE_RATE: Final = 0.02
"""Bound on the share of decisive verdicts under permuted labels where the family is large (``PermutedLabels.bound``)."""

MIN_PAIRS: Final = 6
MIN_DONORS: Final = 4
"""Pairs, or donors in each arm, below which permuted labels say too little of a rate."""
MIN_LABELLINGS: Final = 31
"""Other labellings, of two that mirror each other one, below which they say too little of it: what six pairs have."""
MIN_SPLIT: Final = 2
"""Vehicle donors in each half of a split."""
MIN_SPLITS: Final = 6
"""Splits below which they say too little of a rate; four donors have three, five have ten."""
MIN_SPLIT_DONORS: Final = 5
"""Vehicle donors that have as many."""


class Obstacle(StrEnum):
    """Why a control cannot be estimated; the report's catalogue has one sentence for each."""

    NO_CLAIM_TESTED = "NO_CLAIM_TESTED"
    FEW_PAIRS = "FEW_PAIRS"
    FEW_DONORS = "FEW_DONORS"
    NEVER_DECISIVE = "NEVER_DECISIVE"
    ALL_DECISIVE = "ALL_DECISIVE"
    FEW_LABELLINGS = "FEW_LABELLINGS"
    FEW_VEHICLE_DONORS = "FEW_VEHICLE_DONORS"
    FEW_SPLITS = "FEW_SPLITS"
    NO_SET_SCORED = "NO_SET_SCORED"


class Hindrance(Frozen):
    """Why a control cannot be estimated: the code, and the numbers that its sentence is filled with."""

    code: Obstacle
    values: Mapping[str, int] = Field(default_factory=dict, description="n: what there is; needed: what it takes.")


class PermutedLabels(Frozen):
    """The whole rule under permuted donor labels."""

    status: Literal["estimated", "not_estimable"]
    why: Hindrance | None = Field(None, description="Why the rate cannot be estimated.")
    n_permutations: int = 0
    n_claims: int = 0
    """Claims whose rate is estimated: the testable ones that are not decisive under the true labels."""
    n_decisive: int = 0
    """Decisive verdicts on them over all permutations."""
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    """95 % interval of the rate."""
    rate_of_all: float | None = None
    """The same over all testable claims, those that are decisive under the true labels included."""
    bound: float = Field(
        MAX_FALSE_RATE,
        description="Bound on the rate: .02, or alpha over the number of read-outs in the primary family if that is more, "
        "which is what the rule promises where nothing moves.",
    )
    is_exceeded: bool = False
    """Whether the lower end of the interval lies above the bound."""


class VehicleSplits(Frozen):
    """Vehicle donors against vehicle donors: every p value is of a true null."""

    status: Literal["estimated", "not_estimable"]
    why: Hindrance | None = None
    n_splits: int = 0
    n_tests: int = 0
    share_p05: float | None = None
    low: float | None = None
    high: float | None = None
    share_p05_plain: float | None = None
    """The same by the plain t test."""


class RecoveryPoint(Frozen):
    """All claimed read-outs together: a planted effect, what was found of it, how often it was detected."""

    planted: float
    n_readouts: int
    found: float
    """Median over read-outs."""
    share_detected: float
    share_expected: float | None
    """What the standard errors promise."""


class RunControls(Frozen):
    """The controls of one run."""

    permuted_labels: PermutedLabels
    vehicle_splits: VehicleSplits
    recovery: tuple[RecoveryPoint, ...] = ()
