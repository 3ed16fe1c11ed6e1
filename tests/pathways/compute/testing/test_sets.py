"""Tests of sets under a labelling: by their formulae, and whatever else is scored or asked beside them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from scvalid.keys import GeneSet
from scvalid.pathways.compute import testing
from scvalid.pathways.compute.testing.sets import detectable_effects
from scvalid.stats.correlation_prior import GUARD_SHARE_PAIRED, GUARD_SHARE_UNPAIRED, posterior_of_correlation
from scvalid.stats.moderation import moderate_variances


@pytest.mark.parametrize("is_paired", [True, False])
def test_is_the_correlation_prior_test_of_the_moderated_gene_variances(compare, is_paired):
    measured, model = compare(is_paired=is_paired)
    tests = testing.test_sets(measured, model)
    expression, weights = measured.expression, measured.sets.weights
    residuals = expression.log_cpm @ (np.eye(8) - model.x @ np.linalg.pinv(model.x))
    df = 8 - model.x.shape[1]
    variance = moderate_variances((residuals**2).sum(axis=1) / df, df, abundance=expression.log_cpm.mean(axis=1)).variance
    posterior = posterior_of_correlation(
        tests.fit,
        (weights**2 * variance).sum(axis=1),
        (np.abs(weights) * np.sqrt(variance)).sum(axis=1) ** 2,
        in_panel=np.ones(6, bool),
        guard_share=GUARD_SHARE_PAIRED if is_paired else GUARD_SHARE_UNPAIRED,
    )
    np.testing.assert_allclose(tests.se, posterior.se, rtol=1e-10)
    np.testing.assert_allclose(tests.rho, posterior.rho, rtol=1e-10)
    effects = [np.linalg.lstsq(model.x, score, rcond=None)[0][-1] for score in measured.scores]
    np.testing.assert_allclose(tests.fit.effect, effects, rtol=1e-10)


@pytest.mark.parametrize("primary_test", testing.PRIMARY_TESTS)
@pytest.mark.parametrize("n", [2, 4])
def test_p_and_interval_of_each_primary_test_agree(compare, primary_test, n):
    measured, model = compare(n=n, primary_test=primary_test)
    tests = testing.test_sets(measured, model)
    half = testing.intervals(tests, level=0.95)
    np.testing.assert_array_equal(np.abs(tests.fit.effect) > half, tests.p_donor < 0.05)
    assert (half > testing.intervals(tests, level=0.9)).all()
    assert (detectable_effects(tests, half95=half) > half).all()
    np.testing.assert_allclose(
        tests.p_plain, 2 * stats.t.sf(np.abs(tests.fit.effect) / (tests.fit.unit * tests.fit.variance**0.5), n - 1)
    )


@pytest.mark.parametrize("primary_test", testing.PRIMARY_TESTS)
def test_sets_of_a_lab_move_no_number_of_the_panel(compare, long_panel, primary_test):
    panel = long_panel(5)
    own = long_panel(8, is_panel=False)
    own = own.assign(**{GeneSet.SET: "OWN" + own[GeneSet.SET]})
    alone = testing.test_sets(*compare(sets=panel, primary_test=primary_test))
    measured, model = compare(sets=pd.concat([own, panel]), primary_test=primary_test)
    beside = testing.test_sets(measured, model)
    rows = measured.rows_of_sets(frozenset(panel[GeneSet.SET]))
    for name in ("p_donor", "p_plain", "se", "rho"):
        np.testing.assert_allclose(getattr(beside, name)[rows], getattr(alone, name), rtol=1e-9)


def test_the_mirrored_labelling_has_the_same_p_and_the_other_sign(compare):
    measured, model = compare()
    x = model.x.copy()
    x[:, -1] = 1 - x[:, -1]
    one, two = (testing.test_sets(measured, testing.Model(m, model.donors, True, "correlation_prior")) for m in (model.x, x))
    np.testing.assert_allclose(two.fit.effect, -one.fit.effect, atol=1e-12)
    np.testing.assert_allclose(two.p_donor, one.p_donor, rtol=1e-9)


def _weighted(name, weights, *, is_panel=False):
    genes = [f"G{g}" for g in range(100, 100 + len(weights))]
    return pd.DataFrame({GeneSet.SET: name, GeneSet.GENE: genes, GeneSet.WEIGHT: weights, GeneSet.IS_PANEL: is_panel})


@pytest.mark.parametrize(("weights", "is_few"), [([1.0, *[0.02] * 9], True), ([1.0] * 5, False), ([1.0] * 4 + [0.9], True)])
def test_a_set_that_is_worth_fewer_than_five_genes_is_no_surer_than_its_own_residuals(compare, long_panel, weights, is_few):
    """One gene with nearly all the weight is a gene, and has not the variance of a sum of many."""
    measured, model = compare(sets=pd.concat([long_panel(6), _weighted("HEAVY", weights)]))
    row = measured.rows_of_sets(frozenset({"HEAVY"}))[0]
    # residuals within what genes allow, so that nothing but the size can make it a fallback
    quiet = replace(measured, scores=measured.scores * np.where(np.arange(measured.names.size) == row, 0.05, 1)[:, None])
    tests = testing.test_sets(quiet, model)
    assert tests.is_fallback[row] == is_few
    found = testing.test_sets(measured, model)
    if is_few:
        half = stats.t.isf(0.025, found.fit.df) * found.fit.unit * np.sqrt(found.fit.variance)
        assert found.p_donor[row] >= found.p_plain[row]
        assert testing.intervals(found, level=0.95)[row] >= half[row] * (1 - 1e-9)
