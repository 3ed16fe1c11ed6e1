"""What the linear model holds: redundant columns, confounding, inflation, and what a permutation could show."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.stats.design import build_design, smallest_exact_p

PAIRED = np.array([True, False] * 4)
DONORS = [f"d{i // 2}" for i in range(8)]


def test_a_batch_nested_in_donors_is_dropped_and_named():
    matrix = build_design(PAIRED, {"donor": DONORS, "batch": ["b1"] * 4 + ["b2"] * 4})
    assert (matrix.kept, matrix.dropped) == (("donor",), ("batch",))
    assert matrix.is_estimable
    assert matrix.df == 3
    assert matrix.vif == pytest.approx(1)


def test_a_batch_that_is_the_arm_is_confounded():
    matrix = build_design(PAIRED, {"batch": ["b1", "b2"] * 4})
    assert not matrix.is_estimable
    assert matrix.vif == float("inf")


def test_arms_of_donors_of_their_own_are_confounded_with_donor():
    assert not build_design(np.array([True, True, False, False]), {"donor": list("aabb")}).is_estimable


def test_vif_is_that_of_regressing_treatment_on_the_rest():
    treated = np.array([True, True, True, True, False, False, False, False])
    batch = ["a", "a", "a", "b", "b", "b", "b", "a"]
    matrix = build_design(treated, {"batch": batch})
    r = np.corrcoef(treated, [b == "a" for b in batch])[0, 1]
    assert matrix.vif == pytest.approx(1 / (1 - r**2))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.booleans()), min_size=3, max_size=9))
def test_the_columns_are_always_independent_and_span_every_factor(rows):
    one, two, treated = (list(column) for column in zip(*rows, strict=True))
    matrix = build_design(np.array(treated), {"one": one, "two": two})
    nuisance = matrix.x[:, :-1]
    assert np.linalg.matrix_rank(nuisance) == nuisance.shape[1]
    dummies = [[float(value == level) for value in factor] for factor in (one, two) for level in set(factor)]
    assert np.linalg.matrix_rank(np.column_stack([nuisance, *dummies])) == nuisance.shape[1]
    assert matrix.is_estimable == (np.linalg.matrix_rank(matrix.x) == matrix.x.shape[1])


def _slow_smallest_p(n_treated, n_vehicle, *, is_paired):
    """Enumerate, on values for which the observed labelling is the most extreme."""
    if is_paired:
        sums = [abs(sum(signs)) for signs in product((1, -1), repeat=n_treated)]
        return np.mean([s >= n_treated for s in sums])
    values = np.r_[np.full(n_treated, 1.0), np.zeros(n_vehicle)] + np.arange(n_treated + n_vehicle) * 1e-9
    n = values.size
    differences = []
    for chosen in combinations(range(n), n_treated):
        is_chosen = np.isin(np.arange(n), chosen)
        differences.append(abs(values[is_chosen].mean() - values[~is_chosen].mean()))
    return np.mean(np.array(differences) >= differences[0] - 1e-7)


@pytest.mark.parametrize("n", [(1, 1), (2, 2), (3, 3), (4, 4), (3, 4), (2, 5), (6, 6)])
@pytest.mark.parametrize("is_paired", [True, False])
def test_smallest_exact_p_is_that_of_enumeration(n, is_paired):
    n = (n[0], n[0]) if is_paired else n
    expected = _slow_smallest_p(*n, is_paired=is_paired)
    assert smallest_exact_p(n_treated=n[0], n_vehicle=n[1], is_paired=is_paired) == pytest.approx(expected)


def test_smallest_exact_p_as_printed_in_the_methods():
    found = [smallest_exact_p(n_treated=n, n_vehicle=n, is_paired=paired) for n in (3, 4) for paired in (False, True)]
    np.testing.assert_allclose(found, [0.10, 0.25, 0.029, 0.125], atol=5e-4)
