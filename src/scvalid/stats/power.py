"""What a comparison can show before it is made: detectable effect, power, and the chance to show that there is none."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
POWER = 0.8
_QUANTILES = 2000
_HALVINGS = 50


def detectable_effect(se: float, df: float, *, alpha: float, power: float = POWER) -> float:
    """Return the effect that a two-sided t test detects with the given power: where ``power_of_t`` reaches it.

    Parameters
    ----------
    se
        Standard error that the design is expected to have.
    df
        Degrees of freedom, above 0; they need not be whole.
    alpha
        Level of the test.
    power
        Chance to detect the effect, above alpha.

    Notes
    -----
    The usual sum of quantiles, ``(t_{1-alpha/2,df} + t_{power,df}) se``, is low at small degrees of freedom and levels: at
    3 of them and a level of .05 / 20 it is detected with a power of .69, not .80.
    """
    limit = special.stdtrit(df, 1 - alpha / 2) * _likely_errors(df)
    low, high = 0.0, float(limit[-1] - special.ndtri(1 - power)) + 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _power(middle, limit) < power else (low, middle)
    return high * se


def power_of_t(effect: float, se: float, df: float, *, alpha: float) -> float:
    """Return the power of a two-sided t test: ``P(|b| > t_{1-alpha/2,df} s)`` with ``b ~ N(effect, se^2)``, s as estimated.

    That is the tail of the noncentral t, here as a mean over equally likely values of s, which no argument makes NaN.
    """
    limit = special.stdtrit(df, 1 - alpha / 2) * _likely_errors(df)
    return _power(abs(effect) / se, limit)


def chance_of_equivalence(se: float, df: float, *, delta: float, alpha: float = 0.05) -> float:
    """Return the chance that the interval of level ``1 - 2 alpha`` lies within ``+-delta`` if there is no effect.

    Two one-sided tests: the mean over s of ``2 Phi(delta / se - t_{1-alpha,df} s / se) - 1`` where that is above 0.

    References
    ----------
    Schuirmann 1987, doi:10.1007/BF01068419.
    """
    room = delta / se - special.stdtrit(df, 1 - alpha) * _likely_errors(df)
    return float(np.mean(np.maximum(2 * special.ndtr(room) - 1, 0.0)))


def _power(shift: float, limit: Floats) -> float:
    return float(np.mean(special.ndtr(shift - limit) + special.ndtr(-shift - limit)))


def _likely_errors(df: float) -> Floats:
    """Return equally likely values of ``s / se``, where ``s^2 / se^2 ~ chi2_df / df``."""
    steps = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    return np.sqrt(2 * special.gammaincinv(df / 2, steps) / df)
