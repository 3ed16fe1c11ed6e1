"""A bound is broken when the whole interval lies beyond it, and by nothing less."""

import pandas as pd
import pytest
from benchmarks.calibration.bounds import check
from benchmarks.calibration.events import false_shares, with_events
from benchmarks.calibration.studies import PRIMARY
from benchmarks.calibration.tables import tables_of

DEFAULTS = {
    "design": "paired", "n": 3, "scenario": "plain", "kind_of_truth": "null", "test": PRIMARY, "fixture": "", "is_paired": True,
    "planted": 0.0, "truth": 0.0, "sign": 1.0, "size": "15", "rho_stratum": "low", "p_donor": 0.5, "p_plain": 0.5,
    "p_matched": 0.5, "low95": -1.0, "high95": 1.0, "verdict_alone": "INCONCLUSIVE", "verdict_family": "INCONCLUSIVE",
}  # fmt: skip


@pytest.fixture
def observe():
    """Return observations of independent data sets: so many with the changed columns, the rest without."""

    def build(n, n_changed, changed, **same):
        rows = [DEFAULTS | same | (changed if i < n_changed else {}) | {"dataset": f"d{i}"} for i in range(n)]
        return with_events(pd.DataFrame(rows))

    return build


def status(frame, bound):
    checked = check(frame).set_index("bound")
    return checked.loc[bound, "status"]


@pytest.mark.parametrize(
    ("n_small", "expected"),
    [(10, "broken"), (27, "missed within chance"), (45, "met"), (65, "missed within chance"), (90, "broken")],
)
def test_type_i_is_bounded_on_both_sides(observe, n_small, expected):
    assert status(observe(1000, n_small, {"p_donor": 0.01}), "type I, paired n=3") == expected


@pytest.mark.parametrize(("n_false", "expected"), [(4, "met"), (22, "missed within chance"), (40, "broken")])
def test_false_support_is_bounded(observe, n_false, expected):
    found = observe(1000, n_false, {"verdict_alone": "SUPPORTED"})
    assert status(found, "false SUPPORTED, one claim, paired") == expected


def test_a_goal_is_missed_and_breaks_nothing(observe):
    found = observe(1000, 22, {"verdict_alone": "SUPPORTED"}, is_paired=False, design="unpaired")
    assert status(found, "false SUPPORTED, one claim, unpaired") == "missed within chance"
    found = observe(1000, 27, {"verdict_alone": "SUPPORTED"}, is_paired=False, design="unpaired")
    assert status(found, "false SUPPORTED, one claim, unpaired") == "goal missed"
    assert status(found, "false SUPPORTED, one claim, unpaired, upper bound") == "missed within chance"


def test_too_wide_an_interval_is_not_met(observe):
    assert status(observe(60, 0, {}), "false SUPPORTED, one claim, paired") == "missed within chance"


def test_one_decisive_fixture_breaks_its_bound(observe):
    assert (
        status(observe(60, 1, {"verdict_alone": "CONTRADICTED"}, fixture="one donor"), "decisive verdicts in fixtures")
        == "broken"
    )
    assert status(observe(60, 0, {}, fixture="one donor"), "decisive verdicts in fixtures") == "met"


@pytest.mark.parametrize(("n_found", "expected"), [(60, "broken"), (86, "met")])
def test_power_has_a_floor(observe, n_found, expected):
    planted = {"kind_of_truth": "mixed", "planted": 0.5, "truth": 0.5}
    found = observe(100, n_found, {"verdict_family": "SUPPORTED"}, **planted)
    assert status(found, "SUPPORTED at 0.5, family, paired n=3") == expected


def test_false_share_is_the_mean_over_data_sets():
    rows = [
        ("a", 0.5, "SUPPORTED"), ("a", 0.0, "CONTRADICTED"), ("a", 0.5, "CONTRADICTED"), ("a", 0.0, "INCONCLUSIVE"),
        ("b", 0.5, "INCONCLUSIVE"), ("c", 0.5, "SUPPORTED"),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["dataset", "planted", "verdict_family"]).assign(kind_of_truth="mixed")
    assert false_shares(frame, "family").to_dict() == {"a": pytest.approx(2 / 3), "b": 0.0, "c": 0.0}


def test_tables_do_without_what_was_not_run(observe):
    numbers = {"is_shifted": False, "is_fallback": False, "n_genes_p05": 5, "n_genes_tested": 100}
    tables = tables_of(observe(20, 1, {"p_donor": 0.01, "verdict_alone": "SUPPORTED"}, **numbers))
    assert tables["type_i"].loc[0, ["event", "estimate", "n_tests"]].tolist() == ["type I: primary", 0.05, 20]
    assert tables["fixtures"].empty
    pooled = tables["false_verdicts"].query("event == 'false SUPPORTED, alone' and design == 'all paired'")
    assert pooled["estimate"].tolist() == [0.05]
