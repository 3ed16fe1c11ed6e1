"""Numbers of R, and a simple generator of pseudobulk rows with correlated genes, for the tests of set tests."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from scvalid.stats.design import build_design
from scvalid.stats.linear_model import fit_rows
from scvalid.stats.moderation import moderate_variances


@dataclass(frozen=True)
class SetProblem:
    """Scores of sets, their design, what the genes say of their variance, and the genes themselves."""

    scores: np.ndarray
    x: np.ndarray
    naive: np.ndarray
    full: np.ndarray
    genes: np.ndarray | None = None
    weights: sparse.csr_matrix | None = None

    @property
    def fit(self):
        return fit_rows(self.scores, self.x)


def _draw(*, n, is_paired, seed, n_sets=20, mean_rho=0.1):
    """Normal genes without effect: each set has a programme of its own that makes its genes correlate by rho."""
    rng = np.random.default_rng(seed)
    treated = np.tile([True, False], n)
    donor = np.arange(2 * n) // 2 if is_paired else np.arange(2 * n)
    sizes = rng.choice([15, 30, 60, 120], n_sets)
    variance = 0.05 * 8 / rng.chisquare(8, sizes.sum())
    owner = np.repeat(np.arange(n_sets), sizes)
    rho = np.minimum(rng.beta(0.8, 0.8 * (1 - mean_rho) / mean_rho, n_sets), 0.6)[owner, None]
    programme = rng.normal(size=(n_sets, 2 * n))[owner]
    genes = np.sqrt(rho) * programme + np.sqrt(1 - rho) * rng.normal(size=(owner.size, 2 * n))
    genes = genes * np.sqrt(variance)[:, None] + rng.normal(0, 0.25, (owner.size, 2 * n))[:, donor]
    weights = (owner == np.arange(n_sets)[:, None]) / sizes[:, None]
    x = build_design(treated, {"donor": [f"d{i}" for i in donor]} if is_paired else {}).x
    fit = fit_rows(genes, x)
    moderated = moderate_variances(fit.variance, fit.df).variance
    naive, full = weights**2 @ moderated, (weights @ np.sqrt(moderated)) ** 2
    return SetProblem(weights @ genes, x, naive, full, genes, sparse.csr_matrix(weights))


@pytest.fixture
def draw_problem():
    """Draw a set problem: ``draw_problem(n=..., is_paired=..., seed=...)``."""
    return _draw


@pytest.fixture
def genes():
    """Genes x profiles of four pairs, each gene with an SD of its own."""
    return np.random.default_rng(0).normal(size=(60, 8)) * np.linspace(0.5, 2, 60)[:, None]


@dataclass(frozen=True)
class Golden:
    """One simulated matrix and what R computed on it: limma 3.54 per gene, camera and fry per set."""

    y: np.ndarray
    x: np.ndarray
    sets: sparse.csr_matrix
    genes_in_r: pd.DataFrame
    sets_in_r: pd.DataFrame


@pytest.fixture(scope="session")
def golden(shared_data):
    """The matrix of golden_r with R's numbers, rows in the same order."""
    folder = shared_data / "golden_r"
    log_cpm = pd.read_csv(folder / "sim4u_logcpm.csv", index_col=0)
    x = pd.read_csv(folder / "sim4u_design.csv", index_col=0).loc[log_cpm.columns].to_numpy(float)
    of_sets = pd.read_csv(folder / "sim4u_R_sets.csv").set_index("set")
    long = pd.read_csv(folder / "sim4u_sets.csv")
    at = (of_sets.index.get_indexer(long["set"]), log_cpm.index.get_indexer(long["gene"]))
    # R tested the sets as lists of genes, without their weights
    sets = sparse.csr_matrix((np.ones(len(long)), at), shape=(len(of_sets), len(log_cpm)))
    of_genes = pd.read_csv(folder / "sim4u_R.csv").set_index("gene").loc[log_cpm.index]
    return Golden(log_cpm.to_numpy(), x, sets, of_genes, of_sets)
