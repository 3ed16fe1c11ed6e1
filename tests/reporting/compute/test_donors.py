"""Donor-level dots."""

import pytest

from scvalid.contracts.verdicts import DonorValue
from scvalid.reporting.compute.donors import donor_figure


def values(*triples: tuple[str, str, float]) -> list[DonorValue]:
    return [DonorValue(donor_id=d, arm=a, value=v) for d, a, v in triples]


def test_pairs_are_joined_and_counted() -> None:
    figure = donor_figure(values(("A", "v", 0.1), ("B", "v", 0.4), ("A", "t", 0.6), ("B", "t", 0.3)), treated="t", vehicle="v")
    assert [row.donor for row in figure.rows] == ["A", "B"]
    assert [row.difference for row in figure.rows] == pytest.approx([0.5, -0.1])
    assert (figure.n_higher, figure.n_pairs) == (1, 2)
    assert figure.rows[0].vehicle_x < figure.rows[0].treated_x  # type: ignore[operator]


def test_an_unpaired_donor_has_one_dot_and_no_difference() -> None:
    figure = donor_figure(values(("A", "v", 0.1), ("B", "t", 0.9)), treated="t", vehicle="v")
    assert figure.rows[0].treated_x is None
    assert figure.rows[1].difference is None
    assert figure.n_pairs == 0


def test_every_dot_lies_within_the_axis_and_its_ends_are_round() -> None:
    figure = donor_figure(values(("A", "v", -0.3137), ("A", "t", 0.7691)), treated="t", vehicle="v")
    row = figure.rows[0]
    assert figure.scale.left <= row.vehicle_x <= row.treated_x <= figure.scale.right  # type: ignore[operator]
    assert (figure.scale.low, figure.scale.high) == pytest.approx((-0.6, 0.9))


def test_equal_values_and_no_values_still_have_an_axis() -> None:
    same = donor_figure(values(("A", "v", 0.0), ("A", "t", 0.0)), treated="t", vehicle="v")
    assert same.scale.high > same.scale.low
    assert donor_figure([], treated="t", vehicle="v").rows == ()
    nearly = donor_figure(values(("A", "v", 0.3), ("A", "t", 0.1 + 0.2)), treated="t", vehicle="v")
    assert nearly.scale.high > nearly.scale.low


def test_a_long_name_is_cut_in_the_drawing_and_kept_for_the_table() -> None:
    name = "donor-with-a-very-long-name"
    row = donor_figure(values((name, "v", 1.0)), treated="t", vehicle="v").rows[0]
    assert row.donor == name
    assert row.label.endswith("…")
