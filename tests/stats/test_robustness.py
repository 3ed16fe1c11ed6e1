"""Agreement of specifications against counting by hand, and what must not sway it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.stats.robustness import agreement, is_robust

WAYS = st.lists(
    st.tuples(
        st.sampled_from([-2.0, -0.1, 0.0, 0.3, 5.0, float("nan")]), st.floats(0, 1), st.sampled_from([0.0, 0.09, 0.1, 0.25])
    ),
    min_size=1,
    max_size=12,
)


@given(ways=WAYS, theta=st.sampled_from([-0.5, 0.0, 0.5]))
def test_counts_as_a_person_would(ways, theta):
    counted = [(effect, p) for effect, p, least in ways if least < 0.1 and effect == effect]  # noqa: PLR0124
    same = [p for effect, p in counted if effect * theta > 0]
    sign_share, p10_share, n = agreement(theta, *zip(*ways, strict=True))
    assert n == len(counted)
    if counted:
        assert sign_share == len(same) / len(counted)
        assert p10_share == sum(p < 0.1 for p in same) / len(counted)
    else:
        assert np.isnan(sign_share)
        assert np.isnan(p10_share)


def test_rows_are_counted_each_on_its_own():
    effects = np.array([[1.0, -1.0, np.nan], [1.0, 1.0, np.nan]])
    p = np.array([[0.01, 0.01, np.nan], [0.2, 0.01, np.nan]])
    sign_share, p10_share, n = agreement(np.array([0.5, -0.5, 0.5]), effects, p, np.zeros((2, 3)))
    np.testing.assert_array_equal(n, [2, 2, 0])
    np.testing.assert_array_equal(sign_share, [1.0, 0.5, np.nan])
    np.testing.assert_array_equal(p10_share, [0.5, 0.5, np.nan])


@pytest.mark.parametrize(
    ("sign_share", "p10_share", "expected"),
    [
        (9 / 10, 6 / 10, True),
        (18 / 20, 9 / 15, True),
        (8 / 9, 1.0, False),
        (1.0, 7 / 12, False),
        (None, None, False),
        (float("nan"), float("nan"), False),
    ],
)
def test_nine_in_ten_share_the_sign_and_six_in_ten_are_below_ten_percent(sign_share, p10_share, expected):
    assert is_robust(sign_share, p10_share) is expected
