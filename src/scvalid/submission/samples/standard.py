"""One row of a sheet, or the section ``metadata`` of the config, read by the standard."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.registry.compounds.reading import IN_RESOURCES as COMPOUNDS
from scvalid.registry.compounds.reading import read_compounds
from scvalid.registry.ontology.terms import IN_RESOURCES as ONTOLOGY
from scvalid.registry.ontology.terms import Ontology
from scvalid.settings.vocabulary import is_unstated
from scvalid.submission.samples.doses import Amount, compound_of, read_compound, read_dose, read_vehicle
from scvalid.submission.samples.fields import DOSE, Field, Fields, read_fields
from scvalid.submission.samples.refusal import Refused
from scvalid.submission.samples.terms import read_term
from scvalid.submission.samples.values import Value, number_of, read_value

_OF_DOSE = ("dose_value", "dose_unit", DOSE)
_OF_VEHICLE = ("vehicle", "vehicle_pct_v_v")


@dataclass(frozen=True)
class Standard:
    """The columns, and what their values are looked up in.

    Attributes
    ----------
    fields
        The columns, in the order of the table.
    ontology
        Terms.
    library
        Registered compounds.
    own
        Names that the config gives its compound.
    """

    fields: Fields
    ontology: Ontology
    library: Sequence[RegisteredCompound]
    own: tuple[str, ...] = ()

    def field(self, column: str) -> Field | None:
        """Return the row of a column."""
        return next((field for field in self.fields if field.column == column), None)


def read_standard(resources: Path, *, own: Iterable[str]) -> Standard:
    """Read the standard and the compound library; terms are read when one is asked for."""
    library = read_compounds(resources / COMPOUNDS)
    return Standard(read_fields(resources), Ontology(resources / ONTOLOGY), library, tuple(own))


def read_record(
    typed: Mapping[str, str], standard: Standard, *, compound_id: str | None = None, has_dose: bool = True
) -> tuple[dict[str, str], list[Refused]]:
    """Return column -> value of everything that is stated, and what was refused.

    Parameters
    ----------
    typed
        Column -> text.
    standard
        What the texts are read by.
    compound_id
        What the config says was given; a column wins over it.
    has_dose
        Whether a dose may stand there; where nothing was given, zero is no dose and is passed over.
    """
    read: dict[str, Value] = {}
    for field in standard.fields:
        if field.column in typed and field.column not in (*_OF_DOSE, *_OF_VEHICLE):
            read[field.column] = _read(field, typed[field.column], standard)
    read |= _vehicle(typed, standard)
    given = read.get("compound_id", Value()).value or compound_id
    compound = compound_of(given, standard.library)
    read |= _dose(typed, compound, salt=read.get("salt_form", Value()).value, has_dose=has_dose)
    record = {column: one.value for column, one in read.items() if one.value is not None}
    refused = [
        Refused(column, typed.get(column, typed.get(DOSE, "")), one.must, one.fix) for column, one in read.items() if one.must
    ]
    return record, refused


def _read(field: Field, text: str, standard: Standard) -> Value:
    if field.kind in ("term", "terms"):
        return read_term(field, text, standard.ontology)
    if field.kind == "compound":
        return read_compound(text, library=standard.library, own=standard.own)
    return read_value(field, text)


def _vehicle(typed: Mapping[str, str], standard: Standard) -> dict[str, Value]:
    read: dict[str, Value] = {}
    if "vehicle" in typed:
        read["vehicle"], share = read_vehicle(typed["vehicle"])
        read["vehicle_pct_v_v"] = share
    field = standard.field("vehicle_pct_v_v")
    if field is not None and "vehicle_pct_v_v" in typed:
        own, beside = read_value(field, typed["vehicle_pct_v_v"]), read.get("vehicle_pct_v_v", Value()).value
        differs = beside is not None and own.value is not None and beside not in {own.value, "0"}
        must = f"be the share that the column vehicle says, {beside}"
        read["vehicle_pct_v_v"] = Value(None, must, "Say it once.") if differs else own
    return read


def _dose(
    typed: Mapping[str, str], compound: RegisteredCompound | None, *, salt: str | None, has_dose: bool
) -> dict[str, Value]:
    """Read a dose from ``dose``, or from ``dose_value`` and ``dose_unit``."""
    number, unit = typed.get("dose_value", ""), typed.get("dose_unit", "")
    column = "dose_value" if number else DOSE
    text = f"{number} {unit}".strip() if number else typed.get(DOSE, "")
    if is_unstated(text) or (not has_dose and _is_zero(text)):
        return {}
    if not has_dose:
        return {column: Value(None, "be empty in the vehicle arm", "What was given there is the vehicle alone.")}
    found = number_of(text)
    if found is not None and not found[1]:
        return {"dose_unit" if number else DOSE: Value(None, "be given beside the dose", "Write for example uM.")}
    amount = read_dose(text, compound=compound, salt=salt)
    if isinstance(amount, Amount):
        return {"dose_value": Value(amount.value), "dose_unit": Value(amount.unit)}
    is_of_unit = bool(unit) and "unit" in amount.must
    return {"dose_unit" if is_of_unit else column: amount}


def _is_zero(text: str) -> bool:
    found = number_of(text)
    return found is not None and found[0] == 0
