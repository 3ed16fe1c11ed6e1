"""Planted effects: thinning moves what it should by what it should, and what is found is what was planted."""

import numpy as np
import pandas as pd
import pytest

from scvalid.contracts.tables import RECOVERY
from scvalid.keys import ALL_MSC, Control, Effect, GeneSet, Kind
from scvalid.pathways.compute import testing
from scvalid.pathways.compute.controls.labellings import relabel
from scvalid.pathways.compute.controls.recovery import recovery_table
from scvalid.pathways.compute.controls.thinning import prepare
from scvalid.pathways.compute.controls.under_labels import readouts_of
from scvalid.pathways.compute.expression import PRIOR_COUNT
from scvalid.stats.normalisation import log2_cpm, tmm_factors

NAMES = tuple(f"X_{k:02d}" for k in range(12))


@pytest.fixture
def planted(compare, analysis, null_profiles):
    asked = analysis(NAMES, ("G000", "G001"))
    compared = compare(null_profiles(n=4), asked)
    return compared, prepare(compared, readouts_of(compared, asked.claimed))


@pytest.fixture
def recover(compare, analysis, null_profiles):
    def run(sets=NAMES, genes=("G000", "G001"), **design):
        asked = analysis(sets, genes)
        compared = compare(null_profiles(**design), asked)
        return recovery_table(compared, asked, relabel(compared.model, rng=np.random.default_rng(1)))

    return run


@pytest.mark.parametrize("is_paired", [True, False])
def test_the_order_of_profiles_and_genes_is_of_no_matter(compare, analysis, null_profiles, is_paired):
    asked, profiles = analysis(NAMES, ("G000", "G001")), null_profiles(n=4, is_paired=is_paired)
    rng = np.random.default_rng(7)
    shuffled = profiles[rng.permutation(profiles.n_obs), rng.permutation(profiles.n_vars)].copy()
    tables = []
    for given in (profiles, shuffled):
        compared = compare(given, asked)
        labellings = relabel(compared.model, rng=np.random.default_rng(1))
        table = recovery_table(compared, asked, labellings)
        tables.append(table.set_index([Effect.KIND, Effect.READOUT, Control.PLANTED]).sort_index())
    pd.testing.assert_frame_equal(*tables, rtol=1e-8)


def _rngs(planted, seed=0):
    return [np.random.default_rng([seed, i]) for i in range(len(planted.readouts.names))]


def test_nothing_planted_changes_nothing(planted):
    compared, room = planted
    change = room.targets.thinned(compared.is_treated, 0.0, _rngs(room))
    assert (change == 0).all()
    genes = testing.fit_genes(compared.measured, compared.model)
    measured, with_targets = room.plant(change, compared.model, genes)
    before = testing.test_sets(compared.measured, compared.model)
    after = testing.test_sets(measured, compared.model, genes=with_targets)
    rows = room.rows[0]
    for name in ("p_donor", "se", "rho"):
        np.testing.assert_allclose(getattr(after, name)[rows], getattr(before, name)[room.readouts.sets], rtol=1e-9)
        # the sets that were not thinned, and the prior that they inform, are as they were
        np.testing.assert_array_equal(getattr(after, name)[: rows[0]], getattr(before, name))
    of_genes = testing.test_genes(compared.measured, compared.model, room.readouts.genes, genes=genes)
    as_planted = testing.test_genes(measured, compared.model, room.rows[1], genes=with_targets)
    np.testing.assert_allclose(of_genes.p_donor, as_planted.p_donor)


def test_only_the_right_arm_loses_molecules(planted):
    compared, room = planted
    change = room.targets.thinned(compared.is_treated, 0.5, _rngs(room))
    loses = (room.targets.sign[:, None] > 0) != compared.is_treated[None, :]
    assert (change[~loses] == 0).all()
    assert (change[loses] <= 0).all()
    assert (room.targets.sign < 0).any()


def test_a_thinned_score_is_that_of_thinned_counts(planted):
    """The slow way for one set: thin the counts, and normalise and score all genes anew with sizes and bins as they were."""
    compared, room = planted
    change = room.targets.thinned(compared.is_treated, 0.5, _rngs(room))
    genes = testing.fit_genes(compared.measured, compared.model)
    measured, _ = room.plant(change, compared.model, genes)
    k = 1
    own = slice(*room.targets.starts[k : k + 2])
    expression = compared.measured.expression
    log_cpm = expression.log_cpm.copy()
    log_cpm[room.targets.rows[own]] += change[own]
    centred = log_cpm - log_cpm.mean(axis=1, keepdims=True)
    background = np.array([centred[expression.bins == b].mean(axis=0) for b in range(expression.bins.max() + 1)])
    row = room.readouts.sets[k]
    slow = compared.measured.sets.weights[row] @ (centred - background[expression.bins])
    np.testing.assert_allclose(measured.scores[room.rows[0][k]], slow, atol=1e-12)


def test_the_prior_count_is_that_of_the_expression(planted):
    compared, room = planted
    expressed = np.isin(compared.genes, compared.measured.expression.genes)
    counts = compared.counts[:, expressed].T
    log_cpm = log2_cpm(counts, factors=tmm_factors(counts), prior_count=PRIOR_COUNT)
    np.testing.assert_allclose(log_cpm, compared.measured.expression.log_cpm)
    library = counts.sum(axis=0) * tmm_factors(counts)
    by_targets = np.log2((room.targets.counts + room.targets.prior) / (library + 2 * room.targets.prior) * 1e6)
    np.testing.assert_allclose(by_targets, log_cpm[room.targets.rows])


@pytest.mark.parametrize("is_paired", [True, False])
def test_what_is_found_is_what_was_planted(recover, is_paired):
    table = recover(n=6, is_paired=is_paired)
    for effect, rows in table.groupby(Control.PLANTED):
        of_sets = rows[rows[Effect.KIND] == Kind.SET]
        error = of_sets[Control.FOUND].std() / np.sqrt(len(of_sets))
        # the prior count of 1 takes up to 1 % of the effect on genes of some hundred counts
        assert abs(of_sets[Control.FOUND].mean() - effect) <= 3 * error + 0.01 * effect


def test_detection_is_what_the_error_promises(recover):
    table = recover(n=8, programme=0.15, seed=4)
    by_effect = table[table[Effect.KIND] == Kind.SET].groupby(Control.PLANTED)[[Control.DETECTED, Control.EXPECTED]].mean()
    assert by_effect[Control.DETECTED].is_monotonic_increasing
    # 12 sets under 20 labellings of one data set: within .15 of each other
    assert (by_effect[Control.DETECTED] - by_effect[Control.EXPECTED]).abs().max() < 0.15
    assert by_effect[Control.DETECTED].iloc[-1] > 0.8


@pytest.mark.parametrize("n", [3, 8])
def test_a_real_effect_does_not_hide_what_is_planted(compare, analysis, null_profiles, sets, n):
    asked, found = analysis(NAMES[:3], ()), []
    for effect in (0.0, 1.0):
        profiles = null_profiles(n=n, programme=0.05, depth=3000)
        own = profiles.var_names.isin(sets[sets[GeneSet.SET].isin(NAMES[:3])][GeneSet.GENE])
        rows = (profiles.obs["arm"] == "treated").to_numpy()
        profiles.X[np.ix_(rows, own)] = np.round(profiles.X[np.ix_(rows, own)] * 2**effect)
        compared = compare(profiles, asked)
        labellings = relabel(compared.model, rng=np.random.default_rng(1))
        found.append(recovery_table(compared, asked, labellings)[[Control.DETECTED, Control.EXPECTED]].to_numpy())
    # an effect of 1 would be noise of that size under other labels, and nothing detected; the bins that it moves are left of it
    np.testing.assert_allclose(found[0].mean(axis=0), found[1].mean(axis=0), atol=0.15)
    assert found[1][:, 0].mean() > 0.6


def test_noise_hides_what_is_planted(recover):
    quiet, loud = (recover(n=4, programme=sd)[Control.DETECTED].mean() for sd in (0.03, 0.6))
    assert quiet > loud + 0.3


def test_another_claim_changes_no_number(recover):
    few, many = recover(sets=NAMES[:2], genes=()), recover()
    both = few.merge(many, on=[Effect.KIND, Effect.READOUT, Control.PLANTED], suffixes=("", "_more"))
    assert len(both) == len(few) == 4
    for name in (Control.FOUND, Control.DETECTED, Control.EXPECTED):
        np.testing.assert_allclose(both[name], both[f"{name}_more"], atol=1e-12)


def test_genes_alone_two_pairs_and_nothing(recover):
    assert set(recover(sets=())[Effect.KIND]) == {Kind.GENE}
    assert recover(sets=(), genes=()).empty
    # of two pairs there is one other labelling, and its mirror
    assert (recover(n=2)[Control.N] == 2).all()


def test_the_table_keeps_its_contract(recover):
    table = recover()
    whole = table.assign(**{Effect.STATE: ALL_MSC})[list(RECOVERY.columns)]
    assert RECOVERY.check(whole) is whole


def test_a_gene_that_two_sets_share_is_thinned_for_each(planted, sets):
    _, room = planted
    n_in_sets = sets[sets[GeneSet.SET].isin(NAMES)].shape[0]
    assert room.targets.rows.size == n_in_sets + 2
    assert len(set(room.targets.rows)) < room.targets.rows.size
