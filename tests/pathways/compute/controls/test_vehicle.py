"""Splits of the vehicle arm: how many there are, and that a split is a plain unpaired analysis of the arm alone."""

import numpy as np
import pytest
from scipy import stats

from scvalid.contracts.tables import VEHICLE_SPLITS
from scvalid.keys import ALL_MSC, Control, Effect
from scvalid.pathways.compute.controls.vehicle import MOST, vehicle_splits
from scvalid.pathways.compute.testing import measure


@pytest.fixture
def split(compare, analysis, null_profiles):
    def run(**design):
        asked = analysis()
        compared = compare(null_profiles(**design), asked)
        return vehicle_splits(compared, asked), compared, asked

    return run


@pytest.mark.parametrize(("n", "n_splits"), [(3, 0), (4, 3), (5, 10), (6, 10), (12, MOST)])
def test_number_of_splits(split, n, n_splits):
    table, *_ = split(n=n)
    assert (table[Control.PERMUTATION].nunique() if len(table) else 0) == n_splits


def test_a_split_is_a_t_test_of_half_the_arm_against_the_other(split):
    table, compared, asked = split(n=4)
    arm = compared.counts[~compared.is_treated]
    measured = measure(arm, compared.genes, asked.sets, asked.settings)
    # the three splits of four donors: the first with each of the others
    for number, other in enumerate((1, 2, 3), start=1):
        half = np.isin(np.arange(4), [0, other])
        slow = stats.ttest_ind(measured.scores[:, half], measured.scores[:, ~half], axis=1).pvalue
        own = table[table[Control.PERMUTATION] == number].set_index(Effect.READOUT)[Effect.P_PLAIN]
        np.testing.assert_allclose(own[measured.names], slow, rtol=1e-9)


def test_the_treated_arm_plays_no_part(compare, analysis, null_profiles):
    asked, tables = analysis(), []
    for factor in (1, 5):
        profiles = null_profiles(n=4)
        profiles.X[(profiles.obs["arm"] == "treated").to_numpy()] *= factor
        tables.append(vehicle_splits(compare(profiles, asked), asked))
    assert tables[0].equals(tables[1])


def test_batches_stay_in_the_model(split):
    table, *_ = split(n=6, n_batches=2, is_paired=False)
    # of the ten splits one is that of the batches
    assert table[Control.PERMUTATION].nunique() == 9
    without, *_ = split(n=6, n_batches=1, is_paired=False)
    both = table.merge(without, on=[Control.PERMUTATION, Effect.READOUT])
    assert len(both) == len(table)
    assert not np.allclose(both[f"{Effect.P_PLAIN}_x"], both[f"{Effect.P_PLAIN}_y"])


def test_the_table_keeps_its_contract(split):
    table, *_ = split(n=4)
    whole = table.assign(**{Effect.STATE: ALL_MSC})[list(VEHICLE_SPLITS.columns)]
    assert VEHICLE_SPLITS.check(whole) is whole
