"""Benjamini-Hochberg against scipy, equivalence against two one-sided tests."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scvalid.stats.multiple_testing import benjamini_hochberg, is_equivalent_to_none


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_q_values_are_those_of_scipy(p):
    np.testing.assert_allclose(benjamini_hochberg(np.array(p)), stats.false_discovery_control(p), atol=1e-14)


def test_an_empty_family_has_no_q():
    assert benjamini_hochberg(np.empty(0)).size == 0


@pytest.mark.parametrize("effect", [-0.3, -0.1, 0.0, 0.16, 0.17, 0.24])
def test_equivalence_is_two_one_sided_tests(effect):
    se, df, delta = 0.04, 6, 0.25
    half = stats.t.isf(0.05, df) * se
    p = max(stats.t.sf((delta - effect) / se, df), stats.t.sf((delta + effect) / se, df))
    assert is_equivalent_to_none(effect - half, effect + half, delta=delta) == (p < 0.05)


def test_an_interval_that_touches_the_bound_is_not_equivalent():
    assert not is_equivalent_to_none(-0.25, 0.1, delta=0.25)
    assert not is_equivalent_to_none(-0.1, 0.25, delta=0.25)
