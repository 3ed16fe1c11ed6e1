"""What a run says of its own error rates: the alarm rings where the rule is wrong, and is silent where it is right."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData
from pydantic import ValidationError
from scipy import stats

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.tables import PERMUTED, RECOVERY, VEHICLE_SPLITS
from scvalid.contracts.verdicts import Code, Reason
from scvalid.keys import ALL_MSC, Control, Effect, GeneSet, Layer, Obs, Uns
from scvalid.pathways.compute.controls import permuted, under_labels
from scvalid.pathways.compute.effects import Analysis, compute_effects
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Context, Design
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.compute.run_controls import recovery_points, run_controls, vehicle_splits
from scvalid.verdicts.settings import VerdictsSettings

N_SETS, N_GENES = 15, 400
NAMES = [f"S{i:02d}" for i in range(N_SETS)]


@pytest.fixture
def eight(make_facts):
    donors = list("abcdefgh")
    return make_facts(n_treated=8, n_vehicle=8, donors_treated=donors, donors_vehicle=donors, df=7)


@pytest.fixture
def empty():
    return {contract: pd.DataFrame(columns=list(contract.columns)) for contract in (PERMUTED, RECOVERY, VEHICLE_SPLITS)}


def _permuted(p):
    """Labellings and their mirrors whose p values, labellings x sets, alone decide."""
    tables = []
    for sign in (1, -1):
        for number, row in enumerate(p, start=1):
            effect = 0.6 * sign
            tables.append(
                pd.DataFrame(
                    {
                        Control.PERMUTATION: sign * number, Effect.STATE: ALL_MSC, Effect.KIND: "set",
                        Effect.READOUT: NAMES, Effect.THETA: effect, Effect.P_DONOR: row, Control.P: row,
                        Effect.MATCHED_SD: 0.05, Control.SIGN_SHARE: 1.0, Control.P10_SHARE: 1.0,
                        Effect.LODO_LOW: effect - 0.1, Effect.LODO_HIGH: effect + 0.1, Effect.LOW90: effect - 0.2,
                        Effect.HIGH90: effect + 0.2,
                    }
                )
            )  # fmt: skip
    return pd.concat(tables, ignore_index=True)


@pytest.fixture
def claims(make_claim):
    return [make_claim(f"c{i}", f"gene_set:{name}:up") for i, name in enumerate(NAMES)]


@pytest.fixture
def null_verdicts(judge, claims, eight):
    return judge(claims, sets={name: {Effect.P_DONOR: 0.5, Effect.THETA: 0.01} for name in NAMES}, facts=[eight])


def test_uniform_p_values_raise_no_alarm(null_verdicts, eight, empty):
    p = np.random.default_rng(0).uniform(size=(127, N_SETS))
    found = run_controls(null_verdicts, {**empty, PERMUTED: _permuted(p)}, eight, settings=VerdictsSettings()).permuted_labels
    # with no other condition BH alone decides in 5 % of labellings, most often on one claim of 15
    assert found.status == "estimated"
    assert (found.n_permutations, found.n_claims) == (254, N_SETS)
    assert found.rate < 0.01
    assert not found.is_exceeded


def test_p_values_of_cells_raise_the_alarm(null_verdicts, eight, empty):
    z = 3 * np.random.default_rng(0).normal(size=(127, N_SETS))
    p = 2 * stats.norm.sf(np.abs(z))
    found = run_controls(null_verdicts, {**empty, PERMUTED: _permuted(p)}, eight, settings=VerdictsSettings()).permuted_labels
    assert found.low > 0.2
    assert found.is_exceeded


def test_claims_decided_under_the_true_labels_are_no_part_of_the_rate(judge, claims, eight, empty):
    settled = {name: {} if i < 5 else {Effect.P_DONOR: 0.5, Effect.THETA: 0.01} for i, name in enumerate(NAMES)}
    verdicts = judge(claims, sets=settled, facts=[eight])
    p = np.full((127, N_SETS), 0.5)
    p[:, :5] = 1e-5
    found = run_controls(verdicts, {**empty, PERMUTED: _permuted(p)}, eight, settings=VerdictsSettings()).permuted_labels
    assert (found.n_claims, found.rate) == (10, 0.0)
    assert found.rate_of_all == pytest.approx(5 / 15)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"n_treated": 5, "n_vehicle": 5}, ("FEW_PAIRS", {"n": 5, "needed": 6})),
        ({"is_paired": False, "n_treated": 3, "n_vehicle": 9}, ("FEW_DONORS", {"n": 3, "needed": 4})),
        ({"is_paired": False, "silent_vehicle": list("abcde")}, ("FEW_DONORS", {"n": 3, "needed": 4})),
        ({"vif": 7.0}, ("NEVER_DECISIVE", {})),
        ({}, ("FEW_LABELLINGS", {"n": 0, "needed": 31})),
    ],
)
def test_why_a_rate_cannot_be_estimated(null_verdicts, eight, empty, changed, why):
    facts = eight.model_copy(update=changed)
    found = run_controls(null_verdicts, empty, facts, settings=VerdictsSettings()).permuted_labels
    assert (found.status, found.rate, found.is_exceeded) == ("not_estimable", None, False)
    assert (found.why.code, found.why.values) == why


@pytest.mark.parametrize(("n", "status"), [(1, "not_estimable"), (30, "not_estimable"), (31, "estimated")])
def test_a_rate_needs_as_many_labellings_as_six_pairs_have(null_verdicts, eight, empty, n, status):
    """Pairs whose arms cross batches inform the effect, and cannot be exchanged: six may have one labelling and its mirror."""
    table = _permuted(np.full((n, N_SETS), 0.5))
    found = run_controls(null_verdicts, {**empty, PERMUTED: table}, eight, settings=VerdictsSettings()).permuted_labels
    assert found.status == status
    assert found.why is None or (found.why.code, found.why.values) == ("FEW_LABELLINGS", {"n": n, "needed": 31})


def _alarm_of(judge, claims, facts, empty, p):
    verdicts = judge(claims, sets={name: {Effect.P_DONOR: 0.5, Effect.THETA: 0.01} for name in NAMES}, facts=[facts])
    return run_controls(verdicts, {**empty, PERMUTED: _permuted(p)}, facts, settings=VerdictsSettings()).permuted_labels


def test_a_family_of_one_may_decide_in_one_of_twenty(judge, make_claim, eight, empty):
    """The same labellings that are nominal for one read-out are an alarm for three; claims on one read-out are no more."""
    p = np.full((500, N_SETS), 0.5)
    p[:20, :3] = 1e-5  # 4 % of labellings
    one = [make_claim(f"c{i}", "gene_set:S00:up") for i in range(4)]
    found = _alarm_of(judge, one, eight, empty, p)
    assert (found.rate, found.bound, found.is_exceeded) == (0.04, 0.05, False)
    found = _alarm_of(judge, [*one, *(make_claim(f"d{i}", f"gene_set:S0{i}:up") for i in (1, 2))], eight, empty, p)
    assert (found.rate, found.bound, found.is_exceeded) == (0.04, 0.02, True)
    found = _alarm_of(judge, [make_claim(f"d{i}", f"gene_set:S0{i}:up") for i in (1, 2)], eight, empty, p)
    assert found.bound == 0.025


def test_no_rate_without_claims_or_under_a_cap(judge, make_claim, claims, eight, empty):
    absent = judge([make_claim("x", "gene_set:ABSENT:up")], sets={NAMES[0]: {}}, facts=[eight])
    settled = judge(claims, sets={name: {} for name in NAMES}, facts=[eight])
    cap = (Reason(code=Code.UNSTATED_METADATA, values={"n": 1}),)
    for verdicts, caps, why in (
        (absent, (), "NO_CLAIM_TESTED"),
        (settled, (), "ALL_DECISIVE"),
        (settled, cap, "NEVER_DECISIVE"),
    ):
        found = run_controls(verdicts, empty, eight, settings=VerdictsSettings(), caps=caps).permuted_labels
        assert found.why.code == why


def test_splits_of_the_vehicle_arm_are_counted_by_split(eight):
    p = np.tile([0.01, 0.5, 0.5, 0.5], 35)
    table = pd.DataFrame(
        {
            Control.PERMUTATION: np.repeat(np.arange(1, 36), 4), Effect.STATE: ALL_MSC, Effect.KIND: "set",
            Effect.READOUT: np.tile(list("ABCD"), 35), Effect.P_DONOR: p, Effect.P_PLAIN: p + 0.045,
        }
    )  # fmt: skip
    found = vehicle_splits(table, eight)
    assert (found.n_splits, found.n_tests, found.share_p05, found.share_p05_plain) == (35, 140, 0.25, 0.0)
    assert found.low < 0.25 < found.high


@pytest.mark.parametrize(
    ("n_vehicle", "n_splits", "why"),
    [
        (3, 0, ("FEW_VEHICLE_DONORS", {"n": 3, "needed": 5})),
        (4, 3, ("FEW_SPLITS", {"n": 3, "needed": 6})),
        (8, 5, ("FEW_SPLITS", {"n": 5, "needed": 6})),
        (8, 0, ("NO_SET_SCORED", {})),
    ],
)
def test_few_splits_make_no_rate(eight, n_vehicle, n_splits, why):
    columns = {Control.PERMUTATION: np.arange(n_splits), Effect.P_DONOR: 0.5, Effect.P_PLAIN: 0.5}
    found = vehicle_splits(pd.DataFrame(columns), eight.model_copy(update={"n_vehicle": n_vehicle}))
    assert (found.status, found.share_p05) == ("not_estimable", None)
    assert (found.why.code, found.why.values) == why


def test_recovery_is_summarised_by_planted_effect():
    table = pd.DataFrame(
        {
            Control.PLANTED: [0.5, 0.25] * 3, Control.N: 20.0, Control.FOUND: [0.5, 0.2, 0.4, 0.25, 0.6, 0.3],
            Control.DETECTED: [1.0, 0.0, 0.9, 0.3, 0.8, 0.6], Control.EXPECTED: np.nan,
        }
    )  # fmt: skip
    low, high = recovery_points(table)
    assert (low.planted, low.n_readouts, low.found, low.share_expected) == (0.25, 3, 0.25, None)
    assert low.share_detected == pytest.approx(0.3)
    assert high.share_detected == pytest.approx(0.9)


def _null_profiles(seed=0):
    """Eight pairs without any effect; each programme moves by .25 log2 from sample to sample."""
    rng = np.random.default_rng(seed)
    genes = np.array([f"G{i:03d}" for i in range(N_GENES)])
    base = rng.lognormal(0, 0.8, N_GENES)
    loads = np.zeros((N_SETS, N_GENES))
    for row in loads:
        row[rng.choice(N_GENES, 20, replace=False)] = 1
    rows, counts = [], []
    for donor in range(8):
        shift = rng.normal(0, 0.25, N_GENES)
        for arm in ("treated", "vehicle"):
            log2 = shift + rng.normal(0, 0.1, N_GENES) + rng.normal(0, 0.25, N_SETS) @ loads
            rows.append((f"d{donor}", arm, "b", ALL_MSC, 100, True))
            counts.append(rng.poisson(300 * base * 2**log2))
    obs = pd.DataFrame(rows, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED])
    obs.index = obs.index.astype(str)
    x = np.array(counts, float)
    layers = {Layer.N_DETECTED: np.minimum(x, 100.0)}
    named = [(name, gene, 1.0, True) for name, row in zip(NAMES, loads, strict=True) for gene in genes[row > 0]]
    sets = pd.DataFrame(named, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])
    var = pd.DataFrame(index=pd.Index(genes, dtype=object))
    return AnnData(X=x, obs=obs, var=var, layers=layers, uns={Uns.GROUPING: ALL_MSC}), sets


def _controls_of_null_data(claims):
    profiles, sets = _null_profiles()
    design = Design(treated="treated", vehicle="vehicle")
    analysis = Analysis(design, sets, PathwaysSettings(n_matched_sets=999), 7, Claimed(sets=tuple(NAMES)))
    effects = compute_effects(profiles, analysis)
    verdicts = judge_claims(
        dict.fromkeys(claims, "56" * 32),
        Evidences(effects.tables),
        effects.facts,
        context=Context(),
        settings=VerdictsSettings(),
    )
    return run_controls(verdicts, effects.tables, effects.facts.states[0], settings=VerdictsSettings())


def test_no_setting_decides_where_controls_were_not_computed():
    with pytest.raises(ValidationError):
        VerdictsSettings(alpha=under_labels.POSSIBLE_P + 0.01)


@pytest.mark.slow
def test_null_data_raise_no_alarm(claims):
    found = _controls_of_null_data(claims)
    assert found.permuted_labels.n_permutations == 254
    assert found.permuted_labels.rate < 0.02
    assert not found.permuted_labels.is_exceeded
    assert found.vehicle_splits.n_splits == 35
    assert [point.planted for point in found.recovery] == [0.25, 0.5]


@pytest.mark.slow
def test_a_rule_that_takes_cells_for_donors_raises_the_alarm(claims, monkeypatch):
    """Standard errors a third of what they are, in the primary test and in all that is held beside it."""
    as_it_is = under_labels.test_sets

    def of_cells(measured, model, *, genes):
        tests = as_it_is(measured, model, genes=genes)
        return replace(tests, p_donor=2 * stats.norm.sf(3 * np.abs(tests.fit.effect) / tests.se))

    monkeypatch.setattr(under_labels, "test_sets", of_cells)
    monkeypatch.setattr(permuted, "agreement", lambda theta, *_: (np.ones(len(theta)),) * 3)
    found = _controls_of_null_data(claims).permuted_labels
    assert found.low > 0.02
    assert found.is_exceeded
