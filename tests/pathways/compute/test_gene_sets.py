"""Coverage and gates of sets at their exact borders, and the weights of a score."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scvalid.contracts.verdicts import Code
from scvalid.keys import Effect
from scvalid.pathways.compute.gene_sets import ScoredSets, lay_sets

MEASURED = np.array([f"G{i}" for i in range(100)])


def _genes(n, *, weight=1.0, missing=0):
    """n genes of which the last ``missing`` are not of the assay."""
    return {f"G{i}" if i < n - missing else f"X{i}": weight for i in range(n)}


def _lay_table(table, expressed):
    """Lay sets over an assay in which other genes are many, so that a set is a small part of its background."""
    others = np.array([f"OTHER{i}" for i in range(1000)])
    bins = np.zeros(expressed.size + others.size, np.intp)
    scored = lay_sets(table, measured=MEASURED, expressed=np.concatenate([expressed, others]), bins=bins)
    return ScoredSets(scored.coverage, scored.weights[:, : expressed.size])


def _lay(long_sets, named, expressed=MEASURED):
    return _lay_table(long_sets(named), expressed)


@pytest.mark.parametrize(("n_of_set", "gate"), [(20, ""), (21, Code.SET_IS_ITS_BACKGROUND), (100, Code.SET_IS_ITS_BACKGROUND)])
@pytest.mark.parametrize("weight", [1.0, -0.5])
def test_a_set_must_leave_a_background(long_sets, n_of_set, gate, weight):
    """A set of a fifth of the assay loses a fifth of its own shift to the background: more would pass for no effect."""
    table = long_sets({"S": _genes(n_of_set, weight=weight)})
    scored = lay_sets(table, measured=MEASURED, expressed=MEASURED, bins=np.zeros(100, np.intp))
    assert scored.coverage.loc["S", Effect.GATE] == gate
    # a set of a fifth of its background moves by .8 of its shift, and is scaled by the inverse
    assert np.abs(scored.weights).sum() == pytest.approx(0 if gate else 1 / 0.8)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), shift=st.floats(-2, 2))
def test_a_uniform_shift_is_its_own_effect_whatever_the_set_shares_with_its_background(long_sets, seed, shift):
    """Signed, unequal weights over several bins: background taken off as the score does, the shift comes back exactly."""
    rng = np.random.default_rng(seed)
    bins = rng.integers(0, 4, 100)
    weights = rng.normal(0, 1, 12).round(3) + 0.0005
    named = {"S": {f"G{g}": w for g, w in zip(rng.choice(100, 12, replace=False), weights, strict=True)}}
    scored = lay_sets(long_sets(named), measured=MEASURED, expressed=MEASURED, bins=bins)
    if scored.coverage.loc["S", Effect.GATE]:
        return
    moved = shift * np.sign(scored.weights[0])
    background = np.array([moved[bins == b].mean() for b in bins])
    assert scored.weights[0] @ (moved - background) == pytest.approx(shift, abs=1e-12)


def test_signs_that_cancel_leave_the_background_as_it_is(long_sets):
    named = {"S": {f"G{i}": 1.0 if i % 2 else -1.0 for i in range(100)}}
    scored = lay_sets(long_sets(named), measured=MEASURED, expressed=MEASURED, bins=np.zeros(100, np.intp))
    assert scored.coverage.loc["S", Effect.GATE] == ""


@pytest.mark.parametrize("weight", [1.0, 0.1, -0.3])
@pytest.mark.parametrize(("missing", "gate"), [(10, ""), (11, Code.SET_MOSTLY_NOT_MEASURED)])
def test_half_of_the_weight_must_be_measured(long_sets, weight, missing, gate):
    coverage = _lay(long_sets, {"S": _genes(20, weight=weight, missing=missing)}).coverage
    assert coverage.loc["S", Effect.GATE] == gate


def test_coverage_is_counted_in_weight_not_in_genes(long_sets):
    named = {"S": {**{f"G{i}": 0.1 for i in range(15)}, "X1": 9.0}}
    assert _lay(long_sets, named).coverage.loc["S", Effect.GATE] == Code.SET_MOSTLY_NOT_MEASURED


# max(5, min(10, 60 % of the genes))
@pytest.mark.parametrize(("size", "needed"), [(4, 5), (5, 5), (8, 5), (10, 6), (12, 8), (15, 9), (17, 10), (90, 10)])
def test_genes_that_must_be_expressed(long_sets, size, needed):
    for n_expressed, is_gated in ((needed, False), (needed - 1, True)):
        if n_expressed > size:
            continue
        # the weight is on the first genes, so that only the number of genes can gate
        named = {"S": {gene: 10.0 if i < 5 else 1.0 for i, gene in enumerate(_genes(size))}}
        gate = _lay(long_sets, named, MEASURED[:n_expressed]).coverage.loc["S", Effect.GATE]
        assert gate == (Code.SET_MOSTLY_NOT_EXPRESSED if is_gated else "")


def test_a_fifth_of_the_weight_must_be_expressed(long_sets):
    for n, gate in ((20, ""), (19, Code.SET_MOSTLY_NOT_EXPRESSED)):
        assert _lay(long_sets, {"S": _genes(100)}, MEASURED[:n]).coverage.loc["S", Effect.GATE] == gate


def test_weights_are_signed_and_sum_to_one_in_absolute_value(long_sets):
    named = {"B": {f"G{i}": float(i - 6) for i in range(12)}, "A": _genes(20, weight=-2.0)}
    expressed = MEASURED[::-1][40:]
    scored = _lay(long_sets, named, expressed)
    assert list(scored.coverage.index) == ["A", "B"]
    scale = np.abs(scored.weights).sum(axis=1)
    assert ((scale >= 1) & (scale < 1.05)).all()
    for row, name in enumerate(scored.coverage.index):
        of_set = {gene: weight for gene, weight in named[name].items() if gene in expressed}
        total = sum(abs(weight) for weight in of_set.values())
        for gene, weight in zip(expressed, scored.weights[row], strict=True):
            assert weight == pytest.approx(of_set.get(gene, 0.0) / total * scale[row])


def test_a_gated_set_has_no_weights(long_sets):
    scored = _lay(long_sets, {"A": _genes(20), "B": _genes(20, missing=15)})
    np.testing.assert_array_equal(scored.weights.any(axis=1), [True, False])


def test_a_set_without_weight_is_gated(long_sets):
    coverage = _lay(long_sets, {"A": _genes(20, weight=0.0), "B": _genes(20)}).coverage
    assert coverage.loc["A", Effect.GATE] == Code.SET_MOSTLY_NOT_MEASURED
    assert coverage.loc["A", Effect.WEIGHT_MEASURED] == 0
    assert coverage.loc["B", Effect.GATE] == ""


def test_genes_without_weight_do_not_help_a_set_over_its_gate(long_sets):
    named = {"S": {gene: 1.0 if i < 4 else 0.0 for i, gene in enumerate(_genes(40))}}
    coverage = _lay(long_sets, named).coverage
    assert coverage.loc["S", Effect.GATE] == Code.SET_MOSTLY_NOT_EXPRESSED
    assert coverage.loc["S", Effect.N_EXPRESSED] == 4


def test_no_expressed_gene_at_all(long_sets):
    scored = _lay(long_sets, {"A": _genes(20)}, MEASURED[:0])
    assert scored.coverage.loc["A", Effect.GATE] == Code.SET_MOSTLY_NOT_EXPRESSED
    assert scored.weights.shape == (1, 0)


def test_the_order_of_the_rows_is_of_no_matter(long_sets):
    table = long_sets({"A": _genes(20), "B": {f"G{i}": float(i + 1) for i in range(30)}})
    one, two = (_lay_table(t, MEASURED[10:]) for t in (table, table.sample(frac=1, random_state=0)))
    np.testing.assert_allclose(one.weights, two.weights)
