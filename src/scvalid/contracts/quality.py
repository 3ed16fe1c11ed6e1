"""The summary that quality control writes beside each sample, and the one that integration writes beside its embedding."""

from typing import Literal

from pydantic import Field

from scvalid.settings import Frozen


class Limit(Frozen):
    """One threshold on one metric of the cells, and how many cells it removed (a cell may fail several)."""

    metric: str
    low: float | None
    high: float | None
    n_removed: int
    note: str = ""
    """A code saying why no limit was set, for example ``mad_zero`` or ``absent``."""


class MarkerShare(Frozen):
    """Share of kept cells in which a marker of the ISCT criteria was detected; None if the gene was not measured."""

    gene: str
    is_expected: bool
    share: float | None


class SampleSummary(Frozen):
    """What happened to one sample in intake and quality control."""

    sample_id: str
    donor_id: str
    arm: str
    batch_id: str
    source_name: str
    source_sha256: str
    n_genes: int
    n_genes_unmapped: int
    n_genes_merged: int
    n_genes_renamed: int
    """Genes whose name in the file is not their symbol today."""
    n_cells_in: int
    n_cells_kept: int
    limits: tuple[Limit, ...]
    median_counts: float
    median_genes: float
    median_mt_share: float
    median_ribo_share: float
    identity: tuple[MarkerShare, ...] = Field(default=())
    """Empty unless the registered cell type is MSC."""
    alerts: tuple[str, ...] = ()
    """Codes of alerts, for example ``few_cells``, ``identity_positive``, ``identity_negative``."""


class IntegrationSummary(Frozen):
    """How the samples were brought into one embedding."""

    method: Literal["harmony", "scvi"]
    batch_keys: tuple[str, ...]
    n_cells: int
    n_genes: int
    n_variable_genes: int
    n_dims: int
    seed: int


class ClusteringSummary(Frozen):
    """How states were found."""

    resolution: float
    n_neighbours: int
    n_states: int
    seed: int


class Truth(Frozen):
    """Planted truth of a simulated submission, one row a claim."""

    claim_id: str
    planted_log2fc: float | None
    expected: str
    """The verdict that the planted truth calls for."""
    accepted: tuple[str, ...]
    """Verdicts that are not wrong under the planted truth."""


class TruthFile(Frozen):
    """Planted truth of a whole simulated submission."""

    seed: int
    claims: tuple[Truth, ...]
