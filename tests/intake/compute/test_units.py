import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from scvalid.intake.compute.judgement import judge_counts
from scvalid.intake.compute.units import doubts_of_counts, judge_cells

N_CELLS, N_GENES = 40, 800


def _simulated(seed=0):
    """Counts of cells whose depth differs threefold."""
    rng = np.random.default_rng(seed)
    level = rng.gamma(0.3, 6, N_GENES)
    return rng.poisson(level * rng.uniform(0.5, 1.5, (N_CELLS, 1))).astype(float)


COUNTS = _simulated()
LENGTHS = np.random.default_rng(1).lognormal(0.7, 0.8, N_GENES)
DEPTH = COUNTS.sum(axis=1, keepdims=True)
CP10K = COUNTS / DEPTH * 1e4
RATES = COUNTS / LENGTHS
PEARSON_MU = DEPTH * COUNTS.sum(axis=0) / COUNTS.sum()


def _z_scored(x):
    spread = x.std(axis=0)
    return (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1)


def _pearson(x):
    return (x - PEARSON_MU) / np.sqrt(PEARSON_MU + PEARSON_MU**2 / 100 + 1e-9)


def _ambient_removed(x):
    return np.where(np.arange(N_GENES) % 3, x, np.maximum(x - 0.37 * np.sqrt(x), 0))


def _fpkm_of_bulk():
    per_kb = (COUNTS * 5e4) / LENGTHS / (DEPTH / 1e4)
    return np.round(per_kb / 1e3, 2)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.log1p(CP10K), "log1p of counts normalised to 10,000 a cell"),
        (np.log2(CP10K / 10 + 1), "log2(x + 1) of counts normalised to 1,000 a cell"),
        (np.log1p(CP10K)[:, :300], "log1p of counts divided by a factor per cell"),
        (np.log1p(CP10K * 100), "log1p of counts normalised to 1e+06 a cell"),
        (CP10K * 100, "CPM values (each cell sums to 1,000,000)"),
        (RATES / RATES.sum(axis=1, keepdims=True) * 1e6, "CPM or TPM values"),
        (CP10K, "normalised counts (each cell sums to 10,000"),
        (COUNTS / DEPTH, "normalised counts (each cell sums to 1;"),
        (COUNTS / np.linspace(0.3, 2.7, N_CELLS)[:, None], "each cell divided by its size factor"),
        (RATES, "FPKM- or RPKM-like"),
        (_fpkm_of_bulk(), "FPKM- or RPKM-like"),
        (_z_scored(np.log1p(CP10K)), "scaled (z-scored) values (negative"),
        (_pearson(COUNTS), "residuals (negative"),
        (_ambient_removed(COUNTS), "corrected counts"),
        (np.round(CP10K * 7), "as rounded normalised values have"),
        (np.round(CP10K * 100), "as rounded normalised values have"),
        (np.where(COUNTS > 5, np.nan, COUNTS), "missing or infinite"),
        (-COUNTS, "negative values"),
        (COUNTS * 2**23, "for one gene in one cell"),
    ],
)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_what_the_numbers_are_is_named(values, said, dtype):
    found = judge_cells(sparse.csr_matrix(values.astype(dtype)))
    assert found is not None
    assert said in found


@given(st.integers(0, 10_000), st.sampled_from([np.int64, np.float32, np.uint16]))
def test_counts_are_counts_in_any_type_and_order(seed, dtype):
    counts = _simulated(seed)
    shuffled = np.random.default_rng(seed).permutation(counts.ravel()).reshape(counts.shape)
    assert judge_cells(sparse.csr_matrix(counts.astype(dtype))) is None
    assert judge_cells(sparse.csr_matrix(shuffled.astype(dtype))) is None
    assert doubts_of_counts(sparse.csr_matrix(counts.astype(dtype))) == []


def test_rounding_noise_is_named_and_other_fractions_are_not():
    noisy = np.expm1(np.log1p(COUNTS.astype(np.float32)))
    assert (noisy != COUNTS).any()
    assert "rounding noise" in judge_cells(sparse.csr_matrix(noisy))
    assert "rounding noise" in judge_cells(sparse.csr_matrix(np.expm1(np.log1p((COUNTS * 900).astype(np.float32)))))
    assert "rounding noise" not in judge_cells(sparse.csr_matrix(COUNTS + 0.01 * (COUNTS > 0)))
    assert "rounding noise" not in judge_cells(sparse.csr_matrix(COUNTS / DEPTH / 1e5))


def test_explicit_zeros_and_few_cells_do_not_mislead():
    dense = sparse.csr_matrix(np.ones_like(COUNTS))
    dense.data = COUNTS.ravel()
    assert judge_cells(dense) is None
    for n in (0, 1, 2):
        assert judge_cells(sparse.csr_matrix(COUNTS[:n])) is None
        assert "log-normalised" in (judge_cells(sparse.csr_matrix(np.log1p(CP10K)[:n])) or "log-normalised")


def test_a_unit_in_the_names_is_believed_of_fractions_alone():
    names = ["ctrl-1_fpkm", "ctrl-2_fpkm"]
    assert judge_cells(sparse.csr_matrix(RATES), names=names).startswith("FPKM values (so named")
    assert judge_cells(sparse.csr_matrix(RATES), names=["GSE1_TPM.txt"]).startswith("TPM values")
    assert judge_cells(sparse.csr_matrix(COUNTS), names=names) is None
    assert "so named" not in judge_cells(sparse.csr_matrix(RATES), names=["AACPMT-1"])


def test_binary_and_down_sampled_counts_are_doubted_not_refused():
    rng = np.random.default_rng(0)
    ones = sparse.csr_matrix((COUNTS > 0).astype(float))
    even = sparse.csr_matrix(np.array([rng.multinomial(600, row / row.sum()) for row in COUNTS]))
    assert judge_cells(ones) is judge_cells(even) is None
    assert "only 0 and 1" in doubts_of_counts(ones)[0]
    assert "exactly 600 counts" in doubts_of_counts(even)[0]


def test_more_is_refused_than_by_values_alone_and_never_less():
    for values in (CP10K, RATES, _pearson(COUNTS), np.log1p(CP10K)):
        assert judge_counts(values) is not None
        assert judge_cells(sparse.csr_matrix(values)) is not None
