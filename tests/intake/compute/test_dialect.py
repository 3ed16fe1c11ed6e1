import pytest

from scvalid.intake.compute.dialect import find_delimiter, has_no_header, read_dialect, split_line


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["g\tc1\tc2", "A, B\t1\t2"], "\t"),
        (["g;c1;c2", "A;1,5;2,0", "B;0,0;1,0"], ";"),
        (["g,c1,c2", '"A;B",1,2'], ","),
        (['"c1" "c2"', '"A" 1 2'], " "),
        (["some words here", "and some more"], None),
        (["one"], None),
        ([], None),
    ],
)
def test_the_delimiter_is_the_one_that_leaves_numbers(lines, delimiter):
    assert find_delimiter(lines) == delimiter


def test_places_of_names_words_and_values():
    dialect = read_dialect(["\tgene\tlength\tc1\tnote\tc2", "0\tA\t900\t1\tx\t2", "1\tB\t800\t0\ty\tNA"], "\t")
    assert (dialect.name_place, dialect.text_places, dialect.value_places) == (1, (2, 4), (3, 5))
    dialect = read_dialect(["c1,c2", "A,1,2", "B,x,2", "C,1,2"], ",")  # one odd value makes no column of words
    assert (dialect.labels, dialect.value_places) == (("", "c1", "c2"), (1, 2))
    assert read_dialect(["c1", "A,1,2"], ",") is None


def test_a_trailing_delimiter_is_an_empty_column_of_words():
    dialect = read_dialect(["g,c1,", "A,1,", "B,2,"], ",")
    assert (dialect.text_places, dialect.value_places) == ((2,), (1,))


@pytest.mark.parametrize(
    ("header", "expected"), [("g,1,2,3", False), ("g,1,1,2", True), ("g,0.5,1,2", True), ("g,c1,0,1", False)]
)
def test_values_in_place_of_a_header(header, expected):
    assert has_no_header(read_dialect([header, "A,1,2,3"], ",")) is expected


def test_quotes_are_taken_off_and_must_close():
    assert split_line('"a,b",1,"c""d"', ",") == ["a,b", "1", 'c"d']
    with pytest.raises(ValueError, match="unexpected end"):
        split_line('"a,1', ",")
