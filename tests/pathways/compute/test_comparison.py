"""Which profiles are compared, on which design, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from scvalid.contracts.verdicts import Code
from scvalid.errors import ContractError
from scvalid.keys import Obs
from scvalid.pathways.compute.comparison import choose_profiles, refuse_copies
from scvalid.pathways.compute.facts import facts_of
from scvalid.settings import Design


def _obs(*rows):
    """Rows of ``donor arm`` with an optional batch, and ``-`` at the end if there are too few cells."""
    parsed = []
    for row in rows:
        donor, arm, *rest = row.split()
        batch = next((part for part in rest if part != "-"), "b1")
        parsed.append((donor, {"T": "treated", "V": "vehicle"}.get(arm, arm), batch, "-" not in rest))
    return pd.DataFrame(parsed, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.IS_USED])


def _choose(*rows, pairing="auto"):
    return choose_profiles(_obs(*rows), Design(treated="treated", vehicle="vehicle", pairing=pairing))


def _used(chosen):
    return [f"{donor} {arm[0].upper()}" for donor, arm in zip(chosen.obs[Obs.DONOR], chosen.obs[Obs.ARM], strict=True)]


def test_all_donors_in_both_arms_are_paired():
    chosen = _choose("a T", "a V", "b T", "b V", "c T", "c V")
    assert (chosen.is_paired, chosen.gate, chosen.matrix.df) == (True, None, 2)
    assert chosen.matrix.kept == (Obs.DONOR,)


def test_donors_of_one_arm_each_are_not_paired():
    chosen = _choose("a T", "b T", "c V", "d V")
    assert (chosen.is_paired, chosen.gate, chosen.matrix.df) == (False, None, 2)


def test_three_pairs_among_single_donors_are_paired_and_the_singles_named():
    chosen = _choose("a T", "a V", "b T", "b V", "c T", "c V", "d T")
    assert chosen.is_paired
    assert chosen.left_out == ("d / treated",)
    assert len(chosen.rows) == 6


def test_two_pairs_among_single_donors_are_not_paired_and_nobody_is_left_out():
    chosen = _choose("a T", "a V", "b T", "b V", "c T", "d V")
    assert (chosen.is_paired, chosen.left_out, len(chosen.rows)) == (False, (), 6)


@pytest.mark.parametrize(("pairing", "is_paired"), [("paired", True), ("unpaired", False)])
def test_the_lab_has_the_last_word_on_pairing(pairing, is_paired):
    assert _choose("a T", "a V", "b T", "b V", "c T", "c V", pairing=pairing).is_paired == is_paired


def test_a_design_submitted_in_pairs_stays_paired_when_a_sample_is_lost():
    """Else the same donors would stand in both arms as if they were others."""
    chosen = _choose("a T", "a V", "b T", "b V", "c T -", "c V")
    assert chosen.is_paired
    assert _used(chosen) == ["a T", "a V", "b T", "b V"]
    assert chosen.left_out == ("c / treated", "c / vehicle")


def test_other_arms_are_not_touched():
    chosen = _choose("a dose2", "a T", "a V", "b T", "b V", "b dose2")
    assert _used(chosen) == ["a T", "a V", "b T", "b V"]
    assert chosen.left_out == ()
    assert list(chosen.rows) == [1, 2, 3, 4]


def test_a_pair_that_lost_one_half_is_left_out_whole():
    chosen = _choose("a T", "a V", "b T", "b V", "c T", "c V", "d T -", "d V")
    assert chosen.gate is None
    assert set(chosen.left_out) == {"d / treated", "d / vehicle"}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["a T", "b T", "c T"], Code.NO_VEHICLE_ARM),
        (["a V", "b V", "c V"], Code.ONE_DONOR),
        (["a T", "b V", "c V"], Code.ONE_DONOR),
        (["a T", "a V"], Code.ONE_DONOR),
        (["a T", "b T -", "c V", "d V"], Code.TOO_FEW_CELLS),
        (["a T -", "a V -", "b T -", "b V -"], Code.TOO_FEW_CELLS),
        (["a T b1", "b T b1", "c V b2", "d V b2"], Code.TREATMENT_CONFOUNDED),
        (["a T b1", "a V b2", "b T b1", "b V b2"], Code.TREATMENT_CONFOUNDED),
        (["a T b1", "a V b2", "b T b2", "b V b1"], Code.NO_RESIDUAL_DF),
    ],
)
def test_gates(rows, code):
    chosen = _choose(*rows)
    assert chosen.gate is not None
    assert chosen.gate.code == code
    # the facts of a gated design can be written, whatever is missing
    facts = facts_of(chosen, "s", Design(treated="treated", vehicle="vehicle"), n_genes_measured=1, n_genes=0)
    assert facts.gate == chosen.gate


def test_paired_as_told_without_any_pair_is_refused():
    assert _choose("a T", "b T", "c V", "d V", pairing="paired").gate is not None


def test_a_gated_comparison_has_no_matrix():
    with pytest.raises(ContractError):
        _ = _choose("a T", "a V").matrix


def test_a_batch_nested_in_donors_is_no_fault():
    chosen = _choose("a T b1", "a V b1", "b T b1", "b V b1", "c T b2", "c V b2")
    assert chosen.gate is None
    assert chosen.matrix.dropped == (Obs.BATCH,)


def test_a_batch_of_its_own_for_each_profile_is_the_residual():
    chosen = _choose("a T b1", "b T b2", "c V b3", "d V b4")
    assert chosen.gate is None
    assert chosen.matrix.df == 2
    assert chosen.matrix.dropped == (Obs.BATCH,), "what the lab said and the model does not hold is named"


def test_confounding_names_the_factor_at_fault():
    assert _choose("a T b1", "a V b2", "b T b1", "b V b2").gate.values["with"] == Obs.BATCH


def test_crossed_batches_are_in_the_model():
    chosen = _choose("a T b1", "b T b2", "c T b1", "d V b1", "e V b2", "f V b2")
    assert chosen.matrix.kept == (Obs.BATCH,)
    assert chosen.matrix.df == 3


@pytest.mark.parametrize("n", [3, 30])
def test_facts_of_a_paired_design(n):
    chosen = _choose(*[f"d{i:02d} {arm}" for i in range(n) for arm in "TV"])
    facts = facts_of(chosen, "basal", Design(treated="treated", vehicle="vehicle"), n_genes_measured=9, n_genes=5)
    assert (facts.n_treated, facts.n_vehicle, facts.df, facts.is_paired) == (n, n, n - 1, True)
    assert facts.smallest_exact_p == pytest.approx(2.0 ** (1 - n))
    assert facts.vif == pytest.approx(1)


def test_copies_are_not_donors():
    """The same counts under two names have no variance between them: any effect would look certain."""
    chosen = _choose("a T", "a V", "b T", "b V", "c T", "c V")
    counts = np.arange(12.0).reshape(6, 2)
    assert refuse_copies(chosen, counts).gate is None
    counts[4] = counts[0]
    refused = refuse_copies(chosen, counts)
    assert refused.gate.code == Code.COPIED_PROFILES
    assert refused.gate.values["profiles"] == "a / treated, c / treated"
    with pytest.raises(ContractError):
        _ = refused.matrix


@pytest.mark.parametrize("factor", [2.0, 0.37])
def test_a_copy_at_another_depth_is_a_copy(factor):
    """Treated arms that are the vehicle times two are no treated arms: all effects would be none, and certain."""
    chosen = _choose("a T", "a V", "b T", "b V", "c T", "c V")
    counts = np.random.default_rng(0).poisson(np.random.default_rng(1).lognormal(3, 1.5, 400), (6, 400)).astype(float)
    assert refuse_copies(chosen, counts).gate is None
    assert refuse_copies(chosen, 2 * counts).gate is None
    counts[2] = np.round(factor * counts[3])
    refused = refuse_copies(chosen, counts)
    assert refused.gate.code == Code.COPIED_PROFILES
    assert refused.gate.values["profiles"] == "b / treated, b / vehicle"


def test_replicates_of_few_counts_are_no_copies():
    chosen = _choose("a T", "a V", "b T", "b V", "c T", "c V")
    counts = np.zeros((6, 300))
    counts[np.arange(6), np.arange(6)] = 1
    counts[:, 100:110] = np.random.default_rng(3).poisson(5, (6, 10))
    assert refuse_copies(chosen, counts).gate is None


def test_a_used_profile_without_counts_is_refused_by_name():
    chosen = _choose("a T", "a V", "b T", "b V", "c T", "c V")
    counts = np.random.default_rng(0).poisson(20.0, (6, 50)).astype(float)
    counts[3] = 0
    with pytest.raises(ContractError, match="b / vehicle must hold counts"):
        refuse_copies(chosen, counts)


def test_the_order_of_the_profiles_is_of_no_matter():
    rows = ["a T b1", "a V b1", "b T b1", "b V b1", "c T b2", "c V b2", "d T"]
    design = Design(treated="treated", vehicle="vehicle")
    facts = [facts_of(_choose(*r), "s", design, n_genes_measured=1, n_genes=1) for r in (rows, rows[::-1])]
    assert facts[0].vif == pytest.approx(facts[1].vif)
    assert facts[0].model_copy(update={"vif": facts[1].vif}) == facts[1]
