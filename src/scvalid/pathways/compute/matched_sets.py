"""Random sets matched in expression: what a set's effect would be if its genes were any genes like them."""

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.keys import Effect

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GeneNull:
    """The genes that random sets are drawn from.

    Attributes
    ----------
    effects
        Treatment effect of each gene after its background was taken off.
    bins
        Expression bin of each gene.
    """

    effects: Floats
    bins: NDArray[np.intp]

    def draw(self, weights: Floats, *, n_sets: int, rng: np.random.Generator) -> Floats:
        """Return the effects of random sets that match one set's weights and expression bins.

        A score is linear in the genes, so the effect of a random set is the weighted sum of gene effects. Each gene of the
        set is replaced by one drawn from its bin, with replacement, which errs on the side of a wider null.

        Parameters
        ----------
        weights
            Weights of the set over the genes, zero outside it, ``sum |w| = 1``.
        n_sets
            Number of random sets, which is the length of what is returned.
        """
        # by value, not by position: the same random sets whatever the order of the genes
        order = np.lexsort((self.effects, self.bins))
        members = np.flatnonzero(weights)
        start = np.searchsorted(self.bins[order], np.arange(self.bins.max() + 2))
        null = np.zeros(n_sets)
        for gene in members[np.lexsort((weights[members], self.bins[members]))]:
            low, high = start[self.bins[gene]], start[self.bins[gene] + 1]
            null += weights[gene] * self.effects[order[rng.integers(low, high, n_sets)]]
        return null


def matched_p(effect: float, null: Floats) -> float:
    """Return the two-sided p value ``(1 + #{|null| >= |effect|}) / (B + 1)``.

    References
    ----------
    Phipson & Smyth 2010, doi:10.2202/1544-6115.1585.
    """
    return float((1 + (np.abs(null) >= abs(effect)).sum()) / (null.size + 1))


def matched_columns(
    effects: Floats, sets: pd.DataFrame, genes: GeneNull, *, n_sets: int, seed: int, state: str
) -> dict[str, Floats]:
    """Return the matched p value and the SD of the matched null of each set.

    Parameters
    ----------
    effects
        Effect of each set.
    sets
        Sets (rows, named) x genes: weights.
    """
    nulls = [
        genes.draw(weights, n_sets=n_sets, rng=generator_for(seed, state, str(name)))
        for name, weights in zip(sets.index, sets.to_numpy(), strict=True)
    ]
    return {
        Effect.P_MATCHED: np.array([matched_p(effect, null) for effect, null in zip(effects, nulls, strict=True)]),
        Effect.MATCHED_SD: np.array([null.std(ddof=1) for null in nulls]),
    }


def generator_for(seed: int, *names: str) -> np.random.Generator:
    """Return a generator that depends on the seed and the names alone, so that no other set changes its numbers."""
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])
