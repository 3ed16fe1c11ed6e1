"""Tables and map of the cell states."""

import dataclasses

import numpy as np
import pandas as pd

from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.states import draw_order, samples_of, state_rows


def test_counts_are_those_of_a_plain_crosstab(inputs: Inputs) -> None:
    table = pd.crosstab(inputs.states["state"], inputs.states["sample_id"])
    samples = samples_of(inputs)
    for row in state_rows(inputs, markers_per_state=3):
        assert list(row.n_by_sample) == [int(table.loc[row.name, s]) for s in samples]
        assert row.n_cells == sum(row.n_by_sample)


def test_shares_of_a_sample_add_to_one_and_an_empty_sample_has_none(inputs: Inputs) -> None:
    gone = inputs.submitted.samples[0].sample_id
    few = dataclasses.replace(inputs, states=inputs.states[inputs.states["sample_id"] != gone])
    shares = np.array([row.share_by_sample for row in state_rows(few, markers_per_state=3)])
    assert np.isnan(shares[:, 0]).all()
    np.testing.assert_allclose(shares[:, 1:].sum(axis=0), 1)


def test_order_of_the_cells_changes_no_table(inputs: Inputs) -> None:
    turned = dataclasses.replace(inputs, states=inputs.states.iloc[::-1].reset_index(drop=True))
    assert state_rows(turned, markers_per_state=3) == state_rows(inputs, markers_per_state=3)


def test_markers_come_in_their_rank(inputs: Inputs) -> None:
    shuffled = dataclasses.replace(inputs, markers=inputs.markers.sample(frac=1, random_state=1))
    for row in state_rows(shuffled, markers_per_state=2):
        assert [marker[0] for marker in row.markers] == ["GENE0", "GENE1"]


def test_the_map_draws_each_cell_once_up_to_its_limit(inputs: Inputs) -> None:
    rows = state_rows(inputs, markers_per_state=3)
    whole, part = (draw_order(inputs, rows, max_points=n) for n in (10_000, 50))
    assert sorted(whole.x) == sorted(inputs.states["x"])
    assert len(part.x) == 50
    assert part.n_cells == len(inputs.states)
    assert part.box == whole.box
