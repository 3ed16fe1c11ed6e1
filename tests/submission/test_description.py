"""What the report is told: the same for the same submission, wherever it lies."""

import hashlib
import json
import shutil

import pytest

from scvalid.submission import describe, load_submission, registered_gene_sets


@pytest.fixture
def described(config, repository):
    def describe_it(folder):
        loaded = load_submission({**config, "gene_sets": ["own.gmt"]}, folder / "config.yaml")
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


def test_own_and_registered_sets_are_listed_with_their_hash(described, folder):
    content = b"MINE\tx\tA\tB\n"
    (folder / "own.gmt").write_bytes(content)
    sets = described(folder)["gene_sets"]
    assert sets[-1]["file"] == "own.gmt"
    assert sets[-1]["sha256"] == hashlib.sha256(content).hexdigest()
    assert {s["file"] for s in sets[:-1]} == {"curated_human.tsv", "msigdb_human.tsv", "progeny_human_top500.tsv.gz"}


def test_every_section_that_a_verdict_hangs_on_is_told(described, folder):
    (folder / "own.gmt").write_text("MINE\tx\tA\tB\n", encoding="utf-8")
    told = described(folder)
    assert told["settings"]["verdicts"]["delta"] == 0.25
    assert set(told["settings"]) == {"intake", "qc", "integration", "clustering", "pseudobulk", "pathways", "verdicts"}
    assert told["claims_sha256"] == hashlib.sha256((folder / "claims.yaml").read_bytes()).hexdigest()
    assert told["is_simulated"] is False


@pytest.mark.parametrize("species", ["human", "mouse"])
def test_registered_files_are_those_of_the_manifest(repository, species):
    folder = repository / "resources/gene_sets"
    rows = [line.split("\t") for line in (folder / "manifest.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    hashes = {row[0]: row[-1] for row in rows if row[1] == species}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in registered_gene_sets(folder, species)}
    assert found == hashes
