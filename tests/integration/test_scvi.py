"""scVI on 400 cells: it runs, mixes donors, repeats itself, and leaves no trace in the process or the folder."""

import random

import numpy as np
import pytest

from scvalid.integration.compute.principal_components import principal_components
from scvalid.integration.compute.variable_genes import log_normalise
from scvalid.integration.settings import ScviSettings

pytestmark = pytest.mark.slow


def _embed(planted, *, max_epochs, columns=("donor_id",), n_cells=400):
    from scvalid.integration.compute.scvi import embed_with_scvi

    settings = ScviSettings(max_epochs=max_epochs, batch_size=32)
    return embed_with_scvi(planted.counts[:n_cells], obs=planted.obs[:n_cells], columns=columns, settings=settings, seed=3)


def test_donors_are_mixed_better_than_by_components_and_states_are_kept(planted, share_of_own):
    donors = planted.obs["donor_id"].to_numpy()
    plain = principal_components(log_normalise(planted.counts), labels=np.zeros(400), n_dims=10)
    found = _embed(planted, max_epochs=150)
    assert found.shape == (400, 10)
    assert share_of_own(found, donors) < share_of_own(plain, donors) - 0.2
    assert share_of_own(found, planted.states) > 0.75


def test_the_same_seed_gives_the_same_bytes_and_nothing_is_left_behind(few, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    python_before, numpy_before = random.getstate(), np.random.get_state()
    first, second = _embed(few, max_epochs=2, n_cells=60), _embed(few, max_epochs=2, n_cells=60)
    assert first.tobytes() == second.tobytes()
    assert random.getstate() == python_before
    assert np.array_equal(np.random.get_state()[1], numpy_before[1])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("n_cells", "epochs"), [(60, 1000), (4000, 125), (1_000_000, 20)])
def test_small_data_are_passed_over_more_often(n_cells, epochs):
    from scvalid.integration.compute.scvi import epochs_for

    assert epochs_for(n_cells, batch_size=128) == epochs


@pytest.mark.parametrize("n_cells", [33, 34])
def test_a_last_batch_of_one_or_two_cells_does_no_harm(few, n_cells):
    assert np.isfinite(_embed(few, max_epochs=1, columns=(), n_cells=n_cells)).all()


def test_a_second_column_is_a_covariate(few):
    obs = few.obs.assign(batch_id=np.where(np.arange(60) % 2 == 0, "x", "y"))
    crossed = type(few)(few.counts, obs, few.states, few.genes)
    assert np.isfinite(_embed(crossed, max_epochs=1, columns=("donor_id", "batch_id"), n_cells=60)).all()
