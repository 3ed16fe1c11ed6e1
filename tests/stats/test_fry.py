"""fry against R, against its formulas one set at a time, and what must not move it."""

import numpy as np
import pytest
from scipy import sparse, stats

from scvalid.stats.design import build_design
from scvalid.stats.fry import fry
from scvalid.stats.linear_model import fit_rows, plain_t_p
from scvalid.stats.moderation import moderate_variances, prepare_trend

TREATED = np.array([True, False] * 4)
X = build_design(TREATED, {"donor": list("aabbccdd")}).x


@pytest.fixture
def sets():
    rng = np.random.default_rng(1)
    return sparse.csr_matrix(rng.normal(size=(6, 60)) * (rng.random((6, 60)) < 0.2))


def test_parity_with_r(golden):
    found = fry(golden.y, golden.x, golden.sets, standardise="robust")
    np.testing.assert_allclose(found.p, golden.sets_in_r["fry_p"], rtol=0, atol=1e-6)
    assert (np.where(found.effect > 0, "Up", "Down") == golden.sets_in_r["fry_dir"]).all()


@pytest.mark.parametrize("has_trend", [True, False])
def test_it_is_the_plain_t_of_the_standardised_score(genes, sets, has_trend):
    fit, trend = fit_rows(genes, X), prepare_trend(genes.mean(axis=1)) if has_trend else None
    sd = np.sqrt(moderate_variances(fit.variance, fit.df, trend=trend).variance)
    scores = sets @ (genes / sd[:, None])
    np.testing.assert_allclose(fry(genes, X, sets, trend=trend).p, plain_t_p(fit_rows(scores, X)), rtol=1e-9)
    unscaled = fry(genes, X, sets, standardise="none")
    np.testing.assert_allclose(unscaled.p, plain_t_p(fit_rows(sets @ genes, X)), rtol=1e-9)


def test_the_order_of_profiles_is_of_no_matter_unless_as_in_r(genes, sets):
    order = np.random.default_rng(2).permutation(8)
    for standardise in ("moderated", "none"):
        moved = fry(genes[:, order], X[order], sets, standardise=standardise).p
        np.testing.assert_allclose(moved, fry(genes, X, sets, standardise=standardise).p, rtol=1e-8)
    moved = fry(genes[:, order], X[order], sets, standardise="robust").p
    # R's own standardisation depends on the basis, which is why it is not the default
    assert np.abs(moved - fry(genes, X, sets, standardise="robust").p).max() > 1e-3


def test_multiples_of_a_set_are_the_same_set_and_its_reverse_the_reverse(genes, sets):
    found, turned = fry(genes, X, sets), fry(genes, X, -2.5 * sets)
    np.testing.assert_allclose(turned.p, found.p, rtol=1e-9)
    np.testing.assert_allclose(turned.effect, -found.effect, rtol=1e-12)


def test_an_empty_set_has_no_evidence_and_harms_no_other(genes, sets):
    with_empty = sparse.vstack([sparse.csr_matrix((1, 60)), sets]).tocsr()
    found = fry(genes, X, with_empty)
    assert found.p[0] == 1
    np.testing.assert_array_equal(found.p[1:], fry(genes, X, sets).p)


@pytest.mark.slow
@pytest.mark.parametrize("n", [3, 4])
def test_type_one_error(draw_problem, n):
    p = [fry(q.genes, q.x, q.weights).p for i in range(150) for q in [draw_problem(n=n, is_paired=False, seed=[n, i])]]
    rejected = float((np.concatenate(p) <= 0.05).mean())
    print(
        f"fry, type I at .05, n = {n}, unpaired: {rejected:.4f}; Kolmogorov {stats.kstest(np.concatenate(p), 'uniform').pvalue}"
    )
    assert 0.02 <= rejected <= 0.08
