import numpy as np
import pytest
from scipy import sparse

from scvalid.intake.compute.acceptance import faults_of_sample
from scvalid.intake.compute.genes import NamedGenes

KNOWN = frozenset({"A", "B", "C"})


def _faults(matrix, symbols, barcodes=("x", "y"), share=0.2):
    named = NamedGenes(np.array(symbols, dtype=object), np.full(len(symbols), "", dtype=object), "ensembl")
    return faults_of_sample(
        sparse.csr_matrix(np.array(matrix, dtype=float)),
        named,
        barcodes=np.array(barcodes, dtype=object),
        known=KNOWN,
        max_unmapped_share=share,
        where="f",
    )


@pytest.mark.parametrize(
    ("matrix", "symbols", "barcodes", "said"),
    [
        ([[0, 0], [0, 0]], ["A", "B"], ("x", "y"), "only zeros"),
        ([[1, 0], [0, 1]], ["A", "B"], ("x", "x"), "1 repeated names"),
        ([[1, 0], [0, 1]], ["A", ""], ("x", "y"), "50 % of counts in 1 genes"),
        ([[1, 0], [0, 1]], ["", ""], ("x", "y"), "100 % of counts"),
        ([[1, 0], [0, 1]], ["1007_s_at", "1053_at"], ("x", "y"), "'1007_s_at'"),
    ],
)
def test_refusals(matrix, symbols, barcodes, said):
    (fault,) = _faults(matrix, symbols, barcodes)
    assert said in fault


def test_share_of_counts_decides_not_the_number_of_genes():
    assert _faults([[99, 1, 0, 0], [99, 0, 1, 0]], ["A", "", "", ""]) == []
    assert _faults([[99, 0], [0, 1]], ["A", ""], share=0.01) == []
    assert _faults([[99, 0], [0, 1]], ["A", ""], share=0.0) != []
