import pytest

from scvalid.preflight.files.overlap import judge_overlap


def _genes(first, last):
    return frozenset(f"G{i}" for i in range(first, last))


@pytest.mark.parametrize("lists", [{}, {"a": _genes(0, 50)}, {"a": _genes(0, 50), "b": _genes(0, 50)}])
def test_one_list_is_no_overlap_however_short(lists):
    assert judge_overlap(lists, sheet="s.tsv") == ([], [])


def test_lists_without_genes_are_not_known():
    assert judge_overlap({"a": _genes(0, 900), "b": frozenset()}, sheet="s.tsv") == ([], [])


def test_a_short_list_in_a_long_one_loses_nothing_of_its_own():
    assert judge_overlap({"a": _genes(0, 300), "b": _genes(0, 9_000)}, sheet="s.tsv") == ([], [])


def test_few_shared_genes_are_doubted():
    faults, (doubt,) = judge_overlap({"a": _genes(0, 4_000), "b": _genes(3_476, 7_476), "c": _genes(0, 7_476)}, sheet="s.tsv")
    assert faults == []
    assert doubt.startswith("the samples share only 524 of 4,000 genes ('a' has 4,000 genes, 'b' 4,000, and both have 524)")


@pytest.mark.parametrize(("n_a", "n_shared"), [(4_000, 0), (4_000, 199), (6_000, 250), (150, 90)])
def test_next_to_no_shared_genes_are_refused(n_a, n_shared):
    lists = {"a": _genes(0, n_a), "b": _genes(n_a - n_shared, 2 * n_a)}
    (fault,), doubts = judge_overlap(lists, sheet="s.tsv")
    assert doubts == []
    assert fault.must == "share genes"
    assert fault.got.startswith(f"{n_shared} that all samples have ('a' has")
    assert fault.where == "s.tsv, samples 'a' and 'b',"
