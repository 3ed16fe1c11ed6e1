"""Pairs, batches and numbers of cells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scvalid.simulation.compute.plan import ARMS, draw_cell_numbers, plan_samples
from scvalid.simulation.settings import SimulationSettings


@given(n_donors=st.integers(2, 12))
def test_every_donor_is_in_both_arms_and_one_batch(n_donors):
    samples = plan_samples(n_donors)
    assert len({s.sample_id for s in samples}) == len(samples) == 2 * n_donors
    for donor in range(n_donors):
        own = [s for s in samples if s.donor == donor]
        assert {s.arm for s in own} == set(ARMS)
        assert len({s.batch for s in own}) == 1
    assert {s.batch_id for s in samples} == {"batch1", "batch2"}


@given(n_donors=st.integers(2, 12), extra=st.integers(0, 5000), seed=st.integers(0, 99))
def test_cells_add_up_and_no_sample_is_starved(n_donors, extra, seed):
    settings = SimulationSettings(n_donors=n_donors, n_cells=max(200, 50 * n_donors) + extra)
    numbers = draw_cell_numbers(settings, rng=np.random.default_rng(seed))
    assert numbers.sum() == settings.n_cells
    assert numbers.min() >= 0.8 * settings.n_cells / len(numbers) - 1


def test_too_few_cells_for_the_donors_are_refused():
    with pytest.raises(ValidationError, match="at least 500 for 10 donors"):
        SimulationSettings(n_donors=10, n_cells=400)
