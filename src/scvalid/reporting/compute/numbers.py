"""Numbers as a person reads them: two or three significant digits, a true minus sign, powers of ten written out."""

import math

ABSENT = "–"
"""What stands where there is no number."""

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_JOINED = "\N{NO-BREAK SPACE}"
_SMALLEST_P_IN_FULL = 0.001
_LEAST_P = 1e-6


def plain(value: float | None, decimals: int = 2) -> str:
    """Return a number with a fixed number of decimals below ten, fewer above."""
    if value is None or not math.isfinite(value):
        return ABSENT
    size = abs(value)
    fewer = next((d for limit, d in ((100, 0), (10, 1)) if size >= limit), decimals)
    text = f"{value:.{min(fewer, decimals)}f}"
    # a number that rounds to nothing has no sign worth reading
    return text.replace("-", "−") if float(text) else text.lstrip("-")


def signed(value: float | None, decimals: int = 2) -> str:
    """Return an effect with its sign, ``+0.52`` or ``−0.07``."""
    text = plain(value, decimals)
    is_effect = value is not None and value > 0 and text != ABSENT and float(text)
    return f"+{text}" if is_effect else text


def p_value(value: float | None) -> str:
    """Return a p or q value: three significant digits, below 0.001 as a power of ten."""
    if value is None or not math.isfinite(value):
        return ABSENT
    if value >= _SMALLEST_P_IN_FULL or value == 0:
        return f"{value:.3g}"
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}{_JOINED}×{_JOINED}10{str(int(exponent)).translate(_SUPERSCRIPTS)}"


def p_bound(value: float | None) -> str:
    """Return a p value that describes: below one in a million, where the tails of a model are not known, as a bound."""
    if value is not None and value < _LEAST_P:
        return f"<{_JOINED}{p_value(_LEAST_P).removeprefix('1.0').removeprefix(_JOINED + '×' + _JOINED)}"
    return p_value(value)


def percent(value: float | None) -> str:
    """Return a share as per cent, with one decimal below ten."""
    if value is None or not math.isfinite(value):
        return ABSENT
    share = 100 * value
    return f"{share:.1f}{_JOINED}%" if 0 < share < 10 else f"{share:.0f}{_JOINED}%"


def count(value: float | None) -> str:
    """Return a whole number with separated thousands."""
    return ABSENT if value is None or not math.isfinite(value) else f"{value:,.0f}"


def short(value: float | None) -> str:
    """Return a number as short as it can be written with three significant digits: thresholds, ticks."""
    if value is None or not math.isfinite(value):
        return ABSENT
    text = f"{value:.3g}"
    return (text if float(text) else "0").replace("-", "−")
