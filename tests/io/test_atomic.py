"""A reader sees the old file or the whole new one, whatever happens to the writer."""

import os
import signal
import subprocess
import sys

import pytest

from scvalid.io.atomic import replacing, replacing_folder, write_text

KILLED = """
import os, signal, sys
from pathlib import Path
from scvalid.io.atomic import replacing
with replacing(Path(sys.argv[1])) as temporary:
    temporary.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "table.tsv"
    write_text(target, "old")

    def fail():
        with replacing(target) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"table.tsv": "old"}


def test_a_writer_that_is_killed_leaves_the_old_file_whole(tmp_path):
    target = tmp_path / "table.tsv"
    write_text(target, "old")
    done = subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert target.read_text(encoding="utf-8") == "old"
    assert all(path.name.startswith(".") for path in tmp_path.iterdir() if path != target)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_results_have_the_rights_that_the_group_is_used_to(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        write_text(tmp_path / "a.txt", "x")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == mode


def test_folders_are_made_and_any_name_is_taken(tmp_path):
    for name in ("深/处/" + "药" * 60 + ".json", "a b/" + "x" * 240 + ".h5ad"):
        write_text(tmp_path / name, "药\n")
        assert (tmp_path / name).read_bytes() == "药\n".encode()


def test_a_folder_is_replaced_whole_and_nothing_of_the_old_one_stays(tmp_path):
    target = tmp_path / "decisions"
    for names in (("a", "b"), ("b", "c")):
        with replacing_folder(target) as folder:
            for name in names:
                write_text(folder / name, name)
    assert sorted(path.name for path in target.iterdir()) == ["b", "c"]
    assert [path.name for path in tmp_path.iterdir()] == ["decisions"]
    assert target.stat().st_mode & 0o777 == 0o777 & ~_umask()


def test_a_folder_whose_writer_fails_stays_as_it_was(tmp_path):
    target = tmp_path / "decisions"
    with replacing_folder(target) as folder:
        write_text(folder / "a", "old")

    def fail():
        with replacing_folder(target) as folder:
            write_text(folder / "b", "half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert [path.name for path in target.iterdir()] == ["a"]
    assert [path.name for path in tmp_path.iterdir()] == ["decisions"]


def _umask():
    current = os.umask(0)
    os.umask(current)
    return current
