"""Trends: a planted ramp is found, its size and shape are right, and what is no trend is none."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from scvalid.contracts.tables import TRENDS
from scvalid.keys import Control, Effect, Kind, Obs
from scvalid.pathways.compute.testing import measure
from scvalid.pathways.compute.trends.table import trend_effects
from scvalid.settings import Series

RAMP = {"vehicle": 0.0, "low": 0.3, "middle": 0.6, "high": 0.9}


def row_of(table, name):
    (row,) = (row for _, row in table.iterrows() if row[Effect.READOUT] == name)
    return row


def test_a_planted_ramp_is_found_in_its_size_and_in_no_other_set(dosed, doses, analysis_of):
    table = TRENDS.check(trend_effects(dosed(RAMP), analysis_of(doses))[list(TRENDS.columns)])
    row = row_of(table, "PLANTED")
    assert row[Effect.LOW95] < 0.3 < row[Effect.HIGH95]
    assert row[Effect.P_DONOR] < 1e-4
    assert row[Control.IS_MONOTONE]
    levels, means = zip(*json.loads(row[Control.LEVELS]), strict=True)
    assert levels == (0.0, 1.0, 10.0, 100.0)
    np.testing.assert_allclose(means, list(RAMP.values()), atol=0.12)
    others = table[table[Effect.READOUT].str.startswith("S")]
    assert (others[Effect.P_DONOR] > 0.05 / len(others)).all()


def test_claimed_genes_alone_have_a_trend(dosed, doses, analysis_of):
    table = trend_effects(dosed(RAMP), analysis_of(doses, genes=("G499", "NOT_MEASURED")))
    genes = table[table[Effect.KIND] == Kind.GENE]
    assert list(genes[Effect.READOUT]) == ["G499"]
    assert genes[Control.SLOPE].iloc[0] == pytest.approx(0.3, abs=0.15)


def test_a_response_that_turns_back_is_not_monotone(dosed, doses, analysis_of):
    hump = {"vehicle": 0.0, "low": 0.5, "middle": 1.0, "high": 0.0}
    row = row_of(trend_effects(dosed(hump), analysis_of(doses)), "PLANTED")
    assert not row[Control.IS_MONOTONE]


def test_without_blocks_the_plain_test_is_a_regression_on_ranks(dosed, doses, analysis_of):
    profiles, analysis = dosed(RAMP, is_blocked=False), analysis_of(doses, primary_test="plain_t")
    row = row_of(trend_effects(profiles, analysis), "PLANTED")
    measured = measure(profiles.X, profiles.var_names.to_numpy(str), analysis.sets, analysis.settings)
    rank = profiles.obs[Obs.ARM].map({arm: i for i, arm in enumerate(doses.arms)}).to_numpy(float)
    expected = stats.linregress(rank, measured.scores[list(measured.names).index("PLANTED")])
    assert row[Control.SLOPE] == pytest.approx(expected.slope, rel=1e-9)
    assert row[Effect.P_DONOR] == pytest.approx(expected.pvalue, rel=1e-9)


def test_a_blocked_trend_is_the_mean_of_the_donors_slopes(dosed, doses, analysis_of):
    profiles, analysis = dosed(RAMP), analysis_of(doses)
    row = row_of(trend_effects(profiles, analysis), "PLANTED")
    measured = measure(profiles.X, profiles.var_names.to_numpy(str), analysis.sets, analysis.settings)
    scores = measured.scores[list(measured.names).index("PLANTED")].reshape(4, 4)
    assert row[Control.SLOPE] == pytest.approx(np.mean([np.polyfit(range(4), own, 1)[0] for own in scores]), rel=1e-9)


def test_time_itself_is_no_effect_where_the_vehicle_has_the_same_times(dosed, analysis_of):
    times = {"6h": 6, "24h": 24, "72h": 72}
    treated, vehicle = ({f"{arm} {time}": level for time, level in times.items()} for arm in ("drug", "vehicle"))
    series = Series(name="course", kind="time", arms=treated, vehicle=vehicle)
    drift = {arm: 0.4 * i for arms in (treated, vehicle) for i, arm in enumerate(arms)}
    both = row_of(trend_effects(dosed(drift), analysis_of(series)), "PLANTED")
    assert both[Effect.LOW95] < 0 < both[Effect.HIGH95]
    alone = row_of(trend_effects(dosed(drift), analysis_of(series.model_copy(update={"vehicle": None}))), "PLANTED")
    assert alone[Effect.LOW95] > 0.2, "without it the trend is that of time"
    response = drift | {arm: 0.8 * i for i, arm in enumerate(treated)}
    row = row_of(trend_effects(dosed(response), analysis_of(series)), "PLANTED")
    assert row[Effect.LOW95] < 0.4 < row[Effect.HIGH95]
    assert [level for level, _ in json.loads(row[Control.LEVELS])] == [6, 24, 72]


def test_order_of_profiles_and_names_of_donors_change_nothing(dosed, doses, analysis_of):
    profiles = dosed(RAMP)
    expected = trend_effects(profiles, analysis_of(doses))
    shuffled = profiles[np.random.default_rng(0).permutation(profiles.n_obs)].copy()
    shuffled.obs[Obs.DONOR] = shuffled.obs[Obs.DONOR].map({"d0": "张三", "d1": "b", "d2": "a", "d3": "z"})
    pd.testing.assert_frame_equal(trend_effects(shuffled, analysis_of(doses)), expected, check_exact=False, rtol=1e-8)


def test_no_series_copies_or_too_few_levels_have_no_rows(dosed, doses, analysis_of):
    profiles = dosed(RAMP)
    assert trend_effects(profiles, analysis_of()).empty
    two = profiles[profiles.obs[Obs.ARM].isin(["vehicle", "high"])].copy()
    assert trend_effects(two, analysis_of(doses)).empty
    profiles.X[1] = profiles.X[0]
    assert trend_effects(profiles, analysis_of(doses)).empty


@pytest.mark.parametrize("is_blocked", [True, False])
def test_the_error_of_the_first_kind_is_kept(dosed, doses, analysis_of, is_blocked):
    nothing = dict.fromkeys(RAMP, 0.0)
    p = np.concatenate(
        [
            trend_effects(dosed(nothing, is_blocked=is_blocked, seed=seed), analysis_of(doses, genes=()))[Effect.P_DONOR]
            for seed in range(60)
        ]
    )
    assert 0.02 < (p < 0.05).mean() < 0.08
