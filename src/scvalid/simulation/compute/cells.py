"""The cells of one sample: states, quality, and negative binomial counts."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from anndata import AnnData
from numpy.typing import NDArray
from scipy import sparse

from scvalid.keys import Obs, Var
from scvalid.simulation.compute.model import Model
from scvalid.simulation.compute.states import MT_SHARE, STATES
from scvalid.simulation.settings import SimulationSettings

_ROWS_AT_ONCE = 500
_LIBRARY_SD = 0.35
_MT_CONCENTRATION = 80.0
_BASES = np.array(list("ACGT"))
_BARCODE_BASES = 16
_SCATTER = 2_654_435_761
"""Odd, so multiplying by it modulo 4 ** 16 maps different cells to different barcodes."""


@dataclass(frozen=True)
class _Cells:
    state: NDArray[np.int64]
    counts: NDArray[np.float64]
    mt_share: NDArray[np.float64]


def draw_sample(model: Model, number: int, *, settings: SimulationSettings, rng: np.random.Generator) -> AnnData:
    """Draw the raw counts of one sample.

    Parameters
    ----------
    model
        The experiment.
    number
        Which of its samples, from 0.
    settings
        Depth, dispersion and share of low-quality cells.
    rng
        Source of randomness of this sample alone.

    Returns
    -------
    Cells x genes, ``X`` CSR float32 of whole counts; ``obs`` names the planted state of each cell.
    """
    cells = _draw_cells(model, number, settings=settings, rng=rng)
    profiles, mt_profile = _expected_profiles(model, number)
    parts = []
    for start in range(0, len(cells.state), _ROWS_AT_ONCE):
        mean = _expected_counts(cells, slice(start, start + _ROWS_AT_ONCE), profiles, mt_profile=mt_profile)
        parts.append(_draw_counts(mean, dispersion=settings.dispersion, rng=rng))
    names = pd.Index(_barcodes(len(cells.state), number), dtype=object)
    state = pd.Categorical.from_codes(cells.state, categories=pd.Index(STATES))
    genes = pd.Index(model.genes.tolist(), dtype=object, name=Var.SYMBOL)
    matrix = sparse.csr_matrix(sparse.vstack(parts, format="csr", dtype=np.float32))
    return AnnData(X=matrix, obs=pd.DataFrame({Obs.PLANTED_STATE: state}, index=names), var=pd.DataFrame(index=genes))


def _draw_cells(model: Model, number: int, *, settings: SimulationSettings, rng: np.random.Generator) -> _Cells:
    n = int(model.n_cells[number])
    state = rng.choice(len(STATES), size=n, p=model.state_shares[model.samples[number].donor])
    counts = settings.median_counts * np.exp(_LIBRARY_SD * rng.standard_normal(n))
    mt = rng.beta(_MT_CONCENTRATION * MT_SHARE[state], _MT_CONCENTRATION * (1.0 - MT_SHARE[state]))
    is_low = rng.random(n) < settings.low_quality
    counts = np.where(is_low, counts * rng.uniform(0.08, 0.2, n), counts)
    return _Cells(state, counts, np.where(is_low, rng.uniform(0.25, 0.45, n), mt))


def _expected_profiles(model: Model, number: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return shares of the transcripts: of the nuclear genes in each state, and of the mitochondrial genes."""
    level = np.exp2(model.abundance[number])
    nuclear = np.where(model.is_mt, 0.0, level * np.exp2(model.state_shifts))
    mt = np.where(model.is_mt, level, 0.0)
    return nuclear / nuclear.sum(axis=1, keepdims=True), mt / mt.sum()


def _expected_counts(
    cells: _Cells, rows: slice, profiles: NDArray[np.float64], *, mt_profile: NDArray[np.float64]
) -> NDArray[np.float64]:
    mt = cells.mt_share[rows, None]
    return cells.counts[rows, None] * ((1.0 - mt) * profiles[cells.state[rows]] + mt * mt_profile)


def _draw_counts(mean: NDArray[np.float64], *, dispersion: float, rng: np.random.Generator) -> sparse.csr_matrix:
    """Draw counts with mean m and variance m + dispersion m^2, as a gamma mixture of Poisson counts."""
    gamma = rng.standard_gamma(1.0 / dispersion, size=mean.shape) * dispersion
    return sparse.csr_matrix(rng.poisson(mean * gamma).astype(np.float32))


def _barcodes(n: int, number: int) -> list[str]:
    first = np.uint64(1 + number * 10_000_000)
    scattered = ((np.arange(n, dtype=np.uint64) + first) * np.uint64(_SCATTER)) % np.uint64(2**32)
    digits = (scattered[:, None] >> (2 * np.arange(_BARCODE_BASES, dtype=np.uint64))) & np.uint64(3)
    return [f"{''.join(row)}-1" for row in _BASES[digits.astype(np.int64)].tolist()]
