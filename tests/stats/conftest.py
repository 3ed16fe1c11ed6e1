"""A simple generator of pseudobulk rows with correlated genes, for the tests of the set test."""

from dataclasses import dataclass

import numpy as np
import pytest

from scvalid.stats.design import build_design
from scvalid.stats.linear_model import fit_rows
from scvalid.stats.moderation import moderate_variances


@dataclass(frozen=True)
class SetProblem:
    """Scores of sets, their design, and what the genes say of their variance."""

    scores: np.ndarray
    x: np.ndarray
    naive: np.ndarray
    full: np.ndarray

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
    return SetProblem(weights @ genes, x, weights**2 @ moderated, (weights @ np.sqrt(moderated)) ** 2)


@pytest.fixture
def draw_problem():
    """Draw a set problem: ``draw_problem(n=..., is_paired=..., seed=...)``."""
    return _draw
