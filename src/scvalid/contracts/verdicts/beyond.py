"""The file of claims that must hold in several contrasts: a combination against its vehicle and each single compound."""

from typing import Literal

from pydantic import Field

from scvalid.contracts.verdicts.codes import Reason, Verdict
from scvalid.settings import Frozen


class InContrast(Frozen):
    """What one contrast says of the claim; the numbers are those of its primary part, absent where a gate stopped it."""

    contrast: str
    verdict: Verdict
    theta: float | None = None
    low95: float | None = None
    high95: float | None = None
    p: float | None = None
    q: float | None = None
    """In the family of that contrast."""


class BeyondVerdict(Frozen):
    """The verdict on one claim over all contrasts that it must hold in."""

    claim_id: str
    state: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    p: float | None = Field(None, description="Largest p value over the contrasts: the intersection-union test.")
    q: float | None = Field(None, description="Of these p values over the claims.")
    contrasts: tuple[InContrast, ...] = Field(description="The contrast of the file first, then those that it goes beyond.")


class BeyondFile(Frozen):
    """All claims of one contrast, judged beyond others."""

    schema_version: Literal["1"] = "1"
    contrast: str
    beyond: tuple[str, ...]
    claims: tuple[BeyondVerdict, ...]
