"""Settings of the section ``pseudobulk``."""

from pydantic import Field

from scvalid.settings import Frozen


class PseudobulkSettings(Frozen):
    """How cells are summed."""

    min_cells: int = Field(20, ge=5, le=10_000, description="A donor x arm (x state) with fewer cells is not used, and named.")
