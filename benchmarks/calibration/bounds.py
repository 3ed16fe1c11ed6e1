"""The bounds that the rule must keep, and whether it does: met, missed within chance, or broken beyond it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd
from benchmarks.calibration.events import false_shares
from benchmarks.calibration.intervals import Rate, clustered_rate, mean_of_clusters
from benchmarks.calibration.scenarios import VIOLATIONS
from benchmarks.calibration.studies import GENE_VIOLATIONS, MAIN, PRIMARY

Choice = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class Bound:
    """One bound: the event, among which observations, and between what.

    Attributes
    ----------
    line
        Line of the list in README.md that it belongs to.
    lowest, highest
        What the rate must lie between.
    highest_end
        What the upper end of its interval must not exceed to be met; the short form is too small for that.
    is_goal
        Whether a rate beyond it is reported and breaks nothing.
    """

    line: int
    name: str
    event: str
    among: Choice
    lowest: float = 0.0
    highest: float = 1.0
    highest_end: float = 1.0
    is_goal: bool = False


def check(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a bound; bounds on what was not simulated are left out.

    A bound is broken if the whole 95 % interval lies beyond it, which chance alone does in one of 40.

    Parameters
    ----------
    frame
        Observations with events.
    """
    ours = frame[frame["test"] == PRIMARY]
    rows = [_row(bound, rate) for bound in bounds() if (rate := rate_of(bound, ours)).n_tests]
    fields = ["line", "bound", "lowest", "highest", "highest_end", *Rate._fields, "status"]
    return pd.DataFrame(rows, columns=fields)


def rate_of(bound: Bound, frame: pd.DataFrame) -> Rate:
    """Return the rate that a bound is on."""
    chosen = frame[bound.among(frame)]
    if bound.event.startswith("FDR"):
        return mean_of_clusters(false_shares(chosen, bound.event.removeprefix("FDR, ")))
    known = chosen[chosen[bound.event].notna()]
    return clustered_rate(known[bound.event].to_numpy(bool), known["dataset"].to_numpy(str))


def lines_of(checked: pd.DataFrame) -> list[str]:
    """Return one line of text for each bound."""
    return [
        f"{row.line}. {row.bound}: {row.estimate:.4f} [{row.low:.4f}, {row.high:.4f}] of {row.n_tests}, "
        f"must be {row.lowest:g} to {row.highest:g}: {row.status}"
        for row in checked.itertuples()
    ]


def _row(bound: Bound, rate: Rate) -> tuple[object, ...]:
    limits = (bound.line, bound.name, bound.lowest, bound.highest, bound.highest_end)
    if rate.low > bound.highest or rate.high < bound.lowest:
        return (*limits, *rate, "goal missed" if bound.is_goal else "broken")
    is_met = bound.lowest <= rate.estimate <= bound.highest and rate.high <= bound.highest_end
    return (*limits, *rate, "met" if is_met else "missed within chance")


def bounds() -> Iterator[Bound]:
    """Yield every bound, in the order of the list in README.md."""
    yield from _type_i()
    yield from _false_verdicts()
    yield from _power()
    yield from _estimates()
    yield Bound(5, "decisive verdicts in fixtures", "decisive, alone", lambda f: f["fixture"] != "", highest=0.0)
    yield from _not_refused()
    yield from _of_genes()


def _of(kind_of_truth: str, *, design: str | None = None, n: int | None = None, scenario: str = "plain") -> Choice:
    def among(f: pd.DataFrame) -> pd.Series:
        chosen = (f["fixture"] == "") & (f["scenario"] == scenario) & (f["kind_of_truth"] == kind_of_truth)
        chosen &= f["design"] == design if design else f["n"] >= 3
        return chosen & (f["n"] == n) if n else chosen

    return among


def _type_i() -> Iterator[Bound]:
    for design, n in MAIN:
        yield Bound(1, f"type I, {design} n={n}", "type I: primary", _of("null", design=design, n=n), 0.03, 0.06)
    for rho in ("low", "mid", "high"):
        for size in ("5-10", "15", "30", "60", "120"):
            yield Bound(1, f"type I, {rho} correlation, {size} genes", "type I: primary", _in_stratum(rho, size), highest=0.08)


def _in_stratum(rho: str, size: str) -> Choice:
    everywhere = _of("null")
    return lambda f: everywhere(f) & (f["rho_stratum"] == rho) & (f["size"] == size) & f["design"].isin(["paired", "unpaired"])


def _false_verdicts() -> Iterator[Bound]:
    for event in ("false SUPPORTED", "false CONTRADICTED"):
        paired, unpaired = (_with_pairs(_of("null"), is_paired=value) for value in (True, False))
        alone, family = f"{event}, alone", f"{event}, family"
        yield Bound(2, f"{event}, one claim, paired", alone, paired, highest=0.015, highest_end=0.025)
        yield Bound(2, f"{event}, one claim, unpaired", alone, unpaired, highest=0.015, highest_end=0.025, is_goal=True)
        yield Bound(2, f"{event}, one claim, unpaired, upper bound", alone, unpaired, highest=0.025)
        yield Bound(2, f"{event}, BH, none of 20 true", family, _of("null"), highest=0.002)
        # Benjamini & Hochberg bound the share of false verdicts among all, which eight true ones make room for
        yield Bound(2, f"{event}, BH, 8 of 20 true", family, _of("mixed"), highest=0.002, is_goal=True)
        for scenario in VIOLATIONS:
            among = _of("null", scenario=scenario.name)
            yield Bound(2, f"{event}, one claim, {scenario.name}", f"{event}, alone", among, highest=0.03)
    yield Bound(2, "false among decisive, BH", "FDR, family", _of("mixed"), highest=0.05)


def _with_pairs(among: Choice, *, is_paired: bool) -> Choice:
    return lambda f: among(f) & (f["is_paired"] == is_paired)


POWER: Final = (
    ("alone", 0.5, 3, 0.95, ("paired",)), ("alone", 0.5, 4, 0.98, ("paired",)), ("family", 0.5, 3, 0.85, ("paired",)),
    ("family", 0.5, 4, 0.95, ("paired",)), ("family", 0.25, 3, 0.5, ("paired",)), ("family", 0.25, 4, 0.75, ("paired",)),
    ("family", 0.25, 4, 0.5, ("unpaired",)),
)  # fmt: skip


def _power() -> Iterator[Bound]:
    for form, effect, n, lowest, designs in POWER:
        for design in designs:
            among = _planted(_of("mixed", design=design, n=n), effect)
            yield Bound(3, f"SUPPORTED at {effect:g}, {form}, {design} n={n}", f"SUPPORTED, {form}", among, lowest=lowest)
    for form in ("alone", "family"):
        yield Bound(3, f"wrong direction, {form}", f"wrong direction, {form}", _of("mixed"), highest=0.001)


def _planted(among: Choice, effect: float) -> Choice:
    return lambda f: among(f) & (f["planted"].abs() == effect)


def _estimates() -> Iterator[Bound]:
    event = "NO_RELEVANT_EFFECT of a relevant one, alone"
    yield Bound(4, "NO_RELEVANT_EFFECT of .25 or more", event, _of("mixed"), highest=0.05)
    yield Bound(4, "NO_RELEVANT_EFFECT of .25", event, _planted(_of("mixed"), 0.25), highest=0.05)
    for truth in ("null", "mixed"):
        for design, n in MAIN:
            yield Bound(4, f"coverage, {truth}, {design} n={n}", "covered", _of(truth, design=design, n=n), 0.93, 0.97)


def _not_refused() -> Iterator[Bound]:
    among = _planted(_of("mixed", design="batch nested in donor"), 0.5)
    yield Bound(5, "SUPPORTED at 0.5 with a batch nested in donors", "SUPPORTED, alone", among, lowest=0.9)


def _of_genes() -> Iterator[Bound]:
    """Yield the bounds of sets for claims on genes. Unequal ambient counts are a goal: each gene does change."""
    null = _of("genes, null")
    for event in ("false SUPPORTED", "false CONTRADICTED"):
        paired, unpaired = (_with_pairs(null, is_paired=value) for value in (True, False))
        alone = f"{event}, alone"
        yield Bound(6, f"genes: {event}, one claim, paired", alone, paired, highest=0.015, highest_end=0.025)
        yield Bound(6, f"genes: {event}, one claim, unpaired", alone, unpaired, highest=0.025)
        yield Bound(6, f"genes: {event}, BH, none of 20 true", f"{event}, family", null, highest=0.002, is_goal=True)
        for scenario in GENE_VIOLATIONS:
            among, is_goal = _of("genes, null", scenario=scenario.name), scenario.name == "ambient difference"
            yield Bound(6, f"genes: {event}, one claim, {scenario.name}", alone, among, highest=0.03, is_goal=is_goal)
    yield Bound(6, "genes: SUPPORTED at 1, alone, paired n=4", "SUPPORTED, alone", _planted(_genes4(), 1.0), lowest=0.8)
    yield Bound(6, "genes: wrong direction, alone", "wrong direction, alone", _of("genes, mixed"), highest=0.001, is_goal=True)


def _genes4() -> Choice:
    return _of("genes, mixed", design="paired", n=4)
