"""Genes, gene sets and the correlated programmes that they move in."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

N_GENES: Final = 2000
SIZES: Final = (0, 15, 30, 60, 120)
"""Genes of a set; 0 stands for 5 to 10, drawn anew for each set."""
SETS_PER_SIZE: Final = 4
N_SETS: Final = len(SIZES) * SETS_PER_SIZE
LOW_RHO, HIGH_RHO, MAX_RHO = 0.03, 0.12, 0.6
ABUNDANCE_SD: Final = 2.2
"""SD of log2 abundance over genes: four orders of magnitude between the rarest and the most abundant."""
RARE_SHARE: Final = 0.15
"""The rarest genes stand in no set; the others do so whatever their abundance."""
OUTSIDE_SIZE: Final = 30
SD_SPREAD: Final = 0.2
"""SD over genes of the log of a gene's biological SD."""


@dataclass(frozen=True)
class Genome:
    """What does not differ between samples.

    Attributes
    ----------
    abundance
        log2 relative abundance of each gene.
    dispersion
        Negative binomial dispersion of each gene between cells.
    sd_factor
        Factor of each gene on donor and sample SD, root mean square 1.
    programme
        Programme of each gene, -1 if it has none; the first ``N_SETS`` programmes are the sets.
    sign
        Sign of each gene in its programme, which for a set is the sign of its weight.
    rho
        Correlation of the genes of each programme, after signs, before counting.
    """

    abundance: Floats
    dispersion: Floats
    sd_factor: Floats
    programme: NDArray[np.intp]
    sign: Floats
    rho: Floats

    @property
    def sizes(self) -> NDArray[np.intp]:
        """Return the number of genes of each set."""
        return np.bincount(self.programme[self.programme >= 0])[:N_SETS]

    def common(self, units: Floats, own: Floats) -> Floats:
        """Return effects of unit variance, genes x units, from values of programmes x units and genes x units."""
        rho = np.r_[self.rho, 0.0][self.programme][:, None]
        shared = np.vstack([units, np.zeros(units.shape[1])])[self.programme]
        return self.sd_factor[:, None] * (np.sqrt(rho) * self.sign[:, None] * shared + np.sqrt(1 - rho) * own)


def draw_genome(rng: np.random.Generator) -> Genome:
    """Draw abundances, 20 disjoint sets (every second one signed), and programmes outside the sets."""
    abundance = rng.normal(0, ABUNDANCE_SD, N_GENES)
    sizes = np.repeat(SIZES, SETS_PER_SIZE)
    sizes = np.where(sizes == 0, rng.integers(5, 11, N_SETS), sizes)
    eligible = rng.permutation(np.argsort(abundance)[int(RARE_SHARE * N_GENES) :])
    programme = np.full(N_GENES, -1, np.intp)
    programme[eligible[: sizes.sum()]] = np.repeat(np.arange(N_SETS), sizes)
    outside = rng.permutation(np.flatnonzero(programme < 0))
    outside = outside[: outside.size // 2]
    programme[outside] = N_SETS + np.arange(outside.size) // OUTSIDE_SIZE
    is_signed = programme % 2 == 1
    sign = np.where(is_signed & (rng.random(N_GENES) < 0.4), -1.0, 1.0)
    sd_factor = np.exp(rng.normal(0, SD_SPREAD, N_GENES) - SD_SPREAD**2)
    dispersion = 0.5 * np.exp(rng.normal(0, 0.5, N_GENES))
    return Genome(abundance, dispersion, sd_factor, programme, sign, draw_rho(programme.max() + 1, rng))


def draw_rho(n: int, rng: np.random.Generator) -> Floats:
    """Return correlations of mean .10 up to .6: about four tenths below .03, three tenths above .12."""
    rho = rng.beta(0.5, 4.0, 4 * n)
    return rho[rho <= MAX_RHO][:n]


def stratum_of_size(size: int) -> str:
    """Return the name of a stratum of set sizes."""
    return "5-10" if size <= 10 else str(size)


def stratum_of_rho(rho: float) -> str:
    """Return the name of a stratum of correlations."""
    return "low" if rho < LOW_RHO else "high" if rho > HIGH_RHO else "mid"
