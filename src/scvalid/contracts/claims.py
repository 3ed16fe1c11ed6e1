"""The claims file: what the literature says, registered before the data are read."""

from collections import Counter
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints, field_validator, model_validator

from scvalid.contracts.readouts import NOT_TRANSCRIPT_LEVEL, Part
from scvalid.contracts.sources import Certainty, Retraction, Source
from scvalid.errors import shown
from scvalid.settings import Frozen
from scvalid.settings.vocabulary import CellType, MediumName, Name
from scvalid.settings.vocabulary.names import Slug

Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
ClaimId: TypeAlias = Slug
ANY_COMPOUND = "any TCM compound"
"""Treatment of a claim on a mechanism that whatever compound may be tested on."""
NO_TREATMENT = "none (baseline expression)"
"""Treatment of a claim on cells that nothing was done to."""
ClaimSpecies = Literal["human", "mouse", "rat", "dog"]


def _as_list(value: Any) -> Any:
    """Take one value for a list of one: ``species: human`` is what people write."""
    return [value] if isinstance(value, str) else value


class Bilingual(Frozen):
    """A text in English and, where it is known, in Chinese."""

    en: Text
    zh: Text | None = None


class ClaimContext(Frozen):
    """Where the claim was made; a field left out fits any data, of several values each fits."""

    cell_type: Annotated[tuple[CellType, ...], BeforeValidator(_as_list), Field(max_length=10)] = ()
    species: Annotated[tuple[ClaimSpecies, ...], BeforeValidator(_as_list), Field(max_length=10)] = ()
    medium: Annotated[tuple[MediumName, ...], BeforeValidator(_as_list), Field(max_length=10)] = ()
    induction: Annotated[tuple[Name, ...], BeforeValidator(_as_list), Field(max_length=10)] = ()
    as_published: Text | None = None
    """The context in the words of the source: tissue, passage, dose; not compared with the data."""


class Testability(Frozen):
    """What single-cell counts can show of a claim at best, and why."""

    __test__ = False  # pytest would take the class for tests

    level: Literal["direct", "footprint", "proxy", "not testable"]
    why: Text


class Claim(Frozen):
    """One registered claim."""

    id: ClaimId
    origin: Literal["seed", "extension", "counter", "control", "lab"] = "lab"
    """Who registered it: the review behind the project (seed), its extensions, or a lab."""
    tier: Literal["primary", "secondary", "specificity", "competing", "counter", "context"] = "primary"
    """Its place among the claims on one compound."""
    control: Literal["positive", "negative", "specificity"] | None = None
    """Of what kind, if it is a control; controls are in no family of multiple testing."""
    statement: Bilingual
    axis: Name | None = None
    """Mechanism, for example Wnt; sets of the same axis are no rivals of the claim."""
    compound: Name | None = None
    """Id in the compound library, or a name."""
    treatment: Name | None = None
    """What was done, if it was no compound; ``ANY_COMPOUND`` and ``NO_TREATMENT`` stand for themselves."""
    parts: tuple[Part, ...] = Field(min_length=1, max_length=20)
    context: ClaimContext = ClaimContext()
    design: Text | None = None
    """What a dataset must have to decide the claim."""
    testability: Testability | None = None
    threshold: Annotated[float, Field(gt=0, le=5)] | None = None
    rivals: tuple[Name, ...] = Field((), max_length=20)
    """Read-outs that could explain the effect otherwise, registered by hand; others are found by overlap."""
    conflicts: tuple[ClaimId, ...] = Field((), max_length=20)
    sources: tuple[Source, ...] = Field((), max_length=20)
    source_status: Text | None = None
    quote: Text | None = None
    certainty: Certainty | None = None
    caveats: Text | None = None
    retraction: Retraction = Retraction()

    @field_validator("parts")
    @classmethod
    def one_part_is_primary(cls, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        n_primary = sum(part.role == "primary" for part in parts)
        if n_primary != 1:
            msg = f"must have exactly one part with the role primary, not {n_primary}"
            raise ValueError(msg)
        twice = [readout for readout, n in Counter((part.readout.type, part.readout.id) for part in parts).items() if n > 1]
        if twice:
            msg = f"must name each read-out once, but {shown(twice[0][1])} stands twice"
            raise ValueError(msg)
        return parts

    @model_validator(mode="after")
    def testability_fits_the_readout(self) -> "Claim":
        kind = self.primary.readout.type
        if self.testability and kind in NOT_TRANSCRIPT_LEVEL and self.testability.level != "not testable":
            msg = f"must have the testability 'not testable': counts of mRNA do not show {kind}"
            raise ValueError(msg)
        return self

    @property
    def primary(self) -> Part:
        """The part whose verdict the claim stands or falls with."""
        return next(part for part in self.parts if part.role == "primary")

    @property
    def is_control(self) -> bool:
        """Whether the claim tests the program or the dataset, not a compound."""
        return self.control is not None

    @property
    def is_retracted(self) -> bool:
        """Whether its source was retracted."""
        return self.retraction.status == "retracted"


class ClaimsFile(Frozen):
    """The whole file: a list of claims with different ids."""

    claims: tuple[Claim, ...] = Field(min_length=1, max_length=1000)

    @field_validator("claims")
    @classmethod
    def ids_differ(cls, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        spellings: dict[str, list[str]] = {}
        for claim in claims:
            spellings.setdefault(claim.id.casefold(), []).append(claim.id)
        twice = sorted(min(ids) for ids in spellings.values() if len(ids) > 1)
        if twice:
            msg = f"must have different ids, but these stand twice: {shown(', '.join(twice))[1:-1]}"
            raise ValueError(msg)
        return claims
