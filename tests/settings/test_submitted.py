"""Names stay as they were typed in the report, and become safe in file names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scvalid.settings import Sample
from scvalid.settings.submitted import SAFE_SLUG

GIVEN = {"sample_id": "s", "path": "p", "donor_id": "d", "arm": "a"}


@given(st.text(min_size=1, max_size=200))
def test_a_slug_is_always_safe_and_always_the_same(name):
    try:
        sample = Sample(**{**GIVEN, "sample_id": name})
    except ValidationError:
        return
    assert SAFE_SLUG.fullmatch(sample.slug)
    assert sample.slug == Sample(**{**GIVEN, "sample_id": name}).slug
    assert sample.sample_id == name.strip()


@pytest.mark.parametrize("name", ["张三", "a/b", "..", ".a", "-a", "a b", "a\\b", "x" * 65, "a:b", "é"])
def test_names_that_are_not_safe_get_slugs_that_differ(name):
    first, second = (Sample(**{**GIVEN, "sample_id": n}).slug for n in (name, name + "2"))
    assert first.startswith("sample-")
    assert first != second


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00", "a\x7f", "a\x85b", "a\u2028b", "a\u202eb", "x" * 201, "\ud800"])
def test_names_that_would_break_a_line_are_refused(name):
    with pytest.raises(ValidationError):
        Sample(**{**GIVEN, "donor_id": name})


@pytest.mark.parametrize("name", ["淫羊藿苷", "TNF-α 10 ng/mL", "O'Brien; rm -rf $HOME", "<b>", "x" * 200])
def test_names_of_any_script_are_kept(name):
    assert Sample(**{**GIVEN, "donor_id": name}).donor_id == name


def test_cells_are_pairs_of_column_and_value():
    sample = Sample(**GIVEN, cells=" donor = 101 ;condition=a=b; ;")
    assert sample.selection == {"donor": "101", "condition": "a=b"}
    assert Sample(**GIVEN).selection == {}


@pytest.mark.parametrize("cells", ["donor", "=x", "donor=1;=2", "a=1;b", "a=1; a =2"])
def test_cells_that_say_nothing_clear_are_refused(cells):
    with pytest.raises(ValidationError):
        Sample(**GIVEN, cells=cells)
