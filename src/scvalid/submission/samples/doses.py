"""What was given, how much of it, in what: compound, dose and vehicle as they are typed, in one form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.errors import Finding, SubmissionError
from scvalid.registry.compounds.conversion import convert_dose
from scvalid.registry.compounds.doses import micromolar, parse_dose
from scvalid.registry.compounds.search import identify_compound, sentence_of_no_compound
from scvalid.registry.names import plain_name
from scvalid.settings.vocabulary import is_unstated, meant_by
from scvalid.submission.samples.quantities import number_of, plain_number
from scvalid.submission.samples.values import Value

MOLAR = "umol/L"
"""The unit in which doses are compared."""
_OTHERWISE = "Or write its molar mass behind it, as in 'sulfate 433.4 g/mol', in salt_form; or write the dose in uM."
_ACTIVITY = re.compile(r"(k?i?u|units?|(?:国际)?单位)\s*[/每]\s*(ml|l|毫升|升)", re.IGNORECASE)
_ACTIVITY_IN_CHINESE = (("国际单位", "iu"), ("单位", "u"), ("每", "/"), ("毫升", "ml"), ("升", "l"))
NO_VEHICLE = "none"
"""Cells in medium alone, however that is said."""
_FREE = frozenset({"free base", "free form", "free acid", "none", "no", "base", "free"})
_SOLVENTS = "CTL"
"""How the ids of vehicles begin in the library."""
_CONTROL_WORDS = re.compile(r"\b(?:vehicle|solvent|control|ctrl|only|alone)\b|溶剂|对照组?|[()（）]", re.IGNORECASE)
_MASS = re.compile(r"[\s,;(（]*(\d{2,5}(?:\.\d+)?)\s*g\s*/\s*mol\s*[)）]?\s*$", re.IGNORECASE)
_SHARE = re.compile(
    r"(?P<sign>[<>≤≥≦≧⩽⩾~≈]=?|\b(?:less than|below|up to|at most|max\.?|about|ca\.?)|低于|约)?\s*"
    r"(?P<number>\d+(?:\.\d+)?)\s*(?:vol\.?[\s-]*)?%(?:\s*vol\b|\s*\(?\s*v\s*/\s*v\s*\)?)?"
    r"|(?P<ratio>\b1\s*[:/]\s*[1-9]\d{1,6}\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """A dose: its number and unit, umol/L where it can be said so."""

    value: str
    unit: str


def read_compound(text: str, *, library: Sequence[RegisteredCompound], own: Sequence[str], is_control: bool = False) -> Value:
    """Return the id of a registered compound, ``vehicle``, ``untreated``, or the name that the config gives a compound.

    Parameters
    ----------
    text
        What stands in the cell: any spelling of a name, or an id.
    library
        The registered compounds.
    own
        Names that the config gives its compound, registered or not.
    is_control
        Whether it is said of cells that were not given the compound: there a solvent such as ``DMSO`` is the vehicle.
    """
    if meant := meant_by("compound_id", text) or (_control_of(text) if is_control else None):
        return Value(meant)
    if is_unstated(text):
        return Value()
    found = identify_compound(library, name=text)
    if len(found) == 1:
        is_vehicle = is_control and found[0].compound_id.startswith(_SOLVENTS)
        return Value("vehicle" if is_vehicle else found[0].compound_id)
    if plain_name(text) in {plain_name(name) for name in own}:
        return Value(own[0])
    said = sentence_of_no_compound(library, text)
    fix = said.fix if isinstance(said, Finding) else "'scvalid compounds' lists all."
    return Value(None, "be a compound of the library, vehicle or untreated", f"{fix} A new compound is named in compound.name.")


def read_dose(text: str, *, compound: RegisteredCompound | None, salt: str | None) -> Amount | Value:
    """Return a dose in umol/L; a dose in units of activity, or of a mass that is not known, stays as it is.

    Parameters
    ----------
    text
        Number and unit.
    compound
        What was given, if the library has it.
    salt
        The form that was weighed, as typed.
    """
    found = number_of(text)
    if found is not None and _ACTIVITY.fullmatch(found[1]) and found[0] > 0:
        unit = re.sub(r"\s", "", found[1])
        for word, latin in _ACTIVITY_IN_CHINESE:
            unit = unit.replace(word, latin)
        unit = unit.replace("iu", "IU").replace("u/", "U/")
        return Amount(plain_number(found[0]), unit.replace("ml", "mL"))
    try:
        return _converted(text, compound, salt)
    except SubmissionError as error:
        return _refused(error.findings[0])


def read_vehicle(text: str) -> tuple[Value, Value]:
    """Return the vehicle, and its share of the volume in % if the text says one.

    ``DMSO 0.1 %``, ``<0.1% DMSO``, ``DMSO 1:1000`` and ``0.05% 乙醇`` are read; a sign belongs to the share.
    """
    folded = normalize("NFKC", text)
    share = _SHARE.search(folded)
    name = (folded[: share.start()] + " " + folded[share.end() :] if share else folded).strip(" ,;()")
    name = " ".join(name.split())
    if not name or is_unstated(name):
        return Value(), Value()
    meant = meant_by("vehicle", name) or name
    if share is None:
        return Value(meant), Value("0" if meant == NO_VEHICLE else None)
    number = Decimal(share["number"]) if share["number"] else 100 / Decimal(re.split("[:/]", share["ratio"])[1])
    is_share = number <= 100
    return Value(meant), Value(plain_number(number)) if is_share else Value(None, "be at most 100 %", "Correct the share.")


def compound_of(record_id: str | None, library: Sequence[RegisteredCompound]) -> RegisteredCompound | None:
    """Return the registered compound of an id."""
    return next((compound for compound in library if compound.compound_id == record_id), None)


def _control_of(text: str) -> str | None:
    """Return ``vehicle`` for the name of a solvent (``DMSO``, ``0.1% DMSO control``), ``untreated`` for medium alone."""
    name = read_vehicle(_CONTROL_WORDS.sub(" ", normalize("NFKC", text)))[0].value
    meant = meant_by("vehicle", name or "")
    return meant and ("untreated" if meant == NO_VEHICLE else "vehicle")


def _converted(text: str, compound: RegisteredCompound | None, salt: str | None) -> Amount:
    dose = parse_dose(text)
    form, mass = _form_of(salt)
    if mass is not None or not dose.is_mass:
        return Amount(plain_number(micromolar(dose, molar_mass=mass)), MOLAR)
    if compound is None or compound.molar_mass is None:
        return Amount(plain_number(dose.number), dose.unit)
    return Amount(plain_number(convert_dose(text, compound, salt=form).um), MOLAR)


def _refused(said: str) -> Value:
    if not isinstance(said, Finding):
        return Value(None, "be a dose", said)
    if said.where == "--salt":
        fix = said.fix.split(" For another")[0]
        return Value(None, said.must.replace("be a", "be weighed as a"), f"{fix} {_OTHERWISE}")
    return Value(None, "have a known unit" if "the unit" in said.where else said.must, said.fix)


def _form_of(salt: str | None) -> tuple[str | None, float | None]:
    """Return the form that was weighed, None if it is the free one, and its molar mass where the text says it."""
    said = _MASS.search(salt or "")
    if said:
        return None, float(said[1])
    is_free = salt is None or plain_name(salt) in {plain_name(word) for word in _FREE}
    return (None if is_free else salt), None
