"""The tests of specifications: one labelling of one view in, effect and p of every wanted row out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import ContractError
from scvalid.pathways.compute.robustness.views import View
from scvalid.pathways.compute.testing import GeneFit, Model, fit_genes, test_genes, test_sets
from scvalid.stats.camera import camera
from scvalid.stats.fry import fry
from scvalid.stats.linear_model import Fit, fit_rows, plain_t_p
from scvalid.stats.permutation import ExactNull
from scvalid.stats.variance_cap import capped_test
from scvalid.stats.voom import precision_weights, weighted_t

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Labelled:
    """A view under one labelling, with what several tests of it share.

    Attributes
    ----------
    wanted
        Rows that are asked for: of the view's scores, or of its expressed genes.
    exact
        Null of the exact test of the wanted rows.
    known_genes
        The fit of all genes under this labelling, if it is at hand.
    """

    view: View
    model: Model
    wanted: NDArray[np.intp]
    exact: ExactNull
    known_genes: GeneFit | None = None

    @cached_property
    def genes(self) -> GeneFit:
        """Fit of all expressed genes."""
        return self.known_genes or fit_genes(self.view.measured, self.model)

    @cached_property
    def fit(self) -> Fit:
        """Fit of the scores; missing ones have missing effects."""
        return fit_rows(self.view.scores, self.model.x)

    @cached_property
    def weights(self) -> sparse.csr_matrix:
        """Weights of the wanted sets over the expressed genes."""
        return self.view.measured.signed[self.wanted]


Tested: TypeAlias = tuple[Floats, Floats]
"""Effect and p value of every wanted row."""
Test: TypeAlias = Callable[[Labelled], Tested]


def primary(labelled: Labelled) -> Tested:
    """The primary test of sets."""
    tests = test_sets(labelled.view.measured, labelled.model, genes=labelled.genes)
    return tests.fit.effect[labelled.wanted], tests.p_donor[labelled.wanted]


def correlation_prior(labelled: Labelled) -> Tested:
    """The correlation-prior test, where another one is the primary test."""
    tests = test_sets(labelled.view.measured, replace(labelled.model, primary_test="correlation_prior"), genes=labelled.genes)
    return tests.fit.effect[labelled.wanted], tests.p_donor[labelled.wanted]


def plain_t(labelled: Labelled) -> Tested:
    """The plain t test of scores: nothing is borrowed."""
    fit = _some(labelled.fit, labelled.wanted)
    return fit.effect, plain_t_p(fit)


def capped_variance(labelled: Labelled) -> Tested:
    """Variances of the primary score moderated across the panel, in units of what independent genes would give."""
    independent = np.asarray(labelled.view.measured.squared @ labelled.genes.moderated.variance)
    return _capped(labelled, independent)


def capped_score(labelled: Labelled) -> Tested:
    """Variances of another score moderated across the panel's sets that have it."""
    return _capped(labelled, labelled.view.independent)


def fry_test(labelled: Labelled) -> Tested:
    """The test fry on expression over its matched background: without that, a shift of all genes is an effect on every set."""
    measured = labelled.view.measured
    found = fry(measured.expression.relative, labelled.model.x, labelled.weights, trend=measured.trend)
    return found.effect, found.p


def camera_test(labelled: Labelled) -> Tested:
    """CAMERA with the correlation that the residuals of a set's genes show."""
    measured = labelled.view.measured
    found = camera(measured.expression.log_cpm, labelled.model.x, labelled.weights, trend=measured.trend)
    return found.effect, found.p


def exact_permutation(labelled: Labelled) -> Tested:
    """The same effect among those of all relabellings of donors."""
    effect = fit_rows(labelled.exact.y, labelled.model.x).effect
    return effect, labelled.exact.p(labelled.model.x[:, -1] > 0)


def gene_primary(labelled: Labelled) -> Tested:
    """The moderated t of genes."""
    tests = test_genes(labelled.view.measured, labelled.model, labelled.wanted, genes=labelled.genes)
    return tests.fit.effect, tests.p_donor


def gene_plain_t(labelled: Labelled) -> Tested:
    """The plain t test of genes."""
    fit = fit_rows(labelled.view.measured.expression.log_cpm[labelled.wanted], labelled.model.x)
    return fit.effect, plain_t_p(fit)


def gene_voom(labelled: Labelled) -> Tested:
    """Weighted least squares of genes, the weights from the trend of variance in abundance."""
    measured, x, library = labelled.view.measured, labelled.model.x, labelled.view.library
    if library is None:
        msg = "the view of a voom test has no library sizes"
        raise ContractError(msg)
    log_cpm, wanted = measured.expression.log_cpm, labelled.wanted
    weights = precision_weights(log_cpm, x, library, wanted=wanted, fit=labelled.genes.fit, trend=measured.trend)
    return weighted_t(log_cpm[wanted], x, weights)


def _capped(labelled: Labelled, independent: Floats | None) -> Tested:
    """Test the scores that the view has; of the others effect and p are missing."""
    has_score = np.isfinite(labelled.fit.effect)
    effect, p = (np.full(has_score.size, np.nan) for _ in range(2))
    if has_score.any():
        found = capped_test(
            _some(labelled.fit, has_score),
            in_panel=labelled.view.measured.in_panel[has_score],
            independent=None if independent is None else independent[has_score],
        )
        effect[has_score], p[has_score] = found.effect, found.p
    return effect[labelled.wanted], p[labelled.wanted]


def _some(fit: Fit, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Fit:
    return Fit(fit.effect[rows], fit.variance[rows], fit.unit, fit.df)
