"""Whatever is typed, a sentence stays one line of bounded length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.errors import SHOWN_CHARACTERS, SHOWN_FINDINGS, SHOWN_NAMES, SubmissionError, nearest, sentence, shown


@given(st.one_of(st.text(), st.binary(), st.lists(st.text()), st.floats(), st.none()))
def test_shown_text_is_one_bounded_line(value):
    text = shown(value)
    assert text.isprintable()
    assert len(text) <= 10 * SHOWN_CHARACTERS + 2


def test_readable_text_is_shown_as_it_is():
    assert shown("淫羊藿苷 10 µM") == "'淫羊藿苷 10 µM'"
    assert shown("a\u202eb") == r"'a\u202eb'"


def test_what_cannot_be_printed_is_shown_by_its_type():
    assert shown(10**5000) == "'int'"
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert shown(deep) == "'list'"
    while deep:  # a list this deep must be taken apart by hand: freeing it at once is recursive in some Pythons
        deep = deep[0]


@given(st.text(), st.lists(st.text(max_size=300), max_size=60))
def test_advice_is_one_bounded_line(name, known):
    advice = nearest(name, known)
    assert advice.isprintable()
    assert len(advice) <= (SHOWN_NAMES + 1) * 10 * SHOWN_CHARACTERS + 20


@pytest.mark.parametrize(
    ("name", "advice"),
    [("min_count", "Did you mean 'min_counts'?"), ("zzz", "Known are: max_mt_share, min_counts.")],
)
def test_the_nearest_name_is_advised(name, advice):
    assert nearest(name, {"min_counts", "max_mt_share"}) == advice


def test_a_sentence_says_where_what_and_how():
    text = sentence("samples.tsv row 7", "hold a donor", "nothing", "Fill it in.")
    assert text == "samples.tsv row 7 must hold a donor. Got nothing. Fill it in."


def test_thousands_of_faults_are_kept_but_not_all_printed():
    error = SubmissionError([f"fault {i}." for i in range(5000)])
    assert len(error.findings) == 5000
    assert str(error).splitlines()[-1] == f"... and {5000 - SHOWN_FINDINGS} more faults."
    assert str(SubmissionError(["one."])) == "one."
