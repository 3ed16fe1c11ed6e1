"""Normalisation against edgeR's numbers and against what must not change it."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from scvalid.stats.normalisation import log2_cpm, per_ten_thousand, tmm_factors


@pytest.fixture(scope="module")
def golden(shared_data):
    folder = shared_data / "golden_r"
    counts = pd.read_csv(folder / "sim4u_counts.csv", index_col=0)
    factors = pd.read_csv(folder / "sim4u_R_nf.csv", index_col="s")["nf"].loc[counts.columns].to_numpy()
    log_cpm = pd.read_csv(folder / "sim4u_logcpm.csv", index_col=0).loc[counts.index, counts.columns].to_numpy()
    return counts.to_numpy(float), factors, log_cpm


def _counts(seed=0, *, n_genes=300, n_samples=6):
    rng = np.random.default_rng(seed)
    return rng.poisson(rng.lognormal(3, 1.5, n_genes)[:, None] * rng.lognormal(0, 0.3, (n_genes, n_samples))).astype(float)


def test_tmm_factors_are_those_of_edger(golden):
    counts, factors, _ = golden
    # the CSV holds 15 digits
    np.testing.assert_allclose(tmm_factors(counts), factors, rtol=0, atol=1e-12)


def test_log2_cpm_is_that_of_edger(golden):
    counts, factors, log_cpm = golden
    np.testing.assert_allclose(log2_cpm(counts, factors=factors, prior_count=2), log_cpm, rtol=0, atol=1e-10)


def test_factors_have_product_one_and_do_not_see_genes_without_counts_or_gene_order():
    counts = _counts()
    factors = tmm_factors(counts)
    assert np.prod(factors) == pytest.approx(1)
    with_zeros = np.vstack([counts, np.zeros((7, counts.shape[1]))])
    np.testing.assert_array_equal(tmm_factors(with_zeros), factors)
    np.testing.assert_allclose(tmm_factors(counts[::-1]), factors, rtol=1e-12)


def test_a_few_strong_genes_do_not_pull_the_rest():
    counts = _counts()
    one_arm = counts.copy()
    one_arm[:15, 3:] *= 20
    library = one_arm.sum(axis=0) * tmm_factors(one_arm)
    rest = np.log2(one_arm[50:] + 1e-9)[(one_arm[50:] > 20).all(axis=1)]
    shift = (rest - np.log2(library)).mean(axis=0)
    naive = (rest - np.log2(one_arm.sum(axis=0))).mean(axis=0)
    assert np.abs(shift[3:].mean() - shift[:3].mean()) < 0.1 < np.abs(naive[3:].mean() - naive[:3].mean())


def test_samples_of_the_same_composition_have_factor_one():
    column = _counts()[:, :1]
    np.testing.assert_allclose(tmm_factors(np.hstack([column, 2 * column, 5 * column])), 1)


def test_log2_cpm_of_a_deeper_copy_is_the_same():
    column = _counts()[:, :1]
    values = log2_cpm(np.hstack([column, 10 * column]))
    assert np.ptp(values, axis=1).max() > 0  # the prior is that of the mean library
    np.testing.assert_allclose(log2_cpm(np.hstack([column, column]))[:, 0], log2_cpm(column)[:, 0])
    zeros = log2_cpm(np.array([[0, 0], [10, 1000.0]]))[0]
    assert zeros[0] == pytest.approx(zeros[1])  # a zero is the same zero in a shallow and in a deep sample


def test_per_ten_thousand_is_a_loop_over_cells():
    counts = np.array([[1.0, 3.0, 0.0], [0.0, 0.0, 0.0], [20.0, 0.0, 60.0]])
    found = per_ten_thousand(sparse.csr_matrix(counts)).toarray()
    expected = [row / row.sum() * 10_000 if row.any() else row for row in counts]
    np.testing.assert_allclose(found, expected)
