"""The planted effect stands in the expected expression of every donor, and on average over seeds nothing else does."""

import numpy as np

from scvalid.simulation.compute.model import draw_model
from scvalid.simulation.compute.planted import SIGNS, members_of_claims
from scvalid.simulation.settings import SimulationSettings


def mean_effects(sets, seed):
    model = draw_model(sets, settings=SimulationSettings(seed=seed), rng=np.random.default_rng(seed))
    difference = model.abundance[1::2] - model.abundance[0::2]
    return [difference[:, np.isin(model.genes, sorted(own))].mean() for own in members_of_claims(sets).values()]


def test_effects_over_seeds_are_the_planted_ones(sets):
    effects = np.array([mean_effects(sets, seed) for seed in range(12)])
    planted = 0.5 * np.array(list(SIGNS.values()))
    # SE over 12 seeds of 4 pairs each is at most .18 sqrt(2 / 4) sqrt(.10 + .9 / 21) / sqrt(12) = .014
    assert np.abs(effects.mean(axis=0) - planted).max() < 0.042
    assert effects.std(axis=0).min() > 0.01


def test_batches_differ_and_pairs_share_them(sets):
    model = draw_model(sets, settings=SimulationSettings(donor_sd=0, sample_sd=0, effect=0), rng=np.random.default_rng(3))
    assert np.array_equal(model.abundance[0], model.abundance[3])  # donors 1 and 2, both arms: one batch
    assert np.array_equal(model.abundance[4], model.abundance[7])
    difference = (model.abundance[0] - model.abundance[4]).std()
    assert 0.13 < difference < 0.15  # .10 sqrt(2), SE 1 %


def test_sets_stay_untouched(sets):
    before = sets.copy()
    draw_model(sets, settings=SimulationSettings(), rng=np.random.default_rng(0))
    assert sets.equals(before)
