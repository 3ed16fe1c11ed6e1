"""Settings of the section ``pathways``."""

from typing import Literal

from pydantic import Field

from scvalid.settings import Frozen


class PathwaysSettings(Frozen):
    """How effects on sets and genes are estimated and tested."""

    primary_test: Literal["correlation_prior", "capped_variance", "plain_t"] = Field(
        "correlation_prior", description="Test whose p value and interval decide; the plain t test is printed beside it."
    )
    n_bins: int = Field(20, ge=5, le=50, description="Bins of mean expression that the matched background is taken from.")
    n_matched_sets: int = Field(
        19_999,
        ge=999,
        le=99_999,
        description="Most random sets matched in expression, per set; m claims in a family need 40 m - 1.",
    )
    min_total_count: int = Field(20, ge=1, le=1000, description="A gene needs this many counts over all profiles.")
    min_cpm: float = Field(1.0, ge=0, le=100, description="Detection floor of a gene claim, counts per million.")
    min_cell_share: float = Field(0.01, ge=0, le=1, description="Detection floor of a gene claim, share of cells.")
