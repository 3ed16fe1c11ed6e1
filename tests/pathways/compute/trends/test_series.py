"""Which profiles a trend is looked for in, and why none can be."""

import numpy as np
import pandas as pd
import pytest

from scvalid.keys import Obs
from scvalid.pathways.compute.trends.series import choose_series
from scvalid.settings import Series

DOSES = Series(name="doses", kind="dose", arms={"V": 0, "L": 1, "H": 10})


def obs_of(*rows):
    """Rows ``donor arm [batch]``; ``-`` behind them is not used."""
    parts = [row.split() for row in rows]
    table = [(p[0], p[1], next((w for w in p[2:] if w != "-"), "b1"), "-" not in p) for p in parts]
    return pd.DataFrame(table, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.IS_USED])


def crossed(donors="abc", arms="VLH"):
    return [f"{donor} {arm}" for donor in donors for arm in arms]


def test_donors_of_several_levels_are_blocks():
    found = choose_series(obs_of(*crossed(), "x V", "b Z"), DOSES)
    assert (found.gate, found.is_blocked, found.left_out) == ("", True, ("x",))
    assert (found.levels, found.n_donors, found.df) == ((0, 1, 10), (3, 3, 3), 5)
    assert found.rows.tolist() == list(range(9))
    assert found.trend.x[:, -1].tolist() == [0, 1, 2] * 3


def test_donors_of_one_level_each_are_compared_between_levels():
    rows = [f"{arm}{i} {arm}" for arm in "VLH" for i in range(3)]
    found = choose_series(obs_of(*rows), DOSES)
    assert (found.gate, found.is_blocked, found.df) == ("", False, 7)
    assert choose_series(obs_of(*crossed()), DOSES, pairing="unpaired").df == 7
    assert choose_series(obs_of(*rows), DOSES, pairing="paired").gate


def test_levels_are_ranked_by_their_number_not_by_their_order():
    turned = Series(name="doses", kind="dose", arms={"H": 10, "V": 0, "L": 1})
    first, second = (choose_series(obs_of(*crossed()), series).trend.x for series in (DOSES, turned))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "have 0 of its levels"),
        (crossed(arms="VH"), "have 2 of its levels"),
        ([*crossed(arms="VH"), "a L -", "b L -"], "have 2 of its levels"),
        ([*crossed("ab", "VL"), "a H", "x V", "x L"], "its highest 1 donors"),
        (["a V b1", "b V b1", "a L b2", "b L b2", "a H b3", "b H b3"], "cannot be told apart from"),
    ],
)
def test_what_cannot_be_tested_says_why(rows, words):
    found = choose_series(obs_of(*rows), DOSES)
    assert words in found.gate
    assert (found.trend, found.df) == (None, 0)


def test_with_vehicle_arms_of_the_same_levels_each_level_has_a_column():
    series = Series(name="t", kind="time", arms={"T1": 1, "T2": 2, "T3": 3}, vehicle={"V1": 1, "V2": 2, "V3": 3})
    rows = crossed("abc", ["T1", "T2", "T3", "V1", "V2", "V3"])
    found = choose_series(obs_of(*rows), series)
    # 18 profiles less 3 donors, the arm, 2 levels and the trend
    assert (found.gate, found.df) == ("", 11)
    assert found.trend.x[:, -1].tolist() == [0, 1, 2, 0, 0, 0] * 3
    lost = choose_series(obs_of(*[row for row in rows if "V2" not in row]), series)
    assert "have 2 of its levels" in lost.gate
