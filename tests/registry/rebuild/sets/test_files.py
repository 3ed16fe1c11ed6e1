"""Sets written and read again are the same sets, and the same sets are the same bytes."""

import gzip

import pytest

from scvalid.registry.rebuild.sets.files import bytes_of_sets, sets_of_file

SETS = {"B": {"X": -9.985743, "A": 12.0}, "A": {"X": 1e-6, "Y": 0.5}}


@pytest.mark.parametrize("name", ["s.tsv", "s.tsv.gz"])
def test_order_signs_and_numbers_survive(tmp_path, name):
    content = bytes_of_sets(SETS, name=name)
    (tmp_path / name).write_bytes(content)
    read = sets_of_file(tmp_path / name)
    assert read == SETS
    assert [list(genes) for genes in read.values()] == [["X", "A"], ["X", "Y"]]
    assert bytes_of_sets(read, name=name) == content


def test_weights_are_written_plainly():
    text = b"set_id\tgene\tweight\nB\tX\t-9.985743\nB\tA\t12\nA\tX\t0.000001\nA\tY\t0.5\n"
    assert bytes_of_sets(SETS, name="s.tsv") == text
    assert gzip.decompress(bytes_of_sets(SETS, name="s.tsv.gz")) == text
