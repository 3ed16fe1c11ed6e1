"""The same seed gives the same bytes, wherever it is run and whatever was killed in between."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.workflow

COMPARED = ("report/verdicts.json", "report/report.html", "verdicts/all_msc.json", "clustering/states.parquet")


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / "results/demo" / name).read_bytes() for name in COMPARED}


@pytest.fixture(scope="module")
def first(tiniest, tmp_path_factory, snakemake):
    folder = tmp_path_factory.mktemp("first")
    done = snakemake(folder, "--configfile", str(tiniest / "config.yaml"))
    assert done.returncode == 0, done.stderr
    return contents(folder)


def test_another_folder_and_another_copy_of_the_data_give_the_same_bytes(first, tiniest, tmp_path, snakemake):
    shutil.copytree(tiniest, tmp_path / "elsewhere")
    done = snakemake(tmp_path, "--configfile", "elsewhere/config.yaml")
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path) == first


def test_a_run_that_was_killed_is_taken_up_again(first, tiniest, tmp_path, repository, snakemake):
    arguments = ("--configfile", str(tiniest / "config.yaml"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    running = subprocess.Popen(
        [str(Path(sys.executable).parent / "snakemake"), "-s", str(repository / "Snakefile"), "--cores", "2", *arguments],
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 300
    while running.poll() is None and not list(tmp_path.glob("results/demo/qc/*.json")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running.poll() is None, "the run ended before it could be killed"
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert not list(tmp_path.glob("results/demo/report/report.html"))
    assert snakemake(tmp_path, *arguments, "--unlock").returncode == 0
    done = snakemake(tmp_path, *arguments, "--rerun-incomplete")
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path) == first
