"""Numbers as a person reads them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.reporting.compute.numbers import count, p_bound, p_value, percent, plain, short, signed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5123, "+0.51"),
        (-0.07, "−0.07"),
        (0.0, "0.00"),
        (-0.001, "0.00"),
        (0.001, "0.00"),
        (2.894, "+2.89"),
        (-123.4, "−123"),
        (None, "–"),
    ],
)
def test_effects(value: float | None, text: str) -> None:
    assert signed(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.05, "0.05"),
        (0.0496, "0.0496"),
        (1.0, "1"),
        (0.001, "0.001"),
        (3.21e-5, "3.2\xa0×\xa010⁻⁵"),
        (math.nan, "–"),
        (0.0, "0"),
    ],
)
def test_p_values(value: float, text: str) -> None:
    assert p_value(value) == text


def test_others() -> None:
    assert [percent(0.043), percent(0.931), percent(0.0), percent(1.0)] == ["4.3\xa0%", "93\xa0%", "0\xa0%", "100\xa0%"]
    assert count(1234567) == "1,234,567"
    assert [short(0.25), short(-0.4), short(3.0), short(-1e-300 * 0)] == ["0.25", "−0.4", "3", "0"]


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_a_number_is_never_off_by_more_than_its_last_digit(value: float, decimals: int) -> None:
    text = plain(value, decimals).replace("−", "-")
    digits = len(text.split(".")[1]) if "." in text else 0
    assert abs(float(text) - value) <= 0.5 * 10**-digits * (1 + 1e-6)


@given(st.floats(1e-300, 1.0))
def test_a_small_p_is_never_shown_as_zero(value: float) -> None:
    assert p_value(value) != "0"


def test_the_smallest_p_values_of_a_description_are_a_bound() -> None:
    bound = "<\N{NO-BREAK SPACE}10⁻⁶"
    assert [p_bound(value) for value in (0.0, 1e-12, 0.2, None)] == [bound, bound, "0.2", "–"]
