"""Random sets matched in expression, the same ones under every labelling, so that many labellings cost one product."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.pathways.compute.matched_sets import ENOUGH, FIRST_BATCH

Floats = NDArray[np.float64]
FEW: Final = 999
"""Random sets that settle most labellings: only an effect that few of them reach is held against more."""


@dataclass(frozen=True)
class Pools:
    """The genes that random sets are drawn from.

    Attributes
    ----------
    effects
        Genes x labellings: treatment effect of each gene after its background was taken off.
    bins, genes
        Expression bin and symbol of each gene; within a bin genes are drawn in the order of their symbols.
    """

    effects: Floats
    bins: NDArray[np.intp]
    genes: NDArray[np.str_]

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        return np.lexsort((self.genes, self.bins))

    @cached_property
    def _starts(self) -> NDArray[np.intp]:
        return np.searchsorted(self.bins[self._order], np.arange(int(self.bins.max(initial=-1)) + 2))

    def sd(self, squared: sparse.csr_matrix) -> Floats:
        """Return the SD of the matched null, sets x labellings: ``sqrt(sum_g w_g^2 var_bin(g))``; ``squared`` holds ``w^2``."""
        in_bin = sparse.csr_matrix((np.ones(self.bins.size), (np.arange(self.bins.size), self.bins)))
        size = np.maximum(np.asarray(in_bin.sum(axis=0)).ravel(), 1)[:, None]
        mean = in_bin.T @ self.effects / size
        variance = np.maximum(in_bin.T @ self.effects**2 / size - mean**2, 0.0)
        return np.asarray(np.sqrt((squared @ in_bin) @ variance))

    def p(self, effects: Floats, weights: Floats, at: NDArray[np.intp], *, most: int, rng: np.random.Generator) -> Floats:
        """Return the matched p value of one set under some labellings, as ``matched_sets.matched_p`` has it under one.

        Parameters
        ----------
        effects
            Effect of the set under each of these labellings.
        weights
            Its weights over the genes.
        at
            The labellings, as columns of ``effects`` of the pools.
        most
            Largest number of random sets; fewer where 999 or 4,999 of them hold 20 that reach the effect.
        """
        n_beyond, n_sets = np.zeros(at.size), np.zeros(at.size)
        batches = [min(n, most) for n in (FEW, FIRST_BATCH, most)]
        for before, upto in zip((0, *batches), batches, strict=False):
            is_open = n_beyond < ENOUGH
            if upto == before or not is_open.any():
                break
            null = self.draw(weights, n_sets=upto - before, rng=rng) @ np.ascontiguousarray(self.effects[:, at[is_open]])
            # a set of one bin has null sums that differ from its effect by rounding alone
            n_beyond[is_open] += (np.abs(null) >= np.abs(effects[is_open]) * (1 - 1e-12)).sum(axis=0)
            n_sets[is_open] = upto
        return (1 + n_beyond) / (n_sets + 1)

    def draw(self, weights: Floats, *, n_sets: int, rng: np.random.Generator) -> sparse.csr_matrix:
        """Return random sets x genes: each gene of the set replaced by one of its bin, with replacement."""
        members = np.flatnonzero(weights)
        members = members[np.lexsort((weights[members], self.bins[members]))]
        low, high = self._starts[self.bins[members]], self._starts[self.bins[members] + 1]
        chosen = self._order[rng.integers(low, high, size=(n_sets, members.size))]
        ends = np.arange(0, n_sets * members.size + 1, members.size)
        return sparse.csr_matrix((np.tile(weights[members], n_sets), chosen.ravel(), ends), shape=(n_sets, weights.size))
