"""What a lab says of its data and more than one stage must know."""

import hashlib
import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from scvalid.settings.base import Frozen
from scvalid.settings.vocabulary import CellType, MediumName, Name
from scvalid.settings.vocabulary.addresses import HASH, fault_of_address, is_address, public_address
from scvalid.settings.vocabulary.names import ONE_LINE

Species = Literal["human", "mouse", "rat"]

LONGEST_PATH = 200
LONGEST_ADDRESS = 2000
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


class Sample(Frozen):
    """One row of the sample sheet."""

    sample_id: Name
    path: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_ADDRESS, pattern=ONE_LINE)]
    """File or folder, seen from the sheet; or the https address of a file, which then needs ``sha256``."""
    donor_id: Name
    arm: Name
    batch_id: Name = "batch1"
    cells: Annotated[str, StringConstraints(max_length=500)] = ""
    """Which cells of the file are this sample: ``column=value`` pairs of obs joined by ``;``, or empty for all."""
    sha256: str = Field("", validate_default=True)
    """Checksum of a file that is retrieved, 64 hexadecimal digits; empty for a file that lies here."""

    @field_validator("path")
    @classmethod
    def path_is_short_or_an_address(cls, value: str) -> str:
        if not is_address(value) and len(value) > LONGEST_PATH:
            msg = f"must have at most {LONGEST_PATH} characters"
            raise ValueError(msg)
        if is_address(value) and (must := fault_of_address(value)):
            msg = f"must {must}"
            raise ValueError(msg)
        return value

    @field_validator("sha256")
    @classmethod
    def checksum_fits_the_path(cls, value: str, info: ValidationInfo) -> str:
        path = info.data.get("path")
        if path is not None and is_address(path) and not HASH.fullmatch(value):
            msg = "must be the sha256 of the file, 64 hexadecimal digits, where path is an address"
            raise ValueError(msg)
        if path is not None and value and not is_address(path):
            msg = "must be empty where path is a file here"
            raise ValueError(msg)
        return value.lower()

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
    def is_remote(self) -> bool:
        """Whether the file is retrieved from an address."""
        return is_address(self.path)

    @property
    def public_path(self) -> str:
        """The path as it may be printed: of an address without what may be a password or a token."""
        return public_address(self.path)

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
