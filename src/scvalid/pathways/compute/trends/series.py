"""Which profiles of a series are compared, on which design, and why no trend can be tested."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.errors import ContractError
from scvalid.keys import Obs
from scvalid.settings import Series
from scvalid.settings.design import MIN_LEVELS
from scvalid.stats.design import DesignMatrix, shared_levels
from scvalid.stats.trend import trend_design

Floats = NDArray[np.float64]
Pairing = Literal["auto", "paired", "unpaired"]
MIN_DONORS: Final = 2
MIN_BLOCKED: Final = 3
"""Donors in several levels that block a design of which not all donors are, as for two arms."""
_ROW, _LEVEL, _IS_TREATED = "row", "level", "is_treated"


@dataclass(frozen=True)
class Compared:
    """The profiles of one series.

    Attributes
    ----------
    rows
        Their positions in the table they were chosen from.
    levels
        The levels that they have, lowest first.
    n_donors
        Donors at each of them, in the arm that has fewer where the vehicle has levels, too.
    is_blocked
        Whether donors are blocked.
    donors
        Donor of each profile.
    left_out
        Donors that are not compared: blocked designs learn nothing from a donor of one profile.
    trend
        Model whose last column is the rank of the level, 0 for the lowest and for vehicle arms; None if ``gate`` says why.
    steps
        One column a level above the lowest, 1 in its treated profiles: what stands in its place to ask for the levels' means.
    gate
        Why no trend can be tested, as a sentence; '' if one can.
    """

    rows: NDArray[np.intp]
    levels: tuple[float, ...]
    n_donors: tuple[int, ...]
    is_blocked: bool
    donors: tuple[str, ...]
    left_out: tuple[str, ...]
    trend: DesignMatrix | None = None
    steps: Floats | None = None
    gate: str = ""

    @property
    def model(self) -> tuple[DesignMatrix, Floats]:
        """Trend and steps of a series that no gate stopped."""
        if self.trend is None or self.steps is None:
            msg = "a series that a gate stopped has no model"
            raise ContractError(msg)
        return self.trend, self.steps

    @property
    def df(self) -> int:
        """Residual degrees of freedom of the trend."""
        return 0 if self.trend is None else self.trend.df


def choose_series(obs: pd.DataFrame, series: Series, *, pairing: Pairing = "auto") -> Compared:
    """Choose the profiles of a series and build its models.

    Donors are blocked if all, or at least three, have several profiles in it, or as ``pairing`` says; batches are in the model
    as for two arms. Where the vehicle has the same levels, every level has a column of its own and the trend is that of the
    treated arms over theirs.

    Parameters
    ----------
    obs
        Donor, arm, batch and use of each profile.
    series
        Arms and their levels.
    pairing
        As ``design.pairing``.
    """
    has_vehicle = series.vehicle is not None
    placed = _place(obs, series)
    n_profiles = placed.groupby(Obs.DONOR, observed=True)[Obs.ARM].nunique()
    is_blocked = pairing == "paired" or (pairing == "auto" and _are_blocks(n_profiles.to_numpy()))
    alone = set(n_profiles.index[n_profiles < 2]) if is_blocked else set()
    chosen = placed[~placed[Obs.DONOR].isin(alone)]
    n_donors = _donors_of_levels(chosen, has_vehicle=has_vehicle)
    chosen = chosen[chosen[_LEVEL].isin(n_donors)]
    rows, donors = chosen[_ROW].to_numpy(np.intp), tuple(chosen[Obs.DONOR].astype(str))
    left_out = tuple(sorted(map(str, alone)))
    compared = Compared(rows, tuple(n_donors), tuple(n_donors.values()), is_blocked, donors, left_out)
    gate = _gate_of_levels(compared)
    if gate:
        return replace(compared, gate=gate)
    trend, steps = _models(chosen, compared.levels, is_blocked=is_blocked, has_vehicle=has_vehicle)
    gate = _gate_of_model(trend, donors)
    return replace(compared, gate=gate) if gate else replace(compared, trend=trend, steps=steps)


def _place(obs: pd.DataFrame, series: Series) -> pd.DataFrame:
    """Return the profiles of the arms of a series, each with its row, its level, and whether its arm is a treated one."""
    of_arm = {arm: (level, False) for arm, level in (series.vehicle or {}).items()}
    of_arm |= {arm: (level, True) for arm, level in series.arms.items()}
    is_named = (obs[Obs.ARM].isin(list(of_arm)) & obs[Obs.IS_USED].astype(bool)).to_numpy(bool)
    named = obs.loc[is_named, [Obs.DONOR, Obs.ARM, Obs.BATCH]]
    levels, is_treated = zip(*(of_arm[arm] for arm in named[Obs.ARM]), strict=True) if len(named) else ((), ())
    columns = {_ROW: np.flatnonzero(is_named), _LEVEL: np.array(levels, float), _IS_TREATED: np.array(is_treated, bool)}
    return named.assign(**columns)


def _are_blocks(n_profiles: NDArray[np.int64]) -> bool:
    return bool(n_profiles.size) and bool((n_profiles > 1).all() or (n_profiles > 1).sum() >= MIN_BLOCKED)


def _donors_of_levels(chosen: pd.DataFrame, *, has_vehicle: bool) -> dict[float, int]:
    """Return level -> its donors, in the group of arms that has fewer of them; lowest level first, those without left out."""
    n = chosen.groupby([_LEVEL, _IS_TREATED])[Obs.DONOR].nunique()
    groups = (True, False) if has_vehicle else (True,)
    found = {float(level): min(int(n.get((level, group), 0)) for group in groups) for level in sorted(set(chosen[_LEVEL]))}
    return {level: count for level, count in found.items() if count}


def _models(
    chosen: pd.DataFrame, levels: tuple[float, ...], *, is_blocked: bool, has_vehicle: bool
) -> tuple[DesignMatrix, Floats]:
    is_treated, level = chosen[_IS_TREATED].to_numpy(bool), chosen[_LEVEL].to_numpy(float)
    factors = dict(_factors(chosen, is_blocked=is_blocked, has_vehicle=has_vehicle))
    steps = np.column_stack([(is_treated & (level == one)).astype(float) for one in levels[1:]])
    return trend_design(level, factors, is_treated=is_treated), steps


def _factors(chosen: pd.DataFrame, *, is_blocked: bool, has_vehicle: bool) -> Iterator[tuple[str, list[str]]]:
    if is_blocked:
        yield Obs.DONOR, chosen[Obs.DONOR].astype(str).tolist()
    batches = shared_levels(chosen[Obs.BATCH].astype(str).tolist())
    if len(set(batches)) > 1:
        yield Obs.BATCH, batches
    if has_vehicle:
        yield _IS_TREATED, chosen[_IS_TREATED].astype(str).tolist()
        yield _LEVEL, chosen[_LEVEL].astype(str).tolist()


def _gate_of_levels(compared: Compared) -> str:
    n_levels, n = len(compared.levels), compared.n_donors
    if n_levels < MIN_LEVELS:
        return f"samples have {n_levels} of its levels, and {MIN_LEVELS} are needed"
    if min(n[0], n[-1]) < MIN_DONORS:
        return f"its lowest level has {n[0]} and its highest {n[-1]} donors, and {MIN_DONORS} are needed in each"
    return ""


def _gate_of_model(trend: DesignMatrix, donors: tuple[str, ...]) -> str:
    if not trend.is_estimable:
        return f"the levels cannot be told apart from {', '.join(trend.kept) or 'other factors'}"
    if trend.df < 1:
        return "no residual degree of freedom is left"
    if len({donor for donor, has in zip(donors, trend.has_weight, strict=True) if has}) < MIN_DONORS:
        return "only one donor says anything on the trend"
    return ""
