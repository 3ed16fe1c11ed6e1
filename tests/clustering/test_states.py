"""Planted states are found, whatever the order of the cells; the first test here pays for loading umap (about 15 s)."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from scvalid.clustering.compute.states import find_states, name_by_size
from scvalid.clustering.settings import ClusteringSettings


def test_planted_states_are_found(planted):
    found = find_states(planted.embedding, settings=ClusteringSettings(resolution=0.2), seed=0).table
    assert adjusted_rand_score(planted.states, found["state"]) > 0.95
    assert sorted(found["state"].unique()) == ["s1", "s2", "s3"]


def test_the_order_of_cells_changes_nothing(planted):
    before = planted.embedding.copy()
    first = find_states(planted.embedding, settings=ClusteringSettings(), seed=0).table
    second = find_states(planted.embedding.sample(frac=1, random_state=1), settings=ClusteringSettings(), seed=0).table
    pd.testing.assert_frame_equal(first, second, check_exact=True)
    assert planted.embedding.equals(before)


def test_a_higher_resolution_gives_more_states(planted):
    numbers = [
        find_states(planted.embedding, settings=ClusteringSettings(resolution=r), seed=0).table["state"].nunique()
        for r in (0.2, 3.0)
    ]
    assert numbers[0] < numbers[1]


def test_states_lie_apart_in_the_layout(planted):
    table = find_states(planted.embedding, settings=ClusteringSettings(resolution=0.2), seed=0).table
    centres = table.groupby("state")[["x", "y"]].transform("mean")
    own = np.hypot(table["x"] - centres["x"], table["y"] - centres["y"])
    everywhere = np.hypot(table["x"] - table["x"].mean(), table["y"] - table["y"].mean())
    assert own.mean() < everywhere.mean() / 2


def test_twenty_cells_use_the_neighbours_there_are(planted):
    found = find_states(planted.embedding.iloc[:20], settings=ClusteringSettings(n_neighbours=30), seed=0)
    assert found.n_neighbours == 19
    assert len(found.table) == 20


@pytest.mark.slow
def test_more_than_8192_cells_take_the_approximate_neighbours_and_repeat_themselves(plant):
    planted = plant(n_cells=8300)
    first, second = (find_states(planted.embedding, settings=ClusteringSettings(resolution=0.2), seed=0) for _ in range(2))
    pd.testing.assert_frame_equal(first.table, second.table, check_exact=True)
    assert adjusted_rand_score(planted.states, first.table["state"]) > 0.95


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_names_follow_size_then_first_cell_and_keep_the_groups(labels):
    names = name_by_size(np.array(labels))
    assert len(set(zip(labels, names, strict=True))) == len(set(labels)) == len(set(names))
    order = sorted(set(labels), key=lambda group: (-labels.count(group), labels.index(group)))
    assert [names[labels.index(group)] for group in order] == [f"s{i + 1}" for i in range(len(order))]
