"""Read profiles and gene sets, write effects, what stands beside them, and the facts of the design."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.counts import check_profiles
from scvalid.contracts.tables import (
    COMPOSITION,
    GENE_EFFECTS,
    GENE_SETS,
    PERMUTED,
    PROFILES,
    RECOVERY,
    RIVALS,
    SET_EFFECTS,
    SPECIFICATIONS,
    TRENDS,
    VEHICLE_SPLITS,
)
from scvalid.io.documents import write_model
from scvalid.io.gene_names import read_aliases, read_orthologs
from scvalid.io.gene_sets import read_gene_sets
from scvalid.io.matrices import read_adata
from scvalid.io.tables import write_table
from scvalid.keys import GeneSet
from scvalid.pathways.compute.current_genes import as_data_call_them, with_current_symbols
from scvalid.pathways.compute.effects import Analysis, compute_effects
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Design

NOTHING_CLAIMED = Claimed()
NO_SETS = pd.DataFrame({GeneSet.SET: [], GeneSet.GENE: [], GeneSet.WEIGHT: [], GeneSet.IS_PANEL: []}).astype(
    {GeneSet.SET: object, GeneSet.GENE: object, GeneSet.WEIGHT: float, GeneSet.IS_PANEL: bool}
)


def run(
    *,
    settings: PathwaysSettings,
    design: Design,
    seed: int,
    source: Path,
    gene_sets: Sequence[Path],
    other_gene_sets: Sequence[Path] = (),
    aliases: Path | None = None,
    orthologs: Path | None = None,
    species: str = "human",
    claimed: Claimed = NOTHING_CLAIMED,
    controls: bool = True,
    sets: Path,
    genes: Path,
    profiles: Path,
    specifications: Path,
    rivals: Path,
    permuted: Path,
    recovery: Path,
    vehicle_splits: Path,
    composition: Path,
    trends: Path,
    facts: Path,
) -> None:
    """Estimate the effects of one grouping; a table that does not apply to it is written without rows.

    ``other_gene_sets`` are scored but do not inform the moderation; ``aliases`` tells what outdated symbols in sets mean,
    ``orthologs`` what the data call the human genes of claims, if ``species`` is another; ``claimed`` are the read-outs of the
    claims, and ``controls`` says whether permuted labels, planted effects and splits of the vehicle arm are run.
    """
    counts = check_profiles(read_adata(source))
    given = _sets_of(gene_sets, other_gene_sets)
    old_names = {old: alias.symbol for old, alias in read_aliases(aliases).items()} if aliases else {}
    known = GENE_SETS.check(with_current_symbols(given, measured=frozenset(counts.var_names), aliases=old_names))
    readouts = as_data_call_them(claimed, measured=frozenset(counts.var_names), orthologs=_orthologs(orthologs, species))
    effects = compute_effects(counts, Analysis(design, known, settings, seed, readouts, controls))
    targets = {
        SET_EFFECTS: sets, GENE_EFFECTS: genes, PROFILES: profiles, SPECIFICATIONS: specifications, RIVALS: rivals,
        PERMUTED: permuted, RECOVERY: recovery, VEHICLE_SPLITS: vehicle_splits, COMPOSITION: composition, TRENDS: trends,
    }  # fmt: skip
    for contract, target in targets.items():
        write_table(target, effects[contract], contract)
    write_model(facts, effects.facts)


def _sets_of(gene_sets: Sequence[Path], other_gene_sets: Sequence[Path]) -> pd.DataFrame:
    # a species may have no registered sets; claims on genes can be tested all the same
    tables = [read_gene_sets(path, is_panel=True) for path in gene_sets] or [NO_SETS]
    tables += [read_gene_sets(path, is_panel=False) for path in other_gene_sets]
    return pd.concat([table for table in tables if len(table)] or [NO_SETS], ignore_index=True)


def _orthologs(table: Path | None, species: str) -> Mapping[str, str]:
    if table is None or species == "human":
        return {}
    return {human: ortholog.symbol for human, ortholog in read_orthologs(table, species=species).items()}
