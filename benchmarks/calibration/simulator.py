"""Pseudobulk profiles of known truth, in a few milliseconds; nothing of it is taken from the demo's simulator.

log2 expression of gene g in sample s: ``abundance_g + donor_g,d(s) + sample_gs + batch_g,b(s) + treated_s effect_g``. Donor,
sample and batch effects move in programmes (``Genome.common``). The sum over n cells of negative binomial counts with mean m
and dispersion f is negative binomial with mean n m and dispersion f / n, and is drawn as such.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from benchmarks.calibration.layouts import Layout
from benchmarks.calibration.programmes import N_SETS, Floats, Genome, draw_genome
from benchmarks.calibration.scenarios import N_SHIFTED_SETS, Scenario
from numpy.typing import NDArray

DEPTH: Final = 3000.0
"""Counts of a cell over all genes."""
N_BINS: Final = 20
NO_GENES: Final = np.empty(0)
OTHER_CELLS_SD: Final = 1.5
"""SD over genes of the log2 difference from what is mixed in."""


@dataclass(frozen=True)
class Dataset:
    """One simulated experiment.

    Attributes
    ----------
    counts, n_detected
        Profiles x genes: sums of counts, and cells with at least one.
    n_cells
        Cells of each profile.
    per_cell
        Profiles x genes, expected counts of one cell.
    planted
        log2 effect planted on each set, in the direction of its weights.
    truth
        Estimand of each set: the planted effect less the matched background that planted effects have moved.
    is_shifted
        Sets that move from sample to sample beyond what their programme does.
    asked_genes, planted_genes
        Single genes that claims are made on, and the log2 effect planted on each.
    """

    layout: Layout
    genome: Genome
    counts: Floats
    n_detected: Floats
    n_cells: NDArray[np.intp]
    per_cell: Floats
    planted: Floats
    truth: Floats
    is_shifted: NDArray[np.bool_]
    asked_genes: NDArray[np.intp]
    planted_genes: Floats


def simulate(
    layout: Layout, scenario: Scenario, planted: Floats, rng: np.random.Generator, *, of_genes: Floats = NO_GENES
) -> Dataset:
    """Draw one experiment.

    Parameters
    ----------
    layout
        Donors, arms and batches of the samples.
    scenario
        What else differs between samples.
    planted
        log2 effects, one for each of the ``N_SETS`` sets, dealt to the sets at random.
    of_genes
        log2 effects of single genes, dealt at random to genes of at least median abundance.
    """
    genome = draw_genome(rng)
    planted = rng.permutation(planted)
    effect = np.r_[planted, np.zeros(genome.rho.size - N_SETS + 1)][genome.programme] * genome.sign
    abundant = np.argsort(genome.abundance)[genome.abundance.size // 2 :]
    asked_genes = rng.choice(abundant, of_genes.size, replace=False) if of_genes.size else np.empty(0, np.intp)
    effect[asked_genes] += of_genes
    is_shifted = rng.permutation(np.arange(N_SETS) < N_SHIFTED_SETS) & (scenario.set_shift > 0)
    expression = _expression(layout, scenario, genome, rng) + _shifts(layout, scenario, genome, is_shifted, rng)
    expression[:, layout.is_treated] += (effect + _broad_shift(genome, scenario))[:, None]
    shares = _contaminated(_shares(expression), layout, scenario, genome, rng)
    depth = DEPTH * np.exp(rng.normal(0, 0.2, layout.donors.size))
    depth *= np.where(layout.is_treated, scenario.depth_treated, 1.0)
    per_cell, n_cells = (shares * depth).T, _n_cells(layout, scenario, rng)
    counts, n_detected = _count(per_cell, n_cells, genome.dispersion, rng)
    truth = estimand(genome, effect)
    return Dataset(layout, genome, counts, n_detected, n_cells, per_cell, planted, truth, is_shifted, asked_genes, of_genes)


def estimand(genome: Genome, effect: Floats) -> Floats:
    """Return the truth of each set: ``sum w (effect - mean effect of the gene's abundance bin) / sum |w| / (1 - c)``.

    ``c`` is what a uniform shift of the set alone would take off its own score by way of the background, so that a set that
    moves alone has the truth that was planted, and other sets that move take off what they add to its background.
    """
    rank = np.argsort(np.argsort(genome.abundance))
    bins = rank * N_BINS // rank.size
    member = (genome.programme == np.arange(N_SETS)[:, None]) * genome.sign
    weights = member / np.abs(member).sum(axis=1, keepdims=True)
    size = np.bincount(bins)
    centred = effect - (np.bincount(bins, effect) / size)[bins]
    in_bin = np.eye(N_BINS)[bins]
    own = ((weights @ in_bin) * (member @ in_bin) / size).sum(axis=1)
    return weights @ centred / (1 - own)


def _expression(layout: Layout, scenario: Scenario, genome: Genome, rng: np.random.Generator) -> Floats:
    """Return genes x samples, log2, without treatment."""
    donors = scenario.donor_sd * _moved(genome, layout.donors.max() + 1, rng)[:, layout.donors]
    n, samples = layout.donors.size, scenario.sample_sd * _moved(genome, layout.donors.size, rng)
    samples *= np.where(layout.is_treated, scenario.treated_sd, 1.0)
    samples *= np.where(layout.donors == rng.integers(layout.donors.max() + 1), scenario.outlier, 1.0)
    if scenario.tail_df:
        # multivariate t of a sample, with the variance of the normal one
        samples *= np.sqrt((scenario.tail_df - 2) / rng.chisquare(scenario.tail_df, n))
    if layout.batches.any():
        samples += scenario.batch_sd * _moved(genome, layout.batches.max() + 1, rng)[:, layout.batches]
    return genome.abundance[:, None] + donors + samples


def _shifts(
    layout: Layout, scenario: Scenario, genome: Genome, is_shifted: NDArray[np.bool_], rng: np.random.Generator
) -> Floats:
    """Return what moves all genes of the shifted sets alike from sample to sample, genes x samples."""
    size = np.where(np.r_[is_shifted, np.zeros(genome.rho.size - N_SETS + 1, bool)], scenario.set_shift, 0.0)
    shift = size[:, None] * rng.normal(size=(size.size, layout.donors.size))
    return genome.sign[:, None] * shift[genome.programme]


def _moved(genome: Genome, n: int, rng: np.random.Generator) -> Floats:
    return genome.common(rng.normal(size=(genome.rho.size, n)), rng.normal(size=(genome.sign.size, n)))


def _broad_shift(genome: Genome, scenario: Scenario) -> Floats:
    centred = genome.abundance - genome.abundance.mean()
    return scenario.broad_shift * centred / centred.std()


def _shares(expression: Floats) -> Floats:
    level = 2.0**expression
    return level / level.sum(axis=0)


def _contaminated(shares: Floats, layout: Layout, scenario: Scenario, genome: Genome, rng: np.random.Generator) -> Floats:
    """Mix in the counts of the surrounding fluid and of doublets; both have other shares of each gene."""
    for share in (
        np.where(layout.is_treated, scenario.ambient[1], scenario.ambient[0]),
        rng.uniform(0, scenario.doublets, layout.donors.size),
    ):
        other = genome.abundance + rng.normal(0, OTHER_CELLS_SD, genome.abundance.size)
        shares = (1 - share) * shares + share * _shares(other[:, None])
    return shares


def _n_cells(layout: Layout, scenario: Scenario, rng: np.random.Generator) -> NDArray[np.intp]:
    n = layout.donors.size
    if scenario.cells == "even":
        return rng.integers(40, 161, n)
    is_few = layout.is_treated if scenario.cells == "arms" else np.arange(n) % 2 == 1
    return np.where(is_few, 30, 300)


def _count(per_cell: Floats, n_cells: NDArray[np.intp], dispersion: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    shape = n_cells[:, None] / dispersion
    counts = rng.poisson(rng.gamma(shape, per_cell * dispersion)).astype(float)
    detected = 1 - (1 + per_cell * dispersion) ** (-1 / dispersion)
    return counts, np.minimum(counts, np.round(n_cells[:, None] * detected))
