"""What is measured on the compared profiles of one state before anyone asks which of them were treated."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from scvalid.keys import Effect
from scvalid.pathways.compute.expression import Expression, measure_expression
from scvalid.pathways.compute.gene_sets import ScoredSets, lay_sets
from scvalid.pathways.settings import PathwaysSettings
from scvalid.stats.moderation import Trend, prepare_trend

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """Compared profiles of one state, without labels: computed once, tested under any labelling.

    Attributes
    ----------
    expression
        Expressed genes: log2 CPM, what of it scores sum, and expression bins.
    sets
        The sets that passed their gates: coverage (index set id), and weights (sets x expressed genes), scaled such that a
        uniform shift of b moves the score by b.
    coverage
        Coverage of every set, the gated ones included.
    scores
        Sets x profiles, ``weights @ relative``.
    signed, squared, absolute
        ``weights``, ``weights**2`` and ``|weights|``, sparse.
    """

    expression: Expression
    sets: ScoredSets
    coverage: pd.DataFrame
    scores: Floats
    signed: sparse.csr_matrix
    squared: sparse.csr_matrix
    absolute: sparse.csr_matrix

    @property
    def names(self) -> NDArray[np.str_]:
        """Ids of the sets, in the order of the rows."""
        return self.sets.coverage.index.to_numpy(str)

    @property
    def in_panel(self) -> NDArray[np.bool_]:
        """Which of the sets inform moderation and priors; a submitted one never does."""
        return self.sets.coverage[Effect.IS_PANEL].to_numpy(bool)

    @cached_property
    def trend(self) -> Trend:
        """Spline of the genes' mean log2 CPM, along which variances are moderated; no label moves it."""
        return prepare_trend(self.expression.log_cpm.mean(axis=1))

    def rows_of_sets(self, names: frozenset[str]) -> NDArray[np.intp]:
        """Return the rows of the named sets; those that are gated or unknown have none."""
        return np.flatnonzero([name in names for name in self.names])

    def rows_of_genes(self, names: frozenset[str]) -> NDArray[np.intp]:
        """Return the rows of the named genes; those that are not expressed have none."""
        return np.flatnonzero([name in names for name in self.expression.genes])


@dataclass(frozen=True)
class Model:
    """One labelling of the profiles and how sets are tested on it.

    Attributes
    ----------
    x
        Profiles x columns of full rank, treatment last.
    donors
        Donor of each profile.
    is_paired
        Whether donors are blocked.
    primary_test
        One of ``PRIMARY_TESTS``.
    batches
        Batch of each profile where the model holds batches, else nothing.
    """

    x: Floats
    donors: tuple[str, ...]
    is_paired: bool
    primary_test: str
    batches: tuple[str, ...] = ()

    @property
    def by_name(self) -> NDArray[np.intp]:
        """Places of the profiles in the order of their donors' names, a donor's treated one last.

        Random numbers of profiles are dealt in this order, so that the order of a table moves no number.
        """
        return np.lexsort((self.x[:, -1], np.array(self.donors)))


def measure(counts: Floats, genes: NDArray[np.str_], sets: pd.DataFrame, settings: PathwaysSettings) -> Measured:
    """Filter, normalise and score.

    Parameters
    ----------
    counts
        Profiles x genes, raw sums.
    genes
        Symbols of the columns.
    sets
        Long table with the columns of ``keys.GeneSet``.
    settings
        Filter of genes and number of bins.
    """
    expression = measure_expression(counts, genes, min_total_count=settings.min_total_count, n_bins=settings.n_bins)
    return score_sets(expression, lay_sets(sets, measured=genes, expressed=expression.genes, bins=expression.bins))


def score_sets(expression: Expression, laid: ScoredSets) -> Measured:
    """Return the profiles with the scores of the sets that passed their gates."""
    is_usable = (laid.coverage[Effect.GATE] == "").to_numpy(bool)
    weights = laid.weights[is_usable]
    packed = sparse.csr_matrix(weights)
    return Measured(
        expression=expression,
        sets=ScoredSets(laid.coverage[is_usable], weights),
        coverage=laid.coverage,
        scores=np.asarray(packed @ expression.relative),
        signed=packed,
        squared=packed.multiply(packed).tocsr(),
        absolute=abs(packed),
    )
