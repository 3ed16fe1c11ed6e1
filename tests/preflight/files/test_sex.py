import numpy as np
import pytest
from scipy import sparse

from scvalid.preflight.files.sex import doubts_of_sex, faults_of_sex, sex_markers

SYMBOLS = ["XIST", "RPS4Y1", "DDX3Y", *(f"G{i}" for i in range(997))]
FEMALE, MALE = "PATO:0000383", "PATO:0000384"


def _cells(*shares, n_cells=400, symbols=SYMBOLS, depth=0.9):
    """Cells of which given shares express XIST, RPS4Y1 and DDX3Y."""
    rng = np.random.default_rng(0)
    rates = np.array([*shares, *[depth] * (len(symbols) - len(shares))])
    return sparse.csr_matrix((rng.random((n_cells, len(symbols))) < rates).astype(np.float32))


@pytest.mark.parametrize(
    ("shares", "markers"),
    [
        ((0.5, 0.0, 0.0), "XIST"),
        ((0.0, 0.6, 0.2), "Y"),
        ((0.0, 0.0, 0.2), "Y"),
        ((0.5, 0.03, 0.02), "XIST"),  # ambient RNA of a man in the same channel
        ((0.04, 0.6, 0.2), "Y"),
        ((0.3, 0.3, 0.1), "both"),
        ((0.0, 0.0, 0.0), "neither"),
        ((0.03, 0.0, 0.0), "unknown"),
    ],
)
def test_markers_are_read_from_shares_of_cells(shares, markers):
    assert sex_markers(_cells(*shares), SYMBOLS) == markers
    assert sex_markers(_cells(*shares), [symbol.capitalize() for symbol in SYMBOLS]) == markers


def test_little_is_said_on_little():
    assert sex_markers(_cells(0.5, 0, 0, n_cells=10), SYMBOLS) == "unknown"
    assert sex_markers(_cells(0, 0, 0, depth=0.1), SYMBOLS) == "unknown"
    no_y = ["XIST", *(f"G{i}" for i in range(999))]
    assert sex_markers(_cells(0.1), no_y) == "unknown"
    assert sex_markers(_cells(0.6), no_y) == "XIST"
    no_x = ["DDX3Y", *(f"G{i}" for i in range(999))]
    assert sex_markers(_cells(0.6), no_x) == "Y"
    assert sex_markers(_cells(), [f"G{i}" for i in range(1000)]) == "unknown"


def test_only_contradictions_are_faults():
    found = {"a": "XIST", "b": "Y", "c": "both", "d": "neither", "e": "unknown"}
    donors = {name: f"D{name}" for name in found}
    as_found = {"a": FEMALE, "b": MALE, "c": MALE, "d": MALE, "e": FEMALE}
    assert faults_of_sex(found, as_found, donors, sheet="s") == []
    swapped = {"a": MALE, "b": FEMALE, "c": FEMALE, "d": FEMALE, "e": MALE}
    assert [fault.split(",")[1] for fault in faults_of_sex(found, swapped, donors, sheet="s")] == [" sample 'a'", " sample 'b'"]
    assert len(doubts_of_sex(found, swapped)) == 2
    one_donor = dict.fromkeys(found, "D1")
    (fault,) = faults_of_sex(found, {}, one_donor, sheet="s.tsv")
    assert fault.startswith("s.tsv, donor 'D1', must be of one sex in all samples. Got XIST in 'a'")


def test_real_men_are_men(shared_data):
    import anndata

    adata = anndata.read_h5ad(shared_data / "pbmc4k_ambient" / "pbmc4k_toc_2170.h5ad")
    assert sex_markers(sparse.csr_matrix(adata.X[:300]), list(adata.var_names)) == "Y"
