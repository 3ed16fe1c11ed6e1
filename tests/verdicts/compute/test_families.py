"""Who stands in which family of Benjamini-Hochberg."""

import math

import numpy as np
from scipy import stats

from scvalid.contracts.verdicts import Code, Reason
from scvalid.verdicts.compute.evidence import Finding
from scvalid.verdicts.compute.families import q_values


def test_primary_parts_secondary_parts_controls_and_untestable_parts(make_claim):
    two = make_claim("two", "gene_set:S:up", "gene_set:T:up")
    control = make_claim("control", control="positive")
    gated = Finding(Reason(code=Code.RETRACTED_SOURCE))
    rows = [
        (two, two.parts[0], Finding(None, p=0.01)),
        (two, two.parts[1], Finding(None, p=0.04)),
        (control, control.parts[0], Finding(None, p=0.5)),
        (make_claim("g"), make_claim("g").parts[0], gated),
        (make_claim("a"), make_claim("a").parts[0], Finding(None, p=0.03)),
        (make_claim("b"), make_claim("b").parts[0], Finding(None, p=0.2)),
    ]
    q = q_values(rows)
    np.testing.assert_allclose([q[0], q[4], q[5]], stats.false_discovery_control([0.01, 0.03, 0.2]))
    assert q[1] == 0.04
    assert q[2] == 0.5
    assert math.isnan(q[3])


def test_controls_and_untestable_claims_change_no_q(make_claim):
    rows = [(make_claim(f"c{i}"), make_claim().parts[0], Finding(None, p=p)) for i, p in enumerate((0.001, 0.02, 0.04))]
    control = make_claim("control", control="positive")
    more = [
        *rows,
        (control, control.parts[0], Finding(None, p=0.9)),
        (make_claim("r"), make_claim().parts[0], Finding(Reason(code=Code.RETRACTED_SOURCE))),
    ]
    assert q_values(more)[:3] == q_values(rows)


def _on(make_claim, name, p, readout, role="secondary"):
    claim = make_claim(name, f"gene_set:{readout}:up", "gene:G:up", primary=0 if role == "primary" else 1)
    return claim, claim.parts[0], Finding(None, p=p, key=("all_msc", "set", readout))


def test_claims_that_repeat_a_readout_are_one_test(make_claim):
    """Eighteen claims on one set that moves leave the q of every other read-out where one claim does."""
    nulls = [_on(make_claim, f"n{i}", p, f"N{i}", "primary") for i, p in enumerate((0.04, 0.6, 0.3, 0.9))]
    once = [_on(make_claim, "t", 1e-4, "MOVED", "primary"), *nulls]
    often = [*(_on(make_claim, f"t{i}", 1e-4, "MOVED", "primary") for i in range(18)), *nulls]
    q = q_values(often)
    assert q[18:] == q_values(once)[1:]
    assert q[:18] == [5e-4] * 18
    np.testing.assert_allclose(q_values(once), stats.false_discovery_control([1e-4, 0.04, 0.6, 0.3, 0.9]))


def test_one_readout_in_two_states_or_two_families_is_tested_in_each(make_claim):
    claim, part, here = _on(make_claim, "a", 0.01, "S", "primary")
    there = Finding(None, p=0.01, key=("osteogenic", "set", "S"))
    other, null = _on(make_claim, "b", 0.03, "S"), _on(make_claim, "c", 0.5, "N", "primary")
    assert q_values([(claim, part, here), (claim, part, there), other, null]) == [0.015, 0.015, 0.03, 0.5]
    assert q_values([(claim, part, here), (claim, part, here), other, null]) == [0.02, 0.02, 0.03, 0.5]


def test_nothing_to_test(make_claim):
    assert q_values([]) == []
