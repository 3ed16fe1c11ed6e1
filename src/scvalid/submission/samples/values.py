"""One value of one column: text as people write it in, the value that is meant or why it cannot be one out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import normalize

from scvalid.errors import nearest
from scvalid.settings.vocabulary import challenge_of, is_unstated, meant_by, medium_of
from scvalid.settings.vocabulary.challenges import NONE
from scvalid.submission.samples.fields import Field
from scvalid.submission.samples.quantities import in_unit, plain_number, quantity_of

DATE = re.compile(
    r"\d{1,2}[-/ ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*([-/ ]\d{2,4})?"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ]\d{1,4}"
    r"|\d{1,2}月\d{1,2}日|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}( 0?0:00(:00)?)?",
    re.IGNORECASE,
)
"""What a spreadsheet makes of 3-5 or MAR5."""
_DATED = "A spreadsheet made a date of it: format the column as text and type the number again."
_RATIO = re.compile(r"\s*1\s*[:：/]\s*([1-9]\d{1,6})\s*")
_AROUND_OXYGEN = re.compile(r"\b(hypoxia|hypoxic|normoxia|normoxic|physioxia|o2|oxygen)\b|低氧|缺氧|常氧|氧", re.IGNORECASE)
_PASSAGE = re.compile(
    r"(?:p|passage|passages|第)?\s*\.?\s*(\d{1,4})(?:\.0+)?(?:\s*([+-])\s*p?\s*(\d{1,3}))?\s*代?", re.IGNORECASE
)
_EXACT = frozenset({"exposure_h"})
"""Columns by which samples are held against each other: a bound or a range is not one value."""
_COMPARED = frozenset({"vehicle_pct_v_v"})
"""Columns whose bound counts as the number itself: <0.1 % in one arm and 0.1 % in the other are one vehicle."""
_GIVEN = r"(?:[-\s]?(?:treatment|treated|treat|incubation|incubated))?"
_WHEN = rf"(?:(?:pre|co|post){_GIVEN}(?=[-\s:,+/&]|$)|(?:预|共|同时|后)(?:处理)?)"
_TIME = re.compile(rf"({_WHEN}(?:\s*(?:\+|/|&|,|-|\band\b|和)\s*{_WHEN})*)[-\s:,]*")
_ONE_TIME = re.compile(r"pre|co|post|预|共|同时|后")
_TIMES_IN_CHINESE = {"预": "pre", "共": "co", "同时": "co", "后": "post"}


@dataclass(frozen=True)
class Value:
    """What a text means in a column: a value, nothing that is known, or no value, and then what it must be."""

    value: str | None = None
    must: str = ""
    fix: str = ""
    hint: str = ""
    """What is to be known of a value that was taken."""


Reader = Callable[[Field, str], Value]


def read_value(field: Field, text: str) -> Value:
    """Return what a text means in a column that needs no table: text, a word, a number, a medium, a challenge."""
    meant = meant_by(field.column, text)
    if meant is not None and (not field.words or meant in field.words):
        return Value(meant)
    if text in field.words and field.kind != "challenge":
        return Value(text)
    if is_unstated(text):
        return Value()
    readers: dict[str, Reader] = {
        "enum": _word, "number": _number, "integer": _integer, "medium": _medium, "challenge": _challenge,
    }  # fmt: skip
    return readers.get(field.kind, lambda _, typed: Value(typed))(field, text)


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
        return Value(None, must, _DATED)
    typed = _AROUND_OXYGEN.sub(" ", text) if field.column == "oxygen_pct" else text
    ratio = _RATIO.fullmatch(typed) if field.column == "vehicle_pct_v_v" else None
    found = quantity_of(f"{100 / int(ratio[1]):.10g}" if ratio else typed, has_thousands=field.unit == "cells/cm2")
    found = found and in_unit(found, field.unit)
    if found is None or (field.column in _EXACT and (found.sign not in ("", "~") or found.low != found.high)):
        return Value(None, must, _advice(field, text))
    if not low <= found.low <= found.high <= high:
        return Value(None, must, "Correct the number or its unit.")
    return Value(plain_number(found.middle) if field.column in _EXACT | _COMPARED else found.text)


def _advice(field: Field, text: str) -> str:
    if re.fullmatch(r"\d+,\d+.*", text):
        return "Write a point, not a comma."
    if field.column == "oxygen_pct":
        return "Write the share of oxygen in the gas: 21 for a plain incubator, 1 for hypoxia of 1 %."
    if field.column in _EXACT:
        return f"Write one number in {field.unit}, for example 24; samples of several exposures are several rows."
    unit = f" in {field.unit}" if field.unit else ""
    words = f", or {_or(field.words)}" if field.words else ""
    return f"Write a number{unit}{words}; leave the cell empty if it is not known."


def _integer(field: Field, text: str) -> Value:
    low, high = field.bounds or (0.0, 1e12)
    must = f"be a whole number from {low:g} to {high:g}"
    if DATE.fullmatch(text):
        return Value(None, must, _DATED)
    if field.column == "passage":
        return _passage(text, must, high)
    found = quantity_of(text, has_thousands=True)
    if found is None or found.unit not in ("", "cells", "个") or not low <= found.low <= found.high <= high:
        return Value(None, must, "Write one whole number.")
    is_whole = found.low == found.low.to_integral_value() and found.high == found.high.to_integral_value()
    return Value(found.text) if is_whole else Value(None, must, "Write one whole number.")


def _passage(text: str, must: str, high: float) -> Value:
    """Read ``P4``, a range ``P4-5``, and ``P3+2``: two passages after cells of the third were thawed."""
    match = _PASSAGE.fullmatch(normalize("NFKC", text).strip())
    numbers = [int(number) for number in (match[1], match[3]) if number] if match else []
    if match is None or sum(numbers) > high or (match[2] == "-" and numbers[0] >= numbers[1]):
        return Value(None, must, "Write for example 4, P4 or P4-5.")
    return Value((match[2] or "").join(map(str, numbers)))


def _medium(field: Field, text: str) -> Value:
    kind = medium_of(text)
    if kind in field.words:
        return Value(kind)
    return Value(None, f"name a medium: {_or(field.words)}", "What is in it goes into the column 'medium'.")


def _challenge(field: Field, text: str) -> Value:
    """Read ``none``, or when the challenge was given and what it was: ``co H2O2``, ``pre-co H2O2`` for both times.

    The time alone does not say what.
    """
    folded = normalize("NFKC", text).casefold().strip()
    match = _TIME.match(folded)
    times = _ONE_TIME.findall(match[1]) if match else []
    time = "-".join(dict.fromkeys(_TIMES_IN_CHINESE.get(one, one) for one in times))
    what = challenge_of(folded[match.end() :] if match else folded)
    if what == {NONE} and not time:
        return Value("none")
    if time and not what - {NONE}:
        return Value(None, "say when and what", f"Write what was added too, for example '{time} H2O2', or none.")
    named = " + ".join(sorted(what - {NONE}))
    return Value(f"{time} {named}".strip() or text)


def _or(words: tuple[str, ...]) -> str:
    return ", ".join(words[:-1]) + (" or " if len(words) > 1 else "") + words[-1] if words else "a word"
