"""The numbers of one part of a claim, looked up in the tables of effects, or the gate that stopped it."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from scvalid.contracts.readouts import Part
from scvalid.contracts.verdicts import Code, DonorValue, Flag, Reason
from scvalid.keys import Effect, Kind, Profile

SMALL_SET_GENES = 10
LOW_COVERAGE = 0.5


@dataclass(frozen=True)
class Finding:
    """What the data hold on one part: a gate, or the numbers of its row of effects with the values of each donor."""

    gate: Reason | None
    numbers: Mapping[str, Any] = field(default_factory=dict)
    p: float = float("nan")
    flags: tuple[Flag, ...] = ()
    donor_values: tuple[DonorValue, ...] = ()


class Evidences:
    """The tables of one grouping, indexed for look-up; ``orthologs`` (human symbol -> symbol) is None for data of human."""

    def __init__(
        self, sets: pd.DataFrame, genes: pd.DataFrame, profiles: pd.DataFrame, *, orthologs: Mapping[str, str] | None = None
    ) -> None:
        self._orthologs = orthologs
        self._sets = sets.set_index([Effect.STATE, Effect.READOUT]).sort_index()
        self._genes = genes.set_index([Effect.STATE, Effect.READOUT]).sort_index()
        readouts = genes.groupby(Effect.STATE, sort=True)[Effect.READOUT]
        self._measured = {str(state): frozenset(names) for state, names in readouts}
        key = [Profile.STATE, Profile.KIND, Profile.READOUT]
        self._values = profiles.set_index(key).sort_index()

    def find(self, part: Part, state: str) -> Finding:
        """Return what the tables hold on a part in a state."""
        return self._find_gene(part, state) if part.readout.type == "gene" else self._find_set(part, state)

    def _find_gene(self, part: Part, state: str) -> Finding:
        gene, gate = find_gene(part.readout.id, self._measured.get(state, frozenset()), self._orthologs)
        if gate is not None:
            return Finding(gate)
        row = self._genes.loc[(state, gene)]
        if row[Effect.GATE]:
            values: dict[str, str | float] = {
                "gene": gene,
                "mean_cpm": float(row[Effect.MEAN_CPM]),
                "share_cells": float(row[Effect.SHARE_CELLS]),
            }
            return Finding(Reason(code=Code(row[Effect.GATE]), values=values))
        return Finding(None, row.to_dict(), float(row[Effect.P_DONOR]), (), self._donor_values(state, Kind.GENE, gene))

    def _find_set(self, part: Part, state: str) -> Finding:
        name = part.readout.id
        if (state, name) not in self._sets.index:
            return Finding(Reason(code=Code.SET_NOT_INSTALLED, values={"readout": name}))
        row = self._sets.loc[(state, name)]
        gate = gate_of_coverage(row)
        if gate is not None:
            return Finding(gate)
        p = float(np.maximum(row[Effect.P_DONOR], row[Effect.P_MATCHED]))
        return Finding(None, row.to_dict(), p, _flags(row), self._donor_values(state, Kind.SET, name))

    def _donor_values(self, state: str, kind: str, name: str) -> tuple[DonorValue, ...]:
        table = self._values.loc[[(state, kind, name)]].sort_values([Profile.DONOR, Profile.ARM])
        columns = (table[Profile.DONOR], table[Profile.ARM], table[Profile.VALUE])
        return tuple(DonorValue(donor_id=d, arm=a, value=float(v)) for d, a, v in zip(*columns, strict=True))


def find_gene(gene: str, measured: Container[str], orthologs: Mapping[str, str] | None) -> tuple[str, Reason | None]:
    """Return what the data call the gene of a claim, and why it cannot be tested; ``orthologs`` is None for data of human.

    Claims may name human genes whatever the species of the data; rodent symbols are not all capitals.
    """
    if gene not in measured and orthologs is not None:
        if gene not in orthologs and gene.isupper():
            return gene, Reason(code=Code.NO_CERTAIN_ORTHOLOG, values={"gene": gene})
        gene = orthologs.get(gene, gene)
    return gene, None if gene in measured else Reason(code=Code.GENE_NOT_MEASURED, values={"gene": gene})


def gate_of_coverage(row: pd.Series) -> Reason | None:
    """Return why a set cannot be tested for what of it is measured and expressed: a row of coverage or of effects."""
    if not row[Effect.GATE]:
        return None
    if row[Effect.GATE] == Code.SET_MOSTLY_NOT_MEASURED:
        return Reason(code=Code.SET_MOSTLY_NOT_MEASURED, values={"share": float(row[Effect.WEIGHT_MEASURED])})
    sizes = {"n_expressed": int(row[Effect.N_EXPRESSED]), "n_set": int(row[Effect.N_SET])}
    return Reason(code=Code(row[Effect.GATE]), values=sizes | {"share": float(row[Effect.WEIGHT_EXPRESSED])})


def _flags(row: pd.Series) -> tuple[Flag, ...]:
    flags = {
        Flag.SMALL_SET: row[Effect.N_EXPRESSED] < SMALL_SET_GENES,
        Flag.LOW_COVERAGE: row[Effect.WEIGHT_EXPRESSED] < LOW_COVERAGE,
        Flag.VARIANCE_FALLBACK: row[Effect.IS_FALLBACK],
    }
    return tuple(flag for flag, is_set in flags.items() if is_set)
