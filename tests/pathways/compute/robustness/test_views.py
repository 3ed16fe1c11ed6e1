"""Other choices of profiles and models: as if the lab had submitted them so."""

from dataclasses import replace

import numpy as np
import pytest

from scvalid.pathways.compute import testing
from scvalid.pathways.compute.robustness import views
from scvalid.stats.design import build_design
from scvalid.stats.normalisation import log2_cpm


@pytest.mark.parametrize("is_paired", [True, False])
def test_small_profiles_are_left_out_in_pairs_only_whole(prepare, is_paired):
    n_cells = [100] * 10
    n_cells[3], n_cells[4] = 49, 50
    compared, analysis = prepare(is_paired=is_paired, n_cells=n_cells)
    view = views.with_more_cells(compared, analysis)
    kept = [0, 1, 4, 5, 6, 7, 8, 9] if is_paired else [0, 1, 2, 4, 5, 6, 7, 8, 9]
    assert list(view.rows) == kept
    model = view.relabelled(compared.model)
    donors = [compared.model.donors[i] for i in kept]
    expected = build_design(compared.is_treated[kept], {"donor": donors} if is_paired else {}).x
    alone = testing.measure(compared.counts[kept], compared.genes, analysis.sets, analysis.settings)
    one = testing.test_sets(view.measured, model)
    two = testing.test_sets(alone, replace(model, x=expected))
    np.testing.assert_allclose(one.fit.effect, two.fit.effect, atol=1e-10)
    np.testing.assert_allclose(one.p_donor, two.p_donor, rtol=1e-8)


def test_a_view_that_would_change_nothing_is_none(prepare):
    compared, analysis = prepare()
    assert views.with_more_cells(compared, analysis) is None
    assert views.without_batch(compared, analysis) is None


def test_too_few_donors_are_left(prepare):
    compared, analysis = prepare(n=3, n_cells=[100, 100, 100, 100, 20, 100])
    view = views.with_more_cells(compared, analysis)
    assert view.relabelled(compared.model) is None


@pytest.mark.parametrize("is_paired", [True, False])
def test_batches_are_left_out_of_the_model(prepare, is_paired):
    # crossed with arm and donor, so that the primary model holds them
    compared, analysis = prepare(is_paired=is_paired, batches=["x", "y", "y", "x", "x", "x", "y", "x", "x", "y"])
    assert compared.model.batches
    model = views.without_batch(compared, analysis).relabelled(compared.model)
    expected = build_design(compared.is_treated, {"donor": list(compared.model.donors)} if is_paired else {}).x
    y = compared.measured.scores
    np.testing.assert_allclose(y @ np.linalg.pinv(model.x)[-1], y @ np.linalg.pinv(expected)[-1], atol=1e-10)
    assert model.x.shape == expected.shape
    assert model.x.shape[1] < compared.model.x.shape[1]


def test_without_tmm_the_library_alone_counts(prepare):
    compared, analysis = prepare()
    view = views.without_tmm(compared, analysis)
    genes = np.isin(compared.genes, compared.measured.expression.genes)
    np.testing.assert_allclose(view.measured.expression.log_cpm, log2_cpm(compared.counts[:, genes].T, prior_count=1.0))
    assert not np.allclose(view.measured.expression.log_cpm, compared.measured.expression.log_cpm)
