"""The claims file: what the literature says, registered before the data are read."""

from collections import Counter
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from scvalid.errors import shown
from scvalid.settings import Frozen
from scvalid.settings.submitted import Name, Species

Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]

ReadoutType = Literal["gene", "gene_set", "pathway", "tf", "state_abundance", "mirna", "phosphorylation", "ev_cargo", "atp"]
Direction = Literal["up", "down", "no_change"]
Role = Literal["primary", "secondary", "specificity"]

NOT_TRANSCRIPT_LEVEL = frozenset({"mirna", "phosphorylation", "ev_cargo", "atp"})
"""Read-outs that messenger RNA counts cannot show; they are not testable here, never unsupported."""


class Bilingual(Frozen):
    """A text in English and, where it is known, in Chinese."""

    en: Text
    zh: Text | None = None


class Readout(Frozen):
    """What is read: a gene symbol, the id of a registered set, or something that counts of mRNA cannot show."""

    type: ReadoutType
    id: Name


class Part(Frozen):
    """One read-out in one direction; a claim has one primary part and may have others."""

    readout: Readout
    direction: Direction
    role: Role = "primary"


class ClaimContext(Frozen):
    """Where the claim was made; a field left out fits any data."""

    cell_type: Name | None = None
    species: Species | None = None
    medium: Name | None = None
    induction: Name | None = None


class Claim(Frozen):
    """One registered claim."""

    id: ClaimId
    statement: Bilingual
    compound: Name | None = None
    parts: tuple[Part, ...] = Field(min_length=1, max_length=20)
    context: ClaimContext = ClaimContext()
    threshold: Annotated[float, Field(gt=0, le=5)] | None = None
    source: Text | None = None
    retracted: bool = False
    is_control: bool = False

    @model_validator(mode="after")
    def has_one_primary_part(self) -> "Claim":
        n_primary = sum(part.role == "primary" for part in self.parts)
        if n_primary != 1:
            msg = f"must have exactly one part with the role primary, not {n_primary}"
            raise ValueError(msg)
        return self

    @property
    def primary(self) -> Part:
        """The part whose verdict the claim stands or falls with."""
        return next(part for part in self.parts if part.role == "primary")


class ClaimsFile(Frozen):
    """The whole file: a list of claims with different ids."""

    claims: tuple[Claim, ...] = Field(min_length=1, max_length=1000)

    @field_validator("claims")
    @classmethod
    def ids_differ(cls, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        ids = [claim.id for claim in claims]
        twice = sorted(i for i, n in Counter(ids).items() if n > 1)
        if twice:
            msg = f"must have different ids, but these stand twice: {shown(', '.join(twice))[1:-1]}"
            raise ValueError(msg)
        return claims
