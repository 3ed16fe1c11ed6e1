"""The numbers of one part of a claim, looked up in the tables of effects, or the gate that stopped it."""

from collections.abc import Container, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from scvalid.contracts.readouts import Part
from scvalid.contracts.tables import GENE_EFFECTS, PROFILES, RECOVERY, SET_EFFECTS, SPECIFICATIONS, TableContract
from scvalid.contracts.verdicts import Code, DonorValue, Flag, PlantedEffect, Reason, SpecificationEffect
from scvalid.keys import Control, Effect, Kind, Profile
from scvalid.stats.robustness import agreement

SMALL_SET_GENES = 10
LOW_COVERAGE = 0.5
Key = tuple[str, str, str]
"""State, kind and id of a read-out."""


@dataclass(frozen=True)
class Finding:
    """What the data hold on one part: a gate, or the numbers of its row of effects with what stands beside them."""

    gate: Reason | None
    numbers: Mapping[str, Any] = field(default_factory=dict)
    p: float = float("nan")
    key: Key | None = None
    """What was tested: findings that share it are one test."""
    flags: tuple[Flag, ...] = ()
    donor_values: tuple[DonorValue, ...] = ()
    specifications: tuple[SpecificationEffect, ...] = ()
    recovery: tuple[PlantedEffect, ...] = ()

    @property
    def shares(self) -> tuple[float | None, float | None]:
        """Share of the specifications with the sign of the effect, and of those with p < .10 too; None if none counts."""
        return shares_of(self.specifications, self.numbers[Effect.THETA])


class Evidences:
    """The tables of one grouping, indexed for look-up by read-out."""

    def __init__(self, tables: Mapping[TableContract, pd.DataFrame], *, orthologs: Mapping[str, str] | None = None) -> None:
        """Index the tables of effects, values, specifications and planted effects; one that is not given is empty.

        ``orthologs`` (human symbol -> symbol of the data) is None for data of human.
        """
        self._orthologs = orthologs
        given = {contract: tables.get(contract, _empty(contract)) for contract in _READ}
        self._columns = {contract: {str(name): table[name].to_numpy() for name in table} for contract, table in given.items()}
        self._row = {
            contract: {key: row for row, key in enumerate(_keys(given[contract], (Effect.STATE, Effect.READOUT)))}
            for contract in (SET_EFFECTS, GENE_EFFECTS)
        }
        self._rows = {c: _rows_by_key(given[c]) for c in (PROFILES, SPECIFICATIONS, RECOVERY)}
        self._measured: dict[str, set[str]] = {}
        for state, gene in self._row[GENE_EFFECTS]:
            self._measured.setdefault(state, set()).add(gene)

    def find(self, part: Part, state: str) -> Finding:
        """Return what the tables hold on a part in a state."""
        return self._find_gene(part, state) if part.readout.type == "gene" else self._find_set(part, state)

    def _find_gene(self, part: Part, state: str) -> Finding:
        gene, gate = find_gene(part.readout.id, self._measured.get(state, frozenset()), self._orthologs)
        if gate is not None:
            return Finding(gate)
        row = self._numbers(GENE_EFFECTS, state, gene)
        if row[Effect.GATE]:
            values: dict[str, str | float] = {
                "gene": gene,
                "mean_cpm": float(row[Effect.MEAN_CPM]),
                "share_cells": float(row[Effect.SHARE_CELLS]),
            }
            return Finding(Reason(code=Code(row[Effect.GATE]), values=values))
        return self._finding(row, float(row[Effect.P_DONOR]), (), (state, Kind.GENE, gene))

    def _find_set(self, part: Part, state: str) -> Finding:
        name = part.readout.id
        if (state, name) not in self._row[SET_EFFECTS]:
            return Finding(Reason(code=Code.SET_NOT_INSTALLED, values={"readout": name}))
        row = self._numbers(SET_EFFECTS, state, name)
        gate = gate_of_coverage(row)
        if gate is not None:
            return Finding(gate)
        p = float(np.maximum(row[Effect.P_DONOR], row[Effect.P_MATCHED]))
        return self._finding(row, p, _flags(row), (state, Kind.SET, name))

    def _finding(self, row: Mapping[str, Any], p: float, flags: tuple[Flag, ...], key: Key) -> Finding:
        values = sorted(self._listed(PROFILES, key, (Profile.DONOR, Profile.ARM, Profile.VALUE)))
        others = self._listed(SPECIFICATIONS, key, (Control.SPECIFICATION, Control.EFFECT, Control.P, Control.SMALLEST_P))
        planted = self._listed(RECOVERY, key, (Control.PLANTED, Control.N, Control.FOUND, Control.DETECTED, Control.EXPECTED))
        return Finding(
            None,
            row,
            p,
            key,
            flags,
            tuple(DonorValue(donor_id=d, arm=a, value=float(v)) for d, a, v in values),
            tuple(SpecificationEffect(name=n, effect=e, p=p, smallest_p=s) for n, e, p, s in others),
            tuple(
                PlantedEffect(planted=x, n=int(n), found=f, share_detected=s, share_expected=e if e == e else None)  # noqa: PLR0124
                for x, n, f, s, e in planted
            ),
        )

    def _numbers(self, contract: TableContract, state: str, name: str) -> dict[str, Any]:
        row = self._row[contract][state, name]
        return {column: values[row] for column, values in self._columns[contract].items()}

    def _listed(self, contract: TableContract, key: Key, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        rows = self._rows[contract].get(key, [])
        return list(zip(*(self._columns[contract][name][rows] for name in columns), strict=True))


_READ = (SET_EFFECTS, GENE_EFFECTS, PROFILES, SPECIFICATIONS, RECOVERY)


def shares_of(specifications: Sequence[SpecificationEffect], theta: float) -> tuple[float | None, float | None]:
    """Return the shares that the rule asks for, of the specifications of one effect; None if none counts."""
    columns = ([getattr(s, name) for s in specifications] for name in ("effect", "p", "smallest_p"))
    sign_share, p10_share, n = agreement(theta, *columns)
    return (float(sign_share), float(p10_share)) if n else (None, None)


def _empty(contract: TableContract) -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in contract.columns})


def _keys(table: pd.DataFrame, columns: Sequence[str]) -> list[Any]:
    return list(zip(*(table[name] for name in columns), strict=True))


def _rows_by_key(table: pd.DataFrame) -> dict[Hashable, list[int]]:
    rows: dict[Hashable, list[int]] = {}
    for i, key in enumerate(_keys(table, (Effect.STATE, Effect.KIND, Effect.READOUT))):
        rows.setdefault(key, []).append(i)
    return rows


def find_gene(gene: str, measured: Container[str], orthologs: Mapping[str, str] | None) -> tuple[str, Reason | None]:
    """Return what the data call the gene of a claim, and why it cannot be tested; ``orthologs`` is None for data of human.

    Claims may name human genes whatever the species of the data; rodent symbols are not all capitals.
    """
    if gene not in measured and orthologs is not None:
        if gene not in orthologs and gene.isupper():
            return gene, Reason(code=Code.NO_CERTAIN_ORTHOLOG, values={"gene": gene})
        gene = orthologs.get(gene, gene)
    return gene, None if gene in measured else Reason(code=Code.GENE_NOT_MEASURED, values={"gene": gene})


def gate_of_coverage(row: Mapping[str, Any] | pd.Series) -> Reason | None:
    """Return why a set cannot be tested for what of it is measured and expressed: a row of coverage or of effects."""
    if not row[Effect.GATE]:
        return None
    if row[Effect.GATE] == Code.SET_MOSTLY_NOT_MEASURED:
        return Reason(code=Code.SET_MOSTLY_NOT_MEASURED, values={"share": float(row[Effect.WEIGHT_MEASURED])})
    sizes = {"n_expressed": int(row[Effect.N_EXPRESSED]), "n_set": int(row[Effect.N_SET])}
    return Reason(code=Code(row[Effect.GATE]), values=sizes | {"share": float(row[Effect.WEIGHT_EXPRESSED])})


def _flags(row: Mapping[str, Any]) -> tuple[Flag, ...]:
    flags = {
        Flag.SMALL_SET: row[Effect.N_EXPRESSED] < SMALL_SET_GENES,
        Flag.LOW_COVERAGE: row[Effect.WEIGHT_EXPRESSED] < LOW_COVERAGE,
        Flag.VARIANCE_FALLBACK: row[Effect.IS_FALLBACK],
    }
    return tuple(flag for flag, is_set in flags.items() if is_set)
