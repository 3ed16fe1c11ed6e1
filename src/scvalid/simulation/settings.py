"""Keys of the section ``simulation``."""

from pydantic import Field, model_validator

from scvalid.settings import Frozen

LEAST_CELLS_PER_SAMPLE = 25
"""Below this a sample would not keep the 20 cells that a pseudobulk profile needs."""


class SimulationSettings(Frozen):
    """How large the simulated experiment is, how strong its planted effect, how its samples vary."""

    seed: int = Field(0, ge=0, le=2**32 - 1, description="Seed of the simulation; the same seed gives the same files.")
    n_donors: int = Field(4, ge=2, le=48, description="Donors; each gives one vehicle and one treated sample.")
    n_cells: int = Field(4000, ge=200, le=1_000_000, description="Cells of all samples together, at least 25 a sample.")
    effect: float = Field(0.5, ge=0, le=2, description="Planted mean log2 fold change of an affected set, without its sign.")
    donor_sd: float = Field(0.25, ge=0, le=1, description="Spread of a gene between donors, SD in log2.")
    sample_sd: float = Field(0.18, ge=0, le=1, description="Spread of a gene between samples of one donor, SD in log2.")
    batch_sd: float = Field(0.10, ge=0, le=1, description="Spread of a gene between the two sequencing batches, SD in log2.")
    median_counts: float = Field(8000, ge=500, le=100_000, description="Median transcripts (UMI) of a good cell.")
    dispersion: float = Field(0.2, ge=0.01, le=2, description="Negative binomial dispersion of a gene between cells.")
    low_quality: float = Field(0.05, ge=0, le=0.5, description="Share of cells with few transcripts and a high MT share.")

    @model_validator(mode="after")
    def samples_have_cells(self) -> "SimulationSettings":
        least = LEAST_CELLS_PER_SAMPLE * 2 * self.n_donors
        if self.n_cells < least:
            msg = f"n_cells must be at least {least} for {self.n_donors} donors (25 a sample), not {self.n_cells}"
            raise ValueError(msg)
        return self
