"""What a submission's claims are read out on, and what could explain them otherwise: handed to the stages that test them."""

import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping
from typing import Final

from pydantic import Field

from scvalid.settings import Frozen

PROGENY: Final = "PROGENY_"
"""Ids of the pathways that stand for the axes of a cell begin so."""


class Claimed(Frozen):
    """The read-outs of all claims of a submission: heavy controls are computed for these alone."""

    sets: tuple[str, ...] = Field((), description="Ids of sets, sorted; some may not be installed.")
    genes: tuple[str, ...] = Field((), description="Genes as the claims name them, sorted: human symbols or the data's own.")
    rival_genes: tuple[str, ...] = Field((), description="Names that claims register as rivals and no set has, sorted.")


class RivalsOfClaim(Frozen):
    """What could explain the effects of one claim otherwise."""

    registered: tuple[str, ...] = Field((), description="Sets or genes named by hand in the claim.")
    overlap: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Read-out -> sets of another mechanism that share its genes, by rule, those that share most first.",
    )
    related: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Read-out -> PROGENy pathways that overlap with it or are of its mechanism; the others are unrelated.",
    )


class RivalsOfClaims(Frozen):
    """The rivals of every claim of a submission, by claim id; a claim without any is left out."""

    claims: Mapping[str, RivalsOfClaim] = Field(default_factory=dict)

    def of(self, claim_id: str) -> RivalsOfClaim:
        """Return the rivals of a claim, none if it has none."""
        return self.claims.get(claim_id, RivalsOfClaim())

    def packed(self) -> str:
        """Return all of it as one short word: JSON of a thousand claims would be too long for an argument of a command."""
        return b85encode(zlib.compress(self.model_dump_json(exclude_defaults=True).encode("utf-8"), 9)).decode("ascii")

    @classmethod
    def of_packed(cls, word: str) -> "RivalsOfClaims":
        """Return what was packed."""
        return cls.model_validate_json(zlib.decompress(b85decode(word)))
