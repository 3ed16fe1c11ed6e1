"""The section ``intake`` of the config."""

from typing import Literal

from pydantic import Field

from scvalid.settings import Frozen
from scvalid.settings.vocabulary import Name


class IntakeSettings(Frozen):
    """How submitted files are read."""

    counts_layer: Name | None = Field(
        None,
        description="Layer of the h5ad files that holds raw counts; null: X, else the layer 'counts', else raw; raw goes first "
        "if it holds counts of so many more genes that the others have less than 80 % of them.",
    )
    gene_column: Name | None = Field(
        None, description="Column of var that holds gene symbols; null: the index, or the usual columns beside Ensembl ids."
    )
    orientation: Literal["auto", "genes_in_rows", "genes_in_columns"] = Field(
        "auto", description="Which side of a text table (csv, tsv, txt) names genes; auto: found from the names."
    )
    max_unmapped_share: float = Field(
        0.2, ge=0, le=1, description="Largest share of all counts that may lie in genes without a known symbol."
    )
