"""An encoding is read where it is certain and named where it is not; so is a separator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.io.encodings import encoding_of, separator_of

TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\ufeff"), max_size=40)


@given(TEXT)
def test_what_is_read_is_what_was_written(text):
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        raw = text.encode(encoding)
        found = encoding_of(raw)
        assert found.is_read
        assert raw.decode(found.name) == text


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_named(raw):
    found = encoding_of(raw)
    if found.is_read:
        assert "\0" not in raw.decode(found.name)
    else:
        assert found.name.isprintable()


# a sheet of 一 alone is valid UTF-8 in GBK too, as any two bytes like it are
@given(st.text("对照供体淫羊藿苷组样本二三", max_size=20).map(lambda text: f"供体{text}"))
def test_chinese_in_gbk_is_never_read(text):
    found = encoding_of(f"id\t{text}\n".encode("gbk"))
    assert not found.is_read
    assert "GBK" in found.name


@pytest.mark.parametrize(
    ("header", "n_columns", "word"),
    [
        ("a\tb,c;d", 2, "tabs"),
        ("a,b", 1, "tabs"),
        ("a,b", 3, "tabs"),
        ("", 3, "tabs"),
        ("\n\na; b; c\n1\t2", 3, "semicolons"),
        ("a, b, c", 3, "commas"),
        ("a|b|c", 3, "bars"),
    ],
)
def test_a_separator_is_named_where_it_parts_enough(header, n_columns, word):
    assert separator_of(header, n_columns=n_columns) == word
