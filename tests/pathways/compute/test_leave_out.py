"""An effect that one donor alone carries must not pass as robust."""

import numpy as np

from scvalid.keys import Effect
from scvalid.pathways.compute.leave_out import leave_one_out_columns
from scvalid.stats.design import build_design
from scvalid.stats.linear_model import leave_one_out

DONORS = ("a", "b", "c", "d", "e", "f")
IS_TREATED = np.array([True, False, True, True, False, False])


def test_a_donor_without_whom_nothing_can_be_estimated_breaks_the_sign():
    """Only batch 1 holds both arms: the whole effect is donor a against donor b."""
    x = build_design(IS_TREATED, {"batch": ["1", "1", "2", "2", "3", "3"]}).x
    y = np.array([[3.0, 1.0, 0.1, 0.2, 0.3, 0.4]])
    columns = leave_one_out_columns(y, x, DONORS)
    assert columns[Effect.LODO_LOW][0] == 0
    assert columns[Effect.LODO_DONOR][0] in ("a", "b")


def test_the_range_is_that_of_the_fits_without_each_donor():
    x = build_design(IS_TREATED, {}).x
    y = np.random.default_rng(0).normal(size=(5, 6))
    effects, _ = leave_one_out(y, x, DONORS)
    columns = leave_one_out_columns(y, x, DONORS)
    assert np.array_equal(columns[Effect.LODO_LOW], effects.min(axis=1))
    assert np.array_equal(columns[Effect.LODO_HIGH], effects.max(axis=1))
