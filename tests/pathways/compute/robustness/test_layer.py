"""All specifications of a comparison: the planted effect in each of them, and labels that are changed."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from scvalid.contracts.claimed import Claimed
from scvalid.keys import Control, Effect
from scvalid.pathways.compute import testing
from scvalid.pathways.compute.matched_sets import generator_for
from scvalid.pathways.compute.robustness.layer import prepare_layers
from scvalid.pathways.compute.robustness.table import specification_table
from scvalid.stats.camera import camera
from scvalid.stats.fry import fry
from scvalid.stats.robustness import agreement, is_robust
from scvalid.stats.variance_cap import capped_test

ALWAYS = {"plain_t", "capped_variance", "fry", "camera", "exact_permutation", "ulm", "mlm", "zscore", "rank", "no_background"}


def _with_labels(model, is_treated):
    return replace(model, x=np.column_stack([model.x[:, :-1], np.asarray(is_treated, float)]))


@pytest.mark.parametrize("is_paired", [True, False])
def test_a_planted_effect_is_seen_by_every_specification(prepare, is_paired):
    compared, analysis = prepare(is_paired=is_paired)
    layers = prepare_layers(compared, analysis)
    assert set(layers.sets.specifications) == ALWAYS
    row = compared.claimed_sets(analysis.claimed)
    effects, p, smallest = layers.sets.evaluate(compared.model, row)
    assert (effects > 0).all()
    assert (p[smallest < 0.05] < 0.02).all()
    assert list(layers.genes.names) == ["G20", "G100"]  # the silent gene is below its floor
    assert set(layers.genes.specifications) == {"plain_t", "exact_permutation", "no_tmm", "over_background", "voom"}
    of_genes, p, _ = layers.genes.evaluate(compared.model, layers.genes.rows)
    assert (of_genes[:, 0] < 0).all()
    assert (p[:, 1] > 0.01).all()


@pytest.mark.parametrize("is_paired", [True, False])
def test_every_test_is_the_one_it_is_called(prepare, is_paired):
    compared, analysis = prepare(is_paired=is_paired, effect=0.3)
    layer, measured, model = prepare_layers(compared, analysis).sets, compared.measured, compared.model
    effects, p, _ = layer.evaluate(model, layer.rows)
    of = dict(zip(layer.specifications, zip(effects, p, strict=True), strict=True))
    tests, variance = testing.test_sets(measured, model), compared.gene_fit.moderated.variance
    np.testing.assert_allclose(of["plain_t"][1], tests.p_plain)
    capped = capped_test(tests.fit, in_panel=measured.in_panel, independent=measured.sets.weights**2 @ variance)
    np.testing.assert_allclose(of["capped_variance"][1], capped.p, rtol=1e-8)
    found = fry(measured.expression.relative, model.x, measured.signed, trend=measured.trend)
    np.testing.assert_allclose(of["fry"], (found.effect, found.p), rtol=1e-8)
    found = camera(measured.expression.log_cpm, model.x, measured.signed, trend=measured.trend)
    np.testing.assert_allclose(of["camera"], (found.effect, found.p), rtol=1e-8)


def test_a_gene_that_is_sure_by_borrowed_variance_alone_is_not_robust(prepare):
    """Four pairs, one of few cells: the moderated test of three pairs must not outvote the gene's own variance."""
    found = []
    for seed in range(3):
        compared, analysis = prepare(n=4, effect=0.0, n_cells=[30, 30, *[100] * 6], seed=seed)
        analysis = replace(analysis, claimed=Claimed(genes=tuple(compared.measured.expression.genes)))
        layer, tests = prepare_layers(compared, analysis).genes, testing.test_genes(compared.measured, compared.model)
        shares = agreement(tests.fit.effect[layer.rows], *layer.evaluate(compared.model, layer.rows))
        is_borrowed = (tests.p_donor <= 0.05) & (tests.p_plain > 0.15)
        found += [is_robust(*pair) for pair in zip(*(share[is_borrowed[layer.rows]] for share in shares[:2]), strict=True)]
    assert len(found) > 5
    assert not any(found)


def test_what_genes_of_like_expression_do_is_taken_off(prepare):
    compared, analysis = prepare()
    layer, expression = prepare_layers(compared, analysis).genes, compared.measured.expression
    effects, _, _ = layer.evaluate(compared.model, layer.rows)
    own = compared.gene_fit.fit.effect
    like = [own[expression.bins == expression.bins[row]].mean() for row in layer.rows]
    over = effects[layer.specifications.index("over_background")]
    np.testing.assert_allclose(over, own[layer.rows] - like, atol=1e-10)
    assert (np.abs(like) > 0.01).all()


def test_the_exact_test_counts_sign_flips_of_pairs(prepare):
    compared, analysis = prepare(effect=0.3)
    layer = prepare_layers(compared, analysis).sets
    difference = compared.measured.scores[:, ::2] - compared.measured.scores[:, 1::2]
    flips = np.array(list(product((1, -1), repeat=5)))
    reached = np.abs(difference @ flips.T / 5)
    at = layer.specifications.index("exact_permutation")
    for labels in ([1, 0] * 5, [1, 0, 0, 1, 1, 0, 1, 0, 0, 1]):
        own = np.abs((difference * (2 * np.array(labels[::2]) - 1)).mean(axis=1))
        expected = (reached >= own[:, None] - 1e-9).mean(axis=1)
        _, p, smallest = layer.evaluate(_with_labels(compared.model, labels), layer.rows)
        np.testing.assert_allclose(p[at], expected)
        np.testing.assert_allclose(smallest[at], 2 / 32)


def test_what_was_prepared_serves_any_labelling_and_any_rows(prepare):
    """Labels changed after the preparation, or before it: the numbers are the same, for some rows as for all."""
    batches = ["x", "x", "y", "y", "x", "x", "x", "y", "y", "x"]
    compared, analysis = prepare(batches=batches, n_cells=[100] * 8 + [40, 100])
    labels = np.array([0, 1, 1, 0, 0, 1, 1, 0, 1, 0])  # pairs of one batch exchanged, as the labels of the exact test are
    model = _with_labels(compared.model, labels)
    later = prepare_layers(compared, analysis)
    assert {"min_cells_50", "without_batch"} < set(later.sets.specifications)
    relabelled = replace(compared, model=model, is_treated=labels > 0, gene_fit=testing.fit_genes(compared.measured, model))
    before = prepare_layers(relabelled, analysis)
    for one, two in ((later.sets, before.sets), (later.genes, before.genes)):
        whole = one.evaluate(model, one.rows)
        np.testing.assert_allclose(np.array(two.evaluate(model, two.rows)), np.array(whole), rtol=1e-8, atol=1e-12)
        some = one.evaluate(model, one.rows[1:2], genes=relabelled.gene_fit)
        np.testing.assert_allclose(np.array(some), np.array(whole)[:, :, 1:2], rtol=1e-8, atol=1e-12)


def test_the_mirror_of_a_labelling_turns_every_sign_and_keeps_every_p(prepare):
    compared, analysis = prepare(effect=0.2)
    layers = prepare_layers(compared, analysis)
    mirrored = _with_labels(compared.model, 1 - compared.model.x[:, -1])
    for layer in (layers.sets, layers.genes):
        (one, p, _), (two, q, _) = (layer.evaluate(model, layer.rows) for model in (compared.model, mirrored))
        np.testing.assert_allclose(two, -one, rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(q, p, rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("primary_test", ["plain_t", "capped_variance"])
def test_the_primary_test_is_no_specification_of_itself(prepare, primary_test):
    compared, analysis = prepare(primary_test=primary_test)
    names = prepare_layers(compared, analysis).sets.specifications
    assert primary_test not in names
    assert "correlation_prior" in names


def test_the_table_has_a_row_for_each_analysis_that_applies(prepare):
    compared, analysis = prepare(n=3)
    table = specification_table(prepare_layers(compared, analysis), compared.model, genes=compared.gene_fit)
    by_name = table.groupby(Effect.READOUT)[Control.SPECIFICATION].agg(set)
    assert by_name["A_PLANTED"] == ALWAYS
    assert by_name["OWN"] == ALWAYS - {"mlm"}
    assert "GATED" not in by_name
    exact = table[table[Control.SPECIFICATION] == "exact_permutation"]
    assert (exact[Control.SMALLEST_P] == 0.25).all()  # three pairs


def test_the_exact_test_of_many_donors_draws_the_same_labellings_again(prepare):
    compared, analysis = prepare(n=14)
    one, two = (prepare_layers(compared, analysis).sets for _ in range(2))
    assert one.exact.known == two.exact.known
    assert generator_for(1, "a").integers(9) == generator_for(1, "a").integers(9)
