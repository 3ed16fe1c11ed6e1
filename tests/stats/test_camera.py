"""CAMERA against R, against the formulas of a signed set one gene at a time, and what must not move it."""

import numpy as np
import pytest
from scipy import sparse, stats

from scvalid.errors import ContractError
from scvalid.stats.camera import camera
from scvalid.stats.design import build_design
from scvalid.stats.linear_model import fit_rows
from scvalid.stats.moderation import moderate_variances, prepare_trend

TREATED = np.array([True, False] * 4)
X = build_design(TREATED, {"donor": list("aabbccdd")}).x


@pytest.fixture
def sets():
    rng = np.random.default_rng(1)
    weights = rng.normal(size=(6, 60)) * (rng.random((6, 60)) < 0.2)
    weights[0] = np.abs(weights[0])
    return sparse.csr_matrix(weights)


def test_parity_with_r(golden):
    found = camera(golden.y, golden.x, golden.sets)
    np.testing.assert_allclose(found.p, golden.sets_in_r["camera_est_p"], rtol=0, atol=1e-6)
    np.testing.assert_allclose(found.correlation, golden.sets_in_r["cor"], rtol=0, atol=1e-6)


def _slow(y, x, weights, *, is_negative_allowed=False):
    """A signed set by exact normal scores, regression residuals and explicit sums."""
    fit = fit_rows(y, x)
    moderated = moderate_variances(fit.variance, fit.df)
    t = fit.effect / fit.unit / np.sqrt(moderated.variance)
    z = -np.sign(t) * stats.norm.ppf(stats.t.sf(np.abs(t), min(fit.df + moderated.prior_df, fit.df * len(y))))
    residuals = y - (x @ np.linalg.pinv(x) @ y.T).T
    residuals = residuals / np.sqrt(fit.variance)[:, None]
    inside = np.flatnonzero(weights)
    outside = np.setdiff1d(np.arange(len(y)), inside)
    signs, m = np.sign(weights[inside]), inside.size
    centre = z[outside].mean()
    delta = (signs * (z[inside] - centre)).mean()
    rest = np.sum((z[outside] - centre) ** 2) + np.sum((z[inside] - centre - signs * delta) ** 2)
    # the mean over an orthonormal basis of the residual space is the sum over profiles by the degrees of freedom
    vif = m * ((signs[:, None] * residuals[inside]).mean(axis=0) ** 2).sum() / fit.df
    used = vif if is_negative_allowed else max(vif, 1)
    se = np.sqrt(rest / (len(y) - 2) * (used / m + signs.mean() ** 2 / outside.size))
    return delta, (vif - 1) / (m - 1), 2 * stats.t.sf(abs(delta) / se, min(fit.df, len(y) - 2))


@pytest.mark.parametrize("is_negative_allowed", [True, False])
def test_signed_sets_are_their_formulas(genes, sets, is_negative_allowed):
    found = camera(genes, X, sets, is_negative_allowed=is_negative_allowed)
    slow = [_slow(genes, X, row, is_negative_allowed=is_negative_allowed) for row in sets.toarray()]
    delta, correlation, p = np.array(slow).T
    # Hill's expansion of the normal score is within 1e-3 at 3 degrees of freedom
    np.testing.assert_allclose(found.effect, delta, atol=2e-3)
    np.testing.assert_allclose(found.correlation, correlation, atol=1e-10)
    np.testing.assert_allclose(found.p, p, atol=2e-3)


def test_turning_a_set_round_turns_its_effect_and_keeps_p(genes, sets):
    found, turned = camera(genes, X, sets), camera(genes, X, -3 * sets)
    np.testing.assert_allclose(turned.effect, -found.effect, rtol=1e-12)
    np.testing.assert_allclose(turned.p, found.p, rtol=1e-9)


def test_a_shift_of_all_genes_is_no_effect_on_a_set(genes, sets):
    shifted = genes + np.where(TREATED, 5.0, 0.0) * np.sqrt(fit_rows(genes, X).variance)[:, None]
    # every gene's t moves alike, so that the signed sets, too, see nothing but noise
    assert (camera(shifted, X, sets).p > 0.01).all()


def test_the_order_of_profiles_and_other_sets_are_of_no_matter(genes, sets):
    order = np.random.default_rng(2).permutation(8)
    np.testing.assert_allclose(camera(genes[:, order], X[order], sets).p, camera(genes, X, sets).p, rtol=1e-8)
    np.testing.assert_allclose(camera(genes, X, sets[2:3]).p, camera(genes, X, sets).p[2:3], rtol=1e-12)


def test_a_planted_set_is_found_in_its_sense(genes):
    weights = np.zeros((1, 60))
    weights[0, :10], weights[0, 10:20] = 1, -1
    planted = genes + 3 * np.outer(np.sign(weights[0]), TREATED)
    found = camera(planted, X, sparse.csr_matrix(weights), trend=prepare_trend(genes.mean(axis=1)))
    assert found.p[0] < 0.01
    assert found.effect[0] > 0


def test_a_set_without_genes_or_with_all_has_no_evidence(genes):
    weights = np.zeros((3, 60))
    weights[1], weights[2, 5] = 1, 1
    found = camera(genes, X, sparse.csr_matrix(weights))
    assert found.p[0] == found.p[1] == 1
    assert 0 < found.p[2] < 1


def test_without_residuals_it_refuses():
    with pytest.raises(ContractError, match="residual degrees of freedom"):
        camera(np.ones((3, 2)), np.array([[1.0, 0.0], [1.0, 1.0]]), sparse.csr_matrix(np.ones((1, 3))))


@pytest.mark.slow
@pytest.mark.parametrize("n", [3, 4])
def test_type_one_error(draw_problem, n):
    p = [camera(q.genes, q.x, q.weights).p for i in range(150) for q in [draw_problem(n=n, is_paired=True, seed=[n, i])]]
    rejected = float((np.concatenate(p) <= 0.05).mean())
    print(f"camera, type I at .05, n = {n}, paired: {rejected:.4f}")
    # at 2 degrees of freedom, and with a variance inflation of at least 1, it is conservative
    assert 0.005 <= rejected <= 0.08
