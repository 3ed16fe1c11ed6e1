"""What a specification looks at: the profiles scored, chosen or modelled in another way, before anyone knows the labels."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scvalid.contracts.verdicts import MIN_DONORS_FOR_DECISION
from scvalid.keys import Obs
from scvalid.pathways.compute.analysis import Analysis, Compared
from scvalid.pathways.compute.expression import PRIOR_COUNT
from scvalid.pathways.compute.testing import Measured, Model, measure
from scvalid.stats.normalisation import log2_cpm, tmm_factors

Floats = NDArray[np.float64]
MORE_CELLS: Final = 50
"""Cells of a profile that one specification asks for, more than a profile needs to be used."""
_RANK_TOLERANCE: Final = 1e-9


@dataclass(frozen=True)
class View:
    """One way to look at the profiles.

    Attributes
    ----------
    measured
        The profiles that this view compares.
    scores
        Sets x profiles, for each of ``measured.names``; NaN where the view does not score a set.
    independent
        Variance of each score if its genes were independent, up to one factor; None where that is the same for all.
    rows
        Positions of the view's profiles among the compared ones.
    nuisance
        Columns of the model other than the treatment, where they are not those of the given model.
    library
        Normalised library size of each profile; None where no test asks for it.
    """

    measured: Measured
    scores: Floats
    independent: Floats | None = None
    rows: NDArray[np.intp] | None = None
    nuisance: Floats | None = None
    library: Floats | None = None

    def relabelled(self, model: Model) -> Model | None:
        """Return a model of all compared profiles as the model of this view; None if it cannot be tested, or decide, there."""
        if self.nuisance is None:
            return model
        rows = np.arange(model.x.shape[0]) if self.rows is None else self.rows
        treatment, donors = model.x[rows, -1], tuple(np.array(model.donors)[rows])
        x = np.column_stack([self.nuisance, treatment])
        arms = [len({d for d, own in zip(donors, treatment > 0, strict=True) if own == arm}) for arm in (True, False)]
        if min(arms) < MIN_DONORS_FOR_DECISION or x.shape[0] <= x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
            return None
        return replace(model, x=x, donors=donors, batches=())


Maker: TypeAlias = Callable[[Compared, Analysis], View | None]
"""Makes a view of the compared profiles; None if it would not differ from the primary analysis."""


def as_measured(compared: Compared, analysis: Analysis) -> View:
    """The profiles as the primary analysis sees them."""
    counts = _expressed(compared)
    return View(compared.measured, compared.measured.scores, library=counts.sum(axis=0) * tmm_factors(counts))


def with_more_cells(compared: Compared, analysis: Analysis) -> View | None:
    """Profiles of at least ``MORE_CELLS`` cells, in pairs only whole ones, filtered and normalised anew."""
    obs = compared.chosen.obs
    is_kept = obs[Obs.N_CELLS].to_numpy(float) >= MORE_CELLS
    if compared.model.is_paired:
        is_kept = ~obs[Obs.DONOR].isin(obs.loc[~is_kept, Obs.DONOR]).to_numpy()
    if is_kept.all() or not is_kept.any():
        return None
    rows = np.flatnonzero(is_kept)
    measured = measure(compared.counts[rows], compared.genes, analysis.sets, analysis.settings)
    return View(measured, measured.scores, rows=rows, nuisance=_independent(compared.model.x[rows, :-1]))


def without_batch(compared: Compared, analysis: Analysis) -> View | None:
    """The same profiles in a model without batches, where the primary one holds them."""
    model = compared.model
    if not model.batches:
        return None
    blocks = sorted(set(model.donors)) if model.is_paired else []
    columns = [np.array([donor == name for donor in model.donors], dtype=np.float64) for name in blocks]
    nuisance = _independent(np.column_stack([np.ones(len(model.donors)), *columns]))
    return View(compared.measured, compared.measured.scores, nuisance=nuisance)


def without_tmm(compared: Compared, analysis: Analysis) -> View:
    """Genes on log2 counts per million of the library size alone. Its scores are those of the primary analysis."""
    measured = compared.measured
    expression = replace(measured.expression, log_cpm=log2_cpm(_expressed(compared), prior_count=PRIOR_COUNT))
    return View(replace(measured, expression=expression), measured.scores)


def over_background(compared: Compared, analysis: Analysis) -> View:
    """Genes over the mean of the genes of their expression bin, as scores see them: a broad shift is no effect on a gene."""
    measured = compared.measured
    expression = replace(measured.expression, log_cpm=measured.expression.relative)
    return View(replace(measured, expression=expression), measured.scores)


def _expressed(compared: Compared) -> Floats:
    """Return the counts of the expressed genes, genes x profiles."""
    return compared.counts[:, np.isin(compared.genes, compared.measured.expression.genes)].T


def _independent(columns: Floats) -> Floats:
    """Return the columns that are not in the span of those before them."""
    kept: list[Floats] = []
    for column in columns.T:
        basis = np.column_stack([*kept, column])
        if np.linalg.matrix_rank(basis, tol=_RANK_TOLERANCE) == basis.shape[1]:
            kept.append(column)
    return np.column_stack(kept)
