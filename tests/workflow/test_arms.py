"""Four arms in one run: a combination beyond its single compound, and a trend over doses; the headline stays as it is."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml

pytestmark = pytest.mark.workflow

ARMS = {"vehicle": (0.5, "vehicle"), "low": (0.0, "icariin"), "icariin": (0.5, "icariin"), "both": (1.0, "icariin")}
"""Arm -> planted effect of the simulation that it is taken from, and its arm there."""
CONTRASTS = [
    {"name": "both", "treated": "both", "vehicle": "vehicle", "beyond": ["both-v-icariin"]},
    {"name": "both-v-icariin", "treated": "both", "vehicle": "icariin"},
    {"name": "low", "treated": "low", "vehicle": "vehicle", "claims": ["DEMO1"]},
]
SERIES = [{"name": "doses", "kind": "dose", "arms": {"vehicle": 0, "low": 1, "icariin": 10, "both": 30}}]


def simulate(folder: Path, effect: float) -> list[dict[str, str]]:
    command = [
        str(Path(sys.executable).parent / "scvalid"),
        "simulate",
        "--out",
        str(folder),
        "--cells",
        "480",
        "--donors",
        "3",
    ]
    subprocess.run([*command, "--settings", json.dumps({"effect": effect})], check=True, capture_output=True)
    with (folder / "samples.tsv").open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet, delimiter="\t"))


@pytest.fixture(scope="module")
def arms(tmp_path_factory) -> Path:
    """A submission of 3 donors x 4 arms, put together from three simulations of the same donors."""
    folder = tmp_path_factory.mktemp("arms")
    (folder / "data").mkdir()
    made = {effect: simulate(folder / f"simulated{effect}", effect) for effect in {effect for effect, _ in ARMS.values()}}
    rows = []
    for arm, (effect, own) in ARMS.items():
        for row in (row for row in made[effect] if row["arm"] == own):
            name = f"{row['donor_id']}_{arm}"
            shutil.copy(folder / f"simulated{effect}" / row["path"], folder / "data" / f"{name}.h5ad")
            given = {"compound_id": "" if arm == "vehicle" else "icariin", "vehicle": "DMSO 0.1 %", "exposure_h": "24"}
            given["dose"] = {"low": "1 uM", "icariin": "10 uM", "both": "30 uM"}.get(arm, "")
            rows.append(row | {"sample_id": name, "path": f"data/{name}.h5ad", "arm": arm} | given)
    with (folder / "samples.tsv").open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, list(rows[0]), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    shutil.copy(folder / "simulated0.5/claims.yaml", folder / "claims.yaml")
    values = yaml.safe_load((folder / "simulated0.5/config.yaml").read_text(encoding="utf-8"))
    values = {key: value for key, value in values.items() if key not in ("truth", "simulation")} | {"dataset": "arms"}
    values["integration"]["n_variable_genes"] = 500
    values["pathways"] = {"n_matched_sets": 999}
    (folder / "plain.yaml").write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    values["design"] |= {"contrasts": CONTRASTS}
    (folder / "contrasts.yaml").write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    values["design"] |= {"series": SERIES}
    (folder / "config.yaml").write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(arms, snakemake, planned, read_verdicts):
    """The verdicts without contrasts, the jobs that contrasts add, and the verdicts with contrasts and series."""
    done = snakemake(arms, "--configfile", "plain.yaml")
    assert done.returncode == 0, done.stderr
    plain = read_verdicts(arms)
    more = planned(snakemake(arms, "--configfile", "contrasts.yaml", "-n"))
    done = snakemake(arms, "--configfile", "config.yaml")
    assert done.returncode == 0, done.stderr
    return plain, more, read_verdicts(arms)


def test_contrasts_add_their_own_jobs_and_change_nothing_of_the_headline(run):
    plain, more, whole = run
    assert more == {"pathways": 3, "verdicts": 3, "beyond": 1, "reporting": 1}
    assert whole["claims"] == plain["claims"]
    assert whole["controls"] == plain["controls"]
    assert (plain["contrasts"], plain["beyond"]) == ([], [])


def test_each_contrast_finds_what_was_planted_in_its_arms(run):
    found = {contrast["name"]: contrast["claims"] for contrast in run[2]["contrasts"]}
    theta = {name: claims["DEMO1"]["parts"][0]["evidence"]["theta"] for name, claims in found.items()}
    assert theta == pytest.approx({"both": 1.0, "both-v-icariin": 0.5, "low": 0.0}, abs=0.2)
    assert found["both"]["DEMO1"]["verdict"] == "SUPPORTED"
    assert list(found["low"]) == ["DEMO1"]


def test_where_nothing_was_planted_nothing_large_is_found(run):
    """A verdict would be one draw: of 40 such claims one is decisive by chance, this one (docs/methods/verdict.md)."""
    for contrast in run[2]["contrasts"]:
        if (claim := contrast["claims"].get("DEMO4")) is not None:
            assert abs(claim["parts"][0]["evidence"]["theta"]) < 0.25, contrast["name"]


def test_what_holds_beyond_the_single_compound_is_judged(run):
    (beyond,) = run[2]["beyond"]
    verdicts = {row["claim_id"]: row["verdict"] for row in beyond["claims"]}
    assert verdicts["DEMO1"] == "SUPPORTED"


def test_the_trend_over_doses_is_found_and_shown(run, arms):
    table = pd.read_parquet(arms / "results/arms/pathways/all_msc/trends.parquet").set_index("readout_id")
    row = table.loc["REACTOME_RUNX2_REGULATES_BONE_DEVELOPMENT"]
    assert row["low95"] > 0.2
    assert row["is_monotone"]
    assert pd.read_parquet(arms / "results/arms/pathways/contrast-both/trends.parquet").empty
    page = (arms / "results/arms/report/report.html").read_text(encoding="utf-8")
    assert 'id="contrasts"' in page
    assert 'id="trends"' in page
