import numpy as np
import pytest
from scipy import sparse

from scvalid.qc.compute.identity import alerts_of_identity, measure_identity

BOUNDS = {"min_expected_share": 0.1, "max_unexpected_share": 0.1}


def _identity(shares, *, species="human"):
    """Cells x genes in which each gene is detected in a planted share of 100 cells."""
    dense = np.array([[3 * (i < round(100 * share)) for share in shares.values()] for i in range(100)])
    return measure_identity(sparse.csr_matrix(dense), list(shares), species=species)


MSC = {"NT5E": 0.6, "THY1": 0.9, "ENG": 0.7, "PTPRC": 0.01, "CD14": 0.0, "HLA-DRA": 0.0}


def test_shares_are_those_planted_and_absent_genes_are_none():
    found = {marker.gene: marker.share for marker in _identity(MSC)}
    assert {gene: found[gene] for gene in MSC} == MSC
    assert found["CD34"] is None


@pytest.mark.parametrize(
    ("change", "alerts"),
    [
        ({}, ()),
        ({"ENG": 0.05}, ("identity_positive",)),
        ({"PTPRC": 0.3}, ("identity_negative",)),
        ({"THY1": 0.0, "CD14": 0.5}, ("identity_positive", "identity_negative")),
        ({"HLA-DRA": 0.9}, ()),
    ],
)
def test_alerts(change, alerts):
    assert alerts_of_identity(_identity(MSC | change), **BOUNDS) == alerts


def test_no_marker_measured_or_no_cell_kept_is_no_alert():
    assert alerts_of_identity(_identity({"G1": 0.5}), **BOUNDS) == ()
    empty = measure_identity(sparse.csr_matrix((0, 1)), ["ENG"], species="human")
    assert all(marker.share is None for marker in empty)


@pytest.mark.parametrize("species", ["mouse", "rat"])
def test_rodent_stroma_without_thy1_and_with_cd34_is_no_alarm(species):
    identity = _identity({"Nt5e": 0.3, "Thy1": 0.0, "Eng": 0.2, "Cd34": 0.8, "Ptprc": 0.0}, species=species)
    assert alerts_of_identity(identity, **BOUNDS) == ()
    blood = _identity({"Nt5e": 0.3, "Eng": 0.2, "Ptprc": 0.9}, species=species)
    assert alerts_of_identity(blood, **BOUNDS) == ("identity_negative",)
