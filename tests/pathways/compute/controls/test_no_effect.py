"""Profiles without their effect: nothing is left of it, and neither effects nor errors under other labels are too small."""

import numpy as np
import pytest

from scvalid.pathways.compute.controls.labellings import relabel
from scvalid.pathways.compute.controls.no_effect import null_transform, transformed
from scvalid.pathways.compute.testing import Model
from scvalid.stats.design import build_design
from scvalid.stats.linear_model import fit_rows

N_ROWS, N_DRAWS = 4000, 800


def _model(n, *, is_paired):
    treated = np.tile([True, False], n)
    donors = [f"d{i // 2 if is_paired else i}" for i in range(2 * n)]
    return Model(build_design(treated, {"donor": donors} if is_paired else {}).x, tuple(donors), is_paired, "plain_t")


@pytest.mark.parametrize(("n", "is_paired"), [(3, True), (8, True), (4, False)])
def test_the_effect_goes_and_nothing_else(n, is_paired):
    model, rng = _model(n, is_paired=is_paired), np.random.default_rng(0)
    y = rng.normal(size=(50, 2 * n))
    moved = y + rng.normal(0, 5, (50, 1)) * (model.x[:, -1] > 0)
    matrix = null_transform(model, np.random.default_rng(1))
    np.testing.assert_allclose(moved @ matrix - y @ matrix, (moved - y).mean(axis=1, keepdims=True) * np.ones(2 * n), atol=1e-9)
    np.testing.assert_allclose((moved @ matrix).mean(axis=1), moved.mean(axis=1), atol=1e-9)
    np.testing.assert_allclose(fit_rows(moved @ matrix, model.x).variance, fit_rows(y, model.x).variance)


def test_what_is_put_in_its_place_has_the_error_of_the_effect():
    model, rng = _model(4, is_paired=True), np.random.default_rng(2)
    y = rng.normal(size=(3, 8))
    fit = fit_rows(y, model.x)
    drawn = np.array([fit_rows(y @ null_transform(model, rng), model.x).effect for _ in range(4000)])
    expected = fit.unit * np.sqrt(fit.variance)
    np.testing.assert_allclose(drawn.std(axis=0), expected, rtol=0.05)
    assert (np.abs(drawn.mean(axis=0)) < 4 * expected / np.sqrt(4000)).all()


@pytest.mark.parametrize(("n", "is_paired"), [(3, True), (4, True), (8, True), (4, False)])
def test_effects_and_errors_under_other_labels_are_right_on_average(n, is_paired):
    """Taking the effect out alone leaves .56 of the variance of three pairs."""
    model, rng = _model(n, is_paired=is_paired), np.random.default_rng(3)
    y = rng.normal(size=(N_ROWS, 2 * n)) + 2.0 * (model.x[:, -1] > 0)
    other = next(relabel(model, rng=rng).some(1, rng).models)
    fits = [fit_rows(y @ null_transform(model, rng), other.x) for _ in range(N_DRAWS)]
    # rows of one draw share it, so that draws are averaged, too
    assert np.mean([fit.variance.mean() for fit in fits]) == pytest.approx(1.0, abs=0.08)
    assert np.mean([(fit.effect**2).mean() for fit in fits]) / fits[0].unit ** 2 == pytest.approx(1.0, abs=0.12)


def test_scores_of_the_transformed_genes_are_the_transformed_scores(compare, analysis, null_profiles):
    compared = compare(null_profiles(n=3), analysis())
    moved = transformed(compared.measured, null_transform(compared.model, np.random.default_rng(0)))
    np.testing.assert_allclose(moved.scores, compared.measured.sets.weights @ moved.expression.relative, atol=1e-9)
