"""Random sets matched in expression: what a set's effect would be if its genes were any genes like them."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.pathways.compute.testing.measured import Measured, Model
from scvalid.stats.linear_model import fit_rows

Floats = NDArray[np.float64]
FIRST_BATCH: Final = 4999
ENOUGH: Final = 20
"""Random sets as extreme as the set; where the first batch holds fewer, the p value is small and needs more of them."""


@dataclass(frozen=True)
class GeneNull:
    """The genes that random sets are drawn from, under one labelling.

    Attributes
    ----------
    effects
        Treatment effect of each gene after its background was taken off.
    bins
        Expression bin of each gene.
    """

    effects: Floats
    bins: NDArray[np.intp]

    @cached_property
    def _pools(self) -> list[Floats]:
        """The effects of each bin, sorted: the same random sets whatever the order of the genes."""
        return [np.sort(self.effects[self.bins == number]) for number in range(int(self.bins.max(initial=-1)) + 1)]

    @cached_property
    def variances(self) -> Floats:
        """Variance among the genes of the bin that each gene is in."""
        by_bin = np.array([pool.var() if pool.size else 0.0 for pool in self._pools])
        return by_bin[self.bins]

    def sd(self, squared: sparse.csr_matrix) -> Floats:
        """Return the SD of the matched null of each set, ``sqrt(sum_g w_g^2 var_bin(g))``; ``squared`` holds ``w^2``."""
        return np.asarray(np.sqrt(squared @ self.variances))

    def draw(self, weights: Floats, *, n_sets: int, rng: np.random.Generator) -> Floats:
        """Return the effects of random sets that match one set's weights and expression bins.

        A score is linear in the genes, so the effect of a random set is the weighted sum of gene effects. Each gene of the
        set is replaced by one drawn from its bin, with replacement, which errs on the side of a wider null.

        Parameters
        ----------
        weights
            Weights of the set over the genes, zero outside it.
        n_sets
            Number of random sets, which is the length of what is returned.
        """
        members = np.flatnonzero(weights)
        null = np.zeros(n_sets)
        for gene in members[np.lexsort((weights[members], self.bins[members]))]:
            pool = self._pools[self.bins[gene]]
            null += weights[gene] * pool.take(rng.integers(pool.size, size=n_sets, dtype=np.uint32))
        return null


def null_of(measured: Measured, model: Model) -> GeneNull:
    """Return the genes' own effects under one labelling, which random sets are drawn from."""
    return GeneNull(fit_rows(measured.expression.relative, model.x).effect, measured.expression.bins)


def matched_p(effect: float, weights: Floats, genes: GeneNull, *, most: int, rng: np.random.Generator) -> float:
    """Return the two-sided p value ``(1 + #{|null| >= |effect|}) / (B + 1)`` of a set among random ones.

    B is 4,999; if fewer than 20 of those reach the effect the same generator goes on to ``most``. It never depends on how many
    claims are tested.

    Parameters
    ----------
    effect
        Effect of the set.
    weights
        Its weights over the genes.
    most
        Largest number of random sets; a family of m claims needs ``40 m - 1``.

    References
    ----------
    Phipson & Smyth 2010, doi:10.2202/1544-6115.1585; stopping early errs towards larger p (Besag & Clifford 1991,
    doi:10.1093/biomet/78.2.301).
    """
    n_sets = min(FIRST_BATCH, most)
    n_beyond = _n_beyond(effect, genes.draw(weights, n_sets=n_sets, rng=rng))
    if n_beyond < ENOUGH and most > n_sets:
        n_beyond += _n_beyond(effect, genes.draw(weights, n_sets=most - n_sets, rng=rng))
        n_sets = most
    return (1 + n_beyond) / (n_sets + 1)


def _n_beyond(effect: float, null: Floats) -> int:
    # a set of one bin has null sums that differ from its effect by rounding alone
    return int((np.abs(null) >= abs(effect) * (1 - 1e-12)).sum())


def generator_for(seed: int, *names: str) -> np.random.Generator:
    """Return a generator that depends on the seed and the names alone, so that no other set changes its numbers."""
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])
