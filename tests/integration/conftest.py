"""Cells with a planted structure: three states, two donors that differ in every gene, two arms."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from scvalid.keys import Obs


@dataclass(frozen=True)
class Planted:
    """Raw counts (CSR), their cells, and the state of each cell."""

    counts: sparse.csr_matrix
    obs: pd.DataFrame
    states: np.ndarray
    genes: list[str]


def _plant(*, n_cells: int, n_genes: int, seed: int) -> Planted:
    rng = np.random.default_rng(seed)
    states, donors, arms = rng.integers(0, 3, n_cells), rng.integers(0, 2, n_cells), rng.integers(0, 2, n_cells)
    base = rng.gamma(0.6, 1.0, n_genes)
    by_state = np.ones((3, n_genes))
    for state in range(3):
        by_state[state, state * 40 : state * 40 + 40] = 4
    by_arm = np.ones((2, n_genes))
    by_arm[1, 120:140] = 3
    by_donor = np.exp(rng.normal(0, 0.5, (2, n_genes)))
    depth = rng.lognormal(0, 0.2, n_cells)[:, None]
    counts = sparse.csr_matrix(rng.poisson(depth * base * by_state[states] * by_arm[arms] * by_donor[donors]), dtype=np.float32)
    obs = pd.DataFrame(
        {
            Obs.SAMPLE: [f"d{d}_{'vt'[a]}" for d, a in zip(donors, arms, strict=True)],
            Obs.DONOR: [f"d{d}" for d in donors],
            Obs.ARM: np.array(["vehicle", "treated"])[arms],
            Obs.BATCH: "batch1",
        },
        index=[f"cell{i:04d}" for i in range(n_cells)],
    )
    return Planted(counts, obs, states, [f"G{i:03d}" for i in range(n_genes)])


@pytest.fixture(scope="session")
def planted() -> Planted:
    """400 cells x 600 genes."""
    return _plant(n_cells=400, n_genes=600, seed=0)


@pytest.fixture(scope="session")
def few() -> Planted:
    """60 cells x 300 genes."""
    return _plant(n_cells=60, n_genes=300, seed=1)


@pytest.fixture(scope="session")
def share_of_own() -> Callable[..., float]:
    """Mean share of a cell's 15 nearest neighbours that bear its own label."""

    def measure(positions: np.ndarray, labels: np.ndarray) -> float:
        wide = positions.astype(np.float64)
        distance = ((wide[:, None, :] - wide[None, :, :]) ** 2).sum(axis=2)
        np.fill_diagonal(distance, np.inf)
        nearest = np.argsort(distance, axis=1)[:, :15]
        return float((labels[nearest] == labels[:, None]).mean())

    return measure
