"""The embedded example, run as a fresh clone runs it, and what runs again after a change."""

import json
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.workflow

STAGES = {"intake", "qc", "integration", "clustering", "pseudobulk", "pseudobulk_by_state", "pathways", "verdicts", "reporting"}


@pytest.fixture(scope="module")
def demo(checkout, snakemake, planned):
    """The checkout after the example was run in it; beforehand the whole graph was listed."""
    assert set(planned(snakemake(checkout, "-n", source=checkout))) == STAGES | {"simulation"}
    done = snakemake(checkout, source=checkout)
    assert done.returncode == 0, done.stderr
    return checkout


def test_every_planted_truth_is_found(demo, read_verdicts):
    truth = json.loads((demo / "results/demo/simulation/truth.json").read_text(encoding="utf-8"))
    expected = {row["claim_id"]: row["expected"] for row in truth["claims"]}
    assert {claim["id"]: claim["verdict"] for claim in read_verdicts(demo)["claims"]} == expected
    assert set(expected.values()) >= {"SUPPORTED", "CONTRADICTED", "NO_RELEVANT_EFFECT", "NOT_TESTABLE"}


def test_planted_states_are_found(demo):
    summary = json.loads((demo / "results/demo/clustering/summary.json").read_text(encoding="utf-8"))
    assert summary["n_states"] == 3


def test_report_says_that_the_data_are_simulated(demo):
    page = (demo / "results/demo/report/report.html").read_text(encoding="utf-8")
    assert "imulated" in page.split("<table")[0]


def test_nothing_to_do_after_the_run(demo, snakemake, planned):
    assert planned(snakemake(demo, "-n", source=demo)) == {}


def test_another_resolution_reruns_only_what_needs_states(demo, snakemake, planned):
    file = demo / "config/config.yaml"
    before = file.read_text(encoding="utf-8")
    values = yaml.safe_load(before)
    values["clustering"]["resolution"] = 0.9
    file.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    jobs = planned(snakemake(demo, "-n", source=demo))
    file.write_text(before, encoding="utf-8")
    assert jobs == {"clustering": 1, "pseudobulk_by_state": 1, "pathways": 1, "verdicts": 1, "reporting": 1}


@pytest.mark.parametrize(
    ("edited", "rerun"),
    [
        ("pathways/compute/matched_sets.py", {"pathways": 2, "verdicts": 2, "reporting": 1}),
        ("verdicts/compute/decision.py", {"verdicts": 2, "reporting": 1}),
        ("reporting/settings.py", {"reporting": 1}),
        ("cli/stages.py", {}),
    ],
)
def test_an_edit_reruns_that_stage_and_later_ones(demo, snakemake, planned, edited, rerun):
    file = demo / "src/scvalid" / edited
    before = file.read_text(encoding="utf-8")
    file.write_text(before + "\n# edited\n", encoding="utf-8")
    jobs = planned(snakemake(demo, "-n", source=demo))
    file.write_text(before, encoding="utf-8")
    assert jobs == rerun


def test_all_msc_verdicts_are_not_remade_for_another_resolution(tiny, tmp_path, snakemake):
    """Really run, not only planned: the file with the headline verdicts stays the same file."""
    config = tmp_path / "config.yaml"
    values = yaml.safe_load((tiny / "config.yaml").read_text(encoding="utf-8"))
    for key in ("samples", "claims", "truth"):
        values[key] = str(tiny / values[key])
    config.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    assert snakemake(tmp_path, "--configfile", str(config)).returncode == 0
    kept, remade = (tmp_path / f"results/demo/{name}" for name in ("verdicts/all_msc.json", "clustering/states.parquet"))
    before = {path: path.stat().st_mtime_ns for path in (kept, remade)}
    values["clustering"]["resolution"] = 1.5
    config.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    assert snakemake(tmp_path, "--configfile", str(config)).returncode == 0
    assert kept.stat().st_mtime_ns == before[kept]
    assert remade.stat().st_mtime_ns > before[remade]


@pytest.mark.browser
def test_report_opens_without_console_errors(demo: Path, browser):
    browser.get((demo / "results/demo/report/report.html").as_uri())
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    assert {f"claim-DEMO{i}" for i in range(1, 7)} <= {
        e.get_attribute("id") for e in browser.find_elements("css selector", "[id]")
    }
