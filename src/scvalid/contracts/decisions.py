"""The decision file of one claim: all that its verdicts can be worked out from again, without the data."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from pydantic import ConfigDict, Field

from scvalid.contracts.claims import Claim
from scvalid.contracts.verdicts import DesignFacts, PartVerdict, Reason, Verdict
from scvalid.settings import Context, Frozen

MAX_FAMILY = 200_000
"""Read-outs of one family: a thousand claims of twenty parts in ten states."""
Grouping: TypeAlias = Literal["all_msc", "by_state"]
ReadoutKind: TypeAlias = Literal["set", "gene"]


class Asked(Frozen):
    """One of the claims that were tested together."""

    claim_id: str
    sha256: str
    """Of the file of claims that it stands in."""


class Families(Frozen):
    """The p values that were corrected together, each family sorted; a control is in neither."""

    primary: tuple[float, ...] = Field((), max_length=MAX_FAMILY, description="Of the read-outs of primary parts, each once.")
    other: tuple[float, ...] = Field((), max_length=MAX_FAMILY, description="Of the read-outs of all other parts, each once.")


class DecidedPart(PartVerdict):
    """The verdict on one part, and which of the run's specifications have no number for it."""

    not_applied: tuple[str, ...] = Field((), max_length=100, description="With those of its evidence all that the run offered.")


class DecidedState(Frozen):
    """The verdict on the claim in one state, the design that allowed it, and every part with its numbers."""

    facts: DesignFacts
    verdict: Verdict
    reasons: tuple[Reason, ...]
    parts: tuple[DecidedPart, ...] = Field(min_length=1, max_length=20, description="The primary part first.")


class DecisionFile(Frozen):
    """One claim in one grouping of the cells. Effects are mean signed log2 fold changes, treated over vehicle."""

    schema_version: Literal["1"] = "1"
    grouping: Grouping
    contrast: str | None = None
    """Name of the further contrast; None for the headline comparison."""
    registration: str
    """sha256 of what was fixed before the data were read: which claims, of which files, with which settings and context."""
    asked: tuple[Asked, ...] = Field(min_length=1, max_length=10_000, description="The claims, in the order they were named.")
    claim: Claim
    claim_registration: str
    """sha256 of the file of the claim."""
    settings: Mapping[str, str | int | float | bool | None] = Field(description="The section 'verdicts' of the config.")
    context: Context
    caps: tuple[Reason, ...]
    """Why, before the data were read, no claim was to be tested or no verdict to be decisive."""
    delta: float
    """Smallest effect of interest of this claim."""
    families: Families
    specifications: Mapping[ReadoutKind, tuple[str, ...]] = Field(
        description="The other analyses that the run offered, by kind of read-out."
    )
    states: tuple[DecidedState, ...] = Field(min_length=1, max_length=1000)

    @property
    def place(self) -> str:
        """Name of the grouping or contrast, as the folder of its decisions has it."""
        return f"contrast-{self.contrast}" if self.contrast is not None else self.grouping


class _Told(Frozen):
    """A part of the published verdicts: what is not named here may stand in it."""

    model_config = ConfigDict(extra="ignore")


class ToldClaim(_Told):
    """What the report says of one claim."""

    id: str = ""
    verdict: Verdict


class ToldContrast(_Told):
    """A contrast in the report: claim id -> its verdict."""

    name: str
    registration: str
    claims: Mapping[str, ToldClaim]


class ToldBeyond(_Told):
    """Contrasts that the report judged together."""

    contrast: str


class ToldRun(_Told):
    """What ``verdicts.json`` of a report says of its run, as far as decision files can be held against it."""

    dataset: str
    registration: str
    claims: tuple[ToldClaim, ...]
    contrasts: tuple[ToldContrast, ...] = ()
    beyond: tuple[ToldBeyond, ...] = ()
