"""Config, sheet, claims and gene sets are read together, and whatever is wrong is said before any job starts."""

import json
import os
from pathlib import Path

import pytest

from scvalid.errors import SubmissionError
from scvalid.io.documents import read_yaml
from scvalid.preflight import examine
from scvalid.submission import load_submission

RESOURCES = Path(__file__).parents[2] / "resources"
SETS = "set_id\tgene\tweight\n"


def load(config, folder, **changes):
    return load_submission({**config, **changes}, folder / "config.yaml", resources=RESOURCES)


def faults_of(act, *arguments, **given) -> tuple[str, ...]:
    with pytest.raises(SubmissionError) as caught:
        act(*arguments, **given)
    assert all(finding.isprintable() and len(finding) < 1500 for finding in caught.value.findings)
    return caught.value.findings


def write_claims(folder, *claims) -> None:
    (folder / "claims.yaml").write_text(json.dumps({"claims": [*claims]}), encoding="utf-8")


def own_faults(config, folder, *texts: str | bytes) -> list[str]:
    """Return the faults of own gene sets alone; the samples' files do not exist."""
    names = []
    for number, text in enumerate(texts):
        names.append(f"own{number}.tsv")
        (folder / names[-1]).write_bytes(text if isinstance(text, bytes) else text.encode())
    found = examine({**config, "gene_sets": names}, folder / "config.yaml", resources=RESOURCES)
    return [fault.text for fault in found.faults if fault.topic == "gene_sets"]


def test_paths_are_relative_to_the_file_that_names_them(config, folder):
    inner = folder / "tables"
    inner.mkdir()
    (folder / "samples.tsv").rename(inner / "samples.tsv")
    loaded = load(config, folder, samples="tables/samples.tsv", gene_sets=["../own.gmt"])
    assert loaded.source(loaded.samples[0]) == inner / "data/D1_drug.h5ad"
    assert loaded.claims_files == (folder / "claims.yaml",)
    assert loaded.own_gene_sets == (folder.parent / "own.gmt",)


def test_faults_of_sheet_and_claims_are_said_together(config, folder, claim):
    (folder / "samples.tsv").write_text("sample_id\n", encoding="utf-8")
    write_claims(folder, {**claim, "id": "a b"}, {**claim, "retractedd": True})
    text = "\n".join(faults_of(load, config, folder))
    for word in ("samples.tsv must have the columns", "'claims.a b.id'", "Did you mean 'retraction'?"):
        assert word in text


@pytest.mark.parametrize(
    ("arms", "words"),
    [
        ({"treated": "drugs", "vehicle": "vehicle"}, ["'design.treated'", "Did you mean 'drug'?"]),
        ({"treated": "icariin", "vehicle": "vehicle"}, ["'design.treated'", "Known are: drug, vehicle."]),
        ({"treated": "drug", "vehicle": "vehikle"}, ["'design.vehicle'", "Did you mean 'vehicle'?"]),
        ({"treated": "Drug", "vehicle": "vehicle"}, ["'design.treated'", "Did you mean 'drug'?"]),
    ],
)
def test_misspelt_arms_are_named(config, folder, arms, words):
    (finding,) = faults_of(load, config, folder, design=arms)
    assert all(word in finding for word in words)


def test_pairs_that_the_sheet_does_not_have_are_refused(config, folder):
    sheet = folder / "samples.tsv"
    lines = [line.split("\t") for line in sheet.read_text(encoding="utf-8").splitlines()]
    donor = lines[0].index("donor_id")
    for number, line in enumerate(lines[1:]):
        line[donor] = f"own{number}"
    sheet.write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
    design = {"treated": "drug", "vehicle": "vehicle"}
    assert load(config, folder, design=design).samples
    (finding,) = faults_of(load, config, folder, design=design | {"pairing": "paired"})
    assert "no donor stands in both arms" in finding


def test_data_without_a_vehicle_arm_are_taken(config, folder):
    """They end as NOT TESTABLE claims with that reason, not as an error."""
    assert load(config, folder, design={"treated": "drug", "vehicle": "DMSO 0.1 %"}).samples


def test_a_family_too_large_for_the_random_sets_is_refused(config, folder, claim):
    write_claims(folder, *({**claim, "id": f"C{i}"} for i in range(25)))
    assert load(config, folder, pathways={"n_matched_sets": 999}).claims
    write_claims(folder, *({**claim, "id": f"C{i}"} for i in range(26)))
    (finding,) = faults_of(load, config, folder, pathways={"n_matched_sets": 999})
    assert "be at least 1039 for 26 claims" in finding


def part(**changes) -> dict[str, object]:
    return {"readout": {"type": "gene", "id": "RUNX2"}, "direction": "up", "role": "primary"} | changes


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"parts": [part(), part()]}, ["'claims.C1.parts'", "exactly one part with the role primary, not 2"]),
        ({"parts": [part(role="secondary")]}, ["exactly one part", "not 0"]),
        ({"parts": []}, ["'claims.C1.parts'"]),
        (
            {"parts": [part(direction="upp")]},
            ["'claims.C1.parts.0.direction'", "'up', 'down', 'changed', 'no_change' or 'expressed'", "'upp'"],
        ),
        ({"parts": [part(readout={"type": "gene", "ids": "X"})]}, ["Did you mean 'id'?"]),
        ({"parts": [part(readout={"type": "pathwy", "id": "X"})]}, ["'pathway'", "'pathwy'"]),
        ({"id": "a|b"}, ["'claims.a|b.id'"]),
        ({"id": 7}, ["'claims.0.id'", "'7' without quotes"]),
        ({"statement": "x"}, ["'claims.C1.statement'", "hold keys and values"]),
        ({"threshold": 0}, ["'claims.C1.threshold'", "greater than 0"]),
        ({"sources": ["Smith 2020"]}, ["'claims.C1.sources.0'", "doi:10", "'Smith 2020'"]),
        ({"parts": [part(), part(role="secondary")]}, ["each read-out once"]),
        ({"context": {"species": "yeast"}}, ["'claims.C1.context.species'", "'yeast'"]),
    ],
)
def test_each_fault_of_a_claim_is_one_sentence(config, folder, claim, changes, words):
    write_claims(folder, {**claim, **changes})
    text = "\n".join(faults_of(load, config, folder))
    assert all(word in text for word in words), text


def test_a_fault_in_the_only_part_is_said_once(config, folder, claim):
    write_claims(folder, {**claim, "parts": [part(direction="increase")]})
    assert len(faults_of(load, config, folder)) == 1


def test_many_repeated_ids_stay_one_short_sentence(config, folder, claim):
    write_claims(folder, *({**claim, "id": f"{'x' * 60}{i // 2}"} for i in range(100)))
    (finding,) = faults_of(load, config, folder)
    assert "these stand twice" in finding


def test_pipes_and_markup_in_a_statement_are_text(config, folder, claim):
    text = "<b>a | b</b> {{ 7 * 7 }} ${x} '; --"
    write_claims(folder, {**claim, "statement": {"en": text, "zh": "淫羊藿|苷"}})
    assert load(config, folder).claims.claims[0].statement.en == text


@pytest.mark.parametrize("text", ["", "[]", "claims: []", "claims:", "- a"])
def test_a_file_without_claims_is_a_sentence(config, folder, text):
    (folder / "claims.yaml").write_text(text, encoding="utf-8")
    assert len(faults_of(load, config, folder)) == 1


def test_simulated_samples_must_be_those_that_are_made(config, folder):
    (finding,) = faults_of(load, config, folder, simulation={"n_donors": 2})
    assert "'truth'" in finding
    text = "\n".join(faults_of(load, config, folder, simulation={"n_donors": 2}, truth="results/small/simulation/truth.json"))
    assert "sample 'D1_drug', must be one that is simulated" in text
    assert "sample 'D1_vehicle', must have the path of its simulated file" in text


@pytest.mark.parametrize("truth", ["../precious/thesis.docx", "precious/truth.json", "results/other/simulation/truth.json"])
def test_what_the_workflow_makes_anew_lies_in_its_own_folder(config, folder, truth):
    """Snakemake removes the outputs of a rule before it runs: a truth elsewhere would cost somebody a file."""
    (finding,) = faults_of(load, config, folder, simulation={"n_donors": 2}, truth=truth)
    assert "results/small/simulation/truth.json" in finding


@pytest.mark.parametrize("key", ["claims", "truth", "gene_sets"])
def test_braces_in_a_path_are_refused_before_they_become_wildcards(config, folder, key):
    (folder / "{a}.yaml").write_text((folder / "claims.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (finding,) = faults_of(load, config, folder, **{key: ["{a}.yaml"] if key == "gene_sets" else "{a}.yaml"})
    assert "without { and }" in finding


def test_the_state_of_a_folder_is_that_of_the_files_that_are_read(config, folder):
    """The workflow watches it: the date of a folder does not change when a file in it does."""
    inside = folder / "data/D1_drug.h5ad"
    inside.mkdir(parents=True)
    for name in ("matrix.mtx", "genes.tsv", "barcodes.tsv"):
        (inside / name).write_text("x", encoding="utf-8")
    loaded = load(config, folder)
    before = loaded.state(loaded.samples[0])
    for name in (os.fsdecode(b"\xff.txt"), "{sample}.txt", ".DS_Store"):
        (inside / name).write_text("x", encoding="utf-8")
    assert loaded.state(loaded.samples[0]) == before != ""
    (inside / "matrix.mtx").write_text("xy", encoding="utf-8")
    assert loaded.state(loaded.samples[0]) not in (before, "")
    assert loaded.state(loaded.samples[1]) == ""


def test_the_embedded_example_is_right(repository):
    source = repository / "config/config.yaml"
    loaded = load_submission(read_yaml(source), source, resources=RESOURCES)
    assert examine(read_yaml(source), source, resources=RESOURCES).status == "passed"
    assert loaded.is_made_here


def test_missing_files_are_said_for_all_samples_and_the_truth(config, folder):
    values = {**config, "truth": "t" * 190 + ".json", "gene_sets": ["none.gmt"]}
    findings = [fault.text for fault in examine(values, folder / "config.yaml", resources=RESOURCES).faults]
    (missing,) = [finding for finding in findings if "'D1_drug'" in finding]
    assert all(f"'{sample_id}'" in missing for sample_id in ("D1_drug", "D1_vehicle", "D2_drug", "D2_vehicle"))
    assert sum("'truth'" in finding for finding in findings) == 1
    assert sum("none.gmt" in finding for finding in findings) == 1


def test_own_sets_may_not_take_a_registered_name(config, folder):
    text = SETS + "HALLMARK_HYPOXIA\tSP7\t1\nMINE\tRUNX2\t1\n"
    (finding,) = own_faults(config, folder, text)
    assert "own0.tsv: set 'HALLMARK_HYPOXIA' must have a name of its own" in finding
    assert "registered sets" in finding


def test_own_sets_may_not_share_a_name_between_files(config, folder):
    (finding,) = own_faults(config, folder, SETS + "MINE\tRUNX2\t1\n", SETS + "MINE\tSP7\t1\n")
    assert "own1.tsv: set 'MINE'" in finding
    assert "own0.tsv" in finding


def test_faults_of_all_own_files_are_said_together(config, folder):
    assert len(own_faults(config, folder, b"\xff\xfe", SETS, SETS + "A\tB\tnan\n")) == 3
