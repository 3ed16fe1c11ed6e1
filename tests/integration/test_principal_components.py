"""Principal components against a dense decomposition, and what the batches are for."""

import numpy as np
import pytest

from scvalid.integration.compute.principal_components import MAX_SCALED, principal_components
from scvalid.integration.compute.variable_genes import log_normalise


def _dense(expression):
    dense = expression.toarray().astype(np.float64)
    varies = dense.std(axis=0) > 0
    return np.minimum(dense[:, varies] / dense[:, varies].std(axis=0), MAX_SCALED)


def test_with_one_batch_they_are_ordinary_components(few):
    expression = log_normalise(few.counts)
    scaled = _dense(expression)
    left, values, _ = np.linalg.svd(scaled - scaled.mean(axis=0), full_matrices=False)
    found = principal_components(expression, labels=np.zeros(60), n_dims=5)
    # signs are free; the result is float32
    assert np.abs(found) == pytest.approx(np.abs(left[:, :5] * values[:5]), rel=1e-4, abs=1e-4)


def test_with_batches_the_axes_are_those_of_the_centred_batches(few):
    expression, donors = log_normalise(few.counts), few.obs["donor_id"].to_numpy()
    scaled = _dense(expression)
    centred = scaled.copy()
    for donor in np.unique(donors):
        centred[donors == donor] -= scaled[donors == donor].mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:5]
    expected = (scaled - scaled.mean(axis=0)) @ axes.T
    found = principal_components(expression, labels=donors, n_dims=5)
    assert np.abs(found) == pytest.approx(np.abs(expected), rel=1e-4, abs=1e-4)


def test_a_strong_donor_effect_does_not_fill_the_components(planted, share_of_own):
    expression, donors = log_normalise(planted.counts), planted.obs["donor_id"].to_numpy()
    ordinary = principal_components(expression, labels=np.zeros(400), n_dims=15)
    within = principal_components(expression, labels=donors, n_dims=15)
    assert share_of_own(ordinary, donors) > 0.95
    assert share_of_own(within, donors) < 0.7
    assert share_of_own(within, planted.states) > 0.9


def test_the_number_of_components_is_bounded_by_the_data(few):
    assert principal_components(log_normalise(few.counts[:25]), labels=np.zeros(25), n_dims=30).shape == (25, 24)
