"""Filter, normalisation and the matched background."""

import numpy as np
import pytest

from scvalid.pathways.compute.expression import measure_expression
from scvalid.stats.normalisation import log2_cpm, tmm_factors

GENES = np.array([f"G{i}" for i in range(400)])


@pytest.fixture
def counts():
    rng = np.random.default_rng(0)
    return rng.poisson(rng.lognormal(3, 1.2, 400) * rng.lognormal(0, 0.1, (8, 400))).astype(float)


def _measure(counts, genes=GENES, **settings):
    return measure_expression(counts, genes, **{"min_total_count": 20, "n_bins": 20, **settings})


def test_filter_at_its_borders(counts):
    counts[:, 0] = [5, 5, 5, 5, 0, 0, 0, 0]  # half of the profiles, 20 counts
    counts[:, 1] = [19, 0, 0, 0, 0, 0, 0, 99]
    counts[:, 2] = [5, 5, 5, 4, 0, 0, 0, 0]
    kept = _measure(counts).genes
    assert list(np.isin(GENES[:3], kept)) == [True, False, False]


def test_expression_is_log_cpm_of_the_kept_genes_with_a_small_prior(counts):
    found = _measure(counts)
    kept = counts[:, np.isin(GENES, found.genes)].T
    np.testing.assert_allclose(found.log_cpm, log2_cpm(kept, factors=tmm_factors(kept), prior_count=1))


def test_relative_is_centred_by_gene_and_by_bin_of_each_profile(counts):
    found = _measure(counts)
    np.testing.assert_allclose(found.relative.mean(axis=1), 0, atol=1e-12)
    for number in np.unique(found.bins):
        slow = found.log_cpm - found.log_cpm.mean(axis=1, keepdims=True)
        in_bin = found.bins == number
        np.testing.assert_allclose(found.relative[in_bin], slow[in_bin] - slow[in_bin].mean(axis=0))


def test_bins_are_of_equal_size_in_order_of_expression_and_do_not_see_the_order_of_genes(counts):
    found = _measure(counts)
    size = np.bincount(found.bins)
    assert size.size == 20
    assert size.max() - size.min() <= 1
    assert (np.diff(found.bins[np.argsort(found.log_cpm.mean(axis=1))]) >= 0).all()
    order = np.random.default_rng(1).permutation(400)
    shuffled = _measure(counts[:, order], GENES[order])
    back = np.argsort(shuffled.genes)
    np.testing.assert_array_equal(shuffled.bins[back], found.bins[np.argsort(found.genes)])
    np.testing.assert_allclose(shuffled.relative[back], found.relative[np.argsort(found.genes)], atol=1e-10)


def test_background_takes_off_a_shift_that_follows_expression(counts):
    shift = np.linspace(-1, 1, 400)[np.argsort(np.argsort(counts.mean(axis=0)))]
    shifted = counts.copy()
    shifted[4:] = np.round(shifted[4:] * 2**shift)
    found = _measure(shifted)
    strongest = np.argsort(-found.log_cpm.mean(axis=1))[:60]
    raw, relative = (y[strongest, 4:].mean() - y[strongest, :4].mean() for y in (found.log_cpm, found.relative))
    assert abs(raw) > 0.2
    assert abs(relative) < 0.05


@pytest.mark.parametrize("shape", [(0, 400), (8, 400)])
def test_no_profile_or_no_expressed_gene_is_an_empty_expression(shape):
    found = _measure(np.zeros(shape))
    assert found.genes.size == 0
    assert found.relative.shape == (0, shape[0])


@pytest.mark.parametrize("n_genes", [1, 3, 7])
def test_fewer_genes_than_bins(counts, n_genes):
    found = _measure(counts[:, :n_genes] + 20, GENES[:n_genes])
    assert np.isfinite(found.relative).all()
