"""Text fits the columns of a terminal and none of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from scvalid.registry.terminal import labelled, width_of, wrap

WORDS = st.text(alphabet=st.sampled_from("ab1-( )。,)(淫羊藿苷成骨β"), min_size=1, max_size=120)


def test_a_chinese_character_takes_two_columns():
    assert width_of("MSC 淫羊藿苷") == 4 + 8
    assert width_of("e\u0301") == 1


@given(text=WORDS, width=st.integers(4, 40))
def test_no_line_is_too_wide_and_nothing_is_lost(text, width):
    lines = wrap(text, width)
    # a closing mark may hang over by the marks that stand together, as in Chinese typesetting
    assert all(width_of(line.rstrip("。,)")) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_words_are_broken_at_spaces_and_chinese_between_characters():
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("淫羊藿苷促进成骨", 8) == ["淫羊藿苷", "促进成骨"]
    assert wrap("淫羊藿苷。促进", 8) == ["淫羊藿", "苷。促进"]


def test_a_label_stands_before_all_lines():
    lines = labelled("why", "word " * 30, width=50).split("\n")
    assert lines[0].startswith("  why  ")
    assert len(lines) > 1
    assert all(line.startswith(" " * 16 + "word") for line in lines[1:])
    assert max(map(len, lines)) <= 50
