import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from scvalid.intake.compute.spectrum import is_rounded, largest_falls, oddity_of, prefers_even, spectra_of
from scvalid.intake.compute.units import doubts_of_counts, judge_cells

ROUNDED = {
    "CP10K": lambda x, total: x / total * 1e4,
    "SCTransform": lambda x, total: x / total * np.median(total),
    "log1p": lambda x, total: np.log1p(x / total * 1e4),
}


def _counts(n_cells, n_genes, depth, *, seed=0, spread=0.4, dispersion=0.2, levels=2.0):
    """Counts of cells of different depths: gamma-Poisson, lognormal levels of genes."""
    rng = np.random.default_rng(seed)
    level = rng.lognormal(0, levels, n_genes)
    mean = depth * rng.lognormal(0, spread, (n_cells, 1)) * level / level.sum()
    return rng.poisson(mean * (rng.gamma(1 / dispersion, dispersion, mean.shape) if dispersion else 1)).astype(np.float32)


def _said(values):
    """Return refused, warned or passed."""
    cells = sparse.csr_matrix(values.astype(np.float32))
    return "refused" if judge_cells(cells) else "warned" if doubts_of_counts(cells) else "passed"


@pytest.fixture
def real(shared_data):
    import anndata

    files = {
        "kang": "kang2018_ifnb/kang2018_ifnb_2000cells_8donors.h5ad",
        "pbmc4k": "pbmc4k_ambient/pbmc4k_toc_2170.h5ad",
        "stroma": "mouse_stroma/mouse_bm_stroma_250.h5ad",
    }
    tables = {name: sparse.csr_matrix(anndata.read_h5ad(shared_data / path).X) for name, path in files.items()}
    return {name: table[:: max(1, table.shape[0] // 100)][:100].toarray() for name, table in tables.items()}


@pytest.mark.parametrize("kind", ROUNDED)
def test_normalised_and_rounded_values_of_real_cells_are_refused(kind, real):
    for name, counts in real.items():
        rounded = np.round(ROUNDED[kind](counts, counts.sum(axis=1, keepdims=True)))
        assert _said(rounded) == "refused", name


def test_real_counts_and_what_is_done_to_them_pass(real):
    rng = np.random.default_rng(0)
    for name, counts in real.items():
        whole = counts.astype(int)
        for made in (counts, counts[:3], rng.binomial(whole, 0.2), rng.poisson(whole * rng.gamma(2, 5, whole.shape))):
            assert _said(made) == "passed", name
        depth = int(np.quantile(whole.sum(axis=1), 0.1))
        deep = [row for row in whole if row.sum() >= depth][:40]
        down = np.array([rng.multivariate_hypergeometric(row, depth, method="marginals") for row in deep])
        assert _said(down) == "warned"


@pytest.mark.parametrize("kind", ROUNDED)
def test_a_battery_of_depths_and_sizes(kind):
    settings = [(n, g, depth) for n in (5, 100) for g in (200, 2000, 8000) for depth in (200, 1000, 8000, 50_000)]
    said = []
    for n_cells, n_genes, depth in settings:
        counts = _counts(n_cells, n_genes, depth)
        said.append(_said(np.round(ROUNDED[kind](counts, counts.sum(axis=1, keepdims=True)))))
    # few cells of few genes tell little
    assert said.count("passed") <= {"CP10K": 1, "SCTransform": 4, "log1p": 1}[kind]
    assert said.count("refused") >= {"CP10K": 18, "SCTransform": 13, "log1p": 13}[kind]


@pytest.mark.parametrize("depth", [200, 1_000, 8_000, 50_000, 500_000])
@pytest.mark.parametrize("given", [{}, {"spread": 0.8, "dispersion": 1.0}, {"dispersion": 0.0}, {"levels": 0.5}])
def test_simulated_counts_pass_at_all_depths(depth, given):
    for n_cells, n_genes in ((5, 2000), (100, 200), (100, 4000)):
        assert _said(_counts(n_cells, n_genes, depth, **given)) == "passed"


@pytest.mark.parametrize("n_cells", [3, 100])
def test_simulated_cells_of_one_depth_are_never_refused(n_cells):
    for depth in (500, 8_000, 500_000):
        for levels in (0.0, 2.0):
            assert (
                judge_cells(sparse.csr_matrix(_counts(n_cells, 2000, depth, spread=0.0, dispersion=0.0, levels=levels))) is None
            )


@given(st.integers(0, 10_000))
def test_spectra_are_counted_as_a_loop_counts_them(seed):
    rng = np.random.default_rng(seed)
    table = rng.poisson(rng.gamma(0.5, 8, (4, 30)))
    spectra = spectra_of(sparse.csr_matrix(table))
    for row, spectrum in zip(table.tolist(), spectra, strict=True):
        assert [row.count(value) for value in range(len(spectrum))] == spectrum.tolist()


def test_a_pure_poisson_spectrum_does_not_fall_and_a_gap_does():
    values = np.arange(18)
    factorials = np.cumprod([1.0, *values[1:]])
    even = 1e5 * 4.0**values / factorials
    assert abs(float(largest_falls(even[None])[0])) < 0.1
    even[5] = 0
    assert float(largest_falls(even[None])[0]) > 10


def test_reads_of_pairs_counted_twice_are_doubted():
    rng = np.random.default_rng(0)
    counts = _counts(60, 3000, 6_000).astype(int)
    mates = sparse.csr_matrix(2 * counts - rng.binomial(counts, 0.1))
    assert prefers_even(spectra_of(mates).sum(axis=0))
    assert not is_rounded(mates)
    assert "both reads of a pair" in oddity_of(mates)
