"""The plan of the experiment: donors in both arms, two sequencing batches, cells of each sample."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scvalid.simulation.settings import SimulationSettings

VEHICLE, TREATED = "vehicle", "icariin"
ARMS = (VEHICLE, TREATED)


@dataclass(frozen=True)
class PlannedSample:
    """One sample: a donor's cells under one arm."""

    donor: int
    """Number of the donor, from 0."""
    arm: str
    batch: int
    """Number of the sequencing batch, 0 or 1; a donor's two samples are in the same."""

    @property
    def donor_id(self) -> str:
        """The donor's name in the sample sheet."""
        return f"D{self.donor + 1}"

    @property
    def batch_id(self) -> str:
        """The batch's name in the sample sheet."""
        return f"batch{self.batch + 1}"

    @property
    def sample_id(self) -> str:
        """The sample's name in the sample sheet, and the stem of its file."""
        return f"{self.donor_id}_{self.arm}"


def plan_samples(n_donors: int) -> tuple[PlannedSample, ...]:
    """Return the samples, donor by donor, vehicle first; the first half of the donors is batch 1."""
    half = (n_donors + 1) // 2
    return tuple(PlannedSample(donor, arm, int(donor >= half)) for donor in range(n_donors) for arm in ARMS)


def draw_cell_numbers(settings: SimulationSettings, *, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the number of cells of each sample: about equal (SD 5 %), together exactly ``n_cells``."""
    weight = 1.0 + 0.05 * np.clip(rng.standard_normal(2 * settings.n_donors), -2.0, 2.0)
    ends = np.round(settings.n_cells * np.cumsum(weight) / weight.sum()).astype(np.int64)
    return np.diff(ends, prepend=0)
