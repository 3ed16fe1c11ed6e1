"""What counts as aliased: factors, numbers, within donors, and what is no fault."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.stats.aliasing import Base, is_aliased, vif_with


def _base(n, *, is_paired):
    """n treated then n vehicle profiles; in pairs the donors are the same."""
    donors = [f"d{i}" for i in range(n)] * 2 if is_paired else [f"d{i}" for i in range(2 * n)]
    blocks = {"donor": donors} if is_paired else {}
    return Base(np.repeat([True, False], n), donors, blocks, blocks)


@pytest.mark.parametrize(
    ("levels", "paired", "unpaired"),
    [
        ("5 5 5 3 3 3", True, True),
        ("x x x y y y", True, True),
        ("4 5 6 3 4 5", True, False),  # one passage later in each pair: aliased within donors alone
        ("x y x x y x", False, False),
        ("x x y x x x", False, False),
        ("l1 l2 l3 l4 l5 l6", False, False),  # of its own for every profile
        ("5 6 6 3 3 3", True, True),  # never of the same passage, and always the later one
        ("4 3 4 3 4 3", False, False),
        ("x x y z z z", True, True),  # no level in both arms
        ("1 1.5 0.7 2 2.6 1.9", False, False),
        ("L1 L1 L2 L3 L4 L5", False, False),  # two share a library, the others have their own
        ("L1 L1 L1 L2 L3 L4", True, True),  # all treated, and they alone, share one
        ("nan inf 3 2 2 1", False, False),
    ],
)
def test_three_against_three(levels, paired, unpaired):
    found = tuple(is_aliased(levels.split(), _base(3, is_paired=is_paired)) for is_paired in (True, False))
    assert found == (paired, unpaired)


def test_numbers_that_lie_between_each_other_are_not_aliased_though_no_level_is_shared():
    base = _base(4, is_paired=False)
    assert not is_aliased(["4", "4", "6", "6", "5", "5", "7", "7"], base)
    assert is_aliased(["6", "6", "7", "7", "4", "4", "5", "5"], base)
    assert is_aliased(["a", "a", "b", "b", "c", "c", "d", "d"], base), "names have no order"


def test_one_against_one_is_no_ground_to_name_a_culprit():
    assert not is_aliased(["5", "3"], _base(1, is_paired=False))
    assert vif_with(["5", "3"], _base(1, is_paired=False)) is None


def test_inflation_is_that_of_the_correlation_with_treatment():
    base = _base(4, is_paired=False)
    numbers = [5.0, 6, 7, 9, 3, 4, 5.5, 6.5]
    r = np.corrcoef(numbers, base.is_treated)[0, 1]
    assert vif_with([str(number) for number in numbers], base) == pytest.approx(1 / (1 - r**2))


def test_inflation_within_pairs_is_that_of_the_differences():
    steps = np.array([1.0, 2, 1, 0.5])
    levels = [*(10.0 * np.arange(4) + steps), *(10.0 * np.arange(4))]
    share = steps.sum() ** 2 / (4 * (steps**2).sum())
    assert vif_with([str(level) for level in levels], _base(4, is_paired=True)) == pytest.approx(1 / (1 - share))


@given(st.lists(st.sampled_from(["3", "4", "5", "x"]), min_size=6, max_size=6), st.booleans(), st.permutations(range(6)))
def test_neither_order_nor_names_of_levels_matter(levels, is_paired, order):
    base = _base(3, is_paired=is_paired)
    donors = [base.donors[i] for i in order]
    shuffled = Base(
        base.is_treated[list(order)], donors, {"d": donors} if is_paired else {}, {"d": donors} if is_paired else {}
    )
    assert is_aliased([levels[i] for i in order], shuffled) == is_aliased(levels, base)
    if "x" in levels:
        renamed = [{"3": "b", "4": "a", "5": "c", "x": "d"}[level] for level in levels]
        assert is_aliased(renamed, base) == is_aliased(levels, base)


@given(st.lists(st.sampled_from("ab"), min_size=8, max_size=8))
def test_a_level_in_both_halves_of_a_pair_is_never_aliased(levels):
    levels[4] = levels[0]
    assert not is_aliased(levels, _base(4, is_paired=True))
