"""Everything that is drawn before the cells: one frozen model that each sample's cells are then drawn from."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.simulation.compute.genes import MITOCHONDRIAL, draw_baseline, list_genes
from scvalid.simulation.compute.plan import TREATED, PlannedSample, draw_cell_numbers, plan_samples
from scvalid.simulation.compute.planted import SIGNS, members_of_claims, plant_effects
from scvalid.simulation.compute.states import draw_state_shares, draw_state_shifts, marking_genes
from scvalid.simulation.compute.variation import draw_programmes, draw_shifts
from scvalid.simulation.settings import SimulationSettings


@dataclass(frozen=True)
class Model:
    """The simulated experiment before its cells.

    Parameters
    ----------
    genes
        Symbols, sorted.
    is_mt
        Which genes are mitochondrial.
    samples
        Planned samples.
    n_cells
        Cells of each sample.
    abundance
        n_samples x n_genes, log2 transcripts per million before normalisation, planted effect included.
    state_shifts
        n_states x n_genes, log2.
    state_shares
        n_donors x n_states.
    """

    genes: NDArray[np.str_]
    is_mt: NDArray[np.bool_]
    samples: tuple[PlannedSample, ...]
    n_cells: NDArray[np.int64]
    abundance: NDArray[np.float64]
    state_shifts: NDArray[np.float64]
    state_shares: NDArray[np.float64]


def draw_model(sets: pd.DataFrame, *, settings: SimulationSettings, rng: np.random.Generator) -> Model:
    """Draw the experiment.

    Parameters
    ----------
    sets
        Long table of all registered human sets (columns of ``keys.GeneSet``), in any order.
    settings
        Size, effect and spread.
    rng
        Source of randomness; its state is moved on.

    Raises
    ------
    SubmissionError
        If a set of the example's claims is not among ``sets``.
    """
    members = members_of_claims(sets)
    claimed = frozenset().union(*members.values())
    genes, samples = list_genes(sets), plan_samples(settings.n_donors)
    marks = marking_genes(sets, claimed=claimed)
    marked = frozenset().union(*(group for pair in marks.values() for group in pair))
    n_cells = draw_cell_numbers(settings, rng=rng)
    base = draw_baseline(genes, expressed=claimed | marked, rng=rng)
    programmes = draw_programmes(genes, sets, first=tuple(SIGNS), rng=rng)
    by_donor = draw_shifts(programmes, n_rows=settings.n_donors, sd=settings.donor_sd, rng=rng)
    by_batch = settings.batch_sd * rng.standard_normal((2, len(genes)))
    by_sample = draw_shifts(programmes, n_rows=len(samples), sd=settings.sample_sd, rng=rng)
    planted = plant_effects(genes, members=members, effect=settings.effect)
    rows = [base + by_donor[s.donor] + by_batch[s.batch] + planted * (s.arm == TREATED) for s in samples]
    return Model(
        genes=genes,
        is_mt=np.isin(genes, MITOCHONDRIAL),
        samples=samples,
        n_cells=n_cells,
        abundance=np.vstack(rows) + by_sample,
        state_shifts=draw_state_shifts(genes, marks, rng=rng),
        state_shares=draw_state_shares(settings.n_donors, rng=rng),
    )
