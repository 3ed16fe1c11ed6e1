"""All effects of a grouping: a planted effect is found, and nothing but the data moves a number."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData, concat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.tables import GENE_EFFECTS, PROFILES, SET_EFFECTS, SPECIFICATIONS
from scvalid.contracts.verdicts import Code
from scvalid.keys import Control, Effect, GeneSet, Kind, Layer, Obs, Profile
from scvalid.pathways.compute.effects import TABLES
from scvalid.settings import Design

NUMBERS = [
    Effect.THETA, Effect.SE, Effect.LOW90, Effect.HIGH95, Effect.P_DONOR, Effect.P_PLAIN, Effect.P_MATCHED, Effect.MATCHED_SD,
    Effect.RHO, Effect.LODO_LOW, Effect.LODO_HIGH, Effect.MDE,
]  # fmt: skip


WAY = [Effect.STATE, Effect.KIND, Effect.READOUT, Control.SPECIFICATION]


def _assert_same_sets(found, expected):
    """Everything that is asked of a set, and of a claimed read-out, is the same; ``found`` may hold more sets."""
    keyed = [table.set_index([Effect.STATE, Effect.READOUT]) for table in (found[SET_EFFECTS], expected[SET_EFFECTS])]
    common = keyed[1].index
    pd.testing.assert_frame_equal(keyed[0].loc[common, NUMBERS], keyed[1][NUMBERS], rtol=1e-8, atol=1e-11)
    assert (keyed[0].loc[common, Effect.GATE] == keyed[1][Effect.GATE]).all()
    ways = [effects[SPECIFICATIONS].set_index(WAY).sort_index() for effects in (found, expected)]
    pd.testing.assert_frame_equal(ways[0].loc[ways[1].index], ways[1], rtol=1e-7, atol=1e-10)


@pytest.mark.parametrize("is_paired", [True, False])
def test_a_planted_effect_is_found_and_no_other(make_profiles, analyse, row_of, is_paired):
    effects = analyse(make_profiles(is_paired=is_paired))
    planted = row_of(effects[SET_EFFECTS], "PLANTED")
    assert planted[Effect.THETA] == pytest.approx(1.0, abs=0.25)
    assert planted[Effect.LOW95] < planted[Effect.LOW90] < planted[Effect.THETA] < planted[Effect.HIGH90]
    assert planted[Effect.P_DONOR] < 0.01
    assert planted[Effect.P_MATCHED] == pytest.approx(1 / 1000)
    assert planted[Effect.LODO_LOW] > 0
    others = effects[SET_EFFECTS][effects[SET_EFFECTS][Effect.READOUT] != "PLANTED"]
    assert others[Effect.THETA].abs().max() < 0.25
    genes = effects[GENE_EFFECTS].set_index(Effect.READOUT)[Effect.THETA]
    assert genes[[f"G{i}" for i in range(571, 600, 2)]].mean() == pytest.approx(1.0, abs=0.25)
    assert genes[[f"G{i}" for i in range(570, 600, 2)]].mean() == pytest.approx(-1.0, abs=0.25)


def test_its_effect_is_the_mean_of_what_its_genes_did(make_profiles, analyse, row_of):
    effects = analyse(make_profiles())
    values = effects[PROFILES]
    scores = values[(values[Profile.KIND] == Kind.SET) & (values[Profile.READOUT] == "PLANTED")]
    by_arm = scores.groupby(Profile.ARM)[Profile.VALUE].mean()
    assert row_of(effects[SET_EFFECTS], "PLANTED")[Effect.THETA] == pytest.approx(by_arm["treated"] - by_arm["vehicle"])
    left_out = scores.pivot_table(index=Profile.DONOR, columns=Profile.ARM, values=Profile.VALUE)
    differences = left_out["treated"] - left_out["vehicle"]
    without = [differences.drop(donor).mean() for donor in differences.index]
    assert row_of(effects[SET_EFFECTS], "PLANTED")[Effect.LODO_LOW] == pytest.approx(min(without))
    assert row_of(effects[SET_EFFECTS], "PLANTED")[Effect.LODO_HIGH] == pytest.approx(max(without))


@pytest.mark.parametrize("is_paired", [True, False])
def test_tables_hold_their_contracts(make_profiles, analyse, is_paired):
    effects = analyse(make_profiles(n=3, is_paired=is_paired, states=("a", "b")))
    for contract in TABLES:
        contract.check(effects[contract])
    assert np.isfinite(effects[SET_EFFECTS].loc[effects[SET_EFFECTS][Effect.GATE] == "", NUMBERS].to_numpy(float)).all()
    assert [facts.state for facts in effects.facts.states] == ["a", "b"]


def test_permuting_genes_and_profiles_moves_nothing(make_profiles, analyse):
    profiles = make_profiles()
    expected = analyse(profiles)
    rng = np.random.default_rng(1)
    shuffled = profiles[rng.permutation(profiles.n_obs), rng.permutation(profiles.n_vars)].copy()
    _assert_same_sets(analyse(shuffled), expected)


@pytest.mark.parametrize("is_paired", [True, False])
def test_renaming_donors_moves_nothing(make_profiles, analyse, is_paired):
    profiles = make_profiles(is_paired=is_paired)
    renamed = profiles.copy()
    names = dict(zip(profiles.obs[Obs.DONOR].unique(), "zyxwvuts", strict=False))
    renamed.obs[Obs.DONOR] = profiles.obs[Obs.DONOR].map(names)
    _assert_same_sets(analyse(renamed), analyse(profiles))


def test_a_gene_without_counts_moves_nothing(make_profiles, analyse):
    profiles = make_profiles()
    padded = profiles.copy()
    for matrix in (padded.X, padded.layers[Layer.N_DETECTED]):
        matrix[:, 5] = 0
    without = padded[:, np.arange(padded.n_vars) != 5].copy()
    sets = _without_gene(analyse, padded)
    _assert_same_sets(analyse(padded, sets=sets), analyse(without, sets=sets))


def _without_gene(analyse, profiles):
    """Three sets that do not name the gene at position 5, so that the coverage of none changes."""
    names = [gene for i, gene in enumerate(profiles.var_names) if i != 5]
    rows = [(f"S{i}", gene, 1.0, True) for i in range(3) for gene in names[40 * i : 40 * i + 25]]
    return pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])


def test_an_own_set_moves_no_number_of_the_others(make_profiles, analyse, panel, long_sets):
    profiles = make_profiles(n=3)
    own = long_sets(
        {
            "AAA_OWN": {f"G{g:03d}": 1.0 for g in range(0, 600, 7)},
            "ZZZ_OWN": {f"G{g:03d}": 1.0 for g in range(580, 600)},
            "OWN_GATED": {"NOWHERE": 1.0},
            "OWN_ZERO": {f"G{g:03d}": 0.0 for g in range(20)},
        },
        is_panel=False,
    )
    found = analyse(profiles, sets=pd.concat([own, panel], ignore_index=True))
    _assert_same_sets(found, analyse(profiles))
    gates = found[SET_EFFECTS].set_index(Effect.READOUT)[Effect.GATE]
    assert gates["AAA_OWN"] == ""
    assert gates["OWN_GATED"] == gates["OWN_ZERO"] == Code.SET_MOSTLY_NOT_MEASURED


def test_further_claims_move_no_number(make_profiles, analyse):
    profiles = make_profiles(n=5)
    one = analyse(profiles)
    genes = ("G571", *(f"G{g}" for g in range(100, 600, 25)))
    more = analyse(profiles, claimed=Claimed(sets=("PLANTED", "S1", "S2", "S5"), genes=genes))
    for contract in (SET_EFFECTS, GENE_EFFECTS):
        pd.testing.assert_frame_equal(more[contract], one[contract], check_exact=True)
    ways = [effects[SPECIFICATIONS].set_index(WAY).sort_index() for effects in (one, more)]
    assert len(ways[1]) > len(ways[0])
    pd.testing.assert_frame_equal(ways[1].loc[ways[0].index], ways[0], check_exact=True)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), is_paired=st.booleans())
def test_names_and_orders_and_silent_genes_move_nothing(make_profiles, analyse, seed, is_paired):
    rng = np.random.default_rng(seed)
    profiles = make_profiles(n=3, is_paired=is_paired, seed=seed)
    padded = concat([profiles, _silent(profiles)], axis=1, merge="same", uns_merge="same")
    shuffled = padded[rng.permutation(padded.n_obs), rng.permutation(padded.n_vars)].copy()
    donors = sorted(set(profiles.obs[Obs.DONOR]))
    new = dict(zip(donors, rng.permutation([f"x{i}" for i in range(len(donors))]), strict=True))
    shuffled.obs[Obs.DONOR] = shuffled.obs[Obs.DONOR].astype(str).map(new)
    _assert_same_sets(analyse(shuffled), analyse(profiles))


def _silent(profiles):
    """Three genes without a count."""
    zeros = np.zeros((profiles.n_obs, 3))
    var = pd.DataFrame(index=pd.Index(["Z1", "Z2", "Z3"], dtype=object))
    return AnnData(X=zeros, obs=profiles.obs, var=var, layers={Layer.N_DETECTED: zeros.copy()}, uns=profiles.uns)


def test_another_state_moves_no_number_of_a_state(make_profiles, analyse):
    both = make_profiles(states=("a", "b"))
    only = both[both.obs[Obs.STATE] == "a"].copy()
    _assert_same_sets(analyse(both), analyse(only))


def test_a_state_that_cannot_be_tested_stands_beside_one_that_can(make_profiles, analyse):
    profiles = make_profiles(states=("a", "b", "c"))
    is_b, is_c = (profiles.obs[Obs.STATE] == state for state in "bc")
    profiles.obs.loc[is_b, Obs.IS_USED] = False
    profiles = profiles[~(is_c & (profiles.obs[Obs.ARM] == "vehicle"))].copy()
    effects = analyse(profiles)
    gates = {facts.state: facts.gate and facts.gate.code for facts in effects.facts.states}
    assert gates == {"a": None, "b": Code.TOO_FEW_CELLS, "c": Code.NO_VEHICLE_ARM}
    assert set(effects[SET_EFFECTS][Effect.STATE]) == set(effects[PROFILES][Profile.STATE]) == {"a"}
    _assert_same_sets(effects, analyse(profiles[profiles.obs[Obs.STATE] == "a"].copy()))


def test_no_state_can_be_tested(make_profiles, analyse):
    effects = analyse(make_profiles(n=1))
    assert effects.facts.states[0].gate.code == Code.ONE_DONOR
    for contract in TABLES:
        assert len(contract.check(effects[contract])) == 0


def test_no_gene_is_expressed_in_one_state_of_two(make_profiles, analyse):
    profiles = make_profiles(states=("a", "b"))
    rows = np.flatnonzero(profiles.obs[Obs.STATE] == "b")
    profiles.X[rows] = 0
    profiles.X[rows, 0] = 1
    effects = analyse(profiles)
    of_b = effects[SET_EFFECTS][effects[SET_EFFECTS][Effect.STATE] == "b"]
    assert (of_b[Effect.GATE] == Code.SET_MOSTLY_NOT_EXPRESSED).all()
    assert (
        effects[GENE_EFFECTS].loc[effects[GENE_EFFECTS][Effect.STATE] == "b", Effect.GATE] == Code.GENE_BELOW_DETECTION
    ).all()
    _assert_same_sets(effects, analyse(profiles[profiles.obs[Obs.STATE] == "a"].copy()))


def test_few_sets_and_none_of_the_panel(make_profiles, analyse, panel, row_of):
    one = panel[panel[GeneSet.SET] == "PLANTED"]
    for sets in (one, one.assign(**{GeneSet.IS_PANEL: False})):
        row = row_of(analyse(make_profiles(n=3), sets=sets)[SET_EFFECTS], "PLANTED")
        assert np.isfinite(row[NUMBERS].astype(float)).all()
        assert row[Effect.P_DONOR] < 0.05


@pytest.mark.parametrize("n", [2, 30])
@pytest.mark.parametrize("is_paired", [True, False])
def test_two_donors_and_thirty(make_profiles, analyse, row_of, n, is_paired):
    row = row_of(analyse(make_profiles(n=n, is_paired=is_paired))[SET_EFFECTS], "PLANTED")
    assert np.isfinite(row[NUMBERS].astype(float)).all()
    assert row[Effect.THETA] == pytest.approx(1, abs=0.3)


def test_a_third_arm_moves_only_what_it_is_asked_for(make_profiles, analyse):
    profiles = make_profiles()
    other = profiles[profiles.obs[Obs.ARM] == "treated"].copy()
    other.obs[Obs.ARM] = "other"
    other.obs_names = [f"other_{i}" for i in range(other.n_obs)]
    three = concat([profiles, other], merge="same", uns_merge="same")
    _assert_same_sets(analyse(three), analyse(profiles))
    reversed_arms = analyse(three, design=Design(treated="vehicle", vehicle="other"))
    assert reversed_arms[SET_EFFECTS].set_index(Effect.READOUT).loc["PLANTED", Effect.THETA] < -0.7


def test_swapping_the_arms_turns_the_sign_and_nothing_else(make_profiles, analyse):
    profiles = make_profiles()
    one, back = (
        analyse(profiles, design=Design(treated=t, vehicle=v))[SET_EFFECTS]
        for t, v in (("treated", "vehicle"), ("vehicle", "treated"))
    )
    for column, sign in ((Effect.THETA, -1), (Effect.SE, 1), (Effect.P_DONOR, 1), (Effect.P_PLAIN, 1)):
        np.testing.assert_allclose(back[column], sign * one[column], rtol=1e-7, atol=1e-10)
    np.testing.assert_allclose(back[Effect.LODO_LOW], -one[Effect.LODO_HIGH], rtol=1e-7, atol=1e-10)


def test_the_plain_test_decides_if_asked(make_profiles, analyse):
    sets = analyse(make_profiles(), primary_test="plain_t")[SET_EFFECTS]
    np.testing.assert_array_equal(sets[Effect.P_DONOR], sets[Effect.P_PLAIN])
    # the 95 % interval excludes zero exactly where p <= .05
    excludes = (sets[Effect.LOW95] > 0) | (sets[Effect.HIGH95] < 0)
    np.testing.assert_array_equal(excludes, sets[Effect.P_PLAIN] <= 0.05)


def test_donors_of_whom_none_can_be_left_out_give_no_missing_number(make_profiles, analyse, row_of):
    profiles = make_profiles(n=2)
    profiles.obs[Obs.BATCH] = ["b1", "b2", "b2", "b1"]  # crossed with donor and arm
    effects = analyse(profiles, design=Design(treated="treated", vehicle="vehicle", pairing="unpaired"))
    assert effects.facts.states[0].gate is None
    row = row_of(effects[SET_EFFECTS], "PLANTED")
    assert np.isfinite(row[NUMBERS].astype(float)).all()
    assert row[Effect.LODO_LOW] == row[Effect.LODO_HIGH] == 0  # which never counts as the sign of the effect


def test_the_input_is_not_touched_and_the_seed_repeats(make_profiles, analyse):
    profiles = make_profiles(n=3)
    before = profiles.copy()
    one, two = analyse(profiles), analyse(profiles)
    pd.testing.assert_frame_equal(one[SET_EFFECTS], two[SET_EFFECTS], check_exact=True)
    np.testing.assert_array_equal(profiles.X, before.X)
    pd.testing.assert_frame_equal(profiles.obs, before.obs)
    assert not analyse(profiles, seed=8)[SET_EFFECTS][Effect.P_MATCHED].equals(one[SET_EFFECTS][Effect.P_MATCHED])


def test_without_any_set_the_genes_are_tested_all_the_same(make_profiles, analyse, panel):
    effects = analyse(make_profiles(states=("a", "b")), sets=panel.iloc[:0])
    assert len(SET_EFFECTS.check(effects[SET_EFFECTS])) == 0
    expected = analyse(make_profiles(states=("a", "b")))[GENE_EFFECTS]
    pd.testing.assert_frame_equal(GENE_EFFECTS.check(effects[GENE_EFFECTS]), expected)
