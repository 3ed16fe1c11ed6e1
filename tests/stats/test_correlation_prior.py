"""The correlation-prior test against its reference code, and what it must never do."""

import numpy as np
import pytest
from scipy import stats

from scvalid.stats.correlation_prior import (
    GUARD_SHARE_PAIRED,
    GUARD_SHARE_UNPAIRED,
    half_widths,
    p_values,
    posterior_of_correlation,
)
from scvalid.stats.linear_model import Fit, plain_t_p

# fmt: off
# --- the reference code as it was calibrated, verbatim (docs/methods/set-test.md) ---
RHO = np.r_[0, .0025, .005, .01, .015, np.arange(.02, .2, .01), np.arange(.2, .42, .02), np.arange(.44, .81, .04)]
EDGE = np.r_[0, (RHO[1:] + RHO[:-1]) / 2, 1]
HYPER = np.array([np.diff(stats.beta(a, a * (1 - mu) / mu).cdf(EDGE))          # 24 candidate priors for rho
                  for mu in (.01, .02, .04, .07, .1, .14, .2, .3) for a in (.5, 1., 2.)])
HYPER /= HYPER.sum(1, keepdims=True)
FLAT = np.diff(np.clip(EDGE, 0, .5)); FLAT /= FLAT.sum()                        # guard: rho ~ U(0, .5)  # noqa: E702

def correlation_prior_test(S, X, naive, full, eps=.25, alpha=.05, null=0., fallback=True):  # noqa: PLR0917
    """S: sets x samples scores sum_g w_g (L_gs - background).  X: design, treatment LAST column (donor columns if paired).
    naive_k = sum_g w_g^2 s~_g^2 ; full_k = (sum_g |w_g| s~_g)^2 ; s~_g^2 = moderated (trended) gene-level residual variance."""
    Q, R = np.linalg.qr(X); b = np.linalg.solve(R, Q.T @ S.T)[-1]  # noqa: E702
    df = X.shape[0] - X.shape[1]; s2 = ((S - S @ Q @ Q.T) ** 2).sum(1) / df  # noqa: E702
    u = np.sqrt(np.linalg.inv(X.T @ X)[-1, -1])
    T = naive[:, None] + np.maximum(full - naive, 0)[:, None] * RHO            # set variance if mean correlation = RHO
    ll = -df / 2 * (np.log(T) + s2[:, None] / T)                               # s2 | rho ~ T chi2_df / df
    L = np.exp(ll - ll.max(1, keepdims=True))
    m = np.log(np.maximum(HYPER @ L.T, 1e-300)).sum(1); w = np.exp(m - m.max()); w /= w.sum()  # noqa: E702
    prior = (1 - eps) * (w @ HYPER) + eps * FLAT                               # empirical prior + guard
    P = L * prior; P /= P.sum(1, keepdims=True); sd = u * np.sqrt(T)           # posterior over rho  # noqa: E702
    tail = lambda x: (P * 2 * stats.norm.sf(x[:, None] / sd)).sum(1)           # two-sided mixture-of-normals tail  # noqa: E731
    lo, hi = np.zeros(len(b)), 40 * sd.max(1)
    for _ in range(60):                                                         # half-width of the (1-alpha) interval
        mid = (lo + hi) / 2; up = tail(mid) > alpha; lo = np.where(up, mid, lo); hi = np.where(up, hi, mid)  # noqa: E702
    p = tail(np.abs(b - null)); se = u * np.sqrt(s2); odd = fallback & (s2 > naive + .5 * (full - naive))  # noqa: E702
    p = np.where(odd, np.maximum(p, 2 * stats.t.sf(np.abs(b - null) / se, df)), p)  # variance beyond rho=.5: plain t
    hi = np.where(odd, np.maximum(hi, stats.t.isf(alpha / 2, df) * se), hi)
    return dict(b=b, p=p, ci=np.c_[b - hi, b + hi], half=hi, rho=P @ RHO, prior=prior, df=df, s2=s2, u=u, odd=odd)  # noqa: C408
# --- end of the reference code ---
# fmt: on


def _posterior(problem, *, guard_share=0.25, in_panel=None):
    in_panel = np.full(problem.naive.size, True) if in_panel is None else in_panel
    return posterior_of_correlation(problem.fit, problem.naive, problem.full, in_panel=in_panel, guard_share=guard_share)


@pytest.mark.parametrize("n", [2, 3, 6])
@pytest.mark.parametrize("is_paired", [True, False])
@pytest.mark.parametrize("eps", [0.2, 0.3])
def test_equals_the_reference_code(draw_problem, n, is_paired, eps):
    problem = draw_problem(n=n, is_paired=is_paired, seed=n)
    problem.scores[0] *= 30  # one set whose variance the genes cannot explain
    expected = correlation_prior_test(problem.scores, problem.x, problem.naive, problem.full, eps=eps)
    found = _posterior(problem, guard_share=eps)
    assert expected["odd"][0]
    half = half_widths(found, level=0.95)
    np.testing.assert_array_equal(found.is_fallback, expected["odd"])
    np.testing.assert_allclose(p_values(found), expected["p"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(found.rho, expected["rho"], rtol=0, atol=1e-10)
    interval = np.c_[found.fit.effect - half, found.fit.effect + half]
    np.testing.assert_allclose(interval, expected["ci"], rtol=0, atol=1e-10)


@pytest.mark.parametrize("level", [0.9, 0.95])
def test_the_interval_inverts_the_test(draw_problem, level):
    found = _posterior(draw_problem(n=3, is_paired=True, seed=1))
    fit = found.fit
    for factor, is_inside in ((1 - 1e-6, True), (1 + 1e-6, False)):
        at_the_end = Fit(factor * half_widths(found, level=level), fit.variance, fit.unit, fit.df)
        p = p_values(type(found)(found.weight, found.sd, found.is_fallback, at_the_end))
        assert ((p > 1 - level) == is_inside).all()


def test_a_fallback_set_never_has_less_than_its_plain_p_and_interval(draw_problem):
    problem = draw_problem(n=3, is_paired=False, seed=2)
    problem.scores[:8] *= 12
    found = _posterior(problem)
    odd, plain = found.is_fallback, plain_t_p(problem.fit)
    assert odd[:8].all()
    assert (p_values(found)[odd] >= plain[odd]).all()
    half = stats.t.isf(0.025, problem.fit.df) * problem.fit.unit * np.sqrt(problem.fit.variance)
    assert (half_widths(found, level=0.95)[odd] >= half[odd] - 1e-12).all()


def test_submitted_sets_change_nothing_for_the_panel(draw_problem):
    problem = draw_problem(n=4, is_paired=True, seed=3)
    alone = _posterior(problem)
    odd_scores = np.vstack([problem.scores, 5 * problem.scores[::-1], problem.scores[:3] / 100])
    more = type(problem)(
        odd_scores,
        problem.x,
        np.r_[problem.naive, problem.naive[::-1], problem.naive[:3]],
        np.r_[problem.full, problem.full[::-1], problem.full[:3]],
    )
    n = problem.naive.size
    found = _posterior(more, in_panel=np.arange(odd_scores.shape[0]) < n)
    np.testing.assert_allclose(p_values(found)[:n], p_values(alone), rtol=1e-12)
    np.testing.assert_allclose(found.se[:n], alone.se, rtol=1e-12)
    assert np.isfinite(p_values(found)).all()


def test_without_any_panel_set_the_candidates_weigh_the_same(draw_problem):
    problem = draw_problem(n=3, is_paired=False, seed=4)
    found = _posterior(problem, in_panel=np.full(problem.naive.size, False))
    prior = 0.75 * HYPER.mean(axis=0) + 0.25 * FLAT
    np.testing.assert_allclose((found.weight / found.weight.sum(axis=1, keepdims=True)).sum(axis=1), 1)
    t = problem.naive[:, None] + (problem.full - problem.naive)[:, None] * RHO
    expected = np.exp(-problem.fit.df / 2 * (np.log(t) + problem.fit.variance[:, None] / t)) * prior
    np.testing.assert_allclose(found.weight, expected / expected.sum(axis=1, keepdims=True), rtol=1e-9)


def test_the_order_of_the_sets_is_of_no_matter(draw_problem):
    problem = draw_problem(n=3, is_paired=True, seed=5)
    back = type(problem)(problem.scores[::-1], problem.x, problem.naive[::-1], problem.full[::-1])
    np.testing.assert_allclose(p_values(_posterior(back))[::-1], p_values(_posterior(problem)), rtol=1e-10)


def test_more_residual_variance_is_never_taken_for_less_uncertainty(draw_problem):
    problem = draw_problem(n=3, is_paired=True, seed=6)
    fit = problem.fit
    grown = [Fit(fit.effect, fit.variance * factor, fit.unit, fit.df) for factor in (1, 2, 8, 30)]
    kept = {"in_panel": np.full(20, False), "guard_share": 0.2}
    half = np.array([half_widths(posterior_of_correlation(f, problem.naive, problem.full, **kept), level=0.95) for f in grown])
    assert (np.diff(half, axis=0) > -1e-9).all()


@pytest.mark.slow
@pytest.mark.parametrize("n", [3, 4])
@pytest.mark.parametrize("is_paired", [True, False])
def test_type_one_error(draw_problem, n, is_paired):
    share = GUARD_SHARE_PAIRED if is_paired else GUARD_SHARE_UNPAIRED
    p = [
        p_values(_posterior(draw_problem(n=n, is_paired=is_paired, seed=[n, is_paired, i]), guard_share=share))
        for i in range(200)
    ]
    # 4,000 tests; wide bounds, since this generator is not the one that the prior was tuned on
    rejected = float((np.concatenate(p) <= 0.05).mean())
    print(f"type I at .05, n = {n}, paired {is_paired}: {rejected:.4f}")
    assert 0.01 <= rejected <= 0.08
