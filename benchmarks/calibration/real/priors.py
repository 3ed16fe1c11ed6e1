"""Constants of the correlation-prior test side by side on the calibration's simulator, on seeds that none was chosen on."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from benchmarks.calibration.engine import sets_of
from benchmarks.calibration.intervals import clustered_rate
from benchmarks.calibration.layouts import layout
from benchmarks.calibration.programmes import stratum_of_rho, stratum_of_size
from benchmarks.calibration.real.data import SETTINGS, Floats, Kang
from benchmarks.calibration.real.scored import p_by_test, panel_of, variances_of
from benchmarks.calibration.scenarios import PLAIN
from benchmarks.calibration.simulator import Dataset, simulate
from benchmarks.calibration.studies import MAIN, PLANTED
from scipy import stats

from scvalid.pathways.compute.matched_sets import null_of
from scvalid.pathways.compute.testing import measure
from scvalid.pathways.compute.testing.measured import Measured, Model
from scvalid.stats.multiple_testing import benjamini_hochberg

SEED: Final = 6606
N_NULL, N_MIXED = 300, 200
ALPHA, FLOOR, SMALL_EFFECT = 0.05, 0.125, 0.25


class Compared(NamedTuple):
    """One rate of one test; intervals (95 %) count data sets, not tests."""

    quantity: str
    where: str
    test: str
    n_tests: int
    rate: str
    low: str
    high: str


def prior_rows(_data: Kang) -> Iterator[Compared]:
    """Yield type I error by design and by stratum, and the power of .25 log2 with BH over 20 sets of which 8 move.

    Power counts q <= .05 of the larger of p_donor and p_matched (normal, by the SD of the matched null) and |theta| >= .125.
    """
    null = _observed("null", N_NULL)
    yield from _rates(null, "type I at .05", "design", "rejected")
    yield from _rates(null, "type I at .05", "stratum", "rejected")
    mixed = _observed("mixed", N_MIXED)
    yield from _rates(mixed[mixed["planted"].abs() == SMALL_EFFECT], "power at .25, BH", "design", "found")
    yield from _rates(mixed[mixed["planted"] == 0], "false with 8 of 20 true, BH", "design", "found")


def _observed(truth: str, n_datasets: int) -> pd.DataFrame:
    frames = []
    for kind, n in MAIN:
        for i in range(n_datasets):
            rng = np.random.default_rng([SEED, n, kind == "paired", truth == "null", i])
            dataset = simulate(layout(kind, n), PLAIN, PLANTED[truth], rng)
            for test, columns in _tested(dataset).items():
                frames.append(pd.DataFrame(columns).assign(test=test, design=f"{kind} n={n}", dataset=f"{kind}{n}-{i}"))
    return pd.concat(frames, ignore_index=True)


def _tested(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """Return, for each test, what came of each set that passed its gates."""
    genes = np.array([f"g{i:04d}" for i in range(dataset.counts.shape[1])])
    measured = measure(dataset.counts, genes, sets_of(dataset.genome), SETTINGS)
    x, is_paired = _design(dataset), dataset.layout.kind == "paired"
    scored = panel_of(measured)
    found = variances_of(scored, measured, x, is_paired=is_paired)
    p_matched = _p_matched(measured, x, found.fit.effect, is_paired=is_paired)
    rows = [int(name.removeprefix("set")) for name in measured.names]
    genome = dataset.genome
    strata = [f"{stratum_of_size(int(genome.sizes[k]))} genes, {stratum_of_rho(float(genome.rho[k]))} rho" for k in rows]
    kept = {"planted": dataset.planted[rows], "stratum": strata}
    is_large = np.abs(found.fit.effect) >= FLOOR
    return {
        test: kept | {"rejected": p <= ALPHA, "found": (benjamini_hochberg(np.maximum(p, p_matched)) <= ALPHA) & is_large}
        for test, p in p_by_test(found, scored.in_panel, is_paired=is_paired).items()
    }


def _design(dataset: Dataset) -> Floats:
    sample = dataset.layout
    treated = sample.is_treated.astype(float)
    if sample.kind != "paired":
        return np.column_stack([np.ones(treated.size), treated])
    return np.column_stack([sample.donors[:, None] == np.unique(sample.donors), treated]).astype(float)


def _p_matched(measured: Measured, x: Floats, effect: Floats, *, is_paired: bool) -> Floats:
    sd = null_of(measured, Model(x, (), is_paired, "plain_t")).sd(measured.squared)
    return np.asarray(2 * stats.norm.sf(np.abs(effect) / sd))


def _rates(frame: pd.DataFrame, quantity: str, by: str, event: str) -> Iterator[Compared]:
    for (where, test), group in frame.groupby([by, "test"], sort=False):
        rate = clustered_rate(group[event].to_numpy(bool), group["dataset"].to_numpy(str))
        numbers = (f"{value:.4f}" for value in (rate.estimate, rate.low, rate.high))
        yield Compared(quantity, str(where), str(test), rate.n_tests, *numbers)
