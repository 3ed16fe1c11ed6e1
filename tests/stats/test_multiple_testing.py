"""Benjamini-Hochberg against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scvalid.errors import ContractError
from scvalid.stats.multiple_testing import benjamini_hochberg


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_q_values_are_those_of_scipy(p):
    np.testing.assert_allclose(benjamini_hochberg(np.array(p)), stats.false_discovery_control(p), atol=1e-14)


def test_a_missing_p_value_is_refused():
    """Sorted last it would count against all others, and have a q of its own."""
    with pytest.raises(ContractError, match="one that is missing"):
        benjamini_hochberg(np.array([0.5, np.nan, 0.8]))


def test_an_empty_family_has_no_q():
    assert benjamini_hochberg(np.empty(0)).size == 0
