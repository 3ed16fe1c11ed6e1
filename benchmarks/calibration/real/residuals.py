"""How correlated the genes of a set are in the residuals of real samples: what the hyperprior must not lie below."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from benchmarks.calibration.real.data import (
    BULK,
    SMALL_DONORS,
    TREATED,
    VEHICLE,
    Floats,
    Kang,
    measure_bulk,
)
from benchmarks.calibration.real.scored import Variances, panel_of, variances_of
from benchmarks.calibration.real.type_one import HIGH_RHO, jackknife_half

from scvalid.pathways.compute.testing import Measured
from scvalid.stats.correlation_prior import RHO

SIZES: Final = {"all": (0, 10_000), "5-19": (5, 20), "20-79": (20, 80), "80 or more": (80, 10_000)}
EM_STEPS: Final = 300
BULK_ARMS: Final = ("ctrl", "primed")


class Residual(NamedTuple):
    """Correlation in one comparison; intervals by jackknife over donors (bulk: samples)."""

    source: str
    genes_of_set: str
    df: int
    n_sets: int
    ratio_median: str
    rho_mean: str
    rho_mean_low: str
    rho_mean_high: str
    rho_median: str
    rho_q95: str
    npml_mean: str
    npml_share_high: str
    share_fallback: str


Sample = Callable[[Sequence[str]], tuple[Measured, Floats]]


def residual_rows(data: Kang) -> Iterator[Residual]:
    """Yield the rows of every source."""
    large = [donor for donor in data.donors if donor not in SMALL_DONORS]
    for note, donors in (("", data.donors), (", six larger donors", large)):
        yield from _rows(f"Kang, vehicle arm between donors{note}", donors, _between(data, VEHICLE))
        yield from _rows(f"Kang, treated arm between donors{note}", donors, _between(data, TREATED))
        yield from _rows(f"Kang, differences within donors{note}", donors, _within(data))
    if BULK.is_file():
        samples = [f"{arm}-{i}_fpkm" for arm in BULK_ARMS for i in (1, 2, 3)]
        yield from _rows("bulk MSC, both arms", samples, lambda chosen: (measure_bulk(chosen, data.panel), _arms(chosen)))


def mixing_distribution(found: Variances) -> Floats:
    """Return the maximum-likelihood distribution of rho over the grid ``RHO`` (EM from the uniform one)."""
    fit, grid = found.fit, found.independent[:, None] + np.maximum(found.together - found.independent, 0)[:, None] * RHO
    log_likelihood = -fit.df / 2 * (np.log(grid) + fit.variance[:, None] / grid)
    likelihood = np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True))
    share = np.full(RHO.size, 1 / RHO.size)
    for _ in range(EM_STEPS):
        weight = likelihood * share
        share = (weight / weight.sum(axis=1, keepdims=True)).mean(axis=0)
    return share


def _between(data: Kang, arm: str) -> Sample:
    return lambda donors: (data.measured(donors, [arm]), np.ones((len(donors), 1)))


def _within(data: Kang) -> Sample:
    return lambda donors: (
        data.measured(donors, [VEHICLE, TREATED]),
        np.column_stack([np.repeat(np.eye(len(donors)), 2, axis=0), np.tile([0.0, 1.0], len(donors))]),
    )


def _arms(samples: Sequence[str]) -> Floats:
    return np.array([[sample.startswith(arm) for arm in BULK_ARMS] for sample in samples], dtype=float)


def _rows(source: str, units: Sequence[str], sample: Sample) -> Iterator[Residual]:
    found, size = _variances(sample, units)
    left = [_variances(sample, [unit for unit in units if unit != out]) for out in units]
    for name, bounds in SIZES.items():
        part = _part(found, size, bounds)
        half = jackknife_half([float(_part(*one, bounds).rho.mean()) for one in left])
        yield _row(source, name, part, half)


def _variances(sample: Sample, units: Sequence[str]) -> tuple[Variances, Floats]:
    measured, x = sample(units)
    return variances_of(panel_of(measured), measured, x, is_paired=False), np.diff(measured.signed.indptr)


def _part(found: Variances, size: Floats, bounds: tuple[int, int]) -> Variances:
    keep = (size >= bounds[0]) & (size < bounds[1])
    fit = type(found.fit)(found.fit.effect[keep], found.fit.variance[keep], found.fit.unit, found.fit.df)
    return Variances(fit, found.independent[keep], found.together[keep])


def _row(source: str, name: str, part: Variances, half: float) -> Residual:
    rho, share, mean = part.rho, mixing_distribution(part), float(part.rho.mean())
    numbers = (
        np.median(part.fit.variance / part.independent), mean, mean - half, mean + half, np.median(rho),
        np.quantile(rho, 0.95), share @ RHO, share[RHO > HIGH_RHO].sum(), (rho > 0.5).mean(),
    )  # fmt: skip
    return Residual(source, name, part.fit.df, rho.size, *(f"{number:.3f}" for number in numbers))
