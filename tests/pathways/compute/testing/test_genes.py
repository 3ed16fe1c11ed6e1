"""Tests of genes: those that are asked for, moderated by all."""

import numpy as np
import pytest

from scvalid.pathways.compute import testing


@pytest.mark.parametrize("is_paired", [True, False])
def test_rows_are_those_of_all_genes_together(compare, is_paired):
    measured, model = compare(is_paired=is_paired)
    rows = np.array([3, 200, 17])
    some, every = testing.test_genes(measured, model, rows), testing.test_genes(measured, model)
    assert some.df == every.df
    for name in ("se", "p_donor", "p_plain"):
        np.testing.assert_array_equal(getattr(some, name), getattr(every, name)[rows])
    np.testing.assert_array_equal(some.fit.effect, every.fit.effect[rows])


def test_a_fit_that_is_at_hand_gives_the_same(compare):
    measured, model = compare()
    fitted = testing.fit_genes(measured, model)
    for test in (testing.test_genes, testing.test_sets):
        np.testing.assert_array_equal(test(measured, model, genes=fitted).p_donor, test(measured, model).p_donor)


def test_no_gene_knows_more_than_all_of_them(compare):
    measured, model = compare(n=2, is_paired=False)
    assert testing.test_genes(measured, model).df <= 2 * measured.expression.genes.size
