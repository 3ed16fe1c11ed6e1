"""The rule as a table, and what may never change a verdict."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from scvalid.contracts.verdicts import Code, Flag, Verdict
from scvalid.keys import Effect
from scvalid.verdicts.compute.decision import decide

DECISIVE = {Verdict.SUPPORTED, Verdict.CONTRADICTED}
RULE = {"delta": 0.25, "alpha": 0.05}
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
    ("one in ten turns the sign", "up", 0.5, {"sign_share": 0.9}, Verdict.SUPPORTED, Code.EFFECT_AS_REGISTERED, ()),
    ("more turn the sign", "up", 0.5, {"sign_share": 0.89}, Verdict.INCONCLUSIVE, Code.NOT_ROBUST, ()),
    ("six in ten agree", "up", 0.5, {"p10_share": 0.6}, Verdict.SUPPORTED, Code.EFFECT_AS_REGISTERED, ()),
    ("fewer agree", "up", 0.5, {"p10_share": 0.59}, Verdict.INCONCLUSIVE, Code.NOT_ROBUST, ()),
    ("none counts", "up", 0.5, {"sign_share": None, "p10_share": None}, Verdict.INCONCLUSIVE, Code.NOT_ROBUST, ()),
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
    ("some, not robust", "no_change", 0.5, {"sign_share": 0.0}, Verdict.INCONCLUSIVE, Code.NOT_ROBUST, ()),
]


@pytest.mark.parametrize(
    ("direction", "theta", "evidence", "verdict", "reason", "flags"), [r[1:] for r in TABLE], ids=[r[0] for r in TABLE]
)
def test_the_table_of_decisions(make_evidence, make_facts, *, direction, theta, evidence, verdict, reason, flags):
    decision = decide(make_evidence(theta, **evidence), direction, make_facts(), **RULE)
    assert (decision.verdict, decision.reasons[0].code, decision.flags) == (verdict, reason, flags)


@pytest.mark.parametrize("missing", ["q", "floor", "theta", "sign_share", "p10_share", Effect.LODO_LOW])
def test_a_number_that_could_not_be_computed_decides_nothing(make_evidence, make_facts, missing):
    """It is a doubt, and no reason can be filled with it."""
    evidence = make_evidence(0.5).model_copy(update={missing: float("nan")})
    with pytest.raises(ValidationError, match="finite number"):
        decide(evidence, "up", make_facts(), **RULE)


def test_a_variance_inflation_that_could_not_be_computed_decides_nothing(make_evidence, make_facts):
    with pytest.raises(ValidationError, match="finite number"):
        decide(make_evidence(0.5), "up", make_facts().model_copy(update={"vif": float("nan")}), **RULE)


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


def test_the_reason_says_how_many_specifications_agree(make_evidence, make_facts):
    ways = [{"name": f"w{i}", "effect": 1.0, "p": 0.3, "smallest_p": least} for i, least in enumerate((0.0, 0.05, 0.1))]
    evidence = make_evidence(sign_share=0.8, p10_share=0.4, specifications=ways)
    reason = decide(evidence, "up", make_facts(), **RULE).reasons[0]
    assert dict(reason.values) == {"sign_share": 0.8, "p10_share": 0.4, "n": 2}


def test_every_doubt_is_said(make_evidence, make_facts):
    weak = {"half90": 0.6, "q": 0.5, "p10_share": 0.5, Effect.LODO_LOW: -0.2}
    for theta, doubt in ((0.3, Code.SINGLE_DONOR_DRIVES), (0.1, Code.BELOW_FLOOR)):
        codes = [reason.code for reason in decide(make_evidence(theta, **weak), "up", make_facts(), **RULE).reasons]
        assert set(codes) == {Code.IMPRECISE, Code.NOT_SIGNIFICANT, Code.NOT_ROBUST, doubt}, theta


@st.composite
def _cases(draw):
    theta = draw(st.floats(-1, 1))
    half90 = draw(st.floats(0.01, 1))
    drawn = {
        "q": draw(st.floats(0, 1)),
        "floor": draw(st.floats(0, 0.6)),
        "sign_share": draw(st.floats(0.8, 1)),
        "p10_share": draw(st.floats(0.5, 1)),
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
