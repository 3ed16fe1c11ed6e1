"""From cells to verdicts: what says nothing on the treatment moves no verdict, and no number but in its last digits."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData, concat
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from threadpoolctl import threadpool_info, threadpool_limits

from scvalid.contracts.tables import GENE_EFFECTS, SET_EFFECTS
from scvalid.contracts.verdicts import Code, Verdict
from scvalid.keys import Effect, GeneSet, Obs
from scvalid.pathways.compute import effects as effects_module
from scvalid.verdicts.compute.run_controls import run_controls
from scvalid.verdicts.settings import VerdictsSettings

NUMBERS = [Effect.THETA, Effect.SE, Effect.P_DONOR, Effect.P_PLAIN, Effect.P_MATCHED]
KINDS = ("paired", "unpaired", "unpaired, two batches", "paired, two batches")
few = settings(max_examples=4, deadline=None)
data_sets = st.tuples(st.sampled_from(KINDS), st.integers(0, 9))
transformed = given(seed=st.integers(0, 2**16), data=data_sets, of_states=st.booleans())


def _states(engine, samples, of_states):
    return engine.states(samples) if of_states else None


def _assert_same(found, expected):
    """The same verdicts, and the same numbers but for the last digits; ``found`` may hold more sets, claims or states."""
    assert {place: found[1].whole[place] for place in expected[1].whole} == expected[1].whole
    for contract in (SET_EFFECTS, GENE_EFFECTS):
        one, two = (effects[contract].set_index([Effect.STATE, Effect.READOUT]) for effects in (found[0], expected[0]))
        numbers = [name for name in NUMBERS if name in two]
        pd.testing.assert_frame_equal(one.loc[two.index, numbers], two[numbers], rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("kind", KINDS)
def test_the_verdicts_are_of_every_kind(engine, kind):
    """What follows would hold of an engine that says nothing, too."""
    words = {claim: verdict for (claim, _), verdict in engine.as_given(kind, of_states=False)[1].verdicts.items()}
    assert (words["c-S00"], words["c-S01"]) == (Verdict.SUPPORTED, Verdict.CONTRADICTED)
    assert {words["c-S03"], words["c-S04"]} <= {Verdict.NO_RELEVANT_EFFECT, Verdict.INCONCLUSIVE}


@few
@transformed
def test_the_order_of_cells_genes_and_files_and_a_sample_in_two_files(engine, seed, data, of_states):
    rng, samples = np.random.default_rng(seed), engine.samples(*data)
    shuffled = [s[rng.permutation(s.n_obs), rng.permutation(s.n_vars)] for s in samples]
    files = [part for s in shuffled for part in (s[:13], s[13:])]
    states = engine.states(samples).sample(frac=1, random_state=seed) if of_states else None
    effects, words = engine.judge([files[i] for i in rng.permutation(len(files))], states=states)
    expected, expected_words = engine.as_given(*data, of_states=of_states)
    assert words.whole == expected_words.whole
    for contract, table in expected.tables.items():
        pd.testing.assert_frame_equal(effects[contract], table, check_exact=True)


@few
@transformed
def test_names_of_donors_and_batches(engine, seed, data, of_states):
    rng, samples = np.random.default_rng(seed), engine.samples(*data)
    renamed = [s.copy() for s in samples]
    for column in (Obs.DONOR, Obs.BATCH):
        names = sorted({s.obs[column].iloc[0] for s in samples})
        new = dict(zip(names, rng.permutation([f"{x}{k}" for k, x in enumerate("zyxwvuts"[: len(names)])]), strict=True))
        for s in renamed:
            s.obs[column] = s.obs[column].astype(str).map(new)
    _assert_same(engine.judge(renamed, states=_states(engine, samples, of_states)), engine.as_given(*data, of_states=of_states))


@few
@transformed
def test_genes_without_a_count(engine, seed, data, of_states):
    names = pd.Index([f"{letter}{seed}" for letter in "AMZ"], dtype=object)
    silent = [
        concat(
            [s, AnnData(sparse.csr_matrix((s.n_obs, 3), dtype=np.float32), s.obs, pd.DataFrame(index=names))],
            axis=1,
            merge="same",
        )
        for s in engine.samples(*data)
    ]
    _assert_same(engine.judge(silent, states=_states(engine, silent, of_states)), engine.as_given(*data, of_states=of_states))


@pytest.mark.parametrize("kind", KINDS)
def test_a_state_that_is_all_but_empty(engine, kind):
    samples = engine.samples(kind)
    further = samples[0][:3].copy()
    further.obs_names = [f"further-{i}" for i in range(3)]
    states = engine.states(samples)
    rare = pd.Series("rare", index=further.obs_names, dtype=object)
    named = states.astype(pd.CategoricalDtype([*engine.state_names, "nowhere"]))
    _assert_same(engine.judge(samples, states=named), engine.as_given(kind, of_states=True))
    found = engine.judge([*samples, further], states=pd.concat([states, rare]))
    _assert_same(found, engine.as_given(kind, of_states=True))
    assert found[1].whole["c-S00", "rare"][:2] == (Verdict.NOT_TESTABLE, [Code.TOO_FEW_CELLS])


@few
@transformed
def test_a_set_of_the_lab(engine, seed, data, of_states):
    rng, samples = np.random.default_rng(seed), engine.samples(*data)
    genes, weights = rng.choice(engine.genes, 30, replace=False), rng.normal(size=30)
    own = pd.DataFrame({GeneSet.SET: "AAA", GeneSet.GENE: genes, GeneSet.WEIGHT: weights, GeneSet.IS_PANEL: False})
    sets = pd.concat([own, engine.sets()], ignore_index=True)
    found = engine.judge(samples, states=_states(engine, samples, of_states), sets=sets)
    _assert_same(found, engine.as_given(*data, of_states=of_states))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("of_states", [False, True])
def test_twenty_more_claims(engine, kind, of_states):
    """A larger family makes larger q values, which may change what is said beside a verdict."""
    samples = engine.samples(kind)
    more = engine.claims_on([*engine.set_names, *engine.genes[:10]], direction="changed", first="more")
    found = engine.judge(samples, states=_states(engine, samples, of_states), claims=[*more, *engine.claims])
    expected = engine.as_given(kind, of_states=of_states)
    assert found[1].verdicts | expected[1].verdicts == found[1].verdicts
    for contract in (SET_EFFECTS, GENE_EFFECTS):
        pd.testing.assert_frame_equal(found[0][contract], expected[0][contract], check_exact=True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("of_states", [False, True])
def test_twice_the_depth_moves_no_verdict(engine, kind, of_states):
    """The prior count and the bins of expression move a little, and with them the numbers."""
    samples = engine.samples(kind)
    deep = [AnnData(s.X * 2, obs=s.obs, var=s.var) for s in samples]
    effects, words = engine.judge(deep, states=_states(engine, samples, of_states))
    expected, expected_words = engine.as_given(kind, of_states=of_states)
    assert words.verdicts == expected_words.verdicts
    theta = [table[SET_EFFECTS].set_index([Effect.STATE, Effect.READOUT])[Effect.THETA] for table in (effects, expected)]
    assert (theta[0] - theta[1]).abs().max() < 0.03


def test_the_threads_of_the_machine(engine, monkeypatch):
    """Sums over several threads differ in their last digits."""
    compare, seen = effects_module.compare_state, set()

    def spied(*args, **kwargs):
        seen.update(pool["num_threads"] for pool in threadpool_info())
        return compare(*args, **kwargs)

    monkeypatch.setattr(effects_module, "compare_state", spied)
    with threadpool_limits(limits=2):
        engine.judge(engine.samples("paired"))
    assert seen == {1}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["paired", "unpaired"])
def test_the_controls_of_the_run(engine, kind):
    """Another order of the donors numbers labellings and splits otherwise, and no rate moves; nor do a lab's set and a gene."""
    samples = engine.samples(kind, n=6 if kind == "paired" else 5)
    renamed = [s.copy() for s in samples]
    for s in renamed:
        s.obs[Obs.DONOR] = "x" + s.obs[Obs.DONOR].astype(str).str[::-1]
    own = pd.DataFrame({GeneSet.SET: "AAA", GeneSet.GENE: engine.genes[:30], GeneSet.WEIGHT: 1.0, GeneSet.IS_PANEL: False})
    sets = pd.concat([own, engine.sets()], ignore_index=True)
    found, wanted = (
        _controls(*engine.judge(given, sets=of, controls=True))
        for given, of in ((renamed[::-1], sets), (samples, engine.sets()))
    )
    assert found.permuted_labels == wanted.permuted_labels
    assert found.vehicle_splits.n_splits == wanted.vehicle_splits.n_splits > 0
    assert found.vehicle_splits.share_p05 == wanted.vehicle_splits.share_p05
    assert wanted.permuted_labels.status == "estimated"


def _controls(effects, words):
    verdicts = tuple(words.by_place.values())
    return run_controls(verdicts, effects.tables, effects.facts.states[0], settings=VerdictsSettings())
