"""A claim beyond others must hold in each contrast: the largest p decides, and one contrast is enough to fail it."""

import numpy as np
import pytest
from scipy import stats

from scvalid.contracts.claims import Claim
from scvalid.contracts.verdicts import ClaimVerdict, Code, DesignFile, Evidence, PartVerdict, Verdict, VerdictsFile
from scvalid.errors import ContractError
from scvalid.stats.multiple_testing import benjamini_hochberg
from scvalid.verdicts.compute.beyond import judge_beyond

UP, DOWN, NONE, OPEN, SHUT = (
    Verdict.SUPPORTED,
    Verdict.CONTRADICTED,
    Verdict.NO_RELEVANT_EFFECT,
    Verdict.INCONCLUSIVE,
    Verdict.NOT_TESTABLE,
)


def evidence(theta, p, q=None, half=0.2):
    blank = {"df": 3, "p_donor": p, "p_plain": p, "p_matched": p, "floor": 0.125, "matched_sd": 0.1, "rho": 0.1, "mde": 0.3}
    ends = {f"{end}{level}": theta + sign * half for end, sign in (("low", -1), ("high", 1)) for level in (90, 95)}
    lodo = {"lodo_low": theta, "lodo_high": theta, "lodo_donor": "d"}
    sizes = {"n_genes_set": 20, "n_genes_expressed": 20, "weight_measured": 1, "weight_expressed": 1, "donor_values": ()}
    return Evidence(theta=theta, se=half / 2, p=p, q=p if q is None else q, **blank, **ends, **lodo, **sizes)


def claim_verdict(name, verdict, numbers, *, direction="up", control=None, readout=None):
    part = {"readout": {"type": "gene_set", "id": readout or name}, "direction": direction, "role": "primary"}
    claim = Claim.model_validate({"id": name, "statement": {"en": "x"}, "parts": [part], "control": control})
    judged = PartVerdict(state="all_msc", **part, verdict=verdict, reasons=(), evidence=numbers)
    row = {"claim": claim, "registration": "", "state": "all_msc", "delta": 0.25, "verdict": verdict}
    return ClaimVerdict(**row, reasons=(), parts=(judged,))


def contrast(name, *verdicts):
    design = DesignFile(grouping="all_msc", states=())
    return VerdictsFile(grouping="all_msc", contrast=name, registration="", claims=verdicts, design=design)


def judge_one(*found, alpha=0.05, **changes):
    """Judge one claim of which each contrast says (verdict, evidence)."""
    files = [contrast(f"c{i}", claim_verdict("C", *one, **changes)) for i, one in enumerate(found)]
    (verdict,) = judge_beyond(files, alpha=alpha)
    return verdict


def test_a_claim_that_holds_in_each_contrast_holds_and_its_p_is_the_largest():
    verdict = judge_one((UP, evidence(0.8, 1e-5)), (UP, evidence(0.4, 0.01)), (UP, evidence(0.5, 0.002)))
    assert (verdict.verdict, verdict.p, verdict.q) == (UP, 0.01, 0.01)
    assert verdict.reasons[0].code == Code.HOLDS_IN_EACH
    assert [one.contrast for one in verdict.contrasts] == ["c0", "c1", "c2"]


@pytest.mark.parametrize(
    ("other", "expected", "code"),
    [
        ((OPEN, evidence(0.1, 0.4)), OPEN, Code.NOT_SHOWN_IN_CONTRAST),
        ((NONE, evidence(0.01, 0.9)), NONE, Code.NONE_IN_CONTRAST),
        ((NONE, evidence(0.1, 0.9)), OPEN, Code.NOT_SHOWN_IN_CONTRAST),
        ((DOWN, evidence(-0.5, 0.001)), DOWN, Code.OPPOSITE_IN_CONTRAST),
        ((DOWN, evidence(-0.5, 0.03)), OPEN, Code.NOT_SHOWN_IN_CONTRAST),
        ((SHUT, None), SHUT, Code.CONTRAST_NOT_TESTABLE),
    ],
)
def test_one_contrast_is_enough_to_fail_a_claim(other, expected, code):
    for found in ([(UP, evidence(0.8, 1e-5)), other], [other, (UP, evidence(0.8, 1e-5))]):
        verdict = judge_one(*found)
        assert (verdict.verdict, verdict.reasons[0].code) == (expected, code)
        assert verdict.reasons[0].values["contrasts"] == f"c{found.index(other)}"


def test_the_largest_p_values_of_all_claims_are_corrected_together():
    p = np.array([[1e-4, 0.03], [0.04, 1e-4], [1e-4, 0.9]])
    names = ("A", "B", "C")
    files = [
        contrast(f"c{k}", *(claim_verdict(name, UP, evidence(0.5, own[k])) for name, own in zip(names, p, strict=True)))
        for k in (0, 1)
    ]
    verdicts = judge_beyond(files, alpha=0.05)
    np.testing.assert_allclose([v.q for v in verdicts], benjamini_hochberg(p.max(axis=1)))
    assert [v.verdict for v in verdicts] == [OPEN, OPEN, OPEN], "each contrast supports them, all together do not"
    assert [v.verdict for v in judge_beyond(files, alpha=0.07)] == [UP, UP, OPEN]


def test_claims_on_one_readout_are_one_test():
    rows = [claim_verdict(f"T{i}", UP, evidence(0.5, 1e-4), readout="MOVED") for i in range(18)]
    rows.append(claim_verdict("A", UP, evidence(0.5, 0.04)))
    q = [v.q for v in judge_beyond([contrast("a", *rows), contrast("b", *rows)], alpha=0.05)]
    assert q == [2e-4] * 18 + [0.04]


@pytest.mark.parametrize("k", [2, 3, 5, 12])
def test_equivalence_of_any_of_k_contrasts_is_shown_at_a_k_th_of_the_level(k):
    """The half-width of 95 % widened to that of 1 - .1 / k decides, here on 3 degrees of freedom."""
    room = stats.t.isf(0.05 / k, 3) / stats.t.isf(0.025, 3)
    for half, expected in ((0.24 / room, NONE), (0.26 / room, OPEN)):
        found = [(UP, evidence(0.8, 1e-5))] * (k - 1) + [(NONE, evidence(0.0, 0.9, half=half))]
        assert judge_one(*found).verdict == expected


def test_no_relevant_effect_stays_false_in_one_of_twenty_however_many_contrasts():
    """A truth on the bound in each of five contrasts, 3 degrees of freedom: at .025 a side 12 % were called none."""
    rng, k, n, se = np.random.default_rng(1), 5, 1500, 0.05
    theta, s = rng.normal(0.25, se, (n, k)), se * np.sqrt(rng.chisquare(3, (n, k)) / 3)
    n_false = 0
    for effects, own in zip(theta, s, strict=True):
        ends = [(b, stats.t.isf(0.025, 3) * e) for b, e in zip(effects, own, strict=True)]
        found = [(NONE, evidence(b, 0.9, half=half)) for b, half in ends]
        n_false += judge_one(*found).verdict == NONE
    assert n_false / n < 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / n)


def test_support_needs_a_q(monkeypatch):
    monkeypatch.setattr("scvalid.verdicts.compute.beyond._q_values", lambda cases: [None] * len(cases))
    assert judge_one((UP, evidence(0.5, 0.01)), (UP, evidence(0.5, 0.01))).verdict == OPEN


def test_a_control_is_a_family_of_its_own():
    rows = [claim_verdict("A", UP, evidence(0.5, 0.04)), claim_verdict("K", UP, evidence(0.5, 0.04), control="positive")]
    q = {v.claim_id: v.q for v in judge_beyond([contrast("a", *rows), contrast("b", *rows)], alpha=0.05)}
    assert q == {"A": 0.04, "K": 0.04}


def test_a_change_of_either_sign_must_have_one_sign():
    found = [(UP, evidence(0.8, 1e-5)), (UP, evidence(-0.6, 1e-5))]
    assert judge_one(*found, direction="changed").verdict == OPEN
    assert judge_one(found[0], found[0], direction="changed").verdict == UP


def test_no_change_must_be_shown_in_each_whatever_p_is():
    none = (UP, evidence(0.01, 0.9))
    assert judge_one(none, none, direction="no_change").verdict == UP
    assert judge_one(none, (OPEN, evidence(0.2, 0.3)), direction="no_change").verdict == OPEN


def test_verdicts_of_the_headline_or_of_other_claims_are_no_contrasts():
    row = claim_verdict("C", UP, evidence(0.5, 0.01))
    with pytest.raises(ContractError, match="those of no contrast"):
        judge_beyond([contrast(None, row)], alpha=0.05)
    with pytest.raises(ContractError, match="'C' must be judged in each contrast"):
        judge_beyond([contrast("a", row), contrast("b")], alpha=0.05)
