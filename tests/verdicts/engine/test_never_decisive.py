"""Experiments with large effects that cannot show them, and claims that the data do not speak of: never a decision."""

import pytest

from scvalid.contracts.verdicts import Code, Verdict
from scvalid.keys import Obs
from scvalid.settings import Context

DECISIVE = {Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NO_RELEVANT_EFFECT}
DESIGNS = {
    "paired, confounded": (Code.TREATMENT_CONFOUNDED, "paired, confounded", {}),
    "unpaired, confounded": (Code.TREATMENT_CONFOUNDED, "unpaired, confounded", {}),
    "unpaired, six donors, confounded": (Code.TREATMENT_CONFOUNDED, "unpaired, confounded", {"n": 6}),
    "one pair": (Code.ONE_DONOR, "paired", {"n": 1}),
    "one donor an arm": (Code.ONE_DONOR, "unpaired", {"n": 1}),
    "one treated donor": (Code.ONE_DONOR, "unpaired", {"n": 5, "n_treated": 1}),
    "two pairs": (Code.TOO_FEW_DONORS, "paired", {"n": 2}),
    "two donors an arm": (Code.TOO_FEW_DONORS, "unpaired", {"n": 2}),
    "two treated donors": (Code.TOO_FEW_DONORS, "unpaired", {"n": 5, "n_treated": 2}),
}
CLAIMS = {
    "retracted": (Code.RETRACTED_SOURCE, {"retraction": {"status": "retracted"}}),
    "cells": (Code.CONTEXT_MISMATCH, {"context": {"cell_type": "PBMC"}}),
    "species": (Code.CONTEXT_MISMATCH, {"context": {"species": "mouse"}}),
    "medium": (Code.CONTEXT_MISMATCH, {"context": {"medium": "osteogenic"}}),
    "induction": (Code.CONTEXT_MISMATCH, {"context": {"induction": "TNF"}}),
}
CONTEXT = Context.model_validate({"cell_type": "MSC", "species": "human", "medium": "basal", "induction": "none"})


def _ask(engine, **changed):
    """Claims of every direction on every set, and on two genes that move."""
    names = [*engine.set_names, *engine.genes[:2]]
    return [
        claim
        for direction in ("up", "down", "changed", "no_change")
        for claim in engine.claims_on(names, direction=direction, first=direction, **changed)
    ]


def _decisive(words):
    return [place for place, verdict in words.verdicts.items() if verdict in DECISIVE]


@pytest.mark.parametrize("of_states", [False, True])
@pytest.mark.parametrize("kind", ["paired", "unpaired"])
def test_the_same_effects_are_decided_on_where_the_design_allows_it(engine, kind, of_states):
    samples = engine.samples(kind, large=True)
    _, words = engine.judge(samples, states=engine.states(samples) if of_states else None, claims=_ask(engine))
    assert len(_decisive(words)) > 0.9 * len(words.verdicts)


@pytest.mark.parametrize("of_states", [False, True])
@pytest.mark.parametrize("name", DESIGNS)
def test_no_design_that_cannot_show_an_effect_decides(engine, name, of_states):
    code, kind, changed = DESIGNS[name]
    samples = engine.samples(kind, large=True, **changed)
    _, words = engine.judge(samples, states=engine.states(samples) if of_states else None, claims=_ask(engine))
    assert len(words.verdicts) >= 40
    assert _decisive(words) == []
    assert {codes[0] for _, codes, _ in words.whole.values()} == {code}


@pytest.mark.parametrize("name", CLAIMS)
def test_no_claim_that_the_data_do_not_speak_of_is_decided(engine, name):
    code, changed = CLAIMS[name]
    _, words = engine.judge(engine.samples("paired", large=True), claims=_ask(engine, **changed), context=CONTEXT)
    assert len(words.verdicts) >= 40
    assert set(words.verdicts.values()) == {Verdict.NOT_TESTABLE}
    assert {codes[0] for _, codes, _ in words.whole.values()} == {code}


@pytest.mark.parametrize("kind", ["paired", "unpaired"])
def test_a_batch_nested_in_donors_is_not_refused_and_changes_nothing(engine, kind):
    """Beside the donor it says nothing; it is told of, and left out of the model."""
    samples = engine.samples(f"{kind}, batch nested in donor", large=True)
    plain = [sample.copy() for sample in samples]
    for sample in plain:
        sample.obs[Obs.BATCH] = "b"
    (effects, words), (_, expected) = (engine.judge(given, claims=_ask(engine)) for given in (samples, plain))
    assert words.whole == expected.whole
    assert effects.facts.states[0].gate is None
    assert effects.facts.states[0].dropped_nuisance == (Obs.BATCH,)
    assert len(_decisive(words)) > 0.9 * len(words.verdicts)
