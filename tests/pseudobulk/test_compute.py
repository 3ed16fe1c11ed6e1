"""Sums per donor x arm (x state) against a slow loop over cells, and what must not change them."""

from collections import defaultdict

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from scvalid.errors import SubmissionError
from scvalid.keys import ALL_MSC, Layer, Obs
from scvalid.pseudobulk.compute import sum_by_donor


def _sample(counts, *, donor, arm, batch="b1", genes=None, prefix="c"):
    counts = np.asarray(counts, dtype=np.float32)
    genes = [f"G{i}" for i in range(counts.shape[1])] if genes is None else genes
    cells = [f"{prefix}-{donor}-{arm}-{i}" for i in range(counts.shape[0])]
    obs = pd.DataFrame(
        {Obs.SAMPLE: prefix, Obs.DONOR: donor, Obs.ARM: arm, Obs.BATCH: batch}, index=pd.Index(cells, dtype=object)
    )
    return AnnData(X=sparse.csr_matrix(counts), obs=obs, var=pd.DataFrame(index=pd.Index(genes, dtype=object)))


@pytest.fixture
def samples():
    rng = np.random.default_rng(0)
    return [
        _sample(rng.poisson(0.7, (30, 6)), donor=donor, arm=arm, batch=f"b{i}")
        for i, donor in enumerate(("d2", "d1"))
        for arm in ("vehicle", "treated")
    ]


@pytest.fixture
def states(samples):
    cells = [cell for sample in samples for cell in sample.obs_names]
    labels = np.random.default_rng(1).choice(["basal", "stressed"], len(cells))
    return pd.Series(labels, index=pd.Index(cells, dtype=object), dtype=object).drop(cells[3])


def _slow(samples, states):
    sums, detected, cells = defaultdict(float), defaultdict(float), defaultdict(int)
    for sample in samples:
        for i, cell in enumerate(sample.obs_names):
            if states is not None and cell not in states.index:
                continue
            group = (sample.obs[Obs.DONOR].iloc[i], sample.obs[Obs.ARM].iloc[i], ALL_MSC if states is None else states[cell])
            cells[group] += 1
            for j, gene in enumerate(sample.var_names):
                sums[group, gene] += sample.X[i, j]
                detected[group, gene] += sample.X[i, j] > 0
    return sums, detected, cells


def _groups(found):
    return list(zip(found.obs[Obs.DONOR], found.obs[Obs.ARM], found.obs[Obs.STATE], strict=True))


@pytest.mark.parametrize("is_by_state", [False, True])
def test_sums_are_those_of_a_loop_over_cells(samples, states, is_by_state):
    states = states if is_by_state else None
    found = sum_by_donor(iter(samples), states=states, min_cells=5)
    sums, detected, cells = _slow(samples, states)
    assert _groups(found) == sorted(cells)
    for i, group in enumerate(_groups(found)):
        assert found.obs[Obs.N_CELLS].iloc[i] == cells[group]
        for j, gene in enumerate(found.var_names):
            assert found.X[i, j] == sums[group, gene]
            assert found.layers[Layer.N_DETECTED][i, j] == detected[group, gene]


def test_small_groups_are_marked_and_kept(samples):
    small = [samples[0][:19].copy(), samples[1][:20].copy()]
    found = sum_by_donor(iter(small), states=None, min_cells=20)
    marks = dict(zip(found.obs[Obs.ARM], found.obs[Obs.IS_USED], strict=True))
    assert marks == {"vehicle": False, "treated": True}


def test_genes_that_one_sample_did_not_measure_are_left_out():
    one = _sample([[1, 2, 3]], donor="d1", arm="treated", genes=["B", "A", "C"])
    two = _sample([[4, 5, 6]], donor="d1", arm="vehicle", genes=["C", "D", "B"])
    found = sum_by_donor(iter([one, two]), states=None, min_cells=1)
    assert list(found.var_names) == ["B", "C"]
    np.testing.assert_array_equal(found.X, [[1, 3], [6, 4]])


def test_two_samples_of_one_donor_and_arm_are_summed_and_their_batches_joined():
    parts = [_sample([[1, 2]], donor="d1", arm="treated", batch=batch, prefix=batch) for batch in ("b2", "b1", "b2")]
    found = sum_by_donor(iter(parts), states=None, min_cells=3)
    assert list(found.obs[Obs.BATCH]) == ["b1+b2"]
    assert list(found.obs[Obs.IS_USED]) == [True]
    np.testing.assert_array_equal(found.X, [[3, 6]])


@pytest.mark.parametrize("position", [0, 2, 4])
@pytest.mark.parametrize("is_by_state", [False, True])
def test_a_sample_that_lost_all_cells_changes_nothing(samples, states, is_by_state, position):
    states = states if is_by_state else None
    lost = _sample(np.empty((0, 6)), donor="d3", arm="treated")
    with_lost = [*samples[:position], lost, *samples[position:]]
    found, without = (sum_by_donor(iter(s), states=states, min_cells=5) for s in (with_lost, samples))
    pd.testing.assert_frame_equal(found.obs, without.obs)
    np.testing.assert_array_equal(found.X, without.X)


def test_a_sample_that_lost_all_cells_takes_no_gene_from_the_others(samples):
    lost = _sample(np.empty((0, 1)), donor="d3", arm="treated", genes=["G0"])
    assert sum_by_donor(iter([lost, *samples]), states=None, min_cells=5).n_vars == 6


def test_no_cell_at_all():
    lost = [_sample(np.empty((0, 2)), donor="d1", arm=arm) for arm in ("treated", "vehicle")]
    with pytest.raises(SubmissionError, match="at least one cell"):
        sum_by_donor(iter(lost), states=None, min_cells=5)


def test_a_state_without_cells_of_a_donor_is_an_empty_profile_not_a_donor_less():
    parts = [_sample(np.ones((10, 2)), donor="d1", arm="treated"), _sample(np.ones((10, 2)), donor="d1", arm="vehicle")]
    cells = [list(part.obs_names) for part in parts]
    states = pd.Series({**dict.fromkeys(cells[0], "a"), **dict.fromkeys(cells[1][:5], "a"), **dict.fromkeys(cells[1][5:], "b")})
    found = sum_by_donor(iter(parts), states=states, min_cells=5).obs
    rows = {(row[Obs.ARM], row[Obs.STATE]): (row[Obs.N_CELLS], row[Obs.IS_USED]) for _, row in found.iterrows()}
    assert rows == {
        ("treated", "a"): (10, True), ("treated", "b"): (0, False), ("vehicle", "a"): (5, True), ("vehicle", "b"): (5, True),
    }  # fmt: skip


def test_a_profile_without_any_count_is_not_used():
    parts = [_sample(np.zeros((30, 2)), donor="d1", arm="treated"), _sample(np.ones((30, 2)), donor="d1", arm="vehicle")]
    found = sum_by_donor(iter(parts), states=None, min_cells=20)
    assert list(found.obs[Obs.IS_USED]) == [False, True]


def test_the_input_is_not_touched(samples, states):
    before = [sample.copy() for sample in samples]
    sum_by_donor(iter(samples), states=states, min_cells=5)
    for sample, copy in zip(samples, before, strict=True):
        pd.testing.assert_frame_equal(sample.obs, copy.obs)
        np.testing.assert_array_equal(sample.X.toarray(), copy.X.toarray())


@given(
    counts=st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=5, max_size=5),
    cells=st.permutations(range(5)),
    genes=st.permutations(range(5)),
)
def test_the_order_of_cells_genes_and_files_is_of_no_matter(counts, cells, genes):
    samples = [_sample(counts, donor="d1", arm="treated"), _sample(np.array(counts)[::-1], donor="d2", arm="vehicle")]
    states = pd.Series(list("xyxyx") * 2, index=[cell for sample in samples for cell in sample.obs_names], dtype=object)
    shuffled = [sample[list(cells), list(genes)].copy() for sample in samples[::-1]]
    found, expected = (sum_by_donor(iter(s), states=states, min_cells=1) for s in (shuffled, samples))
    pd.testing.assert_frame_equal(found.obs, expected.obs)
    assert list(found.var_names) == list(expected.var_names)
    np.testing.assert_array_equal(found.X, expected.X)
