"""What is commonly done instead: set tests on gene statistics, and a rank test on cells; one p and one sign a set."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from benchmarks.calibration.programmes import N_SETS, Floats, Genome
from benchmarks.calibration.simulator import N_BINS, Dataset
from scipy import stats

CAMERA_RHO: Final = 0.01
"""Correlation that CAMERA-PR takes for any set unless told otherwise."""
N_SHUFFLED: Final = 999
Results = Mapping[str, tuple[Floats, Floats]]
"""Name of a practice -> p values and signed effects of the sets."""


def of_genes(t: Floats, genome: Genome, rng: np.random.Generator) -> Results:
    """Return set tests that take genes for independent.

    Parameters
    ----------
    t
        Moderated t of each gene, missing where it was not tested.
    genome
        The sets.
    rng
        Draws the shuffled sets of GSEA.
    """
    tested = np.isfinite(t)
    member = ((genome.programme == np.arange(N_SETS)[:, None]) * genome.sign)[:, tested]
    t = t[tested]
    return {"ULM on gene t": ulm(t, member), "CAMERA-PR (.01)": camera_pr(t, member), "GSEA preranked": gsea(t, member, rng)}


def ulm(t: Floats, member: Floats) -> tuple[Floats, Floats]:
    """Return decoupler's univariate linear model: the regression of gene statistics on weights."""
    x, y = member - member.mean(axis=1, keepdims=True), t - t.mean()
    r = x @ y / np.sqrt((x**2).sum(axis=1) * (y**2).sum())
    df = t.size - 2
    return 2 * stats.t.sf(np.abs(r) * np.sqrt(df / (1 - r**2)), df), r


def camera_pr(t: Floats, member: Floats) -> tuple[Floats, Floats]:
    """Return Wu & Smyth 2012 on given statistics, two-sample t with variance inflation ``1 + (m - 1) .01``."""
    p, sign = np.empty(N_SETS), np.empty(N_SETS)
    for k, weights in enumerate(member):
        is_in, signed = weights != 0, np.where(weights < 0, -t, t)
        m, m2 = is_in.sum(), t.size - is_in.sum()
        delta = t.size / m2 * (signed[is_in].mean() - signed.mean())
        pooled = ((t.size - 1) * signed.var(ddof=1) - delta**2 * m * m2 / t.size) / (t.size - 2)
        statistic = delta / np.sqrt(pooled * ((1 + (m - 1) * CAMERA_RHO) / m + 1 / m2))
        p[k], sign[k] = 2 * stats.t.sf(abs(statistic), t.size - 2), statistic
    return p, sign


def gsea(t: Floats, member: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return GSEA on ranked genes (Subramanian 2005, weight 1), p by shuffled genes among scores of the same sign."""
    p, sign = np.empty(N_SETS), np.empty(N_SETS)
    largest = int((member != 0).sum(axis=1).max())
    shuffled = np.argpartition(rng.random((N_SHUFFLED, t.size)), largest, axis=1)[:, :largest]
    for k, weights in enumerate(member):
        signed = np.where(weights < 0, -t, t)
        order = np.argsort(-signed)
        places = np.flatnonzero(weights[order] != 0)
        score = _enrichment(places[None], signed[order])[0]
        null = _enrichment(np.sort(rng.permuted(shuffled, axis=1)[:, : places.size], axis=1), signed[order])
        same = null[np.sign(null) == np.sign(score)]
        p[k], sign[k] = (1 + (np.abs(same) >= abs(score)).sum()) / (1 + same.size), score
    return p, sign


def _enrichment(places: np.ndarray, ranked: Floats) -> Floats:
    """Return the extreme of the running sum for sets of one size, rows x places in the ranking."""
    size = np.abs(ranked)[places]
    hits = np.cumsum(size, axis=1) / size.sum(axis=1, keepdims=True)
    before = hits - size / size.sum(axis=1, keepdims=True)
    misses = (places - np.arange(places.shape[1])) / (ranked.size - places.shape[1])
    high, low = (hits - misses).max(axis=1), (before - misses).min(axis=1)
    return np.where(high > -low, high, low)


def of_cells(dataset: Dataset, rng: np.random.Generator) -> Results:
    """Return the rank-sum test on module scores of cells, drawn with the expectations of the data set's profiles.

    The score is the mean log expression of a set's genes (by sign) less that of genes of the same abundance.
    """
    genome = dataset.genome
    per_cell = np.repeat(dataset.per_cell, dataset.n_cells, axis=0)
    is_treated = np.repeat(dataset.layout.is_treated, dataset.n_cells)
    counts = rng.poisson(rng.gamma(1 / genome.dispersion, per_cell * genome.dispersion))
    level = np.log1p(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1) * 1e4)
    bins = np.argsort(np.argsort(genome.abundance)) * N_BINS // genome.abundance.size
    in_bin = np.eye(N_BINS)[bins]
    member = (genome.programme == np.arange(N_SETS)[:, None]) * genome.sign
    score = level @ member.T - (level @ in_bin / in_bin.sum(axis=0)) @ (member @ in_bin).T
    found = stats.mannwhitneyu(score[is_treated], score[~is_treated], method="asymptotic")
    return {"Wilcoxon on cells": (found.pvalue, found.statistic - is_treated.sum() * (~is_treated).sum() / 2)}
