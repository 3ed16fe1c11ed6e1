"""An edit of the code reruns the stages that run that code, and no other."""

import json
import shutil
import subprocess
import sys

import pytest

import scvalid.pipeline
from scvalid.pipeline import PACKAGE, STAGES, code_fingerprint, library_versions

PROGRAM = (
    "import json; from scvalid.pipeline import STAGES, code_fingerprint;"
    "print(json.dumps({stage: code_fingerprint(stage) for stage in STAGES}))"
)


def fingerprints_of(folder) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={"PYTHONPATH": str(folder)}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the package in another folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(PACKAGE, folder / "scvalid", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_stages_are_the_rooms_with_a_step():
    assert set(STAGES) == {path.parent.name for path in PACKAGE.glob("*/step.py")}


def test_fingerprints_do_not_hang_on_the_folder(copied):
    assert fingerprints_of(copied) == {stage: code_fingerprint(stage) for stage in STAGES}


EDITS = {
    "pathways/compute/effects.py": {"pathways"},
    "pathways/settings.py": {"pathways"},
    "clustering/compute/states.py": {"clustering"},
    "simulation/example/claims.yaml": {"simulation"},
    "reporting/templates/style.css": {"reporting"},
    "reporting/strings/en.json": {"reporting"},
    "stats/camera.py": {"pathways"},
    "stats/linear_model.py": {"pathways", "verdicts"},
    "io/gene_sets.py": {"pathways", "simulation"},
    "errors.py": set(STAGES),
    "cli/people.py": set(),
    "pipeline.py": set(),
    "submission/samples/sheet.py": set(),
}


@pytest.mark.slow
@pytest.mark.parametrize("edited", EDITS)
def test_an_edit_changes_the_stages_that_run_it(copied, edited):
    before, path = fingerprints_of(copied), copied / "scvalid" / edited
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n", encoding="utf-8")
    try:
        after = fingerprints_of(copied)
    finally:
        path.write_text(text, encoding="utf-8")
    assert {stage for stage in STAGES if after[stage] != before[stage]} == EDITS[edited]


def test_tools_of_the_editor_and_the_compiler_change_nothing(copied):
    before = fingerprints_of(copied)
    cache = copied / "scvalid/qc/__pycache__"
    cache.mkdir(exist_ok=True)
    (cache / "step.cpython-311.pyc.140000").write_bytes(b"half")
    assert fingerprints_of(copied) == before


def test_the_versions_of_the_libraries_are_part_of_it(monkeypatch):
    before = {stage: code_fingerprint(stage) for stage in STAGES}
    real = scvalid.pipeline._version
    monkeypatch.setattr(scvalid.pipeline, "_version", lambda name: "999" if name == "decoupler" else real(name))
    assert {stage for stage in STAGES if code_fingerprint(stage) != before[stage]} == {"pathways"}


@pytest.mark.parametrize(
    ("stage", "libraries"),
    [
        ("pathways", {"decoupler", "numpy", "scipy"}),
        ("integration", {"torch", "scvi-tools", "harmonypy"}),
        ("reporting", {"jinja2"}),
    ],
)
def test_each_stage_names_the_libraries_it_runs(stage, libraries):
    found = {name.casefold() for name in library_versions(stage)}
    assert libraries <= found
    assert "scvalid" not in found
    assert "snakemake" not in found


@pytest.mark.parametrize("stage", ["qc", "verdicts", "pseudobulk"])
def test_light_stages_do_not_hang_on_heavy_libraries(stage):
    assert {"torch", "scvi-tools", "decoupler", "jinja2"}.isdisjoint(library_versions(stage))
