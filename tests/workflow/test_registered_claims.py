"""Registered claims are tested by their ids, each carries the hash of its file, and a retracted source is honoured."""

import hashlib
import json
import shutil

import pytest
import yaml

pytestmark = pytest.mark.workflow

EXPECTED = {
    "S03c": ("icariin", None),  # Wnt in basal or osteogenic medium: tested
    "S03a": ("icariin", "CONTEXT_MISMATCH"),  # osteogenesis, which basal medium cannot show
    "S03d": ("icariin", "NOT_TRANSCRIPT_LEVEL"),  # miR-23a
    "E32": ("isopsoralen", "RETRACTED_SOURCE"),
}


@pytest.fixture(scope="module")
def judged(tiny, snakemake, tmp_path_factory):
    """The verdicts on all cells of a submission that names registered claims beside its own."""
    folder = tmp_path_factory.mktemp("registered")
    shutil.copytree(tiny, folder / "submission")
    file = folder / "submission/config.yaml"
    values = yaml.safe_load(file.read_text(encoding="utf-8")) | {"registered_claims": list(EXPECTED)}
    file.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    target = f"results/{values['dataset']}/verdicts/all_msc.json"
    done = snakemake(folder, "--configfile", str(file), "--", target)
    assert done.returncode == 0, done.stderr + done.stdout
    return {row["claim"]["id"]: row for row in json.loads((folder / target).read_text(encoding="utf-8"))["claims"]}


def test_own_claims_come_first_and_registered_ones_in_the_order_they_were_named(judged):
    assert list(judged)[-len(EXPECTED) :] == list(EXPECTED)
    assert next(iter(judged)).startswith("DEMO")


@pytest.mark.parametrize("claim_id", EXPECTED)
def test_each_verdict_carries_the_hash_of_the_file_of_its_claim(judged, repository, claim_id):
    file = repository / f"resources/claims/{EXPECTED[claim_id][0]}.yaml"
    assert judged[claim_id]["registration"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_claim_of_another_context_or_level_or_a_retracted_source_is_not_testable(judged):
    for claim_id, (_, code) in EXPECTED.items():
        row = judged[claim_id]
        assert (row["verdict"] == "NOT_TESTABLE") == (code is not None), row
        assert code is None or row["reasons"][0]["code"] == code


def test_the_retraction_is_the_reason_and_names_its_notice(judged):
    (reason,) = judged["E32"]["reasons"]
    assert reason["values"] == {"source": "doi:10.3892/ijmm.2017.2880", "notice": "doi:10.3892/ijmm.2022.5207"}
    assert all(part["evidence"] is None for part in judged["E32"]["parts"])
