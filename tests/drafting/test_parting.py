"""Samples in one folder are parted into new folders alone: nobody's folder is added to, and no link is followed."""

import pytest

from scvalid.drafting.parting import part_samples


@pytest.fixture
def series(write_mtx, tmp_path):
    for prefix in ("D1_", "D1_b_"):
        write_mtx(tmp_path / "GSE", prefix=prefix)
    return tmp_path / "GSE"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_prefix_within_another_takes_only_its_own_files(series, tmp_path):
    for _ in range(2):
        made, findings = part_samples(series, out=tmp_path / "data")
        assert findings == []
        assert made == [tmp_path / "data/D1", tmp_path / "data/D1_b"]
        assert names(made[0]) == ["D1_barcodes.tsv.gz", "D1_features.tsv.gz", "D1_matrix.mtx.gz"]


@pytest.mark.parametrize("is_link", [False, True])
def test_nothing_is_added_to_a_folder_that_is_there(series, tmp_path, is_link):
    mine = tmp_path / ("mine" if is_link else "data/D1")
    mine.mkdir(parents=True)
    (mine / "note.txt").write_text("mine", encoding="utf-8")
    if is_link:
        (tmp_path / "data").mkdir()
        (tmp_path / "data/D1").symlink_to(mine)
    made, (finding,) = part_samples(series, out=tmp_path / "data")
    assert made == [tmp_path / "data/D1_b"]
    assert names(mine) == ["note.txt"]
    assert "be linked to a new folder" in finding


def test_a_link_in_place_of_the_folder_of_all_is_not_followed(series, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "mine")
    made, findings = part_samples(series, out=tmp_path / "data")
    assert (made, len(findings), names(tmp_path / "mine")) == ([], 2, [])


def test_two_samples_of_one_name_are_not_mixed(write_mtx, tmp_path):
    for prefix in ("D1_", "D1-"):
        write_mtx(tmp_path / "GSE", prefix=prefix)
    made, findings = part_samples(tmp_path / "GSE", out=tmp_path / "data")
    assert (len(made), len(findings), len(names(made[0]))) == (1, 1, 3)
