"""All specifications of the sets or of the genes of one comparison, ready for any labelling of its profiles."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.keys import Kind
from scvalid.pathways.compute.analysis import Analysis, Compared
from scvalid.pathways.compute.matched_sets import generator_for
from scvalid.pathways.compute.robustness.specifications import OF_GENES, OF_SETS, Specification
from scvalid.pathways.compute.robustness.tests import Labelled
from scvalid.pathways.compute.robustness.views import Maker, View, as_measured
from scvalid.pathways.compute.testing import GeneFit, Model
from scvalid.stats.labellings import Labellings, relabel_donors
from scvalid.stats.permutation import ExactNull, exact_null

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
MOST_LABELLINGS: Final = 2000


@dataclass(frozen=True)
class Layer:
    """Prepared specifications of some read-outs.

    Attributes
    ----------
    kind
        ``Kind.SET`` or ``Kind.GENE``.
    names, rows
        The read-outs, and their rows of ``measured.scores`` or of the expressed genes, ascending.
    listed
        The analyses that apply to this comparison.
    views
        For each way of looking: the view, and the row in it of each read-out, -1 where it has none.
    exact, smallest_exact_p
        Null of the exact test of each read-out, and the smallest p value that its labellings allow.
    """

    kind: str
    names: NDArray[np.str_]
    rows: Rows
    listed: tuple[Specification, ...]
    views: Mapping[Maker, tuple[View, Rows]]
    exact: ExactNull
    smallest_exact_p: float

    @property
    def specifications(self) -> tuple[str, ...]:
        """Names of the analyses, in the order of the results."""
        return tuple(specification.name for specification in self.listed)

    def evaluate(self, model: Model, rows: Rows, *, genes: GeneFit | None = None) -> tuple[Floats, Floats, Floats]:
        """Return effect, p, and smallest possible p: each specifications x rows.

        Effect and p are missing where a specification does not apply to a row or cannot be tested under this labelling.

        Parameters
        ----------
        model
            The labelling: the prepared model with another treatment column.
        rows
            Which read-outs, as in ``rows`` of the layer.
        genes
            The fit of all genes under this labelling, if it is at hand.
        """
        own = np.searchsorted(self.rows, rows)
        found = np.full((2, len(self.listed), rows.size), np.nan)
        for maker, (view, places) in self.views.items():
            of_view, is_there = view.relabelled(model), places[own] >= 0
            if of_view is None or not is_there.any():
                continue
            # the fit that was handed over is that of the profiles as they were measured
            known = genes if maker is as_measured else None
            labelled = Labelled(view, of_view, places[own][is_there], self._exact_of(own[is_there]), known)
            for i, specification in enumerate(self.listed):
                if specification.view is maker:
                    found[:, i, is_there] = specification.test(labelled)
        least = np.array([[self.smallest_exact_p if s.is_exact else 0.0] for s in self.listed]).reshape(-1, 1)
        return found[0], found[1], np.broadcast_to(least, found.shape[1:])

    def _exact_of(self, own: Rows) -> ExactNull:
        return replace(self.exact, y=self.exact.y[own], sorted_statistic=self.exact.sorted_statistic[own])


@dataclass(frozen=True)
class Layers:
    """The specifications of all scored sets, and of the claimed genes."""

    sets: Layer
    genes: Layer


def prepare_layers(compared: Compared, analysis: Analysis) -> Layers:
    """Look at one comparison in every way, once."""
    measured = compared.measured
    genes = compared.claimed_genes(analysis.claimed)
    wanted = OF_SETS + OF_GENES if genes.size else OF_SETS
    views = {maker: maker(compared, analysis) for maker in dict.fromkeys(s.view for s in wanted)}
    made = {maker: view for maker, view in views.items() if view is not None}
    prepare = partial(_prepare, made=made, compared=compared, exact=_labellings(compared, analysis.seed))
    expression = measured.expression
    return Layers(
        prepare(Kind.SET, np.arange(measured.names.size), names=measured.names, y=measured.scores),
        prepare(Kind.GENE, genes, names=expression.genes[genes], y=expression.log_cpm[genes]),
    )


def _labellings(compared: Compared, seed: int) -> Labellings:
    """Return the labellings that the exact test lists; the same for every run with this seed."""
    model, rng = compared.model, generator_for(seed, compared.state, "exact permutation")
    return relabel_donors(compared.is_treated, model.donors, strata=model.batches or None, n_max=MOST_LABELLINGS, rng=rng)


def _prepare(
    kind: str,
    rows: Rows,
    *,
    names: NDArray[np.str_],
    y: Floats,
    made: Mapping[Maker, View],
    compared: Compared,
    exact: Labellings,
) -> Layer:
    model = compared.model
    all_of_kind = OF_SETS if kind == Kind.SET else OF_GENES
    listed = tuple(s for s in all_of_kind if s.view in made and s.name != (model.primary_test if kind == Kind.SET else ""))
    placed = {maker: (made[maker], _places(made[maker], kind, names)) for maker in dict.fromkeys(s.view for s in listed)}
    return Layer(kind, names, rows, listed, placed, exact_null(y, model.x, exact), exact.smallest_p)


def _places(view: View, kind: str, names: NDArray[np.str_]) -> Rows:
    """Return the row of each read-out in a view."""
    there = view.measured.names if kind == Kind.SET else view.measured.expression.genes
    return pd.Index(there).get_indexer(pd.Index(names))
