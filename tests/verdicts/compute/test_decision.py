"""The rule as a table, and what may never change a verdict."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scvalid.contracts.verdicts import Code, Flag, Verdict
from scvalid.keys import Effect
from scvalid.verdicts.compute.decision import decide

DECISIVE = {Verdict.SUPPORTED, Verdict.CONTRADICTED}
RULE = {"delta": 0.25, "alpha": 0.05, "is_set": True}
WIDE, NARROW = {"half90": 0.6}, {"half90": 0.05}
DIRECTIONS = st.sampled_from(["up", "down", "changed", "no_change"])
FLIPPED = {"changed": "changed", "up": "down", "down": "up", "no_change": "no_change"}

TABLE = [
    # what, direction, theta, evidence, verdict, first reason, flags
    ("true", "up", 0.5, {}, Verdict.SUPPORTED, Code.EFFECT_AS_REGISTERED, ()),
    ("true and down", "down", -0.5, {}, Verdict.SUPPORTED, Code.EFFECT_AS_REGISTERED, ()),
    ("wrong sign", "down", 0.5, {}, Verdict.CONTRADICTED, Code.EFFECT_OPPOSITE, ()),
    ("wrong sign and down", "up", -0.5, {}, Verdict.CONTRADICTED, Code.EFFECT_OPPOSITE, ()),
    ("small", "up", 0.15, NARROW, Verdict.SUPPORTED, Code.EFFECT_AS_REGISTERED, (Flag.SMALL,)),
    ("small and wrong", "down", 0.15, NARROW, Verdict.CONTRADICTED, Code.EFFECT_OPPOSITE, (Flag.SMALL,)),
    ("none", "up", 0.01, {**NARROW, "q": 0.9}, Verdict.NO_RELEVANT_EFFECT, Code.EQUIVALENT_TO_NONE, ()),
    ("trace", "up", 0.06, {**NARROW, "q": 0.01}, Verdict.NO_RELEVANT_EFFECT, Code.EQUIVALENT_TO_NONE, (Flag.TRACE,)),
    ("imprecise", "up", 0.4, {**WIDE, "q": 0.4}, Verdict.INCONCLUSIVE, Code.IMPRECISE, ()),
    ("q at the bound", "up", 0.5, {"q": 0.05}, Verdict.SUPPORTED, Code.EFFECT_AS_REGISTERED, ()),
    ("q over the bound", "up", 0.5, {"q": 0.0501}, Verdict.INCONCLUSIVE, Code.IMPRECISE, ()),
    ("at the floor", "up", 0.3, {"floor": 0.3}, Verdict.SUPPORTED, Code.EFFECT_AS_REGISTERED, ()),
    ("below the floor", "up", 0.3, {"floor": 0.301}, Verdict.INCONCLUSIVE, Code.BELOW_FLOOR, ()),
    ("scores disagree", "up", 0.5, {Effect.ULM: -1.0}, Verdict.INCONCLUSIVE, Code.NOT_ROBUST, ()),
    ("no second score", "up", 0.5, {Effect.ULM: None}, Verdict.INCONCLUSIVE, Code.NOT_ROBUST, ()),
    ("one donor", "up", 0.5, {Effect.LODO_LOW: -0.01}, Verdict.INCONCLUSIVE, Code.SINGLE_DONOR_DRIVES, ()),
    ("one donor to nothing", "up", 0.5, {Effect.LODO_LOW: 0.0}, Verdict.INCONCLUSIVE, Code.SINGLE_DONOR_DRIVES, ()),
    ("one donor, down", "down", -0.5, {Effect.LODO_HIGH: 0.01}, Verdict.INCONCLUSIVE, Code.SINGLE_DONOR_DRIVES, ()),
    ("none as registered", "no_change", 0.01, {**NARROW, "q": 0.9}, Verdict.SUPPORTED, Code.EQUIVALENT_TO_NONE, ()),
    ("none with a trace", "no_change", 0.06, {**NARROW, "q": 0.01}, Verdict.SUPPORTED, Code.EQUIVALENT_TO_NONE, (Flag.TRACE,)),
    ("some though none", "no_change", 0.5, {}, Verdict.CONTRADICTED, Code.EFFECT_THOUGH_NONE_REGISTERED, ()),
    ("less though none", "no_change", -0.5, {}, Verdict.CONTRADICTED, Code.EFFECT_THOUGH_NONE_REGISTERED, ()),
    ("none or some", "no_change", 0.2, {**WIDE, "q": 0.4}, Verdict.INCONCLUSIVE, Code.IMPRECISE, ()),
    ("either sign, up", "changed", 0.5, {}, Verdict.SUPPORTED, Code.EFFECT_OF_EITHER_SIGN, ()),
    ("either sign, down", "changed", -0.5, {}, Verdict.SUPPORTED, Code.EFFECT_OF_EITHER_SIGN, ()),
    ("neither sign", "changed", 0.01, {**NARROW, "q": 0.9}, Verdict.NO_RELEVANT_EFFECT, Code.EQUIVALENT_TO_NONE, ()),
    ("some, not robust", "no_change", 0.5, {Effect.ULM: -1.0}, Verdict.INCONCLUSIVE, Code.NOT_ROBUST, ()),
]


@pytest.mark.parametrize(
    ("direction", "theta", "evidence", "verdict", "reason", "flags"), [r[1:] for r in TABLE], ids=[r[0] for r in TABLE]
)
def test_the_table_of_decisions(make_evidence, make_facts, *, direction, theta, evidence, verdict, reason, flags):
    decision = decide(make_evidence(theta, **evidence), direction, make_facts(), **RULE)
    assert (decision.verdict, decision.reasons[0].code, decision.flags) == (verdict, reason, flags)


@pytest.mark.parametrize("direction", ["up", "down", "changed", "no_change"])
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"n_treated": 2}, Code.TOO_FEW_DONORS),
        ({"n_vehicle": 2}, Code.TOO_FEW_DONORS),
        ({"vif": 5.01}, Code.NEARLY_CONFOUNDED),
        ({"vif": 1e6, "n_treated": 2}, Code.TOO_FEW_DONORS),
    ],
)
@pytest.mark.parametrize("theta", [0.0, 0.5, -3.0])
def test_a_weak_design_is_never_more_than_inconclusive(make_evidence, make_facts, *, direction, facts, code, theta):
    decision = decide(make_evidence(theta, **NARROW, q=1e-9), direction, make_facts(**facts), **RULE)
    assert (decision.verdict, decision.reasons[0].code) == (Verdict.INCONCLUSIVE, code)


def test_vif_of_five_is_allowed(make_evidence, make_facts):
    assert decide(make_evidence(), "up", make_facts(vif=5.0, n_treated=3), **RULE).verdict == Verdict.SUPPORTED


def test_a_gene_needs_no_second_score(make_evidence, make_facts):
    evidence = make_evidence(**{Effect.ULM: None, Effect.P_MATCHED: None, Effect.MATCHED_SD: None, Effect.RHO: None})
    assert decide(evidence, "up", make_facts(), **{**RULE, "is_set": False}).verdict == Verdict.SUPPORTED


def test_every_doubt_is_said(make_evidence, make_facts):
    evidence = make_evidence(0.1, half90=0.6, q=0.5, **{Effect.ULM: -1.0, Effect.LODO_LOW: -0.2})
    codes = [reason.code for reason in decide(evidence, "up", make_facts(), **RULE).reasons]
    doubts = [Code.NOT_SIGNIFICANT, Code.BELOW_FLOOR, Code.NOT_ROBUST, Code.SINGLE_DONOR_DRIVES]
    assert codes == [Code.IMPRECISE, *doubts]


@st.composite
def _cases(draw):
    theta = draw(st.floats(-1, 1))
    half90 = draw(st.floats(0.01, 1))
    drawn = {
        "q": draw(st.floats(0, 1)),
        "floor": draw(st.floats(0, 0.6)),
        Effect.ULM: draw(st.floats(-3, 3)),
        Effect.LODO_LOW: theta - draw(st.floats(0, 0.5)),
        Effect.LODO_HIGH: theta + draw(st.floats(0, 0.5)),
    }
    return theta, half90, drawn


many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)


@many
@given(case=_cases(), direction=DIRECTIONS)
def test_turning_data_and_registration_round_keeps_the_verdict(make_evidence, make_facts, case, direction):
    theta, half90, drawn = case
    turned = {
        **drawn,
        Effect.ULM: -drawn[Effect.ULM],
        Effect.LODO_LOW: -drawn[Effect.LODO_HIGH],
        Effect.LODO_HIGH: -drawn[Effect.LODO_LOW],
    }
    one = decide(make_evidence(theta, half90=half90, **drawn), direction, make_facts(), **RULE)
    two = decide(make_evidence(-theta, half90=half90, **turned), FLIPPED[direction], make_facts(), **RULE)
    assume(theta != 0)
    assert (one.verdict, one.flags, [r.code for r in one.reasons]) == (two.verdict, two.flags, [r.code for r in two.reasons])


@many
@given(case=_cases(), direction=DIRECTIONS, factor=st.floats(1, 5), more=st.floats(0, 1))
def test_less_certain_data_never_make_a_verdict(make_evidence, make_facts, *, case, direction, factor, more):
    theta, half90, drawn = case
    before = decide(make_evidence(theta, half90=half90, **drawn), direction, make_facts(), **RULE)
    wider = decide(make_evidence(theta, half90=half90 * factor, **drawn), direction, make_facts(), **RULE)
    drawn["q"] = min(1.0, drawn["q"] + more)
    weaker = decide(make_evidence(theta, half90=half90 * factor, **drawn), direction, make_facts(), **RULE)
    if before.verdict == Verdict.INCONCLUSIVE:
        assert wider.verdict == weaker.verdict == Verdict.INCONCLUSIVE
    if before.verdict == Verdict.NO_RELEVANT_EFFECT:
        assert not {wider.verdict, weaker.verdict} & DECISIVE


@many
@given(case=_cases())
def test_supported_and_contradicted_exclude_each_other(make_evidence, make_facts, case):
    theta, half90, drawn = case
    evidence = make_evidence(theta, half90=half90, **drawn)
    up, down = (decide(evidence, direction, make_facts(), **RULE).verdict for direction in ("up", "down"))
    assert (up == Verdict.SUPPORTED) == (down == Verdict.CONTRADICTED)
    assert (up in DECISIVE) == (down in DECISIVE)
    assert up == down or {up, down} == DECISIVE
