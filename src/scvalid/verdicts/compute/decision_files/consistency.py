"""Numbers of a decision file that cannot stand beside each other, whatever the data were."""

import math
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
from scipy import special

from scvalid.contracts.decisions import DecidedPart, DecisionFile
from scvalid.contracts.verdicts import DesignFacts, Evidence
from scvalid.keys import ALL_MSC, Obs
from scvalid.verdicts.compute.decision_files.differences import TOLERANCE, Difference, values_by_arm

MAX_GENES = 1_000_000
LEAST_HALF_WIDTH = 1.5
"""Half a 95 % interval is more standard errors than this for every test of the run, and at most what t has with df 1."""
MOST_HALF_WIDTH = float(special.stdtrit(1, 0.975))
Bounds: TypeAlias = tuple[str, float | None, float, float]
"""What, its value, the least and the most that it can be."""


def compare_states(file: DecisionFile) -> Iterator[tuple[str, Difference]]:
    """Yield the states whose name or design no run has."""
    names = [state.facts.state for state in file.states]
    fits = names == [ALL_MSC] if file.grouping == ALL_MSC else ALL_MSC not in names
    if not fits or len(set(names)) < len(names):
        must = f"'{ALL_MSC}' alone" if file.grouping == ALL_MSC else f"each state once, none of them '{ALL_MSC}'"
        yield "", ("names of the states", ", ".join(names), must)
    for state in file.states:
        facts = state.facts
        yield from ((facts.state, found) for found in _outside(_bounds_of_design(facts)))
        arms = {"treated": (facts.n_treated, facts.donors_treated), "vehicle": (facts.n_vehicle, facts.donors_vehicle)}
        for arm, (n, donors) in arms.items():
            if n != len(set(donors)) or n != len(donors):
                yield facts.state, (f"donors of the {arm} arm", ", ".join(donors) or "none", f"{n} that differ")


def compare_consistency(
    told: DecidedPart, evidence: Evidence, facts: DesignFacts, offered: Sequence[str]
) -> Iterator[Difference]:
    """Yield what of the evidence on one part no run can have found.

    Parameters
    ----------
    told, evidence
        The part and its numbers.
    facts
        The design of its state.
    offered
        Names of the specifications of the run, of this kind of read-out.
    """
    yield from _outside(_bounds_of_intervals(evidence))
    yield from _outside(_bounds_of_numbers(evidence, facts))
    df = float(facts.df)
    if evidence.df < df if told.readout.type == "gene" else evidence.df != df:
        must = f"{df:g}, that of the design" + (", or more" if told.readout.type == "gene" else "")
        yield "degrees of freedom", f"{evidence.df:g}", must
    yield from _of_donors(evidence, facts)
    yield from _of_left_out(evidence, facts)
    names = (*(one.name for one in evidence.specifications), *told.not_applied)
    if sorted(names) != sorted(offered):
        yield "specifications", ", ".join(names) or "none", ", ".join(offered) or "none"


def _bounds_of_design(facts: DesignFacts) -> Iterator[Bounds]:
    yield "vif", facts.vif, 1.0, math.inf
    yield "smallest exact p", facts.smallest_exact_p, 0.0, 1.0
    yield "genes measured", facts.n_genes_measured, 0, MAX_GENES
    yield "genes expressed", facts.n_genes, 0, facts.n_genes_measured


def _bounds_of_intervals(told: Evidence) -> Iterator[Bounds]:
    half90, half95 = (told.high90 - told.low90) / 2, (told.high95 - told.low95) / 2
    yield "half of the 90 % interval", half90, 0.0, half95
    yield "half of the 95 % interval", half95, LEAST_HALF_WIDTH * told.se, MOST_HALF_WIDTH * told.se
    yield "low end without one donor", told.lodo_low, -math.inf, told.lodo_high
    yield "mde", told.mde, 0.0, math.inf
    yield "matched_sd", told.matched_sd, 0.0, math.inf
    yield "rho", told.rho, -1.0, 1.0


def _bounds_of_numbers(told: Evidence, facts: DesignFacts) -> Iterator[Bounds]:
    for name in ("p_donor", "p_plain", "p_matched", "weight_measured", "weight_expressed"):
        yield name, getattr(told, name), 0.0, 1.0
    for one in told.specifications:
        yield f"smallest p of {one.name}", one.smallest_p, 0.0, 1.0
        yield f"p of {one.name}", one.p, one.smallest_p, 1.0
    yield "genes of the read-out", told.n_genes_set, 1, MAX_GENES
    yield "expressed genes of the read-out", told.n_genes_expressed, 1, min(told.n_genes_set, facts.n_genes)
    yield "unrelated axes", told.n_unrelated, 0, MAX_GENES
    yield "unrelated axes that move", told.n_unrelated_moving, 0, told.n_unrelated
    for planted in told.recovery:
        yield "labellings of a planted effect", planted.n, 1, MAX_GENES
        yield "share of a planted effect detected", planted.share_detected, 0.0, 1.0
        yield "share of a planted effect expected", planted.share_expected, 0.0, 1.0


def _outside(bounds: Iterator[Bounds]) -> Iterator[Difference]:
    for what, value, low, high in bounds:
        slack = TOLERANCE * max(1.0, abs(value or 0.0))
        if value is not None and not low - slack <= value <= high + slack:
            yield what, f"{value:.6g}", f"from {low:.6g} to {high:.6g}"


def _of_donors(told: Evidence, facts: DesignFacts) -> Iterator[Difference]:
    arms = values_by_arm(told)
    present = sorted(sorted(donors) for donors in arms.values())
    expected = sorted(sorted(donors) for donors in (facts.donors_treated, facts.donors_vehicle))
    if present != expected or len(told.donor_values) != sum(map(len, present)):
        got = " and ".join(f"{len(donors)} of {arm}" for arm, donors in arms.items()) or "none"
        yield "donors with values", got, f"one value of each donor of the two arms, {facts.n_treated} and {facts.n_vehicle}"
    if told.lodo_donor not in {*facts.donors_treated, *facts.donors_vehicle}:
        yield "donor left out", told.lodo_donor, "one of the design"


def _of_left_out(told: Evidence, facts: DesignFacts) -> Iterator[Difference]:
    """Yield ranges and plain p values that the donors' own differences do not give, where the model is no more than pairs."""
    arms = list(values_by_arm(told).values())
    if not (facts.is_paired and set(facts.nuisance) == {Obs.DONOR} and len(arms) == 2 and arms[0].keys() == arms[1].keys()):
        return
    pairs = np.array([arms[0][donor] - arms[1][donor] for donor in arms[0]])
    pairs = pairs if pairs.sum() * told.theta > 0 else -pairs
    if pairs.size < 2:
        return
    without = (pairs.sum() - pairs) / (pairs.size - 1)
    for what, one, other in (("low", told.lodo_low, without.min()), ("high", told.lodo_high, without.max())):
        if not math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            yield f"{what} end without one donor", f"{one:.6g}", f"{other:.6g}, from the values of donors"
    spread = float(pairs.std(ddof=1)) / math.sqrt(pairs.size)
    p = 2 * float(special.stdtr(pairs.size - 1, -abs(pairs.mean()) / spread)) if spread > 0 else told.p_plain
    if not math.isclose(p, told.p_plain, rel_tol=1e-6, abs_tol=TOLERANCE):
        yield "p_plain", f"{told.p_plain:.6g}", f"{p:.6g}, from the values of donors"
