"""Tests of the claimed read-outs under many labellings."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from scvalid.contracts.claimed import Claimed
from scvalid.keys import Effect, Kind
from scvalid.pathways.compute.analysis import Compared
from scvalid.pathways.compute.controls.labellings import Labellings
from scvalid.pathways.compute.testing import Measured, Model, SetTests, fit_genes, intervals, test_genes, test_sets

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
POSSIBLE_P: Final = 0.2
"""A q is never below its p, and no setting allows a decisive verdict above this q."""


@dataclass(frozen=True)
class Readouts:
    """The claimed read-outs of a state: rows of the scores, then rows of the expressed genes."""

    sets: Rows
    genes: Rows
    names: tuple[tuple[str, str], ...]
    """Kind and id of each."""


def readouts_of(compared: Compared, claimed: Claimed) -> Readouts:
    """Return the read-outs of the claims that this state has numbers of."""
    sets, genes = compared.claimed_sets(claimed), compared.claimed_genes(claimed)
    of_sets = ((Kind.SET, str(name)) for name in compared.measured.names[sets])
    of_genes = ((Kind.GENE, str(name)) for name in compared.measured.expression.genes[genes])
    return Readouts(sets, genes, (*of_sets, *of_genes))


def test_readouts(measured: Measured, labellings: Labellings, readouts: Readouts) -> dict[str, Floats]:
    """Return effect, p value between donors and ends of the 90 % interval: labellings x read-outs each.

    The interval is missing where p is above ``POSSIBLE_P``, for it is slow and no verdict asks for it there.
    """
    found = [_test(measured, model, readouts) for model in labellings.models]
    theta, p, half = (np.stack(arrays) for arrays in zip(*found, strict=True))
    return {Effect.THETA: theta, Effect.P_DONOR: p, Effect.LOW90: theta - half, Effect.HIGH90: theta + half}


def _test(measured: Measured, model: Model, readouts: Readouts) -> tuple[Floats, Floats, Floats]:
    fitted = fit_genes(measured, model)
    of_sets = test_sets(measured, model, genes=fitted)
    of_genes = test_genes(measured, model, readouts.genes, genes=fitted)
    theta = np.concatenate([of_sets.fit.effect[readouts.sets], of_genes.fit.effect])
    p = np.concatenate([of_sets.p_donor[readouts.sets], of_genes.p_donor])
    half = np.concatenate([np.full(readouts.sets.size, np.nan), stats.t.isf(0.05, of_genes.df) * of_genes.se])
    wanted = np.flatnonzero(p[: readouts.sets.size] <= POSSIBLE_P)
    half[wanted] = intervals(_only(of_sets, readouts.sets[wanted]), level=0.9)
    return theta, p, half


def _only(tests: SetTests, rows: Rows) -> SetTests:
    """Return the tests of some sets."""
    fit = replace(tests.fit, effect=tests.fit.effect[rows], variance=tests.fit.variance[rows])
    posterior = tests.posterior
    if posterior is not None:
        parts = {name: getattr(posterior, name)[rows] for name in ("weight", "sd", "is_fallback")}
        posterior = replace(posterior, fit=fit, **parts)
    own = {name: getattr(tests, name)[rows] for name in ("p_donor", "p_plain", "se", "rho", "is_fallback")}
    return replace(tests, fit=fit, posterior=posterior, **own)
