"""Real data with a known truth: PBMC of eight donors under interferon beta, in the registered context PBMC."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.workflow

CONFIG = Path(__file__).parent / "kang/config.yaml"
DECISIVE_EXPECTED = {
    "KANG1": "SUPPORTED",
    "KANG2": "CONTRADICTED",
    "KANG4": "NO_RELEVANT_EFFECT",
    "KANG5": "NOT_TESTABLE",
    "KANG6": "SUPPORTED",
    "KANG7": "SUPPORTED",
    "KANG8": "NOT_TESTABLE",
}


@pytest.fixture(scope="module")
def kang(shared_data, tmp_path_factory, snakemake):
    """A folder in which the workflow was run on the real data."""
    folder = tmp_path_factory.mktemp("kang")
    done = snakemake(folder, "--configfile", str(CONFIG))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def claims(kang, read_verdicts):
    return {claim["id"]: claim for claim in read_verdicts(kang)["claims"]}


def test_verdicts(claims):
    verdicts = {name: claim["verdict"] for name, claim in claims.items()}
    assert verdicts.pop("KANG3") not in {"SUPPORTED", "CONTRADICTED"}
    assert verdicts == DECISIVE_EXPECTED


def test_reasons_of_what_cannot_be_tested(claims):
    assert [claims[name]["reasons"][0]["code"] for name in ("KANG5", "KANG8")] == [
        "NOT_TRANSCRIPT_LEVEL",
        "SET_MOSTLY_NOT_MEASURED",
    ]


def test_every_donor_responds(claims):
    values = claims["KANG1"]["parts"][0]["evidence"]["donor_values"]
    by_arm = {arm: {v["donor_id"]: v["value"] for v in values if v["arm"] == arm} for arm in ("stim", "ctrl")}
    differences = [by_arm["stim"][donor] - by_arm["ctrl"][donor] for donor in by_arm["ctrl"]]
    assert len(differences) == 8
    assert min(differences) > 0


@pytest.mark.parametrize(
    ("claim", "theta", "tolerance"),
    # a slow computation made apart from this code; it kept a few cells and genes that QC removes here. 2.89 was that of a
    # score whose background takes 6 % of the set's own shift away, which is given back now (decision 007)
    [("KANG1", 2.89 / 0.937, 0.1), ("KANG3", -0.07, 0.02), ("KANG4", -0.07, 0.02)],
)
def test_effects_are_those_of_the_reference(claims, claim, theta, tolerance):
    assert claims[claim]["parts"][0]["evidence"]["theta"] == pytest.approx(theta, abs=tolerance)


def test_interval_of_egfr(claims):
    evidence = claims["KANG4"]["parts"][0]["evidence"]
    assert (evidence["low90"], evidence["high90"]) == pytest.approx((-0.15, 0.01), abs=0.02)


def test_identity_checks_for_msc_do_not_fire(kang):
    summaries = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(kang.glob("results/kang/qc/*.json"))]
    assert len(summaries) == 16
    assert {tuple(s["identity"]) for s in summaries} == {()}
    assert not any("identity" in alert for s in summaries for alert in s["alerts"])
