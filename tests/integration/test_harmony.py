"""Harmony mixes donors and keeps states."""

import numpy as np

from scvalid.integration.compute.harmony import correct_with_harmony
from scvalid.integration.compute.principal_components import principal_components
from scvalid.integration.compute.variable_genes import log_normalise, select_variable_genes


def _components(planted, n_genes=200):
    donors, expression = planted.obs["donor_id"].to_numpy(), log_normalise(planted.counts)
    genes = select_variable_genes(expression, labels=donors, n_genes=n_genes)
    # ordinary components, so that there is a donor effect left to correct
    return principal_components(expression[:, genes], labels=np.zeros(len(donors)), n_dims=15)


def test_donors_are_mixed_and_states_are_kept(planted, share_of_own):
    donors, plain = planted.obs["donor_id"].to_numpy(), _components(planted)
    corrected = correct_with_harmony(plain, obs=planted.obs, columns=("donor_id",), seed=0)
    assert share_of_own(plain, donors) > 0.85
    assert share_of_own(corrected, donors) < 0.6  # 0.5 is a perfect mix of two donors
    assert share_of_own(corrected, planted.states) > 0.95


def test_the_same_seed_gives_the_same_bytes_and_input_is_not_touched(planted):
    plain = _components(planted)
    before = plain.copy()
    first, second = (correct_with_harmony(plain, obs=planted.obs, columns=("donor_id",), seed=0) for _ in range(2))
    assert first.tobytes() == second.tobytes()
    assert np.array_equal(plain, before)


def test_a_level_of_one_cell_is_taken(few):
    obs = few.obs.assign(batch_id=["alone", *["rest"] * 59])
    found = correct_with_harmony(_components(few), obs=obs, columns=("donor_id", "batch_id"), seed=0)
    assert found.shape == (60, 15)
    assert np.isfinite(found).all()
