"""Contracts of the tables between stages."""

from scvalid.contracts.tables.base import ColumnKind, TableContract
from scvalid.contracts.tables.cells import EMBEDDING, MARKERS, STATES
from scvalid.contracts.tables.controls import (
    COMPOSITION,
    PERMUTED,
    RECOVERY,
    RIVALS,
    SPECIFICATIONS,
    TRENDS,
    VEHICLE_SPLITS,
)
from scvalid.contracts.tables.effects import GENE_EFFECTS, GENE_SETS, PROFILES, SET_EFFECTS

__all__ = [
    "COMPOSITION",
    "EMBEDDING",
    "GENE_EFFECTS",
    "GENE_SETS",
    "MARKERS",
    "PERMUTED",
    "PROFILES",
    "RECOVERY",
    "RIVALS",
    "SET_EFFECTS",
    "SPECIFICATIONS",
    "STATES",
    "TRENDS",
    "VEHICLE_SPLITS",
    "ColumnKind",
    "TableContract",
]
