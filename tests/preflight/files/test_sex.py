import numpy as np
import pytest
from scipy import sparse

from scvalid.preflight.files.sex import Sex, doubts_of_sex, faults_of_sex, see_sex

SYMBOLS = ["XIST", "RPS4Y1", "DDX3Y", *(f"G{i}" for i in range(997))]
FEMALE, MALE = "PATO:0000383", "PATO:0000384"


def _cells(*shares, n_cells=400, symbols=SYMBOLS, depth=0.9):
    """Cells of which given shares express XIST, RPS4Y1 and DDX3Y."""
    rng = np.random.default_rng(0)
    rates = np.array([*shares, *[depth] * (len(symbols) - len(shares))])
    return sparse.csr_matrix((rng.random((n_cells, len(symbols))) < rates).astype(np.float32))


def sex_markers(cells, symbols):
    return see_sex(cells, symbols).markers


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


FOUND = {
    "a": Sex("XIST", 0.6, 0.01),
    "b": Sex("Y", 0.0, 0.5),
    "c": Sex("both", 0.3, 0.3),
    "d": Sex("neither", 0, 0),
    "e": Sex(),
}


def test_only_clear_contradictions_are_faults():
    donors = {name: f"D{name}" for name in FOUND}
    as_found = {"a": FEMALE, "b": MALE, "c": MALE, "d": MALE, "e": FEMALE}
    assert faults_of_sex(FOUND, as_found, donors, sheet="s") == []
    swapped = {"a": MALE, "b": FEMALE, "c": FEMALE, "d": FEMALE, "e": MALE}
    assert [fault.split(",")[1] for fault in faults_of_sex(FOUND, swapped, donors, sheet="s")] == [" sample 'a'", " sample 'b'"]
    assert len(doubts_of_sex(FOUND, swapped, donors)) == 2
    one_donor = dict.fromkeys(FOUND, "D1")
    (fault,) = faults_of_sex(FOUND, {}, one_donor, sheet="s.tsv")
    assert fault.startswith("s.tsv, donor 'D1', must be of one sex in all samples. Got XIST in 'a'")
    assert len(doubts_of_sex(FOUND, {}, one_donor)) == 1


@pytest.mark.parametrize(
    "unclear", [Sex("Y", 0.03, 0.6), Sex("Y", 0.0, 0.2), Sex("Y", 0.05, 0.9)], ids=["ambient", "weak", "pool"]
)
def test_what_ambient_rna_may_do_is_a_doubt(unclear):
    found, donors = {"a": FOUND["a"], "b": unclear}, {"a": "D1", "b": "D1"}
    stated = {"a": FEMALE, "b": FEMALE}
    assert faults_of_sex(found, stated, donors, sheet="s") == []
    first, second = doubts_of_sex(found, stated, donors)
    assert first.startswith("sample 'b' is stated female, but expresses genes of the Y chromosome")
    assert second.startswith("donor 'D1' seems female in one sample and male in another")


def test_real_men_are_men(shared_data):
    import anndata

    adata = anndata.read_h5ad(shared_data / "pbmc4k_ambient" / "pbmc4k_toc_2170.h5ad")
    assert sex_markers(sparse.csr_matrix(adata.X[:300]), list(adata.var_names)) == "Y"


def test_samples_that_contradict_what_is_stated_in_one_way_are_said_together():
    women = {name: Sex("XIST", 0.9 - i / 100, 0.0) for i, name in enumerate("abc")}
    stated, donors = dict.fromkeys("abc", MALE), {name: name for name in "abc"}
    (fault,) = faults_of_sex(women | {"d": Sex("Y", 0.0, 0.9)}, stated, donors | {"d": "d"}, sheet="s")
    assert fault.where == "s, samples 'a', 'b' and 'c', stated male,"
    assert "XIST in 90 % of cells, Y genes in 0 % of cells in 'a'" in fault.got
    unclear = {name: Sex("XIST", 0.2, 0.03) for name in "abc"}
    (doubt,) = doubts_of_sex(unclear, stated, donors)
    assert doubt.startswith("samples 'a', 'b' and 'c' are stated male, but express XIST")
    both, none = ({name: Sex(markers, 0.3, 0.3) for name in "ab"} for markers in ("both", "neither"))
    assert len(doubts_of_sex(both, {}, donors)) == len(doubts_of_sex(none, dict.fromkeys("ab", FEMALE), donors)) == 1
