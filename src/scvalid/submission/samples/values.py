"""One value of one column: text as people write it in, the value that is meant or why it cannot be one out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from scvalid.errors import nearest
from scvalid.settings.vocabulary import challenge_of, is_unstated, meant_by, medium_of
from scvalid.settings.vocabulary.challenges import NONE
from scvalid.submission.samples.fields import Field

DATE = re.compile(
    r"\d{1,2}[-/ ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*([-/ ]\d{2,4})?"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ]\d{1,4}"
    r"|\d{1,2}月\d{1,2}日|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}( 0?0:00(:00)?)?",
    re.IGNORECASE,
)
"""What a spreadsheet makes of 3-5 or MAR5."""
_NUMBER = re.compile(r"([<>≤≥~≈]?)\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?)\s*(.*)", re.IGNORECASE)
_HOURS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "小时", "时"), Decimal(1)),
    **dict.fromkeys(("d", "day", "days", "天", "日"), Decimal(24)),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "分钟", "分"), 1 / Decimal(60)),
}
_SPELLINGS = {
    "%": ("%", "percent", "pct", "% o2", "%o2", "% (v/v)", "% v/v"),
    "years": ("years", "year", "y", "yr", "yrs", "岁"),
    "mM": ("mm", "mmol/l"),
    "min": ("min", "mins", "minutes", "minute", "分钟"),
    "°C": ("°c", "c", "℃"),
    "EU/mL": ("eu/ml",),
    "cells/cm2": ("cells/cm2", "cells/cm²", "/cm2", "/cm²", "cm-2"),
}
_AROUND_OXYGEN = re.compile(r"\b(hypoxia|hypoxic|normoxia|normoxic|physioxia|o2|oxygen)\b|低氧|缺氧|常氧|氧", re.IGNORECASE)
_PASSAGE = re.compile(r"(?:p|passage|第)?\s*\.?\s*(\d{1,4})\s*代?", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(pre|co|post)(?:[-\s]?(?:treatment|treated|treat|incubation|incubated))?(?=[-\s:,]|$)|(预|共|同时|后)(?:处理)?)[-\s:,]*"
)
_TIMES_IN_CHINESE = {"预": "pre", "共": "co", "同时": "co", "后": "post"}


@dataclass(frozen=True)
class Value:
    """What a text means in a column: a value, nothing that is known, or no value, and then what it must be."""

    value: str | None = None
    must: str = ""
    fix: str = ""


Reader = Callable[[Field, str], Value]


def read_value(field: Field, text: str) -> Value:
    """Return what a text means in a column that needs no table: text, a word, a number, a medium, a challenge."""
    meant = meant_by(field.column, text)
    if meant is not None and (not field.words or meant in field.words):
        return Value(meant)
    if text in field.words:
        return Value(text)
    if is_unstated(text):
        return Value()
    readers: dict[str, Reader] = {
        "enum": _word, "number": _number, "integer": _integer, "medium": _medium, "challenge": _challenge,
    }  # fmt: skip
    return readers.get(field.kind, lambda _, typed: Value(typed))(field, text)


def plain_number(number: Decimal) -> str:
    """Return a number in plain notation with at most ten significant digits, without trailing zeros."""
    rounded = Decimal(f"{number:.10g}")
    return f"{rounded.normalize():f}" if rounded else "0"


def number_of(text: str) -> tuple[Decimal, str] | None:
    """Return the number that a text begins with, and what stands behind it; None if there is none in plain notation."""
    match = _NUMBER.fullmatch(normalize("NFKC", text).strip())
    if match is None or match[1]:
        return None
    try:
        return Decimal(match[2]), match[3].strip().casefold()
    except InvalidOperation:
        return None


def _word(field: Field, text: str) -> Value:
    folded = {word.casefold(): word for word in field.words}
    if text.casefold() in folded:
        return Value(folded[text.casefold()])
    return Value(None, f"be {_or(field.words)}", nearest(text, field.words))


def _number(field: Field, text: str) -> Value:
    words = {word.casefold(): word for word in field.words}
    if text.casefold() in words:
        return Value(words[text.casefold()])
    low, high = field.bounds or (0.0, 1e12)
    must = f"be a number{' (' + field.unit + ')' if field.unit else ''} from {low:g} to {high:g}"
    if DATE.fullmatch(text):
        return Value(None, must, "A spreadsheet made a date of it: format the column as text and type the number again.")
    typed = _AROUND_OXYGEN.sub(" ", text) if field.column == "oxygen_pct" else text
    found = number_of(typed)
    factor = None if found is None else _factor(field.unit, found[1])
    if found is None or factor is None:
        return Value(None, must, _advice(field, text))
    number = found[0] * factor
    if not low <= number <= high:
        return Value(None, must, "Correct the number or its unit.")
    return Value(plain_number(number))


def _factor(unit: str, spelled: str) -> Decimal | None:
    """Return what a number in a spelled unit is multiplied with to be in the unit of its column; None for another unit."""
    if not spelled:
        return Decimal(1)
    if unit == "h":
        return _HOURS.get(spelled)
    return Decimal(1) if spelled in _SPELLINGS.get(unit, ()) else None


def _advice(field: Field, text: str) -> str:
    if re.fullmatch(r"\d+,\d+.*", text):
        return "Write a point, not a comma."
    if field.column == "oxygen_pct":
        return "Write the share of oxygen in the gas: 21 for a plain incubator, 1 for hypoxia of 1 %."
    unit = f" in {field.unit}" if field.unit else ""
    words = f", or {_or(field.words)}" if field.words else ""
    return f"Write one number{unit}{words}; leave the cell empty if it is not known."


def _integer(field: Field, text: str) -> Value:
    low, high = field.bounds or (0.0, 1e12)
    must, typed = f"be a whole number from {low:g} to {high:g}", normalize("NFKC", text).replace(",", "").strip()
    if DATE.fullmatch(text):
        return Value(None, must, "A spreadsheet made a date of it: format the column as text and type the number again.")
    match = _PASSAGE.fullmatch(typed) if field.column == "passage" else None
    found = (Decimal(match[1]), "") if match else number_of(typed)
    if found is None or found[1] or found[0] != found[0].to_integral_value() or not low <= found[0] <= high:
        is_passage = field.column == "passage"
        return Value(None, must, "Write for example 4 or P4." if is_passage else "Write one whole number.")
    return Value(plain_number(found[0]))


def _medium(field: Field, text: str) -> Value:
    kind = medium_of(text)
    if kind in field.words:
        return Value(kind)
    return Value(None, f"name a medium: {_or(field.words)}", "What is in it goes into the column 'medium'.")


def _challenge(field: Field, text: str) -> Value:
    """Read ``none``, or when the challenge was given and what it was: ``co H2O2``; the time alone does not say what."""
    folded = normalize("NFKC", text).casefold().strip()
    match = _TIME.match(folded)
    time = "" if match is None else match[1] or _TIMES_IN_CHINESE[match[2]]
    what = challenge_of(folded[match.end() :] if match else folded)
    if what == {NONE} and not time:
        return Value("none")
    named = " + ".join(sorted(what - {NONE}))
    return Value(f"{time} {named}".strip() or text)


def _or(words: tuple[str, ...]) -> str:
    return ", ".join(words[:-1]) + (" or " if len(words) > 1 else "") + words[-1] if words else "a word"
