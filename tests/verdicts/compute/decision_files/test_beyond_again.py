"""Claims beyond contrasts follow from the decision files of the contrasts, and from nothing else."""

import pytest

from scvalid.contracts.verdicts import BeyondFile, Verdict
from scvalid.verdicts.compute.beyond import judge_beyond
from scvalid.verdicts.compute.decision_files.beyond_again import verdicts_of, verify_beyond


@pytest.fixture
def groupings(make_decisions):
    """The decision files of two contrasts."""
    ids = ["supported", "contradicted", "none", "inconclusive", "torn", "control"]
    return {f"contrast-{name}": list(make_decisions(contrast=name, claim_ids=ids).values()) for name in ("both", "low")}


@pytest.fixture
def file(groupings):
    """What holds in both of them."""
    claims = judge_beyond([verdicts_of(files) for files in groupings.values()], alpha=0.05)
    return BeyondFile(contrast="both", beyond=("low",), claims=claims)


def test_what_the_workflow_judged_is_found_again(file, groupings):
    assert {row.verdict for row in file.claims} >= {Verdict.SUPPORTED, Verdict.CONTRADICTED}
    shuffled = {name: files[::-1] for name, files in groupings.items()}
    assert verify_beyond(file, shuffled) == ()


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("claims.0.verdict", "INCONCLUSIVE", "supported verdict"),
        ("claims.0.q", 0.04, "supported q"),
        ("claims.0.contrasts.1.theta", 0.9, "supported contrasts 2 theta"),
        ("claims", lambda rows: rows[1:], "claims"),
        ("claims", lambda rows: [*rows, rows[0]], "claims"),
    ],
)
def test_a_changed_value_is_named(file, groupings, changed, *, path, value, what):
    assert what in {mismatch.what for mismatch in verify_beyond(changed(file, path, value), groupings)}


def test_a_contrast_without_its_files_is_named(file, groupings):
    (mismatch,) = verify_beyond(file, {name: groupings[name] for name in ("contrast-both",)})
    assert (mismatch.what, mismatch.told) == ("contrast-low", "missing")
    (mismatch,) = verify_beyond(file, groupings | {"contrast-low": groupings["contrast-low"][1:]})
    assert mismatch.what == "contrast-low"
