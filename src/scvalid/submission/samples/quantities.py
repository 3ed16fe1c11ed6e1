"""Numbers with their unit, as people type them: bounds, ranges and powers of ten, in the unit of their column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

GLUCOSE = Decimal("180.156")
"""Molar mass in g/mol: 4.5 g/L is 25 mM."""
_NUMERAL = r"(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?"
_NUMBER = re.compile(rf"([<>≤≥~]?)\s*([+-]?{_NUMERAL})\s*(.*)", re.IGNORECASE | re.DOTALL)
_UNTIL = r"(?:-|~|\bto\b|至|到)"
_RANGE = re.compile(rf"({_NUMERAL})\s*([^\d\s.<>≤≥~-]*)\s*{_UNTIL}\s*({_NUMERAL})\s*(.*)", re.IGNORECASE | re.DOTALL)
_SIGNS = (
    (re.compile(r"<=|=<|[≦⩽≲]|^(up to|at most|max\.?|no more than|不超过)\s*", re.IGNORECASE), "≤"),
    (re.compile(r">=|=>|[≧⩾≳]|^(at least|min\.?|不低于)\s*(?=\d)", re.IGNORECASE), "≥"),
    (re.compile(r"^(less than|below|under|低于|小于)\s*", re.IGNORECASE), "<"),
    (re.compile(r"^(more than|above|over|高于|大于)\s*", re.IGNORECASE), ">"),
    (re.compile(r"≈|^(about|approx\.?|approximately|ca\.?|c\.|around|约)\s*(?=\d)", re.IGNORECASE), "~"),
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED = re.compile(r"(?<=10)[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_POWER = re.compile(r"(?<=\d)\s*[x×*·]\s*10\s*\^\s*([+-]?\d{1,2})", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "〜": "~"})


def _all(words: str, factor: Decimal | int) -> dict[str, Decimal]:
    return dict.fromkeys((word.strip() for word in words.split(",")), Decimal(factor))


_FACTORS: Mapping[str, Mapping[str, Decimal]] = {
    "h": _all("h, hr, hrs, hour, hours, 小时, 时", 1) | _all("d, day, days, 天, 日", 24)
    | _all("w, wk, wks, week, weeks, 周, 星期", 168) | _all("min, mins, minute, minutes, 分钟, 分", 1 / Decimal(60)),
    "min": _all("min, mins, minute, minutes, 分钟, 分", 1) | _all("h, hr, hrs, hour, hours, 小时", 60)
    | _all("s, sec, second, seconds, 秒", 1 / Decimal(60)),
    "years": _all("years, year, y, yr, yrs, yo, y.o., 岁, 年", 1)
    | _all("mo, month, months, 月, 个月, 月龄", 1 / Decimal(12))
    | _all("wk, wks, week, weeks, 周, 周龄", 7 / Decimal("365.25")) | _all("d, day, days, 天", 1 / Decimal("365.25")),
    "mM": _all("mm, mmol/l", 1) | _all("g/l, mg/ml", 1000 / GLUCOSE) | _all("mg/dl", 10 / GLUCOSE),
    "%": _all("%, percent, pct, % o2, %o2, % (v/v), % v/v, %(v/v), vol%, vol %, vol.%, vol.-%", 1),
    "°C": _all("°c, c, ℃, deg c, degc", 1),
    "EU/mL": _all("eu/ml, iu/ml", 1),
    "cells/cm2": _all("cells/cm2, cells/cm^2, /cm2, /cm^2, cm-2, cells cm-2, cells per cm2, 个/cm2", 1),
}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """A number as it was typed: a bound has a sign (``<``, ``≤``, ``>``, ``≥``, ``~``), a range an upper end."""

    sign: str
    low: Decimal
    high: Decimal
    unit: str

    @property
    def middle(self) -> Decimal:
        """The number that it is compared by: the bound itself, or the middle of a range."""
        return (self.low + self.high) / 2

    @property
    def text(self) -> str:
        """It without its unit, in one spelling: ``≥98``, ``80-90``."""
        until = f"-{plain_number(self.high)}" if self.high != self.low else ""
        return f"{self.sign}{plain_number(self.low)}{until}"


def plain_number(number: Decimal) -> str:
    """Return a number in plain notation with at most ten significant digits, without trailing zeros."""
    rounded = Decimal(f"{number:.10g}")
    return f"{rounded.normalize():f}" if rounded else "0"


def number_of(text: str) -> tuple[Decimal, str] | None:
    """Return the number that a text begins with, and what stands behind it; None for a bound, or no number at all."""
    match = _NUMBER.fullmatch(normalize("NFKC", text).strip())
    if match is None or match[1]:
        return None
    try:
        return Decimal(match[2]), match[3].strip().casefold()
    except InvalidOperation:
        return None


def quantity_of(text: str, *, has_thousands: bool = False) -> Quantity | None:
    """Return the number, bound or range that a text says, and its unit as typed.

    Parameters
    ----------
    text
        What stands in the cell.
    has_thousands
        Whether a comma before three digits parts thousands, as in counts of cells; else it is no part of a number.
    """
    raised = _RAISED.sub(lambda run: "^" + run[0].translate(_SUPERSCRIPT), text)
    plain = normalize("NFKC", raised).translate(_DASHES).casefold().strip()
    plain = _POWER.sub(r"e\1", _THOUSANDS.sub("", plain) if has_thousands else plain)
    for spelled, sign in _SIGNS:
        plain = spelled.sub(sign, plain)
    if ends := _RANGE.fullmatch(plain):
        low, high, units = Decimal(ends[1]), Decimal(ends[3]), {ends[2].strip(), ends[4].strip()} - {""}
        return Quantity("", low, high, "".join(units)) if low < high and len(units) < 2 else None
    found = _NUMBER.fullmatch(plain)
    return Quantity(found[1], Decimal(found[2]), Decimal(found[2]), found[3].strip()) if found else None


def in_unit(quantity: Quantity, unit: str) -> Quantity | None:
    """Return a quantity in the unit of its column; None if what was typed is no unit of that kind."""
    spelled = quantity.unit.removesuffix(" old").removesuffix(" of age")
    factor = Decimal(1) if spelled in ("", unit.casefold()) else _FACTORS.get(unit, {}).get(spelled)
    if factor is None:
        return None
    low, high = (_scaled(end, factor, is_rounded=unit == "mM") for end in (quantity.low, quantity.high))
    return replace(quantity, low=low, high=high, unit=unit)


def number_in(value: str) -> Decimal | None:
    """Return the number that a value of a record is compared by: 98 of ``≥98``, 85 of ``80-90``, 5 of ``3+2``."""
    parts = [quantity_of(part) for part in value.split("+")] if re.fullmatch(r"\d+\+\d+", value) else [quantity_of(value)]
    found = [part.middle for part in parts if part is not None]
    return sum(found, Decimal(0)) if len(found) == len(parts) else None


def _scaled(number: Decimal, factor: Decimal, *, is_rounded: bool) -> Decimal:
    # 4.5 g/L and 25 mM are one medium: a molar mass adds no digits
    return Decimal(f"{number * factor:.3g}") if is_rounded and factor != 1 else number * factor
