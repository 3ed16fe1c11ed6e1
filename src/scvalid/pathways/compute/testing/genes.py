"""Tests of genes under one labelling: moderation over all of them, results for those that are asked for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scvalid.pathways.compute.testing.measured import Measured, Model
from scvalid.stats.linear_model import Fit, fit_rows, plain_t_p, t_p
from scvalid.stats.moderation import Moderated, moderate_variances

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GeneFit:
    """Least squares of all expressed genes, and their moderated variances."""

    fit: Fit
    moderated: Moderated


@dataclass(frozen=True)
class GeneTests:
    """Tests of some genes, one entry a gene; ``df`` is one number, because the prior is the same for all."""

    fit: Fit
    se: Floats
    df: float
    p_donor: Floats
    p_plain: Floats


def fit_genes(measured: Measured, model: Model) -> GeneFit:
    """Fit every expressed gene and moderate its variance along expression."""
    fit = fit_rows(measured.expression.log_cpm, model.x)
    return GeneFit(fit, moderate_variances(fit.variance, fit.df, trend=measured.trend))


def test_genes(
    measured: Measured,
    model: Model,
    rows: NDArray[np.intp] | None = None,  # noqa: PT028 (a statistical test, none of pytest)
    *,
    genes: GeneFit | None = None,  # noqa: PT028
) -> GeneTests:
    """Return the moderated t test of genes.

    Parameters
    ----------
    measured, model
        Profiles and their labelling.
    rows
        Rows of the expressed genes that are wanted; all if absent. Moderation looks at all genes in any case.
    genes
        The fit of all genes under this labelling, if it is at hand.

    References
    ----------
    Smyth 2004, doi:10.2202/1544-6115.1027; degrees of freedom capped at the pooled ones as limma 3.54 ``eBayes`` does.
    """
    found = genes or fit_genes(measured, model)
    wanted = slice(None) if rows is None else rows
    fit = Fit(found.fit.effect[wanted], found.fit.variance[wanted], found.fit.unit, found.fit.df)
    se = fit.unit * np.sqrt(found.moderated.variance[wanted])
    # the prior cannot know more than all genes together
    df = min(found.moderated.prior_df + fit.df, fit.df * float(measured.expression.genes.size))
    return GeneTests(fit, se, df, t_p(fit.effect, se, df), plain_t_p(fit))
