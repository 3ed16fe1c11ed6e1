"""The table under other labels against the slow way: swap the labels of the profiles and analyse them anew."""

import numpy as np
import pytest

from scvalid.contracts.tables import PERMUTED
from scvalid.keys import ALL_MSC, Control, Effect, Kind, Obs
from scvalid.pathways.compute.controls.labellings import relabel
from scvalid.pathways.compute.controls.permuted import permuted_table
from scvalid.pathways.compute.controls.under_labels import POSSIBLE_P
from scvalid.pathways.compute.gene_effects import gene_effects
from scvalid.pathways.compute.robustness.table import specification_table
from scvalid.pathways.compute.set_effects import set_effects
from scvalid.stats.robustness import agreement

NAMES = tuple(f"X_{k:02d}" for k in range(8))
GENES = ("G000", "G001", "G002")


@pytest.fixture
def permuted(prepared, analysis, null_profiles):
    """``permuted(sets=..., n=6, ...)`` -> table, labellings and what they were made from."""

    def make(sets=NAMES, genes=GENES, settings=None, **design):
        profiles, asked = null_profiles(**design), analysis(sets, genes, **(settings or {}))
        compared, layers = prepared(profiles, asked)
        labellings = relabel(compared.model, rng=np.random.default_rng(1))
        return permuted_table(compared, layers, asked, labellings), labellings, profiles, asked

    return make


@pytest.mark.parametrize("design", [{"n": 6}, {"n": 4, "is_paired": False}], ids=["paired", "unpaired"])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_labelling_is_what_an_analysis_of_so_labelled_profiles_finds(permuted, prepared, design, sign):
    table, labellings, profiles, asked = permuted(**design)
    number = 3
    own = table[table[Control.PERMUTATION] == sign * number].set_index([Effect.KIND, Effect.READOUT])
    is_treated = labellings.is_treated[number - 1] if sign > 0 else ~labellings.is_treated[number - 1]
    swapped = profiles.copy()
    swapped.obs[Obs.ARM] = np.where(is_treated, "treated", "vehicle")
    compared, layers = prepared(swapped, asked)
    sets = set_effects(
        compared.measured, compared.model, genes=compared.gene_fit, n_matched_sets=4999, seed=3, state=ALL_MSC
    ).set_index(Effect.READOUT)
    genes = gene_effects(compared.measured, compared.detection, compared.model, genes=compared.gene_fit)
    others = specification_table(layers, compared.model, genes=compared.gene_fit)
    for (kind, name), row in own.iterrows():
        slow = sets.loc[name] if kind == Kind.SET else genes.set_index(Effect.READOUT).loc[name]
        same = [Effect.THETA, Effect.P_DONOR]
        if row[Effect.P_DONOR] <= POSSIBLE_P:
            same += [Effect.LOW90, Effect.HIGH90]
        if not np.isnan(row[Effect.LODO_LOW]):
            same += [Effect.LODO_LOW, Effect.LODO_HIGH]
            of_this = others[(others[Effect.KIND] == kind) & (others[Effect.READOUT] == name)]
            shares = agreement(slow[Effect.THETA], *(of_this[c] for c in (Control.EFFECT, Control.P, Control.SMALLEST_P)))
            assert (row[Control.SIGN_SHARE], row[Control.P10_SHARE]) == pytest.approx(shares[:2])
        np.testing.assert_allclose(row[same].astype(float), slow[same].astype(float), rtol=1e-7, atol=1e-9)
        if kind == Kind.SET:
            assert row[Effect.MATCHED_SD] == pytest.approx(slow[Effect.MATCHED_SD])


def test_a_set_that_could_be_decisive_is_held_against_random_sets(permuted):
    # the plain t test alone is smaller by chance where the genes move on their own
    table, *_ = permuted(n=6, programme=0.0, settings={"primary_test": "plain_t"})
    sets = table[table[Effect.KIND] == Kind.SET]
    could = (sets[Effect.P_DONOR] <= POSSIBLE_P) & (sets[Effect.THETA].abs() >= sets[Effect.MATCHED_SD])
    assert could.any()
    assert not could.all()
    assert (sets.loc[~could, Control.P] == sets.loc[~could, Effect.P_DONOR]).all()
    assert (sets[Control.P] >= sets[Effect.P_DONOR]).all()
    assert (sets.loc[could, Control.P] > sets.loc[could, Effect.P_DONOR]).any()


def test_what_a_verdict_needs_is_there_wherever_one_is_possible(permuted):
    table, *_ = permuted(n=6)
    possible = (table[Control.P] <= POSSIBLE_P) & ~(table[Effect.THETA].abs() < table[Effect.MATCHED_SD])
    needed = [Effect.LODO_LOW, Effect.LODO_HIGH, Effect.LOW90, Effect.HIGH90, Control.SIGN_SHARE, Control.P10_SHARE]
    assert table.loc[possible, needed].notna().all(axis=None)
    assert table.loc[~possible, Effect.LODO_LOW].isna().all()


def test_more_claims_change_no_number_of_the_others(permuted):
    few, *_ = permuted(sets=NAMES[:2], genes=GENES[:1])
    many, *_ = permuted()
    key = [Control.PERMUTATION, Effect.KIND, Effect.READOUT]
    both = few.merge(many, on=key, suffixes=("", "_more"))
    assert len(both) == len(few)
    for name in set(few) - set(key):
        # the last digit of a product of matrices depends on their shape
        np.testing.assert_allclose(both[name], both[f"{name}_more"], rtol=1e-12, atol=1e-14)


def test_genes_alone_and_nothing_at_all(permuted):
    table, *_ = permuted(sets=())
    assert set(table[Effect.KIND]) == {Kind.GENE}
    assert permuted(sets=(), genes=())[0].empty


def test_the_table_keeps_its_contract(permuted):
    table, *_ = permuted()
    PERMUTED.check(table.assign(**{Effect.STATE: ALL_MSC})[list(PERMUTED.columns)])
    again, *_ = permuted()
    assert table.equals(again)


def test_the_true_effect_is_no_part_of_it(null_profiles, prepared, analysis):
    """With a strong effect on all donors no labelling reaches what the true one shows."""
    asked = analysis(("X_00",), ())
    profiles = null_profiles(n=6, programme=0.02)
    genes = asked.sets.loc[asked.sets["set_id"] == "X_00", "gene"]
    is_treated = (profiles.obs[Obs.ARM] == "treated").to_numpy()
    profiles.X[np.ix_(is_treated, profiles.var_names.isin(genes))] *= 4
    compared, layers = prepared(profiles, asked)
    labellings = relabel(compared.model, rng=np.random.default_rng(1))
    table = permuted_table(compared, layers, asked, labellings)
    # five of six pairs at most point one way
    assert table[Effect.THETA].abs().max() < 2 * (4 / 6) * 1.1


def test_no_number_of_claims_changes_the_p_of_a_readout(permuted):
    """From 126 read-outs on more random sets were drawn."""
    key = [Control.PERMUTATION, Effect.KIND, Effect.READOUT]
    few = permuted(genes=(), programme=0.6)[0].set_index(key)[Control.P]
    many = permuted(genes=tuple(f"G{i:03d}" for i in range(130)), programme=0.6)[0].set_index(key)[Control.P]
    np.testing.assert_array_equal(many[few.index], few)
