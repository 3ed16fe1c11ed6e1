"""All effects of one grouping: for each state the comparison, the sets, the genes, and the values behind them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from anndata import AnnData
from numpy.typing import NDArray

from scvalid.contracts.tables import GENE_EFFECTS, PROFILES, SET_EFFECTS, TableContract
from scvalid.contracts.verdicts import DesignFacts, DesignFile
from scvalid.keys import Effect, Kind, Obs, Profile, Uns
from scvalid.pathways.compute.comparison import Comparison, choose_profiles, refuse_copies
from scvalid.pathways.compute.expression import Expression, measure_expression
from scvalid.pathways.compute.facts import facts_of
from scvalid.pathways.compute.gene_effects import detect_genes, gene_effects
from scvalid.pathways.compute.gene_sets import lay_sets
from scvalid.pathways.compute.second_opinion import ulm_effects
from scvalid.pathways.compute.set_effects import Model, set_effects
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Design


@dataclass(frozen=True)
class Effects:
    """Tables of effects on sets and genes, read-out values per profile, and the facts of each state's design."""

    sets: pd.DataFrame
    genes: pd.DataFrame
    profiles: pd.DataFrame
    facts: DesignFile


@dataclass(frozen=True)
class Analysis:
    """How one grouping is analysed: its arms, its sets (long table of ``keys.GeneSet``), its settings and its seed."""

    design: Design
    sets: pd.DataFrame
    settings: PathwaysSettings
    seed: int


def compute_effects(profiles: AnnData, analysis: Analysis) -> Effects:
    """Return all effects of one grouping.

    Parameters
    ----------
    profiles
        Groups x genes as ``contracts.counts.check_profiles`` promises.
    analysis
        Arms, sets, settings, and the seed of the matched random sets.
    """
    # s2 before s10
    states = sorted(profiles.obs[Obs.STATE].astype(str).unique(), key=lambda state: (len(state), state))
    tables: dict[TableContract, list[pd.DataFrame]] = {SET_EFFECTS: [], GENE_EFFECTS: [], PROFILES: []}
    facts: list[DesignFacts] = []
    for state in states:
        of_state = profiles[profiles.obs[Obs.STATE] == state]
        chosen = refuse_copies(choose_profiles(of_state.obs, analysis.design), np.asarray(of_state.X))
        compared = of_state[chosen.rows]
        expression = measure_expression(
            np.asarray(compared.X),
            compared.var_names.to_numpy(str),
            min_total_count=analysis.settings.min_total_count,
            n_bins=analysis.settings.n_bins,
        )
        n_genes = {"n_genes_measured": compared.n_vars, "n_genes": int(expression.genes.size)}
        facts.append(facts_of(chosen, state, analysis.design, **n_genes))
        if chosen.gate is None:
            of_state_tables = _effects_of_state(compared, chosen, expression, analysis, state=state)
            for contract, table in zip(tables, of_state_tables, strict=True):
                tables[contract].append(table.assign(**{Effect.STATE: state}))
    sets, genes, values = (_tidy(parts, contract) for contract, parts in tables.items())
    return Effects(sets, genes, values, DesignFile(grouping=profiles.uns[Uns.GROUPING], states=tuple(facts)))


def _effects_of_state(
    compared: AnnData, chosen: Comparison, expression: Expression, analysis: Analysis, *, state: str
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the effects on sets and on genes and the read-out values of one state whose design allows a test."""
    settings, genes = analysis.settings, compared.var_names.to_numpy(str)
    donors = tuple(chosen.obs[Obs.DONOR].astype(str))
    model = Model(chosen.matrix.x, donors, chosen.is_paired, settings.primary_test)
    detection = detect_genes(
        compared,
        (chosen.obs[Obs.ARM] == analysis.design.treated).to_numpy(),
        expression.genes,
        min_cpm=settings.min_cpm,
        min_cell_share=settings.min_cell_share,
    )
    scored = lay_sets(analysis.sets, measured=genes, expressed=expression.genes, bins=expression.bins)
    table, scores = set_effects(
        expression, scored, model, n_matched_sets=settings.n_matched_sets, seed=analysis.seed, state=state
    )
    second = ulm_effects(expression, analysis.sets, model.x)
    table[Effect.ULM] = second.reindex(table[Effect.READOUT]).to_numpy()
    is_scored = (table[Effect.GATE] == "").to_numpy()
    values = [
        _long(scores[is_scored], table.loc[is_scored, Effect.READOUT].to_numpy(str), Kind.SET, chosen.obs),
        _long(expression.log_cpm, expression.genes, Kind.GENE, chosen.obs),
    ]
    return table, gene_effects(expression, detection, model), pd.concat(values)


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
    table = pd.concat(tables, ignore_index=True) if any(len(t) for t in tables) else pd.DataFrame()
    table = table.reindex(columns=list(contract.columns))
    for name, kind in contract.columns.items():
        if kind == "text":
            table[name] = table[name].astype(object).where(table[name].notna(), "")
        elif kind == "flag":
            table[name] = table[name].astype(object).where(table[name].notna(), other=False).astype(bool)
        else:
            table[name] = pd.to_numeric(table[name])
    return table
