"""The range of an effect when each donor is left out in turn, and the donor that matters most."""

import numpy as np
from numpy.typing import NDArray

from scvalid.keys import Effect
from scvalid.stats.linear_model import leave_one_out

Floats = NDArray[np.float64]


def leave_one_out_columns(y: Floats, x: Floats, donors: tuple[str, ...]) -> dict[str, NDArray[np.generic]]:
    """Return lowest and highest effect over left-out donors, and the donor without whom the effect is farthest from the rest.

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
    estimable = ~np.isnan(effects).all(axis=0)
    effects, kept = effects[:, estimable], np.array(names)[estimable]
    if kept.size == 0:
        # the effect stands and falls with each donor: a range of 0, which never counts as the sign of the effect
        nothing = np.zeros(y.shape[0])
        return {Effect.LODO_LOW: nothing, Effect.LODO_HIGH: nothing, Effect.LODO_DONOR: np.full(y.shape[0], "", dtype=object)}
    farthest = np.abs(effects - effects.mean(axis=1, keepdims=True)).argmax(axis=1)
    return {
        Effect.LODO_LOW: effects.min(axis=1),
        Effect.LODO_HIGH: effects.max(axis=1),
        Effect.LODO_DONOR: kept[farthest].astype(object),
    }
