"""NON_SPECIFIC: which rivals explain an effect, which axes count, and what is never flagged."""

import numpy as np
import pandas as pd
import pytest

from scvalid.contracts.claimed import RivalsOfClaim, RivalsOfClaims
from scvalid.contracts.readouts import Readout
from scvalid.contracts.tables import RIVALS
from scvalid.contracts.verdicts import ClaimVerdict, Flag, PartVerdict, Verdict
from scvalid.verdicts.compute.specificity import Specificity

AXES = [f"PROGENY_{name}" for name in "ABCDEFGH"]


@pytest.fixture
def claim_verdict(make_claim, make_evidence):
    """``claim_verdict("gene_set:S:up", theta=..., verdict=...)`` of the claim c1."""

    def make(part="gene_set:S:up", *, theta=0.5, verdict=Verdict.SUPPORTED, floor=0.125):
        claim = make_claim("c1", part)
        kind, name, direction = part.split(":")
        judged = PartVerdict(
            state="all_msc",
            readout=Readout(type=kind, id=name),
            direction=direction,
            role="primary",
            verdict=verdict,
            reasons=(),
            flags=(Flag.SMALL,),
            evidence=make_evidence(theta, floor=floor),
        )
        return ClaimVerdict(
            claim=claim, registration="r", state="all_msc", delta=0.25, verdict=verdict, reasons=(), parts=(judged,)
        )

    return make


def _beside(rival="R", *, theta=0.05, p_slope=0.01, of_rival=0.5, unshared=np.nan, kind="set", readout="S"):
    return pd.DataFrame([["all_msc", kind, readout, rival, theta, p_slope, of_rival, unshared]], columns=list(RIVALS.columns))


def _axes(moving, *, theta=0.6, names=AXES, p=1e-4):
    """Effects on the axes; the first ``moving`` of them move."""
    rows = [
        {"state": "all_msc", "readout_id": name, "gate": "", "is_panel": True, "theta": theta if i < moving else 0.01,
         "p_donor": p if i < moving else 0.6, "p_matched": p if i < moving else 0.6}
        for i, name in enumerate(names)
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.fixture
def judge(claim_verdict):
    """``judge(beside=..., axes=..., registered=..., overlap=..., related=...)`` -> the judged part."""

    def run(*, beside=None, axes=None, registered=(), overlap=(), related=(), orthologs=None, part="gene_set:S:up", **verdict):
        rivals = RivalsOfClaim(
            registered=registered, overlap={part.split(":")[1]: overlap}, related={part.split(":")[1]: related}
        )
        tables = _axes(0) if axes is None else axes, _beside() if beside is None else beside
        found = Specificity(*tables, RivalsOfClaims(claims={"c1": rivals}), orthologs=orthologs)
        return found.judge(claim_verdict(part, **verdict)).parts[0]

    return run


def test_a_rival_by_rule_or_by_hand_that_leaves_nothing_explains(judge):
    for named in ({"registered": ("R",)}, {"overlap": ("R",)}):
        part = judge(**named)
        assert part.flags == (Flag.SMALL, Flag.NON_SPECIFIC)
        assert part.evidence.rivals[0].explains
        assert part.evidence.rivals[0].is_registered == ("registered" in named)


def test_a_set_that_is_no_rival_of_the_claim_explains_nothing(judge):
    part = judge(registered=(), overlap=())
    assert part.flags == (Flag.SMALL,)
    assert part.evidence.rivals == ()


@pytest.mark.parametrize(
    ("beside", "explains"),
    [
        ({"theta": 0.05}, True),
        ({"theta": 0.13}, False),
        # an effect turned round is no effect of the claim's either
        ({"theta": -0.4}, True),
        # the rival does not move, so that what the model takes off is noise
        ({"of_rival": 0.1}, False),
        ({"of_rival": -0.5}, True),
        # the read-out does not follow the rival between donors, so that the model is noise
        ({"p_slope": 0.3}, False),
        # but the genes that they share say enough
        ({"p_slope": 0.3, "unshared": 0.1}, True),
        ({"p_slope": 0.3, "unshared": 0.2}, False),
        ({"theta": np.nan, "p_slope": np.nan, "unshared": 0.1}, True),
        ({"theta": np.nan, "p_slope": np.nan, "of_rival": np.nan}, False),
    ],
)
def test_what_a_rival_must_do_to_explain(judge, beside, explains):
    part = judge(beside=_beside(**beside), registered=("R",))
    assert part.evidence.rivals[0].explains == explains
    assert (Flag.NON_SPECIFIC in part.flags) == explains


@pytest.mark.parametrize(("left", "explains"), [(0.11, False), (0.07, True)])
def test_an_effect_just_above_the_floor_is_not_explained_by_a_little(judge, left, explains):
    part = judge(beside=_beside(theta=np.nan, p_slope=np.nan, unshared=left), theta=0.16, registered=("R",))
    assert part.evidence.rivals[0].explains == explains


def test_a_falling_effect_is_explained_likewise(judge):
    down = {"part": "gene_set:S:down", "theta": -0.5, "registered": ("R",)}
    assert Flag.NON_SPECIFIC in judge(beside=_beside(theta=-0.05, of_rival=-0.5), **down).flags
    assert Flag.NON_SPECIFIC not in judge(beside=_beside(theta=-0.4, of_rival=-0.5), **down).flags


@pytest.mark.parametrize(("moving", "is_flagged"), [(0, False), (4, False), (5, True), (8, True)])
def test_more_than_half_of_the_unrelated_axes(judge, moving, is_flagged):
    part = judge(axes=_axes(moving))
    assert (part.evidence.n_unrelated, part.evidence.n_unrelated_moving) == (8, moving)
    assert (Flag.NON_SPECIFIC in part.flags) == is_flagged


@pytest.mark.parametrize(("n", "is_flagged"), [(0, False), (1, False), (2, False), (3, True)])
def test_the_majority_of_fewer_than_three_axes_says_nothing(judge, n, is_flagged):
    part = judge(axes=_axes(8), related=tuple(AXES[n:]))
    assert (part.evidence.n_unrelated, part.evidence.n_unrelated_moving) == (n, n)
    assert (Flag.NON_SPECIFIC in part.flags) == is_flagged


def test_related_axes_do_not_count(judge):
    part = judge(axes=_axes(5), related=tuple(AXES[:4]))
    assert (part.evidence.n_unrelated, part.evidence.n_unrelated_moving) == (4, 1)
    assert Flag.NON_SPECIFIC not in part.flags


def test_an_axis_moves_only_by_a_quarter_of_the_claim(judge):
    assert judge(axes=_axes(8, theta=0.2), theta=1.0).evidence.n_unrelated_moving == 0
    assert judge(axes=_axes(8, theta=0.2), theta=0.5).evidence.n_unrelated_moving == 8


def test_gated_and_submitted_sets_are_no_axes(judge):
    axes = _axes(8)
    axes.loc[0, "gate"] = "SET_MOSTLY_NOT_EXPRESSED"
    axes.loc[1, "is_panel"] = False
    assert judge(axes=axes).evidence.n_unrelated == 6


@pytest.mark.parametrize("verdict", [Verdict.CONTRADICTED, Verdict.INCONCLUSIVE, Verdict.NO_RELEVANT_EFFECT])
def test_only_support_is_flagged_but_numbers_stand_beside_every_verdict(judge, verdict):
    part = judge(axes=_axes(8), registered=("R",), verdict=verdict)
    assert part.flags == (Flag.SMALL,)
    assert part.evidence.n_unrelated_moving == 8
    assert part.evidence.rivals[0].theta == 0.05


def test_support_of_no_change_needs_no_specificity(judge):
    part = judge(axes=_axes(8), part="gene_set:S:no_change", theta=0.02)
    assert Flag.NON_SPECIFIC not in part.flags


def test_a_rival_that_is_not_installed_is_named_without_numbers(judge):
    part = judge(registered=("NOT_INSTALLED",))
    assert part.evidence.rivals[0].model_dump() == {
        "rival": "NOT_INSTALLED", "theta": None, "p_slope": None, "theta_of_rival": None, "theta_unshared": None,
        "is_registered": True, "explains": False,
    }  # fmt: skip


def test_a_human_gene_is_found_under_the_name_that_the_data_have(judge):
    beside = _beside(kind="gene", readout="Cxcr4", rival="R")
    part = judge(beside=beside, registered=("R",), part="gene:CXCR4:up", orthologs={"CXCR4": "Cxcr4"})
    assert part.evidence.rivals[0].explains


def test_a_part_that_a_gate_stopped_is_left_alone(claim_verdict):
    whole = claim_verdict()
    stopped = whole.parts[0].model_copy(update={"evidence": None, "verdict": Verdict.NOT_TESTABLE})
    found = Specificity(_axes(8), _beside(), RivalsOfClaims()).judge(whole.model_copy(update={"parts": (stopped,)}))
    assert found.parts == (stopped,)
