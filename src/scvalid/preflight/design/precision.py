"""The effect that a design can show at 80 % power, and the chance to show that there is none, before any data are read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import log, sqrt

from pydantic import Field

from scvalid.contracts.claims import Claim
from scvalid.contracts.verdicts import MIN_DONORS_FOR_DECISION
from scvalid.preflight.design.prior import (
    CELLS,
    DEPTH,
    GENE_CPM,
    GENE_PRIOR_DF,
    SET_PRIOR_DF,
    SMALL_DF,
    SPREADS,
    Assumption,
    ReadoutKind,
)
from scvalid.settings import Frozen
from scvalid.stats.power import POWER, chance_of_equivalence, detectable_effect, power_of_t

MOST_DONORS = 30
"""Above this many donors in an arm no number is suggested."""
SHARE_OF_FLOOR = 0.5
"""An effect below this share of delta is never decisive."""


@dataclass(frozen=True)
class Size:
    """What the precision of a comparison depends on.

    Attributes
    ----------
    n_treated, n_vehicle
        Donors in each arm.
    is_paired
        Whether donors are blocked.
    df
        Residual degrees of freedom.
    vif
        Variance inflation of the treatment by nuisance.
    test
        The primary test of sets.
    counts
        Counts of a profile.
    """

    n_treated: int
    n_vehicle: int
    is_paired: bool
    df: int
    vif: float
    test: str
    counts: float = CELLS * DEPTH

    @property
    def unit(self) -> float:
        """Standard error at residual SD one: ``sqrt(VIF (1/n + 1/m))``."""
        return sqrt(self.vif * (1 / self.n_treated + 1 / self.n_vehicle))

    def with_more(self, n: int) -> "Size":
        """Return the size with n donors more in each arm, in pairs if donors are blocked."""
        more = n if self.is_paired else 2 * n
        return replace(self, n_treated=self.n_treated + n, n_vehicle=self.n_vehicle + n, df=self.df + more)


class Precision(Frozen):
    """What a read-out of one kind can show under one assumption on donor variation. Effects are log2."""

    kind: ReadoutKind = Field(description="A gene set, or a single gene.")
    assumption: Assumption = Field(description="Variation between donors: typical (median) or cautious (80 % quantile).")
    sd: float = Field(description="Residual SD that is assumed.")
    se: float = Field(description="Standard error of the effect under it.")
    df: float = Field(description="Degrees of freedom of the test, those borrowed from other genes included.")
    delta: float = Field(description="Smallest effect of interest, verdicts.delta.")
    floor: float = Field(description="Effects below this are never decisive.")
    mde: float = Field(description="Effect detected with 80 % power by a claim alone.")
    n_claims: int = Field(description="Claims in the family of multiple testing.")
    mde_of_family: float = Field(description="The same if no other claim of the family has an effect, at alpha / n_claims.")
    power_at_delta: float = Field(description="Chance to detect an effect of delta, a claim alone.")
    chance_of_none: float = Field(description="Chance to show NO RELEVANT EFFECT if there is none.")
    text: str = Field(description="The same for a person.")


def kind_of(claim: Claim) -> ReadoutKind:
    """Return the kind of a claim's primary read-out."""
    return "gene" if claim.primary.readout.type == "gene" else "set"


def precision_of(
    size: Size, kind: ReadoutKind, assumption: Assumption, *, delta: float, alpha: float, n_claims: int
) -> Precision:
    """Return what a design can show.

    Parameters
    ----------
    size
        Size of the comparison.
    kind, assumption
        Which prior SD holds.
    delta, alpha
        Smallest effect of interest, and bound on q.
    n_claims
        Claims in the family of multiple testing; the worst case of Benjamini-Hochberg is the level ``alpha / n_claims``.
    """
    sd, se, df = _error(size, kind, assumption)
    mde, of_family = (detectable_effect(se, df, alpha=alpha / m) for m in (1, n_claims))
    power, none = power_of_t(delta, se, df, alpha=alpha), chance_of_equivalence(se, df, delta=delta)
    readout = "A gene set" if kind == "set" else f"A gene of {GENE_CPM:g} counts per million"
    family = f" ({of_family:.2f} if it is the only one of {n_claims} claims with an effect)" if n_claims > 1 else ""
    text = (
        f"{readout} can show an effect of {mde:.2f} log2{family} with 80 % power; {delta:g} was asked. If there is none, "
        f"that can be shown in {percent(none)} of cases. Assumed: {assumption} variation of donors, SD {sd:.2g} log2."
    )
    if kind == "gene":
        text = f"{text[:-1]}, {size.counts:,.0f} counts a donor and arm."
    numbers = {"sd": sd, "se": se, "df": df, "mde": mde, "mde_of_family": of_family}
    chances = {"power_at_delta": power, "chance_of_none": none}
    bounds = {"delta": delta, "floor": SHARE_OF_FLOOR * delta, "n_claims": n_claims}
    return Precision(kind=kind, assumption=assumption, text=text, **numbers, **chances, **bounds)


def percent(chance: float) -> str:
    """Return a chance as people read it, without certainty."""
    return "over 99 %" if chance > 0.99 else "under 1 %" if chance < 0.01 else f"{100 * chance:.0f} %"


def donors_to_add(size: Size, kind: ReadoutKind, *, delta: float, alpha: float, n_claims: int) -> int | None:
    """Return how many donors each arm lacks until delta can be shown under the typical prior; None above MOST_DONORS.

    The level is that of the family's worst case; at least three donors an arm are counted on.
    """
    return _fewest(size, kind, lambda se, df: power_of_t(delta, se, df, alpha=alpha / n_claims) >= POWER)


def donors_to_show_none(size: Size, kind: ReadoutKind, *, delta: float) -> int | None:
    """Return how many donors each arm lacks until NO RELEVANT EFFECT is shown in 80 % of cases in which there is none."""
    return _fewest(size, kind, lambda se, df: chance_of_equivalence(se, df, delta=delta) >= POWER)


def _fewest(size: Size, kind: ReadoutKind, is_enough: Callable[[float, float], bool]) -> int | None:
    least = max(0, MIN_DONORS_FOR_DECISION - min(size.n_treated, size.n_vehicle))
    for n in range(least, MOST_DONORS - min(size.n_treated, size.n_vehicle) + 1):
        _, se, df = _error(size.with_more(n), kind, "typical")
        if df > 0 and is_enough(se, df):
            return n
    return None


def _error(size: Size, kind: ReadoutKind, assumption: Assumption) -> tuple[float, float, float]:
    """Return residual SD, standard error and degrees of freedom."""
    spread = SPREADS[kind, assumption]
    sd = spread.paired if size.is_paired else spread.unpaired
    if kind == "gene":
        borrowed = GENE_PRIOR_DF
        sd = sqrt(sd**2 + 1e6 / (GENE_CPM * size.counts * log(2) ** 2))
    else:
        borrowed = SET_PRIOR_DF if size.test == "correlation_prior" and size.df <= SMALL_DF else 0
    return sd, sd * size.unit, size.df + borrowed
