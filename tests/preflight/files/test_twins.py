from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from scvalid.preflight.files.twins import CellKeys, contents_of, faults_of_twins, keys_of, telling_sizes


def _sample(name, file, rows, *, barcodes=None, sizes=None, content=None):
    rows = np.asarray(rows)
    content = content or hash(file)
    barcodes = barcodes or [f"{name}{row}" for row in rows]
    sizes = np.arange(len(rows)) * 7 + hash(name) % 1000 if sizes is None else np.asarray(sizes)
    none = np.zeros(0, np.int64)
    telling = telling_sizes(sizes)
    cells = none if telling is None else keys_of(barcodes, sizes)
    return CellKeys(name, file, keys_of([content] * len(rows), rows), none, none, cells, telling, False)


@given(st.lists(st.frozensets(st.integers(0, 12), max_size=6), min_size=1, max_size=5))
def test_rows_given_twice_are_counted_as_a_slow_loop_counts_them(rows):
    sizes = [np.arange(len(r)) + 100 * i for i, r in enumerate(rows)]
    samples = [_sample(f"s{i}", "x.h5ad", sorted(r), sizes=sizes[i]) for i, r in enumerate(rows)]
    found = faults_of_twins(samples, sheet="t.tsv")
    shared = {(i, j): len(a & b) for (i, a), (j, b) in combinations(enumerate(rows), 2) if a & b}
    assert len(found) == len(shared)
    for fault, ((i, j), n) in zip(found, sorted(shared.items()), strict=True):
        assert f"samples 's{i}' and 's{j}'," in fault
        assert f"the same {n} cells of 'x.h5ad'" in fault


def test_barcodes_alone_say_nothing():
    names = [f"c{i}" for i in range(100)]
    rng = np.random.default_rng(0)
    sizes = [rng.integers(500, 3000, 100) for _ in range(2)]
    a, b = (_sample(name, f"{name}.h5ad", range(100), barcodes=names, sizes=s) for name, s in zip("ab", sizes, strict=True))
    assert faults_of_twins([a, b], sheet="t") == []
    same = _sample("c", "c.h5ad", range(100), barcodes=names, sizes=sizes[0])
    assert len(faults_of_twins([a, b, same], sheet="t")) == 1


@pytest.mark.parametrize(("n_same", "is_fault"), [(3, False), (49, False), (60, True)])
def test_more_than_half_of_the_smaller_sample(n_same, is_fault):
    rng = np.random.default_rng(0)
    sizes = rng.integers(500, 3000, 1000)
    big = _sample("big", "big.h5ad", range(1000), barcodes=[f"c{i}" for i in range(1000)], sizes=sizes)
    names = [f"c{i}" if i < n_same else f"d{i}" for i in range(100)]
    part = _sample("part", "part.h5ad", range(100), barcodes=names, sizes=sizes[:100])
    assert bool(faults_of_twins([big, part], sheet="t")) == is_fault


def test_sizes_that_hardly_differ_are_no_fingerprint():
    assert telling_sizes(np.full(100, 2000)) is None
    assert telling_sizes(np.arange(10)) is None
    assert telling_sizes(None) is None
    constant = [_sample(name, f"{name}.h5ad", range(50), sizes=np.full(50, 9)) for name in "ab"]
    assert faults_of_twins(constant, sheet="t") == []


@given(st.integers(0, 1000))
def test_what_a_cell_holds_is_the_same_in_any_order_of_genes_and_no_other_cell_holds_it(seed):
    rng = np.random.default_rng(seed)
    table = rng.poisson(0.5, (30, 60))
    symbols = np.array([f"g{i}" for i in range(50)] + [""] * 10)
    order = rng.permutation(60)
    held = contents_of(sparse.csr_matrix(table), list(symbols))
    np.testing.assert_array_equal(contents_of(sparse.csr_matrix(table[:, order].astype(float)), list(symbols[order])), held)
    different = {tuple(row) for row in table[:, :50].tolist()}
    assert len(np.unique(held)) == len(different)
    doubled = sparse.csr_matrix(table)
    doubled.data = doubled.data * 2
    assert not np.isin(contents_of(doubled, list(symbols))[table[:, :50].any(axis=1)], held).any()
