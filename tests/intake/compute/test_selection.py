import numpy as np

from scvalid.intake.compute.selection import faults_of_columns, faults_of_selection, select_cells

COLUMNS = {"donor": np.array(["101", "101", "107"], dtype=object), "arm": np.array(["a", "b", "b"], dtype=object)}


def test_cells_have_every_stated_value():
    assert list(select_cells(COLUMNS, {"donor": "101", "arm": "b"}, n_cells=3)) == [False, True, False]
    assert select_cells({}, {}, n_cells=3).all()


def test_wrong_column_value_and_combination_are_each_one_sentence():
    (column,) = faults_of_columns(["donor", "arm"], {"donr": "101"}, where="f")
    assert "'donr'" in column
    assert "Did you mean 'donor'?" in column
    (value,) = faults_of_selection(COLUMNS, {"donor": "1O1", "arm": "a"}, where="f")
    assert "Did you mean '101'?" in value
    (both,) = faults_of_selection(COLUMNS, {"donor": "107", "arm": "a"}, where="f")
    assert "none with all of them" in both
    assert faults_of_selection(COLUMNS, {"donor": "107", "arm": "b"}, where="f") == []
    assert faults_of_selection({}, {}, where="f") == []


def test_advice_stays_short_where_a_column_names_every_cell():
    columns = {"barcode": np.array([f"{i:x}" * 9 for i in range(999)], dtype=object)}
    (fault,) = faults_of_selection(columns, {"barcode": "QQQQQQQ"}, where="f")
    assert len(fault) < 200
