"""Trends as rows."""

import pandas as pd
import pytest
from pydantic import ValidationError

from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.trends import trends_of


def test_rows_stand_by_series_the_smallest_p_first(inputs: Inputs) -> None:
    row = inputs.trends
    assert row is not None
    table = pd.concat(
        [row.assign(series="b"), row.assign(readout_id="LATE", p_donor=0.5), row.assign(low95=float("nan"), p_donor=0.1)]
    )
    found = trends_of(table)
    assert [(one.series, one.p_donor) for one in found] == [("b", 0.002), ("icariin-doses", 0.1), ("icariin-doses", 0.5)]
    assert found[1].low95 is None
    assert found[0].levels == ((0.0, 0.0), (1.0, 0.21), (10.0, 0.48))


def test_read_outs_that_claims_name_come_before_smaller_p_values(inputs: Inputs) -> None:
    row = inputs.trends
    assert row is not None
    table = pd.concat([row.assign(readout_id="OTHER", p_donor=1e-9), row.assign(readout_id="CLAIMED", p_donor=0.5)])
    found = trends_of(table, claimed=["CLAIMED"])
    assert [(one.readout, one.is_claimed) for one in found] == [("CLAIMED", True), ("OTHER", False)]


def test_levels_that_are_no_pairs_are_refused(inputs: Inputs) -> None:
    assert inputs.trends is not None
    with pytest.raises(ValidationError):
        trends_of(inputs.trends.assign(levels='[["<script>", 1]]'))
