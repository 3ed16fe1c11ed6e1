"""Markers against a slow loop, and by sample as by dataset."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from scvalid.clustering.compute.markers import add_sums, rank_markers, sum_by_state
from scvalid.contracts.tables import MARKERS

NAMES = ["s1", "s2", "s3"]


def _states(planted):
    return np.array(NAMES)[planted.states]


def _sums(planted, rows=slice(None)):
    return sum_by_state(planted.counts[rows], states=_states(planted)[rows], genes=planted.genes, names=NAMES)


def _slow(planted, state, gene):
    """Return fold and shares of one gene by the formula, cell by cell."""
    dense, j = planted.counts.toarray(), planted.genes.index(gene)
    cp10k = [10_000 * row[j] / row.sum() for row in dense.astype(float)]
    inside = [name == state for name in _states(planted)]
    mean = [np.mean([v for v, i in zip(cp10k, inside, strict=True) if i is side]) for side in (True, False)]
    share = [np.mean([row[j] > 0 for row, i in zip(dense, inside, strict=True) if i is side]) for side in (True, False)]
    return np.log2((mean[0] + 1) / (mean[1] + 1)), share[0], share[1]


def test_values_follow_the_formula(planted):
    table = rank_markers(_sums(planted), n_markers=5)
    for row in table.itertuples():
        # the table is rounded to four decimals
        assert (row.log2_fold, row.share_in, row.share_out) == pytest.approx(_slow(planted, row.state, row.gene), abs=6e-5)


def test_planted_markers_lead_each_list(planted):
    table = rank_markers(_sums(planted), n_markers=15)
    for i, name in enumerate(NAMES):
        assert set(table.loc[table["state"] == name, "gene"]) == set(planted.genes[15 * i : 15 * i + 15])


def test_sums_of_samples_add_up_to_those_of_all_cells(planted):
    parts = add_sums(_sums(planted, slice(0, 150)), _sums(planted, slice(150, None)))
    pd.testing.assert_frame_equal(rank_markers(parts, n_markers=20), rank_markers(_sums(planted), n_markers=20))


def test_only_genes_of_both_samples_are_kept():
    first = sum_by_state(sparse.csr_matrix(np.eye(2)), states=np.array(["s1", "s2"]), genes=["A", "B"], names=["s1", "s2"])
    second = sum_by_state(sparse.csr_matrix([[3.0, 1.0]]), states=np.array(["s2"]), genes=["B", "C"], names=["s1", "s2"])
    both = add_sums(first, second)
    assert list(both.cp10k) == ["B"]
    assert both.cp10k.loc["s2", "B"] == pytest.approx(10_000 + 7_500)
    assert both.n_cells.to_dict() == {"s1": 1, "s2": 2}


def test_equal_folds_go_by_name_and_rare_genes_are_left_out():
    counts = np.zeros((40, 4))
    counts[:20, [1, 0]] = 2
    counts[20:, 3] = 4
    counts[0, 2] = 50  # one cell of twenty: a high mean, but hardly a marker
    states = np.array(["s1"] * 20 + ["s2"] * 20)
    sums = sum_by_state(sparse.csr_matrix(counts), states=states, genes=["B", "A", "rare", "C"], names=["s1", "s2"])
    table = rank_markers(sums, n_markers=10)
    assert table[["state", "rank", "gene"]].to_numpy().tolist() == [["s1", 1, "A"], ["s1", 2, "B"], ["s2", 1, "C"]]


def test_one_state_has_no_markers_and_the_table_still_holds_its_contract(planted):
    sums = sum_by_state(planted.counts, states=np.array(["s1"] * 400), genes=planted.genes, names=["s1"])
    assert MARKERS.check(rank_markers(sums, n_markers=5)).empty
