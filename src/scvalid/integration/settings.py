"""The section ``integration`` of the config."""

from typing import Literal

from pydantic import Field, field_validator

from scvalid.settings import Frozen

BatchKey = Literal["donor_id", "batch_id"]
"""Columns that may be corrected. Arm and sample are not among them: that would take the treatment out of the states."""


class ScviSettings(Frozen):
    """How scVI is fitted; used only if ``method`` is scvi."""

    n_latent: int = Field(default=10, ge=2, le=100, description="Dimensions of the latent space, which is the embedding.")
    max_epochs: int | None = Field(
        default=None,
        ge=1,
        le=5000,
        description="Passes over the cells; null: 20 to 1000, about 4,000 steps.",
    )
    batch_size: int = Field(default=128, ge=8, le=8192, description="Cells in one step of the optimiser.")


class IntegrationSettings(Frozen):
    """How the samples are brought into one embedding, on which cell states are found."""

    method: Literal["harmony", "scvi"] = Field(
        "harmony", description="harmony: corrected principal components, fast; scvi: a variational autoencoder of the counts."
    )
    batch_keys: tuple[BatchKey, ...] = Field(
        ("donor_id", "batch_id"),
        max_length=2,
        description="Columns whose differences are removed from the embedding (never from the counts that verdicts rest on); "
        "[] for none. A column that says nothing beyond another, or that stands for the arm, is left out.",
    )
    n_variable_genes: int = Field(2000, ge=50, le=5000, description="Most variable genes that the embedding is made from.")
    n_dims: int = Field(30, ge=2, le=200, description="Principal components that harmony corrects; fewer if data are small.")
    scvi: ScviSettings = Field(ScviSettings(), description="How scVI is fitted, if method is scvi.")

    @field_validator("batch_keys")
    @classmethod
    def keys_differ(cls, keys: tuple[BatchKey, ...]) -> tuple[BatchKey, ...]:
        if len(set(keys)) < len(keys):
            msg = "must name each column once"
            raise ValueError(msg)
        return keys
