"""What is known of the files of a submission before they are run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pydantic import Field

from scvalid.settings import Frozen

Kind: TypeAlias = Literal["filtered", "raw", "unknown"]
SexMarkers: TypeAlias = Literal["XIST", "Y", "both", "neither", "unknown"]


class FileSummary(Frozen):
    """What the file of one sample holds, as far as it can be seen without reading all of it."""

    sample_id: str = Field(description="The sample.")
    n_cells: int = Field(description="Cells of the sample.")
    n_genes: int = Field(description="Genes of the file, before those of one name are summed.")
    format: str = Field(description="Format of the file.")
    counts_from: str = Field(description="Matrix of the file that holds raw counts.")
    gene_ids: str = Field(description="What names the genes: ensembl, symbol, mixed ...")
    species: tuple[str, ...] = Field(description="Species whose genes are found; none if the names do not tell.")
    kind: Kind = Field(description="raw: most barcodes are empty droplets; filtered: cells alone.")
    share_nearly_empty: float | None = Field(description="Share of barcodes with at most 100 counts (or genes), or null.")
    n_above_knee: int | None = Field(description="Barcodes above the knee of the barcode-rank curve; null if there is none.")
    n_above_inflection: int | None = Field(description="Barcodes above its steepest fall, about the number of cells; or null.")
    median_detected: float | None = Field(description="Median number of genes found in a cell; null if unknown.")
    share_kept: float | None = Field(
        None, description="Share of the cells looked at that reach qc.min_counts and qc.min_genes; null if unknown."
    )
    sex_markers: SexMarkers = Field(description="Which of XIST and the genes of the Y chromosome are expressed.")
    modalities: tuple[str, ...] = Field(description="Types of feature beside genes.")


@dataclass(frozen=True)
class FilesExamined:
    """What the files of a submission hold, in the order of the sheet, and what speaks against them.

    Attributes
    ----------
    summaries
        One a sample whose file could be read.
    findings
        One sentence per fault.
    warnings
        What does not stop a run, but may change what its results mean.
    genes, depth
        Sample id -> genes of its file by their symbols of today, and counts of one of its cells, mean of those that were read
        and will be kept.
    """

    summaries: tuple[FileSummary, ...] = ()
    findings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    genes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    depth: Mapping[str, float] = field(default_factory=dict)
