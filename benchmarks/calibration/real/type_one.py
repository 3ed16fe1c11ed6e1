"""Type I error of every test on labellings of real profiles under which nothing is true, each donor left out in turn."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from benchmarks.calibration.real.data import Kang
from benchmarks.calibration.real.nulls import NULLS, Null, random_sets, shifted_sets
from benchmarks.calibration.real.scored import Scored, p_by_test, panel_of, variances_of
from numpy.typing import NDArray
from scipy import stats

from scvalid.pathways.compute.testing import Measured

ALPHA = 0.05
HIGH_RHO = 0.12
CORRELATED = "panel sets, rho above .12"
"""Correlation over all samples of the arm, which no split changes."""


class TypeOne(NamedTuple):
    """Rejections at .05 of one test under one null; the interval is a jackknife over donors, t with one less than there are."""

    null: str
    readouts: str
    test: str
    n_tests: int
    rate: str
    low: str
    high: str


class Counted(NamedTuple):
    """Number of tests, and rejected share of each kind."""

    n: int
    rate: dict[str, float]


def type_one_rows(data: Kang) -> Iterator[TypeOne]:
    """Yield the rows of every null on panel sets; on 4 v 4 also the correlated ones, on the first random and shifted ones."""
    for null in NULLS:
        kinds = ["panel sets", CORRELATED] if null.name.endswith("4 v 4") else ["panel sets"]
        if null.name == NULLS[0].name:
            kinds += ["random sets of their sizes", "set-wide shift, SD .2", "set-wide shift, SD .4"]
        for readouts in kinds:
            yield from _rows(data, null, readouts)


def _rows(data: Kang, null: Null, readouts: str) -> Iterator[TypeOne]:
    full = _count(data, null, readouts, data.donors)
    left = [_count(data, null, readouts, [d for d in data.donors if d != donor]) for donor in data.donors]
    for test, rate in full.rate.items():
        half = jackknife_half([one.rate[test] for one in left])
        numbers = (f"{value:.4f}" for value in (rate, max(rate - half, 0.0), min(rate + half, 1.0)))
        yield TypeOne(null.name, readouts, test, full.n, *numbers)


def jackknife_half(left: Sequence[float]) -> float:
    """Return half a 95 % interval from the estimates without each donor: ``t se``, ``se^2 = (n-1)/n sum (x - mean)^2``."""
    n = len(left)
    return float(stats.t.isf(0.025, n - 1) * np.sqrt((n - 1) / n * ((left - np.mean(left)) ** 2).sum()))


def _count(data: Kang, null: Null, readouts: str, donors: Sequence[str]) -> Counted:
    rejected: dict[str, list[NDArray[np.bool_]]] = {}
    for i, (measured, designs) in enumerate(null.labelled(data, donors)):
        rng = np.random.default_rng([zlib.crc32(f"{null.name}|{readouts}|{','.join(donors)}".encode()), i])
        scored = _scored(measured, readouts, rng)
        for x in designs:
            found = variances_of(scored, measured, x, is_paired=null.is_paired)
            for test, p in p_by_test(found, scored.in_panel, is_paired=null.is_paired).items():
                rejected.setdefault(test, []).append(p[scored.is_tested] <= ALPHA)
    n = sum(len(hits) for hits in next(iter(rejected.values())))
    return Counted(n, {test: float(np.concatenate(hits).mean()) for test, hits in rejected.items()})


def _scored(measured: Measured, readouts: str, rng: np.random.Generator) -> Scored:
    panel = panel_of(measured)
    if readouts == "panel sets":
        return panel
    if readouts == CORRELATED:
        one_mean = np.ones((measured.scores.shape[1], 1))
        return replace(panel, is_tested=variances_of(panel, measured, one_mean, is_paired=False).rho > HIGH_RHO)
    if readouts.startswith("random"):
        return random_sets(measured, rng)
    return shifted_sets(measured, rng, sd=float(readouts.rsplit(maxsplit=1)[-1]))
