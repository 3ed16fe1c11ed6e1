import pytest

from scvalid.errors import sentence
from scvalid.preflight.files.merging import Merged, counted
from scvalid.settings import Sample


def _sample(name, path=""):
    return Sample(sample_id=name, path=path or f"{name}.h5ad", donor_id="d", arm="t")


def test_names_are_counted():
    said = [counted(list("abcdefgh"[:n])) for n in (1, 2, 3, 5, 8)]
    assert said == ["a", "a and b", "a, b and c", "a, b, c, d and e", "a, b, c, d, e and 3 more"]


@pytest.mark.parametrize(
    ("gots", "expected"),
    [
        (("30 repeated names", "30 repeated names"), "Got 30 repeated names."),
        (("30 repeated names", "1,200 repeated names"), "Got 30 repeated names, in 'a.h5ad'."),
        (("logs (largest 7.1) in 'X'", "logs (largest 6.86e-05) in 'X'"), "Got logs (largest 7.1) in 'X', in 'a.h5ad'."),
        (("smallest -3.2", "smallest -1"), "Got smallest -3.2, in 'a.h5ad'."),
    ],
)
def test_one_fault_with_other_numbers_is_said_once_with_those_of_the_first(gots, expected):
    merged = Merged()
    for name, got in zip("ab", gots, strict=True):
        merged.add_sample([sentence("here", "be good", got, "Do.")], _sample(name))
    (finding,) = merged.findings("s.tsv")
    assert finding.startswith("s.tsv, samples 'a' and 'b', files 'a.h5ad' and 'b.h5ad', must be good.")
    assert expected in finding


def test_names_with_numbers_are_no_numbers():
    merged = Merged()
    for name in ("mm10", "mm39", "'x1'", "'x2'"):
        merged.add_sample([sentence("here", "be good", f"counts from {name}", "Do.")], _sample("a"))
    assert len(list(merged.findings("s.tsv"))) == 4


def test_samples_of_one_file_name_it_once():
    merged = Merged()
    merged.add_file([sentence("here", "be good", "bad", "Do.")], [_sample(name, "all.h5ad") for name in "abcdefg"])
    (finding,) = merged.findings("s.tsv")
    assert "samples 'a', 'b', 'c', 'd', 'e' and 2 more, file 'all.h5ad'," in finding
