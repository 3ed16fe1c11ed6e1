"""A known effect put into the counts of the genes of each read-out, by leaving molecules out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from scvalid.keys import Effect
from scvalid.pathways.compute.analysis import Compared
from scvalid.pathways.compute.controls.under_labels import Readouts
from scvalid.pathways.compute.expression import PRIOR_COUNT, Expression
from scvalid.pathways.compute.gene_sets import ScoredSets
from scvalid.pathways.compute.testing import GeneFit, Measured, Model
from scvalid.stats.linear_model import Fit, fit_rows
from scvalid.stats.moderation import Moderated, Prior
from scvalid.stats.normalisation import tmm_factors

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Targets:
    """The genes of every read-out, one after another: a gene of two read-outs stands here twice, for each is thinned alone.

    Attributes
    ----------
    starts
        Where the genes of each read-out start; one more than there are read-outs.
    rows
        Row of each target among the expressed genes.
    sign
        1 where the effect is planted as a rise in the treated, -1 where as a fall.
    counts
        Targets x profiles, raw.
    prior
        What is added to the counts of each profile before the logarithm.
    to_scores
        Sets x targets: change of the set's score for a change of the target's centred log2 CPM, the background included.
    genes, profiles
        Places of the targets in the order of their genes' names within each read-out, and of the profiles in that of
        ``Model.by_name``: random numbers are dealt in that order.
    """

    starts: NDArray[np.intp]
    rows: NDArray[np.intp]
    sign: Floats
    counts: Floats
    prior: Floats
    to_scores: sparse.csr_matrix
    genes: NDArray[np.intp]
    profiles: NDArray[np.intp]

    def thinned(self, is_treated: NDArray[np.bool_], effect: float, rngs: Sequence[np.random.Generator]) -> Floats:
        """Return the change of log2 CPM, targets x profiles, when each molecule is kept with probability ``2^-effect``.

        Targets that are to rise lose molecules in the vehicle arm, the others in the treated one. Library sizes and their
        factors stay, so that the change is ``log2((y' + a) / (y + a))`` with ``y' ~ Binomial(y, 2^-effect)``.

        References
        ----------
        Gerard 2020, doi:10.1186/s12859-020-3450-9.
        """
        loses = (self.sign[:, None] > 0) != is_treated[None, :]
        kept = self.counts.copy()
        for start, end, rng in zip(self.starts[:-1], self.starts[1:], rngs, strict=True):
            place = np.ix_(self.genes[start:end], self.profiles)
            own, counts = loses[place], self.counts[place]
            counts[own] = rng.binomial(counts[own].astype(np.int64), 2.0**-effect)
            kept[place] = counts
        return np.log2((kept + self.prior) / (self.counts + self.prior))


def targets_of(compared: Compared, readouts: Readouts) -> Targets:
    """Return the genes of the read-outs with their counts."""
    expression, weights = compared.measured.expression, compared.measured.sets.weights[readouts.sets]
    members = [np.flatnonzero(row) for row in weights]
    coefficients = [_with_background(row, expression)[own] for row, own in zip(weights, members, strict=True)]
    signs = [np.sign(row[own]) for row, own in zip(weights, members, strict=True)]
    starts = np.cumsum([0, *(own.size for own in members), *(1 for _ in readouts.genes)])
    rows = np.concatenate([*members, readouts.genes]).astype(np.intp)
    n_in_sets = int(starts[readouts.sets.size])
    to_scores = sparse.csr_matrix(
        (np.concatenate([*coefficients, np.empty(0)]), np.arange(n_in_sets), starts[: readouts.sets.size + 1]),
        shape=(readouts.sets.size, rows.size),
    )
    counts = compared.counts[:, pd.Index(compared.genes).get_indexer(expression.genes)].T
    library = counts.sum(axis=0) * tmm_factors(counts)
    sign = np.concatenate([*signs, np.ones(readouts.genes.size)])
    prior = PRIOR_COUNT * library / library.mean()
    by_name = np.lexsort((expression.genes[rows], np.repeat(np.arange(starts.size - 1), np.diff(starts))))
    return Targets(starts, rows, sign, counts[rows], prior, to_scores, by_name, compared.model.by_name)


def _with_background(weights: Floats, expression: Expression) -> Floats:
    """Return what each gene weighs in a score once it is also a part of its own background."""
    in_bin = np.bincount(expression.bins, weights=weights)
    size = np.maximum(np.bincount(expression.bins), 1)
    return np.asarray(weights - (in_bin / size)[expression.bins])


@dataclass(frozen=True)
class Planted:
    """Room for thinned read-outs beside the measured ones: further sets whose genes are further genes.

    Attributes
    ----------
    measured
        As measured, then one set for each claimed one, of no panel, over its own targets.
    targets, readouts
        What is thinned.
    """

    measured: Measured
    targets: Targets
    readouts: Readouts

    @property
    def rows(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Rows of the thinned sets among the sets, and of the thinned genes of the gene claims among the genes."""
        n_sets, n_genes = self.measured.in_panel.size - self.readouts.sets.size, self.measured.expression.genes.size
        of_genes = n_genes + self.targets.starts[self.readouts.sets.size : -1]
        return n_sets + np.arange(self.readouts.sets.size), of_genes

    def plant(self, change: Floats, model: Model, genes: GeneFit) -> tuple[Measured, GeneFit]:
        """Return the profiles with the thinned read-outs, and the fit of all genes with that of the targets behind it.

        The prior of gene variances is that of the genes as they were.
        """
        expression, rows = self.measured.expression, self.targets.rows
        fit = fit_rows(expression.log_cpm[rows] + change, model.x)
        prior = Prior(genes.moderated.prior[rows], genes.moderated.prior_df)
        moderated = Moderated(
            np.concatenate([genes.moderated.variance, prior.posterior(fit.variance, fit.df)]),
            np.concatenate([genes.moderated.prior, prior.variance]),
            genes.moderated.prior_df,
        )
        effect, variance = (np.concatenate([getattr(genes.fit, n), getattr(fit, n)]) for n in ("effect", "variance"))
        centred = change - change.mean(axis=1, keepdims=True)
        moved = self.measured.scores[self.readouts.sets] + self.targets.to_scores @ centred
        measured = replace(self.measured, scores=np.concatenate([self.measured.scores, moved]))
        return measured, GeneFit(Fit(effect, variance, fit.unit, fit.df), moderated)


def prepare(compared: Compared, readouts: Readouts) -> Planted:
    """Return the read-outs of a state ready to be thinned."""
    measured, targets = compared.measured, targets_of(compared, readouts)
    own = sparse.csr_matrix(
        (
            measured.sets.weights[readouts.sets][_owner(targets, readouts), targets.rows[: targets.to_scores.nnz]],
            targets.to_scores.indices,
            targets.to_scores.indptr,
        ),
        shape=targets.to_scores.shape,
    )
    coverage = measured.sets.coverage.iloc[readouts.sets].assign(**{Effect.IS_PANEL: False})
    room = replace(
        measured,
        sets=ScoredSets(pd.concat([measured.sets.coverage, coverage]), measured.sets.weights),
        squared=sparse.block_diag([measured.squared, own.multiply(own)], format="csr"),
        absolute=sparse.block_diag([measured.absolute, abs(own)], format="csr"),
    )
    return Planted(room, targets, readouts)


def _owner(targets: Targets, readouts: Readouts) -> NDArray[np.intp]:
    n_each = np.diff(targets.starts[: readouts.sets.size + 1])
    return np.repeat(np.arange(readouts.sets.size), n_each)
