"""Whether one recorded property of the profiles spans the treatment, and how much it inflates its variance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from scvalid.stats.design import RANK_TOLERANCE, build_design, shared_levels

Floats = NDArray[np.float64]
_COVARIATE = "covariate"
SMALL_SHARE = 0.1
"""Numbers that differ by no more of the larger one are the same, unless their field has a tolerance of its own."""


@dataclass(frozen=True)
class Base:
    """The comparison that a covariate is held against.

    Attributes
    ----------
    is_treated, donors
        Arm and donor of each profile.
    blocks
        Factors that the treatment is looked at within: the donors of a paired design, else none.
    nuisance
        Factors that the model holds.
    """

    is_treated: NDArray[np.bool_]
    donors: Sequence[str]
    blocks: Mapping[str, Sequence[str]]
    nuisance: Mapping[str, Sequence[str]]

    def only(self, keep: Sequence[bool]) -> "Base":
        """Return the comparison of some of its profiles."""
        blocks, nuisance = (
            {name: list(compress(levels, keep)) for name, levels in of.items()} for of in (self.blocks, self.nuisance)
        )
        return Base(self.is_treated[np.array(keep)], list(compress(self.donors, keep)), blocks, nuisance)


def is_aliased(levels: Sequence[str], base: Base) -> bool:
    """Return whether the treatment cannot be told apart from a covariate.

    A factor is aliased if blocks and the levels that several profiles share span the treatment: a level of its own is the
    residual of its profile, and no fault. A number is aliased if one linear column spans the treatment. Where its levels are
    at most half as many as the profiles it is a factor too, aliased if besides one arm lies above the other throughout.
    """
    numbers = _numbers(levels)
    n_levels = len(set(levels))
    if n_levels == len(levels) == 2 or n_levels == 1:
        return False
    if numbers is not None and np.isinf(_linear_vif(numbers, base.blocks, base)):
        return True
    if numbers is not None and n_levels > len(levels) / 2:
        return False
    is_spanned = not build_design(base.is_treated, {**base.blocks, _COVARIATE: shared_levels(levels)}).is_estimable
    return is_spanned and (numbers is None or _are_apart(numbers, base))


def vif_with(levels: Sequence[str], base: Base) -> float | None:
    """Return the variance inflation of the treatment with the covariate in the model; None if that is the residual itself.

    A number of several levels is one column, for as a factor it would take up all degrees of freedom of a small design.
    """
    numbers, n_levels = _numbers(levels), len(set(levels))
    if n_levels == len(levels) == 2:
        return None
    if numbers is not None and n_levels > 2:
        return _linear_vif(numbers, base.nuisance, base)
    if n_levels == len(levels):
        return None
    return build_design(base.is_treated, {**base.nuisance, _COVARIATE: shared_levels(levels)}).vif


def without_small_steps(levels: Sequence[str], base: Base, *, tolerance: float | None) -> list[str]:
    """Return numeric levels of which those that hardly differ are the same; names are left as they are.

    Within donors that are blocked the levels of a donor are compared, else runs of sorted levels from the lowest on.

    Parameters
    ----------
    levels, base
        The covariate and the comparison.
    tolerance
        Largest difference that is none, in the unit of the covariate; None is a share ``SMALL_SHARE`` of the larger number.
    """
    numbers = _numbers(levels)
    if numbers is None:
        return list(levels)
    donors, settled = np.array(base.donors), numbers.copy()
    of_donors = [np.flatnonzero(donors == donor) for donor in sorted(set(base.donors))]
    groups = of_donors if base.blocks else [np.arange(donors.size)]
    for group in groups:
        run: list[int] = []
        for i in group[np.argsort(numbers[group], kind="stable")]:
            allowed = SMALL_SHARE * abs(numbers[i]) if tolerance is None else tolerance
            is_near = bool(run) and numbers[i] - numbers[run[0]] <= allowed * (1 + RANK_TOLERANCE)
            run = [*run, i] if is_near else [i]
            settled[run] = numbers[run].mean()
    return [repr(float(number)) for number in settled]


def are_apart(levels: Sequence[str], base: Base) -> bool:
    """Return whether one arm lies above the other throughout; names have no order, and are."""
    numbers = _numbers(levels)
    return numbers is None or _are_apart(numbers, base)


def _linear_vif(numbers: Floats, nuisance: Mapping[str, Sequence[str]], base: Base) -> float:
    """Return the inflation by nuisance factors and one numeric column."""
    treatment = base.is_treated.astype(float)
    scaled = (numbers - numbers.mean()) / numbers.std()
    basis = np.column_stack([build_design(base.is_treated, nuisance).x[:, :-1], scaled])
    residual = treatment - basis @ np.linalg.lstsq(basis, treatment, rcond=None)[0]
    centred = treatment - treatment.mean()
    left = float(residual @ residual)
    return float(centred @ centred) / left if left > RANK_TOLERANCE * treatment.size else float("inf")


def _are_apart(numbers: Floats, base: Base) -> bool:
    """Return whether one arm lies above the other throughout: in each pair, or as a whole."""
    if not base.blocks:
        treated, vehicle = numbers[base.is_treated], numbers[~base.is_treated]
        return bool(treated.min() > vehicle.max() or treated.max() < vehicle.min())
    donors = np.array(base.donors)
    pairs = [(donors == donor, base.is_treated) for donor in sorted(set(base.donors))]
    steps = np.array([numbers[own & treated].mean() - numbers[own & ~treated].mean() for own, treated in pairs])
    return bool((steps > 0).all() or (steps < 0).all())


def _numbers(levels: Sequence[str]) -> Floats | None:
    try:
        numbers = np.array([float(level) for level in levels])
    except ValueError:
        return None
    return numbers if bool(np.isfinite(numbers).all()) and np.ptp(numbers) > 0 else None
