"""Tests of the scores of sets under one labelling, by the primary test."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from scvalid.pathways.compute.testing.genes import GeneFit, fit_genes
from scvalid.pathways.compute.testing.measured import Measured, Model
from scvalid.stats.correlation_prior import (
    GUARD_SHARE_PAIRED,
    GUARD_SHARE_UNPAIRED,
    Posterior,
    half_widths,
    p_values,
    posterior_of_correlation,
)
from scvalid.stats.linear_model import Fit, fit_rows, plain_t_p
from scvalid.stats.variance_cap import capped_test

Floats = NDArray[np.float64]
POWER: Final = 0.8
MIN_EFFECTIVE_SIZE: Final = 5.0
_ROUNDING: Final = 1e-9
PRIMARY_TESTS: Final = ("correlation_prior", "capped_variance", "plain_t")


@dataclass(frozen=True)
class SetTests:
    """Tests of all scored sets, one entry a set.

    Attributes
    ----------
    fit
        Least squares of the scores.
    p_donor, p_plain
        By the primary test, and by the plain t test.
    se, df
        Standard error of the primary test, and its degrees of freedom: the residual ones, of the capped test more.
    rho, is_fallback
        Posterior mean correlation of the set's genes, and whether genes cannot explain its variance, or are too few to.
    posterior
        What intervals are taken from; None where the primary test is a t test.
    """

    fit: Fit
    p_donor: Floats
    p_plain: Floats
    se: Floats
    df: float
    rho: Floats
    is_fallback: NDArray[np.bool_]
    posterior: Posterior | None


def test_sets(measured: Measured, model: Model, *, genes: GeneFit | None = None) -> SetTests:  # noqa: PT028 (none of pytest)
    """Test the treatment effect on every scored set; ``genes`` is the fit of all genes under this labelling, if at hand."""
    fit = fit_rows(measured.scores, model.x)
    variance = (genes or fit_genes(measured, model)).moderated.variance
    independent = np.asarray(measured.squared @ variance)
    posterior = posterior_of_correlation(
        fit,
        independent,
        np.asarray(measured.absolute @ np.sqrt(variance)) ** 2,
        in_panel=measured.in_panel,
        guard_share=GUARD_SHARE_PAIRED if model.is_paired else GUARD_SHARE_UNPAIRED,
    )
    # the law of T(rho) is that of many genes; of a few, or of one with all the weight, residuals know more than the prior
    is_small = effective_size(measured) < MIN_EFFECTIVE_SIZE - _ROUNDING
    posterior = replace(posterior, is_fallback=posterior.is_fallback | is_small)
    plain = plain_t_p(fit)
    rho, is_fallback = posterior.rho, posterior.is_fallback
    if model.primary_test == "plain_t":
        return SetTests(fit, plain, plain, fit.unit * np.sqrt(fit.variance), fit.df, rho, is_fallback, None)
    if model.primary_test == "capped_variance":
        capped = capped_test(fit, in_panel=measured.in_panel, independent=independent)
        return SetTests(fit, capped.p, plain, capped.se, capped.df, rho, is_fallback, None)
    return SetTests(fit, p_values(posterior), plain, posterior.se, fit.df, rho, is_fallback, posterior)


def effective_size(measured: Measured) -> Floats:
    """Return the number of genes of equal weight that each set is worth, ``(sum |w|)^2 / sum w^2`` (Kish 1965)."""
    total, squares = (np.asarray(of.sum(axis=1)).ravel() for of in (measured.absolute, measured.squared))
    return np.asarray(total**2 / squares)


def intervals(tests: SetTests, *, level: float) -> Floats:
    """Return half the width of the interval of each effect, by inversion of the primary test."""
    if tests.posterior is None:
        return np.asarray(stats.t.isf((1 - level) / 2, tests.df) * tests.se)
    return half_widths(tests.posterior, level=level)


def detectable_effects(tests: SetTests, *, half95: Floats) -> Floats:
    """Return the effect of each set that would be found in 80 % of such experiments: ``half95 + quantile_.80 SE``."""
    quantile = stats.t.ppf(POWER, tests.df) if tests.posterior is None else stats.norm.ppf(POWER)
    return np.asarray(half95 + quantile * tests.se)
