"""Settings of the report."""

from typing import Literal

from pydantic import Field

from scvalid.settings import Frozen


class ReportingSettings(Frozen):
    """How the report is written; nothing here can change a verdict."""

    language: Literal["en", "zh"] = Field(
        "en", description="Language of the report, en or zh; verdicts and their reasons stand on each card in both."
    )
    max_points: int = Field(
        20_000, ge=1_000, le=200_000, description="Cells drawn in the map of cell states; the tables count every cell."
    )
    markers_per_state: int = Field(5, ge=1, le=50, description="Markers listed for each cell state.")
