"""Cells of another species in a sample, as a feeder layer leaves: by their counts for the genes that are left out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import sentence, shown
from scvalid.intake.compute.features import is_animal

MOSTLY = 0.5
"""A cell with more counts of other genomes is one of theirs."""
SAID_SHARE = 0.03
"""Share of the counts, or of the cells, beyond which it is said: ambient RNA and wrong alignments stay below."""
MAX_SHARE = 0.5
"""Beyond this share of cells of another species the sample is not what it is said to be."""


def judge_foreign(
    own: sparse.csr_matrix, foreign: NDArray[np.float64], origins: Sequence[str], *, species: str, where: str
) -> tuple[list[str], list[str]]:
    """Return what is wrong, and what is odd, about the counts for genes of other genomes.

    Parameters
    ----------
    own
        Some cells x genes of the stated species.
    foreign
        Counts of the same cells for genes of other genomes.
    origins
        Those genomes.
    species
        The stated species.
    where
        How sentences call the sample.
    """
    totals = np.asarray(own.sum(axis=1), dtype=np.float64).ravel() + foreign
    is_cell = totals > 0
    if not is_cell.any() or not origins:
        return [], []
    share = float(foreign.sum() / totals.sum())
    n_other, n_cells = int(np.sum(foreign[is_cell] > MOSTLY * totals[is_cell])), int(is_cell.sum())
    if max(share, n_other / n_cells) <= SAID_SHARE:
        return [], []
    names = " and ".join(shown(origin)[1:-1] for origin in origins)
    got = f"{100 * share:.0f} % of the counts from {names}, and {n_other} of {n_cells} cells looked at mostly from there"
    if n_other > MAX_SHARE * n_cells and any(map(is_animal, origins)):
        fix = "Leave these cells out (by a column of obs and 'cells', or before), or correct context.species."
        return [sentence(where, f"hold cells of the stated species, {species}", got, fix)], []
    left = "their genes are left out, but the cells stay: leave out feeder cells and mixed droplets before."
    return [], [f"has {got}; {left}"]
