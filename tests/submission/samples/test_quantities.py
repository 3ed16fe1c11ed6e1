"""Numbers as a certificate or a protocol prints them: the sign, both ends and the unit are kept, nothing is guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.submission.samples.quantities import in_unit, number_in, number_of, plain_number, quantity_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("≥98%", ("≥98", "%")), (">= 98 %", ("≥98", "%")), ("<2", ("<2", "")), ("＜0.1", ("<0.1", "")), ("about 5", ("~5", "")),
        ("up to 3 d", ("≤3", "d")), ("80–90 %", ("80-90", "%")), ("80% - 90%", ("80-90", "%")), ("3 to 5 min", ("3-5", "min")),
        ("1×10⁵", ("100000", "")), ("1e4-2e4", ("10000-20000", "")), ("5 x 10^3 cells", ("5000", "cells")), ("-1", ("-1", "")),
    ],
)  # fmt: skip
def test_bounds_ranges_and_powers(text, said):
    found = quantity_of(text)
    assert (found.text, found.unit) == said


@pytest.mark.parametrize("text", ["", "many", "90-80", "3 min - 5 h", "1,000", "±2", "<", "1 or 2 or 3 %"])
def test_what_is_no_quantity_has_no_unit_of_its_column(text):
    found = quantity_of(text)
    assert found is None or in_unit(found, "%") is None


@pytest.mark.parametrize(
    ("unit", "text"), [("mM", "4.5 %"), ("h", "2 months"), ("years", "18 h"), ("°C", "98 F"), ("%", "5 mM")]
)
def test_a_unit_of_another_kind_is_not_taken(unit, text):
    assert in_unit(quantity_of(text), unit) is None


def test_the_number_that_a_value_is_compared_by():
    said = {"≥98": 98, "80-90": 85, "3+2": 5, "~24": 24, "4": 4}
    assert {text: number_in(text) for text in said} == said
    assert number_in("not done") is None


def test_only_an_exact_number_is_one():
    assert number_of("98 %") == (98, "%")
    assert number_of("<98 %") is None


def test_numbers_are_plain():
    assert [plain_number(Decimal(text)) for text in ("1E+2", "0.10", "0", "1e-7")] == ["100", "0.1", "0", "0.0000001"]


@given(text=st.text(max_size=20))
def test_any_text_is_a_quantity_or_none(text):
    found = quantity_of(text, has_thousands=True)
    assert found is None or found.low <= found.middle <= found.high
