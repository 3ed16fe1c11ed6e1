"""The page on adding claims, compounds and gene sets, tried by doing what stands in its boxes."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

PAGE = "docs/adding-claims-and-compounds.md"
TASKS = ("1", "2", "3", "4", "5")
SET_UP = ""
BOX = re.compile(
    r"^(?:Append to `(?P<file>[^`]+)`[^\n]*\n\n)?```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Box:
    """One box of the page: lines to be appended to a file, or commands."""

    file: str | None
    text: str

    def do(self, checkout: Path) -> subprocess.CompletedProcess:
        command = self.text if self.file is None else f"cat >> '{self.file}' <<'END_OF_BOX'\n{self.text}END_OF_BOX\n"
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = os.environ | {"PATH": path, "PYTHONPATH": str(checkout / "src")}
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=checkout, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def tasks(repository) -> dict[str, list[Box]]:
    """Number of the section -> its boxes; those before the first section make the submission that is played with."""
    found: dict[str, list[Box]] = {}
    for section in re.split(r"^## ", (repository / PAGE).read_text(encoding="utf-8"), flags=re.MULTILINE):
        number = section[0] if section[0].isdigit() else SET_UP
        boxes = list(BOX.finditer(section))
        assert all((box["language"] == "yaml") == (box["file"] is not None) for box in boxes), number
        found[number] = [Box(box["file"], box["text"]) for box in boxes]
    return found


@pytest.fixture(scope="module")
def untouched(repository, tasks, tmp_path_factory) -> Path:
    """A copy of the checkout with a small submission."""
    folder = tmp_path_factory.mktemp("untouched") / "checkout"
    for name in ("src", "resources"):
        shutil.copytree(repository / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    (done,) = [box.do(folder) for box in tasks[SET_UP]]
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def checkout(untouched, tmp_path) -> Path:
    """The same, to be spoilt."""
    return shutil.copytree(untouched, tmp_path / "checkout")


@pytest.fixture(scope="module")
def done(untouched, tasks, tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """A checkout in which everything was done in the order of the page, and what each task printed."""
    folder = shutil.copytree(untouched, tmp_path_factory.mktemp("done") / "checkout")
    said = {}
    for number in TASKS:
        runs = [box.do(folder) for box in tasks[number]]
        assert [run.returncode for run in runs] == [0] * len(runs), [run.stderr for run in runs]
        said[number] = "".join(run.stdout for run in runs)
    return folder, said


@pytest.mark.parametrize("number", TASKS)
def test_a_task_is_ten_lines_at_most(tasks, number):
    lines = [line for box in tasks[number] for line in box.text.splitlines()]
    assert 1 < len(lines) <= 10


@pytest.mark.slow
def test_claims_of_the_lab_and_registered_ones_are_accepted(done):
    _, said = done
    assert "7 claims, nothing to object to." in said["1"]
    assert "to use        registered_claims: [S03c]" in said["2"]
    assert "9 claims, nothing to object to." in said["2"]


@pytest.mark.slow
def test_a_compound_is_found_and_nothing_else_in_its_table_changes(done, untouched):
    folder, said = done
    assert "geniposide  栀子苷  (TCM033)" in said["3"]
    assert "nothing to object to." in said["3"]
    before, after = ((at / "resources/compounds/compounds.tsv").read_bytes() for at in (untouched, folder))
    assert after.startswith(before)
    assert after[len(before) :].count(b"\n") == 1


@pytest.mark.slow
def test_a_set_is_registered_in_three_species(done):
    folder, said = done
    assert "nothing to object to." in said["4"]
    rows = [line.split("\t") for line in (folder / "resources/gene_sets/manifest.tsv").read_text(encoding="utf-8").splitlines()]
    assert [row[1] for row in rows if row[0] == "HEAT_SHOCK_CORE"] == ["human", "mouse", "rat"]
    assert "HEAT_SHOCK_CORE\tHsph1\t1\n" in (folder / "resources/gene_sets/curated_rat.tsv").read_text(encoding="utf-8")
    assert "HEAT_SHOCK_CORE" in (folder / "resources/gene_sets/overlap_human.tsv").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_claim_is_registered_by_the_file_it_stands_in(done):
    folder, said = done
    assert "gene set HEAT_SHOCK_CORE up (primary)" in said["5"]
    assert re.search(r"^registered anew +claims/icariin\.yaml$", said["5"], flags=re.MULTILINE)
    assert re.search(r"^ +source +to verify: an example", said["5"], flags=re.MULTILINE)
    assert hashlib.sha256((folder / "resources/claims/icariin.yaml").read_bytes()).hexdigest() in said["5"]


def without(pattern: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, "", text, flags=re.MULTILINE)


def instead(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


REFUSALS = {
    "unknown direction": ("1", instead("direction: down", "direction: lower"), ["claims.LAB1", "'lower'"]),
    "no primary part": ("1", instead("role: primary", "role: secondary"), ["exactly one part with the role primary"]),
    "unregistered claim": ("2", instead("X02]", "X99]"), ["name registered claims", "'X99'"]),
    "claim on another compound": ("2", instead("X02]", "E26]"), ["claim 'E26'", "'icariin'", "'muscone'"]),
    "compound without rebuild": ("3", without("scvalid build-resources && "), ["compounds/compounds.tsv", "sha256"]),
    "compound without Chinese name": ("3", without('"name_zh": "[^"]+", '), ["compounds.tsv row 35", "'name_zh'"]),
    "compound under a used id": ("3", instead("TCM033", "TCM032"), ["'compound_id'", "differ from row to row", "'TCM032'"]),
    "set without rebuild": ("4", without("scvalid build-resources && "), ["set 'HEAT_SHOCK_CORE'", "be in the manifest"]),
    "set without source": ("4", instead("'unpublished: curated by OUR LAB'", "'our lab'"), ["registered.tsv", "citation"]),
    "set of an outdated symbol": ("4", instead("HSPH1", "HSP105"), ["'HEAT_SHOCK_CORE'", "'HSP105'", "HSPH1 now"]),
    "claim on a set that is not there": ("5", str, ["claim 'L01'", "be a registered gene set", "'HEAT_SHOCK_CORE'"]),
    "claim without a resolvable source": ("5", instead("to verify: ", ""), ["claims.L01.sources"]),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", REFUSALS)
def test_a_step_left_out_or_done_wrong_is_refused_by_name(tasks, checkout, what):
    number, change, words = REFUSALS[what]
    changed = [Box(box.file, change(box.text)) for box in tasks[number]]
    assert change is str or changed != tasks[number], "the page no longer has what this test spoils"
    last = [box.do(checkout) for box in changed][-1]
    assert last.returncode == 1
    # a check prints its findings as its result, other verbs say on stderr why they stop
    assert all(word in last.stdout + last.stderr for word in words), last.stdout + last.stderr
    assert "Traceback" not in last.stderr
