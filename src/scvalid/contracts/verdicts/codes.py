"""The words of a verdict: what it can be, why, and the cautions beside it."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

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
    HOLDS_IN_EACH = "HOLDS_IN_EACH"
    OPPOSITE_IN_CONTRAST = "OPPOSITE_IN_CONTRAST"
    NONE_IN_CONTRAST = "NONE_IN_CONTRAST"
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
    NOT_SHOWN_IN_CONTRAST = "NOT_SHOWN_IN_CONTRAST"
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
    CONTRAST_NOT_TESTABLE = "CONTRAST_NOT_TESTABLE"
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
    NON_SPECIFIC = "NON_SPECIFIC"


class Reason(Frozen):
    """One reason: its code, and what the sentence for that code is filled with."""

    code: Code
    values: Mapping[str, str | int | float] = Field(default_factory=dict)
