"""What the report is told: the same for the same submission, wherever it lies."""

import hashlib
import json
import shutil

import pytest

from scvalid.submission import describe, load_submission


@pytest.fixture
def described(config, repository):
    def describe_it(folder):
        loaded = load_submission(
            {**config, "gene_sets": ["own.gmt"]}, folder / "config.yaml", resources=repository / "resources"
        )
        given = {"fingerprints": {"qc": "f"}, "versions": {"numpy": "2"}}
        return describe(loaded, gene_sets=repository / "resources/gene_sets", **given)

    return describe_it


def test_same_submission_same_description_wherever_it_lies(described, folder, tmp_path):
    (folder / "own.gmt").write_text("MINE\tx\tA\tB\n", encoding="utf-8")
    elsewhere = tmp_path / "deep" / "copy"
    shutil.copytree(folder, elsewhere, ignore=shutil.ignore_patterns("deep"))
    first = json.dumps(described(folder))
    assert json.dumps(described(elsewhere)) == first
    assert str(tmp_path) not in first


def test_own_and_registered_sets_are_listed_with_their_hash(described, folder, repository):
    content = b"MINE\tx\tA\tB\n"
    (folder / "own.gmt").write_bytes(content)
    sets = described(folder)["gene_sets"]
    assert sets[-1]["file"] == "own.gmt"
    assert sets[-1]["sha256"] == hashlib.sha256(content).hexdigest()
    registered = ["curated_human.tsv", "literature_human.tsv", "msigdb_human.tsv"]
    assert [s["file"] for s in sets[:-1]] == [*registered, "progeny_human_top100.tsv.gz", "progeny_human_top500.tsv.gz"]
    folder_of_sets = repository / "resources/gene_sets"
    assert all(s["sha256"] == hashlib.sha256((folder_of_sets / s["file"]).read_bytes()).hexdigest() for s in sets[:-1])
    assert all(s["licence"] and s["citation"] and s["source"] for s in sets[:-1])


def test_every_set_says_how_far_it_can_be_trusted(described, folder):
    (folder / "own.gmt").write_text("MINE\tx\tA\tB\n", encoding="utf-8")
    told = described(folder)["set_status"]
    assert told["MINE"] == "submitted"
    assert told["OSTEO_EARLY"] == "curated - to review"
    assert told["HALLMARK_HYPOXIA"] == "file"
    assert told["WANG_YAP_TAZ_22"] == "read"


def test_every_section_that_a_verdict_hangs_on_is_told(described, folder):
    (folder / "own.gmt").write_text("MINE\tx\tA\tB\n", encoding="utf-8")
    told = described(folder)
    assert told["settings"]["verdicts"]["delta"] == 0.25
    assert set(told["settings"]) == {"intake", "qc", "integration", "clustering", "pseudobulk", "pathways", "verdicts"}
    assert told["is_simulated"] is False


def test_a_token_in_an_address_is_not_told(described, folder, rows, sheet_of):
    (folder / "own.gmt").write_text("MINE\tx\tA\tB\n", encoding="utf-8")
    rows[0].append("sha256")
    rows[1][1] = "https://host/a.h5ad?token=s3cr3t"
    rows[1].append("0" * 64)
    sheet_of(rows)
    told = json.dumps(described(folder))
    assert "https://host/a.h5ad" in told
    assert "s3cr3t" not in told
