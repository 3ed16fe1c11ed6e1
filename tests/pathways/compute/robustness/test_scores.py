"""Each score against the slow way to work it out, profile by profile."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse, stats

from scvalid.pathways.compute.robustness import scores


def _centred(measured):
    log_cpm = measured.expression.log_cpm
    return log_cpm - log_cpm.mean(axis=0)


def test_ulm_is_the_t_of_a_regression_per_profile(prepare):
    compared, analysis = prepare(n=3)
    measured = compared.measured
    found = scores.ulm(compared, analysis).scores
    for row, weights in enumerate(measured.sets.weights):
        lines = [stats.linregress(weights, profile) for profile in _centred(measured).T]
        np.testing.assert_allclose(found[row], [line.slope / line.stderr for line in lines], rtol=1e-6)


def test_zscore_is_the_mean_of_the_genes_over_the_sd_of_the_profile(prepare):
    compared, analysis = prepare(n=3)
    measured = compared.measured
    weights, centred = measured.sets.weights, _centred(measured)
    mean = weights @ centred / np.abs(weights).sum(axis=1, keepdims=True)
    expected = mean * np.sqrt((weights != 0).sum(axis=1, keepdims=True)) / centred.std(axis=0, ddof=1)
    np.testing.assert_allclose(scores.zscore(compared, analysis).scores, expected, rtol=1e-6, atol=1e-8)


def test_mlm_is_the_t_of_a_regression_on_all_sets_of_the_collection(prepare):
    compared, analysis = prepare(n=3)
    measured = compared.measured
    found = scores.mlm(compared, analysis).scores
    for word in "AB":
        rows = [i for i, name in enumerate(measured.names) if name.startswith(f"{word}_")]
        x = np.column_stack([np.ones(measured.expression.genes.size), measured.sets.weights[rows].T])
        inverse = np.linalg.inv(x.T @ x)
        for profile in range(6):
            y = measured.expression.log_cpm[:, profile]
            b = np.linalg.lstsq(x, y, rcond=None)[0]
            variance = ((y - x @ b) ** 2).sum() / (y.size - x.shape[1])
            np.testing.assert_allclose(found[rows, profile], (b / np.sqrt(variance * np.diag(inverse)))[1:], rtol=1e-7)
    assert np.isnan(found[list(measured.names).index("OWN")]).all()  # no set of a lab is among the covariates


def test_sets_that_are_sums_of_each_other_have_no_multivariate_score():
    weights = np.array([[1.0, 1, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0], [1, 1, 1, 0, 0, 0, 0]])
    values = np.random.default_rng(0).normal(size=(7, 3))
    assert scores.multivariate_t(sparse.csr_matrix(weights), values) is None
    assert scores.multivariate_t(sparse.csr_matrix(weights[:2]), values).shape == (2, 3)
    assert scores.multivariate_t(sparse.csr_matrix(weights[:2, :3]), values[:3]) is None  # no degree of freedom


@pytest.mark.slow
def test_mlm_is_that_of_decoupler(prepare):
    import decoupler
    import pandas as pd

    measured = prepare(n=3)[0].measured
    rows = np.array([i for i, name in enumerate(measured.names) if name.startswith("A_")])
    names, genes = np.nonzero(measured.sets.weights[rows])
    net = {"source": measured.names[rows][names], "target": measured.expression.genes[genes]}
    net = pd.DataFrame({**net, "weight": measured.sets.weights[rows][names, genes]})
    profiles = pd.DataFrame(
        measured.expression.log_cpm.T, index=[f"p{i}" for i in range(6)], columns=list(measured.expression.genes)
    )
    expected, _ = decoupler.mt.mlm(profiles, net, tmin=5, verbose=False)
    found = scores.multivariate_t(measured.signed[rows], measured.expression.log_cpm)
    np.testing.assert_allclose(found, expected[measured.names[rows]].to_numpy().T, rtol=1e-5)


def test_ranks_are_within_profiles_and_know_no_scale(prepare):
    compared, analysis = prepare(n=3)
    measured = compared.measured
    found = scores.rank(compared, analysis).scores
    log_cpm = measured.expression.log_cpm
    ranks = np.array([[((y < value).sum() + (y <= value).sum() + 1) / 2 / y.size for value in y] for y in log_cpm.T]).T
    weights = measured.sets.weights / np.abs(measured.sets.weights).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(found, weights @ ranks, atol=1e-10)
    assert np.abs(found).max() <= 1


def _named(compared, names):
    coverage = compared.measured.sets.coverage
    sets = replace(compared.measured.sets, coverage=coverage.set_axis(names))
    return replace(compared, measured=replace(compared.measured, sets=sets))


def test_the_other_cut_of_a_pathway_is_scored_in_its_place(prepare):
    compared, analysis = prepare(n=3)
    assert scores.other_cut(compared, analysis) is None
    own = list(compared.measured.names)
    whole, strongest = 2, 0
    own[:4] = "PROGENY_X_TOP100", "PROGENY_X_TOP50", "PROGENY_X", "PROGENY_Y"
    renamed = _named(compared, own)
    found = scores.other_cut(renamed, analysis).scores
    np.testing.assert_array_equal(found[[whole, strongest]], renamed.measured.scores[[strongest, whole]])
    assert np.isfinite(found).all(axis=1).sum() == 2  # not what has no twin, nor another number of genes


def test_without_background_a_shift_of_all_genes_moves_every_set(prepare):
    compared, analysis = prepare(n=3, effect=0.0)
    view = scores.no_background(compared, analysis)
    log_cpm, weights = compared.measured.expression.log_cpm, compared.measured.sets.weights
    centred = log_cpm - log_cpm.mean(axis=1, keepdims=True)
    np.testing.assert_allclose(view.scores, weights @ centred / np.abs(weights).sum(axis=1, keepdims=True), atol=1e-12)
