"""What of a path is read, and so hashed and watched; files that are longer than what they hold are refused."""

import os
import shutil

import h5py
import pytest

from scvalid.errors import SubmissionError
from scvalid.intake.readers import files
from scvalid.intake.readers.files import files_of_source, state_of_folder
from scvalid.intake.readers.opening import opened
from scvalid.intake.readers.refusal import Refusal

FOREIGN = os.fsdecode(b"\xff.txt")
HOLE = 3 * 2**40


def test_only_the_files_of_the_layout_are_taken(tenx_folder):
    folder = tenx_folder(version=3)
    expected = sorted(path.name for path in folder.iterdir())
    before = state_of_folder(folder)
    for name in (FOREIGN, "{sample}.txt", "large"):
        (folder / name).touch()
    os.truncate(folder / "large", HOLE)
    assert [path.name for path in files_of_source(folder)] == expected
    assert state_of_folder(folder) == before


def test_files_in_inner_folders_are_watched(tenx_folder, tmp_path):
    inner = tmp_path / "Solo.out/Gene/filtered"
    inner.parent.mkdir(parents=True)
    shutil.copytree(tenx_folder(version=3), inner)
    assert {path.parent for path in files_of_source(tmp_path / "Solo.out")} == {inner}
    before = state_of_folder(tmp_path / "Solo.out")
    os.utime(files_of_source(tmp_path / "Solo.out")[0], ns=(0, 0))
    assert state_of_folder(tmp_path / "Solo.out") != before


def test_a_foreign_name_in_the_prefix_of_a_layout_is_carried(tenx_folder):
    folder = tenx_folder(version=2)
    for path in list(folder.iterdir()):
        path.rename(folder / (os.fsdecode(b"\xff{x}_") + path.name))
    assert len(state_of_folder(folder)) == 64


def test_all_files_of_a_store_are_watched_and_links_passed_over(tmp_path):
    (tmp_path / "x/X").mkdir(parents=True)
    for name in (".zgroup", "X/0", FOREIGN):
        (tmp_path / "x" / name).write_text("{}")
    (tmp_path / "x/loop").symlink_to(tmp_path / "x")
    (tmp_path / "x/zero").symlink_to("/dev/zero")
    assert [path.name for path in files_of_source(tmp_path / "x")] == [".zgroup", "0", FOREIGN]
    before = state_of_folder(tmp_path / "x")
    (tmp_path / "x/X/0").write_text("[1]")
    assert state_of_folder(tmp_path / "x") != before


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILES", 3)
    for i in range(4):
        (tmp_path / str(i)).touch()
    (tmp_path / ".zgroup").write_text("{}")
    with pytest.raises(Refusal, match="more"):
        files_of_source(tmp_path)


@pytest.mark.parametrize(("size", "said"), [(HOLE, "smaller than 512 GB. Got 3 TB"), (10**9, "end where its data end")])
def test_a_file_with_a_hole_is_refused_by_the_check(size, said, adata, written):
    path = written(adata)
    assert files_of_source(path) == [path]
    os.truncate(path, size)
    with pytest.raises(SubmissionError, match=said), opened(path, where="f"):
        pass


@pytest.mark.parametrize("version", ["earliest", "v110"])
@pytest.mark.parametrize("block", [0, 512])
def test_the_end_of_a_sound_file_is_found_in_every_form_of_superblock(version, block, tmp_path):
    path = tmp_path / "x.h5"
    with h5py.File(path, "w", libver=(version, version if version != "earliest" else "v110"), userblock_size=block) as file:
        file["a"] = range(100_000)
    assert files._stated_end(path) in (path.stat().st_size, path.stat().st_size + block)


def test_what_has_no_reader_has_no_state(tmp_path):
    assert state_of_folder(tmp_path) == state_of_folder(tmp_path / "none") == ""
