"""How many analyses of the same effect agree with it: the shares that the rule of a verdict asks for."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

COUNTED_BELOW: Final = 0.10
"""A specification counts if its test can reach a p value below this on the design, and agrees if it does."""
MIN_SIGN_SHARE: Final = 0.9
MIN_P10_SHARE: Final = 0.6


def agreement(
    theta: ArrayLike, effects: ArrayLike, p: ArrayLike, smallest: ArrayLike
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Return the share of specifications with the sign of theta, the share with that sign and p < .10, and their number.

    A specification counts where its effect is known and its smallest possible p is below .10. One with the other sign agrees in
    nothing, however small its p; so does one without any effect.

    Parameters
    ----------
    theta
        Effect of each row; a number, or rows.
    effects, p, smallest
        Specifications x rows (or one value a specification); NaN where one does not apply to a row.

    Returns
    -------
    One value a row; both shares are NaN where no specification counts.
    """
    effect, value, least = (np.asarray(of, dtype=np.float64) for of in (effects, p, smallest))
    counts = np.isfinite(effect) & np.isfinite(value) & (least < COUNTED_BELOW)
    agrees = counts & (effect * np.asarray(theta, dtype=np.float64) > 0)
    n = counts.sum(axis=0)
    with np.errstate(invalid="ignore"):
        sign_share, p10_share = agrees.sum(axis=0) / n, (agrees & (value < COUNTED_BELOW)).sum(axis=0) / n
    return sign_share, p10_share, n


def is_robust(sign_share: float | None, p10_share: float | None) -> bool:
    """Return whether at least 90 % of the specifications share the sign and at least 60 % have p < .10; never without any."""
    return sign_share is not None and p10_share is not None and sign_share >= MIN_SIGN_SHARE and p10_share >= MIN_P10_SHARE
