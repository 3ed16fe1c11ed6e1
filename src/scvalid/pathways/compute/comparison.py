"""Which profiles of one state are compared, on which design, and what forbids it."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.contracts.verdicts import Code, Reason
from scvalid.errors import ContractError, sentence
from scvalid.keys import Obs
from scvalid.settings import Design
from scvalid.stats.copies import first_copies
from scvalid.stats.design import DesignMatrix, build_design, shared_levels

MIN_DONORS = 2
MIN_PAIRS_OF_MIXED_DESIGN = 3


@dataclass(frozen=True)
class Comparison:
    """The profiles of one state that are compared.

    Attributes
    ----------
    rows
        Positions of the profiles in the table they were chosen from.
    obs
        Their annotation, in that order.
    design
        The linear model; None if a gate stopped it before.
    is_paired
        Whether donors are blocked.
    left_out
        Profiles that are not used, as ``donor / arm``.
    gate
        Why nothing can be tested; None if it can.
    """

    rows: NDArray[np.intp]
    obs: pd.DataFrame
    design: DesignMatrix | None
    is_paired: bool
    left_out: tuple[str, ...]
    gate: Reason | None

    @property
    def matrix(self) -> DesignMatrix:
        """The linear model of a comparison that no gate stopped."""
        if self.design is None:
            msg = "a comparison that a gate stopped has no design matrix"
            raise ContractError(msg)
        return self.design

    def silent(self, arm: str) -> tuple[str, ...]:
        """Return the donors of an arm that say nothing on the treatment: all that they say goes into a nuisance factor."""
        if self.design is None or not self.design.is_estimable:
            return ()
        donors, is_own = self.obs[Obs.DONOR].astype(str), (self.obs[Obs.ARM] == arm).to_numpy()
        return tuple(sorted(set(donors[is_own]) - set(donors[is_own & self.design.has_weight])))


def choose_profiles(obs: pd.DataFrame, design: Design) -> Comparison:
    """Choose the profiles of one state and build their design.

    Parameters
    ----------
    obs
        Annotation of all profiles of the state, with the columns of ``contracts.counts.PROFILE_COLUMNS``.
    design
        The arms, and whether donors are paired.
    """
    in_arms = obs[Obs.ARM].isin([design.treated, design.vehicle]).to_numpy()
    is_chosen = in_arms & obs[Obs.IS_USED].to_numpy(bool)
    is_paired = _is_paired(obs[in_arms], obs[is_chosen], design)
    if is_paired:
        is_chosen &= obs[Obs.DONOR].isin(_complete_pairs(obs[is_chosen])).to_numpy()
    chosen = obs[is_chosen]
    left_out = tuple(f"{row[Obs.DONOR]} / {row[Obs.ARM]}" for _, row in obs[in_arms & ~is_chosen].iterrows())
    rows = np.flatnonzero(is_chosen)
    gate = _gate_of_donors(obs[in_arms], chosen, design)
    if gate is not None:
        return Comparison(rows, chosen, None, is_paired, left_out, gate)
    is_treated, nuisance = (chosen[Obs.ARM] == design.treated).to_numpy(), _nuisance(chosen, is_paired=is_paired)
    # levels of their own for one profile each are the residual; a factor that has no others is not in the model
    shared = {name: shared_levels(levels) for name, levels in nuisance.items()}
    own = tuple(name for name, levels in shared.items() if len(set(levels)) == 1)
    modelled = {name: levels for name, levels in shared.items() if name not in own}
    matrix = build_design(is_treated, modelled)
    gate = _gate_of_design(matrix, _aliased_with(is_treated, modelled))
    matrix = replace(matrix, dropped=(*matrix.dropped, *own))
    return _without_silent(Comparison(rows, chosen, matrix, is_paired, left_out, gate), design)


def refuse_copies(comparison: Comparison, counts: NDArray[np.float64]) -> Comparison:
    """Return the comparison, stopped if two of its profiles are copies (``stats.copies``): a copy has no variance of its own.

    Parameters
    ----------
    counts
        Profiles x genes, raw sums, in the order of the table that the profiles were chosen from.

    Raises
    ------
    ContractError
        If a profile that is used has no counts.
    """
    if comparison.gate is not None:
        return comparison
    obs, own = comparison.obs, counts[comparison.rows]
    names = [f"{donor} / {arm}" for donor, arm in zip(obs[Obs.DONOR], obs[Obs.ARM], strict=True)]
    is_empty = own.sum(axis=1) <= 0
    if is_empty.any():
        where = f"the pseudobulk profile of {names[int(is_empty.argmax())]}"
        raise ContractError(sentence(where, "hold counts, for it is used", "none", "Leave the sample out."))
    pair = first_copies(own)
    if pair is None:
        return comparison
    gate = Reason(code=Code.COPIED_PROFILES, values={"profiles": f"{names[pair[0]]}, {names[pair[1]]}"})
    return replace(comparison, design=None, gate=gate)


def _complete_pairs(obs: pd.DataFrame) -> list[str]:
    arms = obs.groupby(Obs.DONOR, observed=True)[Obs.ARM].nunique()
    return [str(donor) for donor in arms.index[arms == 2]]


def _is_paired(submitted: pd.DataFrame, used: pd.DataFrame, design: Design) -> bool:
    """Return whether donors are blocked: as the lab says, else if all donors, or at least three, stand in both arms.

    A design that was submitted in pairs stays paired when a sample is lost: the rest of its pair is left out, and named.
    """
    if design.pairing != "auto":
        return design.pairing == "paired"
    if len(submitted) and len(_complete_pairs(submitted)) == submitted[Obs.DONOR].nunique():
        return True
    return len(_complete_pairs(used)) >= MIN_PAIRS_OF_MIXED_DESIGN


def _nuisance(obs: pd.DataFrame, *, is_paired: bool) -> dict[str, list[str]]:
    factors = [Obs.DONOR, Obs.BATCH] if is_paired else [Obs.BATCH]
    levels = {name: obs[name].astype(str).tolist() for name in factors}
    # one batch for all is the intercept
    return {name: values for name, values in levels.items() if len(set(values)) > 1}


def _gate_of_donors(submitted: pd.DataFrame, chosen: pd.DataFrame, design: Design) -> Reason | None:
    n_treated, n_vehicle = _donors_per_arm(chosen, design)
    if not (submitted[Obs.ARM] == design.vehicle).any():
        return Reason(code=Code.NO_VEHICLE_ARM)
    if min(n_treated, n_vehicle) >= MIN_DONORS:
        return None
    if min(_donors_per_arm(submitted, design)) >= MIN_DONORS and not submitted[Obs.IS_USED].all():
        return Reason(code=Code.TOO_FEW_CELLS, values={"n_left_out": int((~submitted[Obs.IS_USED].astype(bool)).sum())})
    return Reason(code=Code.ONE_DONOR, values={"n_treated": n_treated, "n_vehicle": n_vehicle})


def _without_silent(comparison: Comparison, design: Design) -> Comparison:
    """Return the comparison, stopped if fewer than two donors of an arm say something on the treatment."""
    n = _donors_per_arm(comparison.obs, design)
    n_treated, n_vehicle = (k - len(comparison.silent(arm)) for k, arm in zip(n, (design.treated, design.vehicle), strict=True))
    if comparison.gate is not None or min(n_treated, n_vehicle) >= MIN_DONORS:
        return comparison
    return replace(comparison, gate=Reason(code=Code.ONE_DONOR, values={"n_treated": n_treated, "n_vehicle": n_vehicle}))


def _donors_per_arm(obs: pd.DataFrame, design: Design) -> tuple[int, int]:
    return tuple(int(obs.loc[obs[Obs.ARM] == arm, Obs.DONOR].nunique()) for arm in (design.treated, design.vehicle))  # type: ignore[return-value]


def _aliased_with(is_treated: NDArray[np.bool_], nuisance: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the factors that, each left out alone, would make the treatment estimable; all of them if there is no such one."""
    without = {name: {other: nuisance[other] for other in nuisance if other != name} for name in nuisance}
    return tuple(name for name in nuisance if build_design(is_treated, without[name]).is_estimable) or tuple(nuisance)


def _gate_of_design(matrix: DesignMatrix, aliased: tuple[str, ...]) -> Reason | None:
    if not matrix.is_estimable:
        return Reason(code=Code.TREATMENT_CONFOUNDED, values={"with": ", ".join(aliased)})
    if matrix.df < 1:
        return Reason(code=Code.NO_RESIDUAL_DF, values={"df": matrix.df})
    return None
