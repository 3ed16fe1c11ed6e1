"""Normalisation against a slow loop, and the choice of genes."""

import numpy as np
import pytest
from scipy import sparse

from scvalid.integration.compute.variable_genes import log_normalise, select_variable_genes


def test_normalised_values_follow_the_formula_and_an_empty_cell_stays_zero():
    counts = np.array([[1, 0, 3], [0, 0, 0], [5, 5, 0]], dtype=np.float32)
    expected = [[np.log1p(10_000 * c / sum(row)) if c else 0 for c in row] for row in counts.tolist()]
    assert log_normalise(sparse.csr_matrix(counts)).toarray() == pytest.approx(np.array(expected), rel=1e-6)


def test_normalisation_leaves_its_input_alone(planted):
    before = planted.counts.copy()
    log_normalise(planted.counts)
    assert (planted.counts != before).nnz == 0


def test_genes_of_states_are_chosen_before_noise(planted):
    labels = planted.obs["donor_id"].to_numpy()
    chosen = select_variable_genes(log_normalise(planted.counts), labels=labels, n_genes=100)
    assert len(chosen) == 100
    assert (np.diff(chosen) > 0).all()
    # 120 of the 600 genes mark a state: by chance 20 of 100 would be among them
    assert (chosen < 120).sum() >= 60


def test_a_gene_that_differs_only_between_donors_is_not_chosen_with_batches(planted):
    donors = planted.obs["donor_id"].to_numpy()
    rng = np.random.default_rng(0)
    only_donor = rng.poisson(np.where(donors == "d0", 5.0, 0.3)[:, None] * np.ones(10)).astype(np.float32)
    expression = log_normalise(sparse.hstack([planted.counts, only_donor]).tocsr())
    blind = select_variable_genes(expression, labels=np.zeros(400), n_genes=100)
    aware = select_variable_genes(expression, labels=donors, n_genes=100)
    assert (blind >= 600).sum() >= 6
    assert (aware >= 600).sum() <= 2


def test_undetected_genes_are_never_chosen(few):
    padded = sparse.hstack([few.counts, sparse.csr_matrix((60, 50))]).tocsr()
    chosen = select_variable_genes(log_normalise(padded), labels=np.zeros(60), n_genes=2000)
    assert chosen.tolist() == np.flatnonzero(np.asarray(padded.sum(axis=0)).ravel()).tolist()
