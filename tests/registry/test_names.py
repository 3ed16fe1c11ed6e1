"""Spellings that mean the same name meet; names that differ do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.registry.names import plain_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ginsenoside-CK", "ginsenoside CK"),
        ("丹参酮ⅡA", "丹参酮IIA"),
        ("ＥＧＣＧ", "egcg"),
        ("人参皂甙CK", "人参皂苷CK"),
        ("β-sitosterol", "Beta sitosterol"),
        ("zōnglǘ suān", "zonglvsuan"),
        ("dān shēn", "danshen"),
        ("(-)-epigallocatechin gallate", "epigallocatechin gallate"),
        ("3,4',5-trihydroxystilbene", "3,4′,5-trihydroxystilbene"),
    ],
)
def test_spellings_of_one_name_meet(one, other):
    assert plain_name(one) == plain_name(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("icariside I", "icariside II"), ("α-pinene", "β-pinene"), ("黄芪", "黄芩"), ("Rg1", "Rg2")]
)
def test_different_names_stay_different(one, other):
    assert plain_name(one) != plain_name(other)


@given(st.text(max_size=50))
def test_a_plain_name_is_its_own_plain_name(text):
    assert plain_name(plain_name(text)) == plain_name(text)
