"""What a lab says of its data and more than one stage must know."""

import hashlib
import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from scvalid.settings.base import Frozen
from scvalid.settings.vocabulary import CellType, MediumName, Name

Species = Literal["human", "mouse", "rat"]

SAFE_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Context(Frozen):
    """The biological context of the data; a claim made for another one is not testable here."""

    cell_type: CellType = Field("MSC", description="Cell type of the data; identity checks for MSC run only if it is MSC.")
    species: Species = Field("human", description="Species of the cells.")
    medium: MediumName | None = Field(
        None, description="Kind of medium: basal, osteogenic, adipogenic, chondrogenic or other; null if not recorded."
    )
    induction: Name | None = Field(
        None, description="Challenge beside the compound: none, TNF, hypoxia + serum deprivation ...; null if not recorded."
    )


class Design(Frozen):
    """Which arm is compared with which, and what else the linear model must hold."""

    treated: Name = Field(description="Value of the column arm for treated samples.")
    vehicle: Name = Field(description="Value of the column arm for vehicle samples.")
    pairing: Literal["auto", "paired", "unpaired"] = Field(
        "auto", description="auto: paired if all donors, or at least three, stand in both arms; else as said."
    )

    @model_validator(mode="after")
    def arms_differ(self) -> "Design":
        if self.treated == self.vehicle:
            msg = "the treated and the vehicle arm must have different names"
            raise ValueError(msg)
        return self


class Sample(Frozen):
    """One row of the sample sheet."""

    sample_id: Name
    path: Name
    donor_id: Name
    arm: Name
    batch_id: Name = "batch1"
    cells: Annotated[str, StringConstraints(max_length=500)] = ""
    """Which cells of the file are this sample: ``column=value`` pairs of obs joined by ``;``, or empty for all."""

    @field_validator("cells")
    @classmethod
    def cells_are_pairs(cls, value: str) -> str:
        columns = [pair.partition("=")[0].strip() for pair in value.split(";") if pair.strip()]
        if any("=" not in pair for pair in value.split(";") if pair.strip()) or not all(columns):
            msg = "must be column=value pairs joined by ';'"
            raise ValueError(msg)
        if len(set(columns)) < len(columns):
            msg = "must name each column once"
            raise ValueError(msg)
        return value

    @property
    def selection(self) -> dict[str, str]:
        """The obs column -> value pairs of ``cells``."""
        pairs = (pair.split("=", 1) for pair in self.cells.split(";") if pair.strip())
        return {column.strip(): value.strip() for column, value in pairs}

    @property
    def slug(self) -> str:
        """The name this sample has in file names: its id if that is safe there, else a hash of it."""
        if SAFE_SLUG.fullmatch(self.sample_id):
            return self.sample_id
        return "sample-" + hashlib.sha256(self.sample_id.encode()).hexdigest()[:12]
