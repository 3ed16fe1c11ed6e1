"""The section ``qc`` of the config."""

from pydantic import Field

from scvalid.settings import Frozen


class QcSettings(Frozen):
    """Which cells are kept. MSC are large cells, so only outliers of their own sample are cut at the upper end."""

    min_counts: int = Field(200, ge=0, description="Fewest counts of a kept cell.")
    min_genes: int = Field(100, ge=1, description="Fewest detected genes of a kept cell.")
    n_mads: float = Field(
        5.0, gt=0, le=100, description="Cut counts and genes this many MADs (of log1p) off the median of the sample, both ways."
    )
    n_mads_mt: float = Field(5.0, gt=0, le=100, description="Cut the mitochondrial share this many MADs above the median.")
    min_mt_margin: float = Field(
        0.05, ge=0, le=1, description="The limit from MADs is at least this far above the median mitochondrial share."
    )
    max_mt_share: float = Field(
        0.25, gt=0, le=1, description="Largest mitochondrial share of a kept cell, whatever the median."
    )
    max_ribo_share: float | None = Field(
        None, gt=0, le=1, description="Largest share of ribosomal protein counts; null: reported, no cell is removed for it."
    )
    min_expected_share: float = Field(
        0.1, ge=0, le=1, description="Alert if a positive ISCT marker is detected in a smaller share of kept cells."
    )
    max_unexpected_share: float = Field(
        0.1, ge=0, le=1, description="Alert if a negative ISCT marker is detected in a larger share of kept cells."
    )
    few_cells: int = Field(50, ge=1, description="Alert if fewer cells are kept.")
    many_removed: float = Field(0.5, gt=0, le=1, description="Alert if a larger share of cells is removed.")
