"""Read profiles and gene sets, write effects and the facts of the design."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from scvalid.contracts.counts import check_profiles
from scvalid.contracts.tables import GENE_EFFECTS, GENE_SETS, PROFILES, SET_EFFECTS
from scvalid.io.documents import write_model
from scvalid.io.gene_names import read_aliases
from scvalid.io.gene_sets import read_gene_sets
from scvalid.io.matrices import read_adata
from scvalid.io.tables import write_table
from scvalid.keys import GeneSet
from scvalid.pathways.compute.current_genes import with_current_symbols
from scvalid.pathways.compute.effects import Analysis, compute_effects
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Design

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
    sets: Path,
    genes: Path,
    profiles: Path,
    facts: Path,
) -> None:
    """Estimate the effects of one grouping.

    ``other_gene_sets`` are scored but do not inform the moderation; ``aliases`` tells what outdated symbols in sets mean.
    """
    counts = check_profiles(read_adata(source))
    old_names = {old: alias.symbol for old, alias in read_aliases(aliases).items()} if aliases else {}
    # a species may have no registered sets; claims on genes can be tested all the same
    tables = [read_gene_sets(path, is_panel=True) for path in gene_sets] or [NO_SETS]
    tables += [read_gene_sets(path, is_panel=False) for path in other_gene_sets]
    given = pd.concat([table for table in tables if len(table)] or [NO_SETS], ignore_index=True)
    known = GENE_SETS.check(with_current_symbols(given, measured=frozenset(counts.var_names), aliases=old_names))
    effects = compute_effects(counts, Analysis(design, known, settings, seed))
    write_table(sets, effects.sets, SET_EFFECTS)
    write_table(genes, effects.genes, GENE_EFFECTS)
    write_table(profiles, effects.profiles, PROFILES)
    write_model(facts, effects.facts)
