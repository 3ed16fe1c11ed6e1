"""What was given, how much of it, in what: compound, dose and vehicle as they are typed, in one form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.errors import Finding, SubmissionError
from scvalid.registry.compounds.conversion import convert_dose
from scvalid.registry.compounds.doses import Dose, micromolar, parse_dose
from scvalid.registry.compounds.salts import find_salt
from scvalid.registry.compounds.search import identify_compound, sentence_of_no_compound
from scvalid.registry.names import plain_name
from scvalid.settings.vocabulary import is_unstated, meant_by
from scvalid.submission.samples.values import Value, number_of, plain_number

MOLAR = "umol/L"
"""The unit in which doses are compared."""
_ACTIVITY = re.compile(r"(k?i?u|units?|单位)\s*/\s*(ml|l)", re.IGNORECASE)
_FREE = frozenset({"free base", "free form", "free acid", "none", "no", "base", "free"})
_NO_PCT = frozenset({"none", "medium"})


@dataclass(frozen=True)
class Amount:
    """A dose: its number and unit, umol/L where it can be said so."""

    value: str
    unit: str


def read_compound(text: str, *, library: Sequence[RegisteredCompound], own: Sequence[str]) -> Value:
    """Return the id of a registered compound, ``vehicle``, ``untreated``, or the name that the config gives a compound.

    Parameters
    ----------
    text
        What stands in the cell: any spelling of a name, or an id.
    library
        The registered compounds.
    own
        Names that the config gives its compound, registered or not.
    """
    if meant := meant_by("compound_id", text):
        return Value(meant)
    if is_unstated(text):
        return Value()
    found = identify_compound(library, name=text)
    if len(found) == 1:
        return Value(found[0].compound_id)
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
        unit = re.sub(r"\s", "", found[1]).replace("iu", "IU").replace("u/", "U/")
        return Amount(plain_number(found[0]), unit.replace("ml", "mL"))
    try:
        dose = parse_dose(text)
        if compound is None or (compound.molar_mass is None and dose.is_mass):
            return _unconverted(dose)
        form = salt if salt and plain_name(salt) not in {plain_name(word) for word in _FREE} else None
        known = form if form and (dose.is_mass or find_salt(compound, form)) else None
        return Amount(plain_number(convert_dose(text, compound, salt=known).um), MOLAR)
    except SubmissionError as error:
        said = error.findings[0]
        if not isinstance(said, Finding):
            return Value(None, "be a dose", said)
        if said.where == "--salt":
            fix = said.fix.split(" For another")[0]
            return Value(None, said.must.replace("be a", "be weighed as a"), f"{fix} Or write the dose in uM.")
        at = "have a known unit" if "the unit" in said.where else said.must
        return Value(None, at, said.fix)


def read_vehicle(text: str) -> tuple[Value, Value]:
    """Return the vehicle, and its share of the volume in % if the text says one: ``DMSO 0.1 %``, ``0.05% 乙醇``."""
    share = re.search(r"(\d+(?:\.\d+)?)\s*[%％](?:\s*\(?v\s*/\s*v\)?)?", text)
    name = (text[: share.start()] + " " + text[share.end() :] if share else text).strip(" ,;()（）")
    if not name or is_unstated(name):
        return Value(), Value()
    meant = meant_by("vehicle", name) or name
    if share is None:
        return Value(meant), Value("0" if meant in _NO_PCT else None)
    number = number_of(share[1])
    is_share = number is not None and number[0] <= 100
    pct = Value(plain_number(number[0])) if number and is_share else Value(None, "be at most 100 %", "Correct the share.")
    return Value(meant), pct


def compound_of(record_id: str | None, library: Sequence[RegisteredCompound]) -> RegisteredCompound | None:
    """Return the registered compound of an id."""
    return next((compound for compound in library if compound.compound_id == record_id), None)


def _unconverted(dose: Dose) -> Amount:
    if not dose.is_mass:
        return Amount(plain_number(micromolar(dose)), MOLAR)
    return Amount(plain_number(dose.number), dose.unit)
