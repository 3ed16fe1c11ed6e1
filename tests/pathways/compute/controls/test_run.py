"""All controls together: which there are on which design, without a trace in what they are made from."""

import numpy as np
import pytest

from scvalid.contracts.tables import PERMUTED, RECOVERY, VEHICLE_SPLITS
from scvalid.pathways.compute.controls.run import run_controls


@pytest.mark.parametrize(
    ("design", "filled"),
    [
        ({"n": 3}, {RECOVERY}),
        ({"n": 5}, {RECOVERY, VEHICLE_SPLITS}),
        ({"n": 6}, {PERMUTED, RECOVERY, VEHICLE_SPLITS}),
        ({"n": 4, "is_paired": False}, {PERMUTED, RECOVERY, VEHICLE_SPLITS}),
    ],
)
def test_which_controls_a_design_allows(prepared, analysis, null_profiles, design, filled):
    asked = analysis()
    tables = run_controls(*prepared(null_profiles(**design), asked), asked)
    assert {contract for contract, table in tables.items() if len(table)} == filled


def test_the_same_seed_gives_the_same_tables_and_leaves_the_input_alone(prepared, analysis, null_profiles):
    asked = analysis()
    compared, layers = prepared(null_profiles(n=6), asked)
    before = compared.counts.copy(), compared.measured.scores.copy(), compared.measured.expression.log_cpm.copy()
    first, again = (run_controls(compared, layers, asked) for _ in range(2))
    assert all(first[contract].equals(again[contract]) for contract in first)
    after = compared.counts, compared.measured.scores, compared.measured.expression.log_cpm
    assert all(np.array_equal(old, new) for old, new in zip(before, after, strict=True))
