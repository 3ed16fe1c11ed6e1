"""All effects of one grouping: for each state the comparison, the sets, the genes, and what stands beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from anndata import AnnData
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.tables import (
    COMPOSITION,
    GENE_EFFECTS,
    PERMUTED,
    PROFILES,
    RECOVERY,
    RIVALS,
    SET_EFFECTS,
    SPECIFICATIONS,
    TRENDS,
    VEHICLE_SPLITS,
    TableContract,
)
from scvalid.contracts.verdicts import DesignFacts, DesignFile
from scvalid.keys import ALL_MSC, Effect, Kind, Obs, Profile, Uns
from scvalid.pathways.compute.analysis import Analysis, Compared, compare_state
from scvalid.pathways.compute.comparison import choose_profiles, refuse_copies
from scvalid.pathways.compute.composition import split_composition
from scvalid.pathways.compute.controls.run import run_controls
from scvalid.pathways.compute.expression import is_expressed
from scvalid.pathways.compute.facts import facts_of
from scvalid.pathways.compute.gene_effects import gene_effects
from scvalid.pathways.compute.rivals import rival_effects
from scvalid.pathways.compute.robustness.layer import prepare_layers
from scvalid.pathways.compute.robustness.table import specification_table
from scvalid.pathways.compute.set_effects import set_effects
from scvalid.pathways.compute.trends.table import trend_effects

__all__ = ["TABLES", "Analysis", "Effects", "compute_effects"]

TABLES = (
    SET_EFFECTS, GENE_EFFECTS, PROFILES, SPECIFICATIONS, RIVALS, PERMUTED, RECOVERY, VEHICLE_SPLITS, COMPOSITION, TRENDS
)  # fmt: skip
"""What one grouping is written down in; a table that does not apply to it is empty."""

Tables = dict[TableContract, pd.DataFrame]
_DTYPES = {"text": object, "number": float, "flag": bool}


@dataclass(frozen=True)
class Effects:
    """The tables of one grouping, by their contract, and the facts of each state's design."""

    tables: Mapping[TableContract, pd.DataFrame]
    facts: DesignFile

    def __getitem__(self, contract: TableContract) -> pd.DataFrame:
        """Return the table of a contract."""
        return self.tables[contract]


# the number of BLAS threads changes the last digits; one is also faster, for most products are small
@threadpool_limits.wrap(limits=1)
def compute_effects(profiles: AnnData, analysis: Analysis) -> Effects:
    """Return all effects of one grouping.

    Parameters
    ----------
    profiles
        Groups x genes as ``contracts.counts.check_profiles`` promises.
    analysis
        Arms, sets, settings, the read-outs of the claims, and the seed of everything random.
    """
    # s2 before s10
    states = sorted(profiles.obs[Obs.STATE].astype(str).unique(), key=lambda state: (len(state), state))
    found: list[Tables] = []
    facts: list[DesignFacts] = []
    for state in states:
        of_state = profiles[profiles.obs[Obs.STATE] == state]
        chosen = refuse_copies(choose_profiles(of_state.obs, analysis.design), np.asarray(of_state.X))
        if chosen.gate is None:
            compared = compare_state(of_state, chosen, analysis, state=state)
            found.append({c: table.assign(**{Effect.STATE: state}) for c, table in _effects_of(compared, analysis).items()})
        facts.append(facts_of(chosen, state, analysis.design, **_n_genes(of_state, chosen.rows, analysis)))
    found.append(_across_states(profiles, analysis))
    tables = {c: _tidy([tables[c] for tables in found if c in tables], c) for c in TABLES}
    return Effects(tables, DesignFile(grouping=profiles.uns[Uns.GROUPING], states=tuple(facts)))


def _effects_of(compared: Compared, analysis: Analysis) -> Tables:
    """Return the tables of one state whose design allows a test."""
    measured, model, settings = compared.measured, compared.model, analysis.settings
    sets = set_effects(
        measured,
        model,
        genes=compared.gene_fit,
        n_matched_sets=settings.n_matched_sets,
        seed=analysis.seed,
        state=compared.state,
    )
    layers = prepare_layers(compared, analysis)
    tables: Tables = {
        SET_EFFECTS: sets,
        GENE_EFFECTS: gene_effects(measured, compared.detection, model, genes=compared.gene_fit),
        PROFILES: _values(compared, analysis.claimed),
        SPECIFICATIONS: specification_table(layers, model, genes=compared.gene_fit),
        RIVALS: rival_effects(measured, model, analysis.claimed),
    }
    return tables | (run_controls(compared, layers, analysis) if analysis.controls and compared.state == ALL_MSC else {})


def _across_states(profiles: AnnData, analysis: Analysis) -> Tables:
    """Return the tables that look at more than one comparison, which the two groupings serve for one each."""
    if profiles.uns[Uns.GROUPING] == ALL_MSC:
        return {TRENDS: trend_effects(profiles, analysis)}
    return {COMPOSITION: split_composition(profiles, analysis)}


def _n_genes(of_state: AnnData, rows: NDArray[np.intp], analysis: Analysis) -> dict[str, int]:
    counts = np.asarray(of_state.X)[rows]
    expressed = is_expressed(counts, min_total_count=analysis.settings.min_total_count)
    return {"n_genes_measured": of_state.n_vars, "n_genes": int(expressed.sum())}


def _values(compared: Compared, claimed: Claimed) -> pd.DataFrame:
    """Return the value of every scored set and every claimed gene in each profile."""
    measured, obs, rows = compared.measured, compared.chosen.obs, compared.claimed_genes(claimed)
    genes, log_cpm = measured.expression.genes[rows], measured.expression.log_cpm[rows]
    return pd.concat([_long(measured.scores, measured.names, Kind.SET, obs), _long(log_cpm, genes, Kind.GENE, obs)])


def _long(values: NDArray[np.float64], names: NDArray[np.str_], kind: str, obs: pd.DataFrame) -> pd.DataFrame:
    n_rows, n_profiles = values.shape
    return pd.DataFrame(
        {
            Profile.DONOR: np.tile(obs[Obs.DONOR].astype(str).to_numpy(object), n_rows),
            Profile.ARM: np.tile(obs[Obs.ARM].astype(str).to_numpy(object), n_rows),
            Profile.KIND: kind,
            Profile.READOUT: np.repeat(names.astype(object), n_profiles),
            Profile.VALUE: values.ravel(),
        }
    )


def _tidy(tables: list[pd.DataFrame], contract: TableContract) -> pd.DataFrame:
    """Return one table with exactly the contract's columns and kinds, also when no state could be tested."""
    filled = [table for table in tables if len(table)]
    if not filled:
        return pd.DataFrame({name: np.empty(0, dtype=_DTYPES[kind]) for name, kind in contract.columns.items()})
    table = pd.concat(filled, ignore_index=True).reindex(columns=list(contract.columns))
    for name, kind in contract.columns.items():
        if kind == "text":
            table[name] = table[name].astype(object).where(table[name].notna(), "")
        elif kind == "flag":
            table[name] = table[name].astype(object).where(table[name].notna(), other=False).astype(bool)
        else:
            table[name] = pd.to_numeric(table[name])
    return table
