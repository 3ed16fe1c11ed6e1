"""Cells with planted states: positions in an embedding, and counts of two samples a donor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from scvalid.contracts.tables import EMBEDDING
from scvalid.io.tables import write_table
from scvalid.keys import EMBEDDING_PREFIX, Obs

N_GENES = 300
N_MARKERS = 15


@dataclass(frozen=True)
class Planted:
    """Raw counts (CSR), their cells, the position and the planted state of each."""

    counts: sparse.csr_matrix
    obs: pd.DataFrame
    embedding: pd.DataFrame
    states: np.ndarray
    genes: list[str]


@pytest.fixture(scope="session")
def plant() -> Callable[..., Planted]:
    """Plant three states of falling size; genes 15 s to 15 s + 14 are eight times as high in state s."""

    def make(*, n_cells: int = 400, seed: int = 0) -> Planted:
        rng = np.random.default_rng(seed)
        states = rng.choice(3, n_cells, p=[0.5, 0.3, 0.2])
        donors, arms = rng.integers(0, 2, n_cells), rng.integers(0, 2, n_cells)
        by_state = np.ones((3, N_GENES))
        for state in range(3):
            by_state[state, state * N_MARKERS : (state + 1) * N_MARKERS] = 8
        by_donor = np.exp(rng.normal(0, 0.3, (2, N_GENES)))
        means = rng.gamma(2.0, 0.5, N_GENES) * by_state[states] * by_donor[donors]
        names = pd.Index([f"cell{i:05d}" for i in range(n_cells)], name=Obs.CELL)
        centres = rng.normal(0, 3, (3, 10))
        positions = (centres[states] + rng.normal(0, 1, (n_cells, 10))).astype(np.float32)
        obs = pd.DataFrame(
            {
                Obs.SAMPLE: [f"d{d}_{'vt'[a]}" for d, a in zip(donors, arms, strict=True)],
                Obs.DONOR: [f"d{d}" for d in donors],
                Obs.ARM: np.array(["vehicle", "treated"])[arms],
                Obs.BATCH: "batch1",
            },
            index=names,
        )
        embedding = pd.DataFrame(positions, index=names, columns=[f"{EMBEDDING_PREFIX}{i}" for i in range(10)])
        counts = sparse.csr_matrix(rng.poisson(means), dtype=np.float32)
        return Planted(counts, obs, embedding, states, [f"G{i:03d}" for i in range(N_GENES)])

    return make


@pytest.fixture(scope="session")
def planted(plant: Callable[..., Planted]) -> Planted:
    """400 cells x 300 genes."""
    return plant()


@pytest.fixture
def write_inputs(write_samples: Callable[..., list[Path]], tmp_path: Path) -> Callable[..., tuple[list[Path], Path]]:
    """Write one file a sample and the table of positions."""

    def write(planted: Planted, *, missing: Sequence[Sequence[str]] = ()) -> tuple[list[Path], Path]:
        embedding = tmp_path / "embedding.parquet"
        write_table(embedding, planted.embedding.reset_index(), EMBEDDING)
        return write_samples(planted, missing=missing), embedding

    return write
