"""What is not raw counts with named cells and genes never passes from one stage to the next."""

import json

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData
from scipy import sparse

from scvalid.contracts.counts import CELL_COLUMNS, PROFILE_COLUMNS, check_cells, check_profiles, faults_of_counts
from scvalid.errors import ContractError

MATRIX = np.array([[1, 0, 2], [0, 3, 0]], dtype=np.float32)


@pytest.fixture
def cells():
    obs = pd.DataFrame("x", index=["c1", "c2"], columns=list(CELL_COLUMNS))
    var = pd.DataFrame(False, index=["A", "B", "C"], columns=["is_mt", "is_ribo"])
    return AnnData(sparse.csr_matrix(MATRIX), obs=obs, var=var, uns={"intake": "{}"})


@pytest.fixture
def profiles():
    obs = pd.DataFrame("x", index=["p1", "p2"], columns=list(PROFILE_COLUMNS))
    obs["donor_id"] = ["D1", "D2"]
    layers = {"n_cells_detected": MATRIX}
    return AnnData(MATRIX.copy(), obs=obs, var=pd.DataFrame(index=["A", "B", "C"]), layers=layers, uns={"grouping": "all_msc"})


@pytest.mark.parametrize("form", [np.asarray, sparse.csr_matrix, sparse.csc_matrix, sparse.csr_array])
@pytest.mark.parametrize(
    ("value", "fault"), [(0.5, "whole"), (-1, "negative"), (np.nan, "finite"), (np.inf, "finite"), (7, None), (0, None)]
)
def test_counts_are_finite_whole_and_not_negative(form, value, fault):
    matrix = MATRIX.copy()
    matrix[0, 0] = value
    faults = faults_of_counts(form(matrix))
    assert faults == [] if fault is None else fault in faults[0]


def test_an_empty_matrix_has_no_fault():
    assert faults_of_counts(np.zeros((0, 3))) == []
    assert faults_of_counts(sparse.csr_matrix((3, 0))) == []


def test_what_is_right_is_returned_unchanged(cells, profiles):
    assert check_cells(cells) is cells
    assert check_profiles(profiles) is profiles


@pytest.mark.parametrize("column", CELL_COLUMNS)
def test_a_missing_column_of_cells_is_named(cells, column):
    del cells.obs[column]
    with pytest.raises(ContractError, match=f"'{column}' is missing"):
        check_cells(cells)


@pytest.mark.parametrize("column", PROFILE_COLUMNS)
def test_a_missing_column_of_profiles_is_named(profiles, column):
    del profiles.obs[column]
    with pytest.raises(ContractError, match=f"'{column}' is missing"):
        check_profiles(profiles)


def break_values(adata):
    adata.X.data[0] = 0.5


def break_names(adata):
    adata.obs_names = ["c", "c"]


def break_genes(adata):
    adata.var_names = ["A", "A", "B"]


def break_form(adata):
    adata.X = adata.X.tocsc()


def break_density(adata):
    adata.X = adata.X.toarray()


def break_marks(adata):
    del adata.var["is_mt"]


def break_record(adata):
    del adata.uns["intake"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (break_values, "not whole numbers"),
        (break_names, "cell names are not unique"),
        (break_genes, "gene names are not unique"),
        (break_form, "CSR"),
        (break_density, "CSR"),
        (break_marks, "'is_mt'"),
        (break_record, "'intake'"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*names are not unique:UserWarning")  # that is what is tested
def test_each_fault_of_cells_is_named(cells, change, message):
    change(cells)
    with pytest.raises(ContractError, match=message):
        check_cells(cells)


@pytest.mark.parametrize(
    ("matrix", "names", "message"),
    [
        (sparse.csr_matrix([[1.0], [2.0]]), ["HTO1"], None),
        (sparse.csr_matrix([[1.0], [2.0]]), ["HTO1", "HTO2"], "1 features and 2 names"),
        (sparse.csr_matrix([[0.5], [2.0]]), ["HTO1"], "modality 'hashtags': counts are not whole"),
        (np.array([[1.0], [2.0]]), ["HTO1"], "CSR"),
        (None, ["HTO1"], "alone"),
        (sparse.csr_matrix([[1.0], [2.0]]), None, "alone"),
    ],
)
def test_counts_beside_genes_have_names_and_are_counts(cells, matrix, names, message):
    if matrix is not None:
        cells.obsm["modality_hashtags"] = matrix
    if names is not None:
        cells.uns["modalities"] = json.dumps({"hashtags": {"feature_type": "Antibody Capture", "names": names}})
    if message is None:
        assert check_cells(cells) is cells
    else:
        with pytest.raises(ContractError, match=message):
            check_cells(cells)


def test_each_fault_of_profiles_is_named(profiles):
    twice = profiles.copy()
    twice.obs["donor_id"] = "D1"
    with pytest.raises(ContractError, match="donor x arm x state must be unique"):
        check_profiles(twice)
    for slot in ("layers", "uns"):
        broken = profiles.copy()
        getattr(broken, slot).clear()
        with pytest.raises(ContractError, match="missing"):
            check_profiles(broken)
