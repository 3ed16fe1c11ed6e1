"""Which archive a file is made from, and what is said when it is not there."""

import pytest

from scvalid.errors import SubmissionError
from scvalid.registry.rebuild.sets.recipes import Places, recipe_of, sets_of_gmt


@pytest.fixture
def places(tmp_path):
    return Places((tmp_path,), tmp_path, tmp_path, {"A": {"X": 1.0}})


@pytest.mark.parametrize(
    ("template", "species", "ids", "needs"),
    [
        ("progeny_{species}_top500.tsv.gz", "mouse", ["PROGENY_WNT"], "progeny_mouse_full.csv.gz"),
        ("msigdb_{species}.tsv", "human", ["B", "C", "D", "E"], "GMT files that hold B, C, D, ..."),
        ("curated_{species}.tsv", "human", ["B"], ""),
    ],
)
def test_a_file_without_its_source_says_what_to_get(places, template, species, ids, needs):
    recipe = recipe_of(template, species, ids=ids, places=places)
    assert recipe.make is None
    assert needs in recipe.needs


def test_a_gmt_that_holds_only_some_registered_sets_is_refused_by_name(places):
    recipe = recipe_of("msigdb_{species}.tsv", "human", ids=["A", "MISSING"], places=places)
    assert recipe.make is not None
    with pytest.raises(SubmissionError, match="'MISSING'"):
        recipe.make()


def test_gmt_files_are_read_together_unless_they_disagree(tmp_path):
    (tmp_path / "a.gmt").write_text("S\tx\tA\tB\n", encoding="utf-8")
    (tmp_path / "b.gmt").write_text("T\tx\tC\nS\tx\tB\tA\n", encoding="utf-8")
    assert sets_of_gmt([tmp_path]) == {"S": {"A": 1.0, "B": 1.0}, "T": {"C": 1.0}}
    (tmp_path / "b.gmt").write_text("S\tx\tB\n", encoding="utf-8")
    with pytest.raises(SubmissionError, match=r"b\.gmt: set 'S'"):
        sets_of_gmt([tmp_path])
