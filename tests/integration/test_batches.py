"""Which columns are corrected."""

import pandas as pd
import pytest

from scvalid.integration.compute.batches import batch_labels, columns_to_correct

KEYS = ("donor_id", "batch_id")
DESIGNS = {
    # donors, batches, arms, what is corrected
    "crossed": ("aabb", "xyxy", "vvtt", ("donor_id", "batch_id")),
    "crossed and paired": ("aaaabbbb", "xxyyxxyy", "vtvtvtvt", ("donor_id", "batch_id")),
    "one batch": ("aabb", "xxxx", "vtvt", ("donor_id",)),
    "one donor": ("aaaa", "xxyy", "vtvt", ("batch_id",)),
    "donors within batches": ("aabbccdd", "xxxxyyyy", "vtvtvtvt", ("donor_id",)),
    "batches within donors, arms crossed": ("aaaabbbb", "xxyyzzww", "vtvtvtvt", ("batch_id",)),
    "same partition": ("aabb", "xxyy", "vtvt", ("donor_id",)),
    "the batch is the arm": ("aabb", "xyxy", "vtvt", ("donor_id",)),
    "the batch is the sample": ("aabb", "xyzw", "vtvt", ("donor_id",)),
    "unpaired donors stay": ("aabbccdd", "xyxyxyxy", "vvvvtttt", ("donor_id", "batch_id")),
    "nothing varies": ("aaaa", "xxxx", "vtvt", ()),
}


def _obs(donors: str, batches: str, arms: str) -> pd.DataFrame:
    return pd.DataFrame({"donor_id": list(donors), "batch_id": list(batches), "arm": list(arms)})


@pytest.mark.parametrize("design", DESIGNS)
def test_columns_of_known_designs(design):
    *columns, expected = DESIGNS[design]
    assert columns_to_correct(_obs(*columns), KEYS) == expected


def test_levels_without_cells_do_not_count():
    obs = _obs("aabb", "xxxx", "vtvt")
    obs["batch_id"] = pd.Categorical(obs["batch_id"], categories=["x", "y"])
    assert columns_to_correct(obs, KEYS) == ("donor_id",)


def test_labels_number_the_combinations_that_occur():
    obs = _obs("aaaabbbb", "xxyyxxyy", "vtvtvtvt")
    assert batch_labels(obs, KEYS).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert batch_labels(obs, ()).tolist() == [0] * 8


def test_a_combination_that_is_the_sample_gives_way_to_the_first_column():
    assert batch_labels(_obs("aabb", "xyyx", "vtvt"), KEYS).tolist() == [0, 0, 1, 1]
