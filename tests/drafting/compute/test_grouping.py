"""Samples in one file: as few columns as tell them apart, and only combinations that have cells."""

import numpy as np

from scvalid.drafting.compute.grouping import group_cells, notes_of_doublets, roles_of


def columns(**values: str) -> dict[str, np.ndarray]:
    return {name: np.array(text.split(","), dtype=object) for name, text in values.items()}


def test_donor_and_condition_pick_the_samples_that_have_cells():
    obs = columns(donor="a,a,b,b,b,", condition="ctrl,stim,ctrl,ctrl,ctrl,stim")
    groups, n_left_out = group_cells(obs, roles_of(obs))
    assert [dict(group.selection) for group in groups] == [
        {"donor": "a", "condition": "ctrl"},
        {"donor": "a", "condition": "stim"},
        {"donor": "b", "condition": "ctrl"},
    ]
    assert [group.n_cells for group in groups] == [1, 1, 3]
    assert n_left_out == 1


def test_a_column_of_samples_is_enough_if_it_tells_donor_and_arm():
    obs = columns(sample="s1,s1,s2", donor="a,a,b", condition="ctrl,ctrl,stim")
    groups, _ = group_cells(obs, roles_of(obs))
    assert [group.selection for group in groups] == [(("sample", "s1"),), (("sample", "s2"),)]
    assert groups[1].values == {"sample": "s2", "donor": "b", "arm": "stim"}


def test_donors_in_one_library_are_told_apart_too():
    obs = columns(sample="s1,s1,s2,s2", donor="a,b,a,b")
    groups, _ = group_cells(obs, roles_of(obs))
    assert len(groups) == 4
    assert groups[0].selection == (("sample", "s1"), ("donor", "a"))


def test_what_demultiplexing_calls_nobody_is_left_out():
    obs = columns(donor_id="d0,doublet,unassigned,d1,Negative")
    groups, n_left_out = group_cells(obs, roles_of(obs))
    assert [group.values["donor"] for group in groups] == ["d0", "d1"]
    assert n_left_out == 3


def test_a_column_with_a_value_for_each_of_many_cells_tells_nothing():
    obs = {"sample": np.array([f"c{i}" for i in range(400)], dtype=object)}
    assert roles_of(obs) == {}


def test_a_file_of_one_donor_and_arm_is_one_sample():
    obs = columns(donor="a,a", condition="ctrl,ctrl")
    ((group,), _) = group_cells(obs, roles_of(obs))
    assert group.selection == ()
    assert group.values == {"donor": "a", "arm": "ctrl"}


def test_doublets_are_noted():
    assert notes_of_doublets(columns(demuxlet="SNG,SNG,DBL")) == [
        "obs column demuxlet tells SNG 2, DBL 1 cells; to keep one kind, add ;demuxlet=SNG to cells."
    ]
