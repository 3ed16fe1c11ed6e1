"""Which arms are compared: the headline comparison, further contrasts, and series of doses or times."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from scvalid.errors import shown
from scvalid.settings.base import Frozen
from scvalid.settings.vocabulary import Name
from scvalid.settings.vocabulary.names import Slug

MIN_LEVELS = 3
"""Levels of a series: of two any difference is a trend, and they are a contrast."""
MOST_LEVELS = 20
MOST_CONTRASTS = 12
MOST_SERIES = 6

Levels = Mapping[Name, Annotated[float, Field(ge=0)]]
"""Arm -> its dose or its time since contact."""


class Contrast(Frozen):
    """A further comparison of two arms; its claims are a family of their own, so that it changes no headline number."""

    name: Slug = Field(description="Names its files and its table in the report; letters, digits, '.', '_' and '-'.")
    treated: Name = Field(description="Arm that is compared, for example the combination.")
    vehicle: Name = Field(description="Arm that it is compared with: its own vehicle, or a single compound.")
    compound: Name | None = Field(
        None, description="What was given in its treated arm, if not compound.name; claims on it are judged here alone."
    )
    claims: Annotated[tuple[Slug, ...], Field(max_length=200)] = Field(
        (), description="Ids of the claims that are judged in it; [] for all that are about its compound."
    )
    beyond: Annotated[tuple[Slug, ...], Field(max_length=MOST_CONTRASTS)] = Field(
        (), description="Other contrasts of the same treated arm, such as combination v single, that a claim must hold in too."
    )

    @model_validator(mode="after")
    def arms_differ(self) -> "Contrast":
        if self.treated == self.vehicle:
            msg = f"must compare two arms: contrast {shown(self.name)} names {shown(self.treated)} twice"
            raise ValueError(msg)
        return self


class Series(Frozen):
    """Arms that are one treatment at several doses or times, in which a trend is looked for."""

    name: Slug = Field(description="Names it in the table of trends.")
    kind: Literal["dose", "time"] = Field(description="What the levels are: doses, or times since contact.")
    arms: Levels = Field(description="Arm -> its level, 0 or more, at least three; in a series of doses the vehicle is 0.")
    vehicle: Levels | None = Field(
        None, description="Vehicle arm -> its level, the same levels as arms: the trend is then that of treated over vehicle."
    )

    @field_validator("arms")
    @classmethod
    def levels_are_enough(cls, arms: Levels) -> Levels:
        if not MIN_LEVELS <= len(arms) <= MOST_LEVELS:
            msg = f"must name {MIN_LEVELS} to {MOST_LEVELS} arms, each with its level, not {len(arms)}; two arms are a contrast"
            raise ValueError(msg)
        if len(set(arms.values())) < len(arms):
            level = next(level for level, n in Counter(arms.values()).items() if n > 1)
            msg = f"must give each arm a level of its own, but {level:g} stands twice"
            raise ValueError(msg)
        return arms

    @model_validator(mode="after")
    def vehicle_has_the_same_levels(self) -> "Series":
        if self.vehicle is None:
            return self
        if both := sorted(set(self.arms) & set(self.vehicle)):
            msg = f"must name each arm once, but {shown(both[0])} stands under arms and vehicle"
            raise ValueError(msg)
        if sorted(self.vehicle.values()) != sorted(self.arms.values()):
            msg = "must give the vehicle arms the same levels as the treated arms, each once"
            raise ValueError(msg)
        return self

    @property
    def levels(self) -> tuple[float, ...]:
        """The levels, lowest first."""
        return tuple(sorted(self.arms.values()))


class Design(Frozen):
    """Which arm is compared with which, and what else the linear model must hold."""

    treated: Name = Field(description="Value of the column arm for treated samples.")
    vehicle: Name = Field(description="Value of the column arm for vehicle samples.")
    pairing: Literal["auto", "paired", "unpaired"] = Field(
        "auto", description="auto: paired if all donors, or at least three, stand in both arms; else as said."
    )
    contrasts: Annotated[tuple[Contrast, ...], Field(max_length=MOST_CONTRASTS)] = Field(
        (), description="Further comparisons of arms, each with verdicts of its own; at most 12."
    )
    series: Annotated[tuple[Series, ...], Field(max_length=MOST_SERIES)] = Field(
        (), description="Doses or times in which a trend is looked for; at most 6."
    )

    @model_validator(mode="after")
    def arms_differ(self) -> "Design":
        if self.treated == self.vehicle:
            msg = "the treated and the vehicle arm must have different names"
            raise ValueError(msg)
        return self

    @field_validator("contrasts")
    @classmethod
    def contrasts_fit(cls, contrasts: tuple[Contrast, ...], info: ValidationInfo) -> tuple[Contrast, ...]:
        _refuse_twice((contrast.name for contrast in contrasts), "contrasts")
        asked_beyond = {other for contrast in contrasts for other in contrast.beyond}
        for contrast in contrasts:
            _refuse_beyond_unknown(contrast, [other.name for other in contrasts])
            # with another compound it judges other claims; in an intersection the headline comparison has to be named
            is_needed = contrast.compound is not None or contrast.beyond or contrast.name in asked_beyond
            if not is_needed and (contrast.treated, contrast.vehicle) == (info.data.get("treated"), info.data.get("vehicle")):
                msg = f"must hold other comparisons than the headline, whose arms are those of contrast {shown(contrast.name)}"
                raise ValueError(msg)
        return contrasts

    @field_validator("series")
    @classmethod
    def series_fit(cls, series: tuple[Series, ...], info: ValidationInfo) -> tuple[Series, ...]:
        _refuse_twice((one.name for one in series), "series")
        vehicle = info.data.get("vehicle", "")
        for one in series:
            if one.kind == "dose" and (level := one.arms.get(vehicle, 0.0)) != 0:
                msg = f"must give the vehicle {shown(vehicle)} the dose 0 in series {shown(one.name)}, not {level:g}"
                raise ValueError(msg)
        return series

    @property
    def headline(self) -> "Design":
        """The headline comparison alone."""
        return self.model_copy(update={"contrasts": (), "series": ()})

    @property
    def named_arms(self) -> frozenset[str]:
        """Every arm that something is asked of: headline, contrasts and series."""
        of_contrasts = {arm for contrast in self.contrasts for arm in (contrast.treated, contrast.vehicle)}
        of_series = {arm for series in self.series for arm in (*series.arms, *(series.vehicle or {}))}
        return frozenset({self.treated, self.vehicle} | of_contrasts | of_series)

    def of(self, contrast: Contrast) -> "Design":
        """Return the comparison of a contrast, donors paired as said for the headline."""
        return Design(treated=contrast.treated, vehicle=contrast.vehicle, pairing=self.pairing)


def _refuse_twice(names: Iterable[str], what: str) -> None:
    # file names of some systems do not tell case apart
    twice = [name for name, n in Counter(name.casefold() for name in names).items() if n > 1]
    if twice:
        msg = f"must have different names, but two {what} are called {shown(twice[0])}"
        raise ValueError(msg)


def _refuse_beyond_unknown(contrast: Contrast, names: Sequence[str]) -> None:
    others = [name for name in names if name != contrast.name]
    for other in contrast.beyond:
        if other not in others:
            where, known = f"contrast {shown(contrast.name)}, key 'beyond',", ", ".join(others) or "none"
            msg = f"must name other contrasts: {where} names {shown(other)}, the others are {known}"
            raise ValueError(msg)
