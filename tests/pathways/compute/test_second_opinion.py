"""decoupler's score against a regression per profile by scipy."""

import numpy as np
import pytest
from scipy import stats

from scvalid.pathways.compute.expression import measure_expression
from scvalid.pathways.compute.second_opinion import ulm_effects
from scvalid.stats.design import build_design

TREATED = np.array([True, False] * 3)


@pytest.fixture
def expression():
    rng = np.random.default_rng(0)
    counts = rng.poisson(rng.lognormal(3, 1, 120) * rng.lognormal(0, 0.3, (6, 120))).astype(float)
    return measure_expression(counts, np.array([f"G{i}" for i in range(120)]), min_total_count=20, n_bins=10)


@pytest.mark.parametrize("nuisance", [{}, {"donor": list("aabbcc")}])
def test_is_the_effect_on_the_t_value_of_a_regression_per_profile(expression, long_sets, nuisance):
    named = {
        "A": {f"G{i}": 1.0 for i in range(30)},
        "B": {f"G{i}": (-1.0) ** i * (i + 1) for i in range(50, 70)},
        "TINY": {"G1": 1.0, "G2": 1.0, "NOT_MEASURED": 1.0},
    }
    found = ulm_effects(expression, long_sets(named), build_design(TREATED, nuisance).x)
    assert sorted(found.index) == ["A", "B"]
    for name in found.index:
        weights = np.array([named[name].get(gene, 0.0) for gene in expression.genes])
        t = []
        for profile in (expression.log_cpm - expression.log_cpm.mean(axis=1, keepdims=True)).T:
            line = stats.linregress(weights, profile)
            t.append(line.slope / line.stderr)
        expected = np.mean(np.array(t)[TREATED]) - np.mean(np.array(t)[~TREATED])
        assert found[name] == pytest.approx(expected, rel=1e-6)


def test_no_set_with_enough_genes(expression, long_sets):
    found = ulm_effects(expression, long_sets({"A": {"G1": 1.0, "G2": 0.0}}), build_design(TREATED, {}).x)
    assert found.empty


def test_a_set_of_all_genes_has_no_opinion_but_breaks_nothing(expression, long_sets):
    named = {"ALL": dict.fromkeys(expression.genes, 1.0), "A": {f"G{i}": 1.0 for i in range(30)}}
    x = build_design(TREATED, {}).x
    found = ulm_effects(expression, long_sets(named), x)
    assert not np.isinf(found).any()
    alone = ulm_effects(expression, long_sets({"A": named["A"]}), x)
    assert found["A"] == pytest.approx(alone["A"])
