"""Spread and correlation between samples are the ones that the statistics were calibrated for."""

import numpy as np
import pytest

from scvalid.simulation.compute.genes import list_genes
from scvalid.simulation.compute.planted import SIGNS, members_of_claims
from scvalid.simulation.compute.variation import draw_programmes, draw_shifts


def mean_correlation(shifts):
    """Mean correlation of all pairs of columns: (variance of the sum of z - n) / n (n - 1)."""
    z = (shifts - shifts.mean(axis=0)) / shifts.std(axis=0)
    n = z.shape[1]
    return (z.sum(axis=1).var() - n) / (n * (n - 1))


@pytest.fixture(scope="module")
def drawn(sets):
    genes = list_genes(sets)
    rng = np.random.default_rng(7)
    programmes = draw_programmes(genes, sets, first=tuple(SIGNS), rng=rng)
    return genes, programmes, draw_shifts(programmes, n_rows=1500, sd=0.18, rng=rng)


def test_spread_of_every_gene_is_the_setting(drawn):
    _, _, shifts = drawn
    # SD of an SD from 1,500 rows is 1.8 %; 7,700 genes reach 4.5 of them
    assert np.abs(shifts.std(axis=0) / 0.18 - 1).max() < 0.09


def test_claim_sets_correlate_by_at_most_a_tenth(drawn, sets):
    genes, _, shifts = drawn
    for name, members in members_of_claims(sets).items():
        correlation = mean_correlation(shifts[:, np.isin(genes, sorted(members))])
        assert 0.0 < correlation < 0.1 + 0.01, name  # 0.01: three SD of the estimate from 1,500 rows


def test_other_programmes_correlate_by_a_tenth_on_average_up_to_0_6(drawn):
    _, programmes, _ = drawn
    others = programmes.correlation[len(SIGNS) : -1]
    assert 0.06 < others.mean() < 0.14
    assert others.max() <= 0.6
    assert programmes.correlation[-1] == 0


def test_order_of_the_sets_does_not_matter(sets):
    genes = list_genes(sets)
    shuffled = sets.sample(frac=1, random_state=1)
    one, other = (draw_programmes(genes, t, first=tuple(SIGNS), rng=np.random.default_rng(1)) for t in (sets, shuffled))
    assert np.array_equal(list_genes(shuffled), genes)
    assert np.array_equal(one.index, other.index)
    assert np.array_equal(one.correlation, other.correlation)
    assert np.array_equal(one.loading, other.loading)
