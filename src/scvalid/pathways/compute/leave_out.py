"""The range of an effect when each donor is left out in turn, and the donor that matters most."""

import numpy as np
from numpy.typing import NDArray

from scvalid.keys import Effect
from scvalid.stats.linear_model import leave_one_out

Floats = NDArray[np.float64]


def leave_one_out_columns(y: Floats, x: Floats, donors: tuple[str, ...]) -> dict[str, NDArray[np.generic]]:
    """Return lowest and highest effect over left-out donors, and the donor without whom the effect is farthest from the rest.

    A donor without whom there is no effect to estimate counts as an effect of 0.

    Parameters
    ----------
    y
        Rows x profiles.
    x
        Design, treatment last.
    donors
        Donor of each profile.
    """
    effects, names = leave_one_out(y, x, donors)
    is_needed = np.isnan(effects).all(axis=0)
    # an effect that cannot be estimated without a donor stands and falls with it: 0, which never has the sign of the effect
    effects = np.where(is_needed, 0.0, effects)
    others = effects - effects.mean(axis=1, keepdims=True)
    farthest = np.where(is_needed, np.inf, np.abs(others)).argmax(axis=1)
    return {
        Effect.LODO_LOW: effects.min(axis=1),
        Effect.LODO_HIGH: effects.max(axis=1),
        Effect.LODO_DONOR: np.array(names, dtype=object)[farthest],
    }
