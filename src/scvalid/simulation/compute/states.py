"""Cell states: which genes mark each, and how many cells of a donor are in each."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.simulation.compute.genes import genes_of

STATES = ("basal", "osteo_primed", "stressed")

MT_SHARE = np.array([0.045, 0.045, 0.09])
"""Mean mitochondrial share of the transcripts of a good cell in each state."""

_SHARES = np.array([0.55, 0.30, 0.15])
_LIKENESS = 60.0
"""Concentration of the Dirichlet distribution of a donor's shares: SD about 6 % for the largest state."""
_MARKING_SETS = {
    "osteo_primed": (("OSTEO_EARLY", "OSTEO_LATE"), ("WP_OSTEOBLAST_DIFFERENTIATION_AND_RELATED_DISEASES",)),
    "stressed": (("DISSOCIATION_IEG_CORE", "ISR_ATF4_CORE"), ("HALLMARK_UNFOLDED_PROTEIN_RESPONSE",)),
}
"""Sets whose genes mark a state: those with the strong shift, then those with the weak one."""
_MARKING_GENES = {
    "osteo_primed": ("COL1A2", "COL3A1", "COL5A2", "COL6A3", "SPARC", "POSTN", "ASPN", "OGN", "TNC", "BAMBI"),
    "stressed": ("HSPA1A", "HSPA1B", "HSPA8", "HSPB1", "HSPH1", "HSPE1", "HSPD1", "DNAJA1", "DNAJB1", "HSP90AB1", "BAG3"),
}
_STRONG, _WEAK = (1.5, 2.0), (0.6, 1.2)


def marking_genes(sets: pd.DataFrame, *, claimed: Collection[str]) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return for each marked state its strong and its weak genes.

    Genes of the claims' sets are left out: else a chance difference in composition between arms would move a claim.
    """
    marks = {}
    for state, (core, wide) in _MARKING_SETS.items():
        strong = (genes_of(sets, core) | frozenset(_MARKING_GENES[state])) - frozenset(claimed)
        marks[state] = (strong, genes_of(sets, wide) - strong - frozenset(claimed))
    return marks


def draw_state_shifts(
    genes: NDArray[np.str_], marks: dict[str, tuple[frozenset[str], frozenset[str]]], *, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return the log2 shift of each gene in each state, n_states x n_genes; basal has none."""
    shifts = np.zeros((len(STATES), len(genes)))
    strong, weak = (rng.uniform(*bounds, (len(STATES), len(genes))) for bounds in (_STRONG, _WEAK))
    for i, state in enumerate(STATES):
        for drawn, marked in zip((strong, weak), marks.get(state, ()), strict=False):
            shifts[i] += drawn[i] * np.isin(genes, sorted(marked))
    return shifts


def draw_state_shares(n_donors: int, *, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the share of each state in each donor, n_donors x n_states; both arms of a donor have the same."""
    return rng.dirichlet(_LIKENESS * _SHARES, n_donors)
