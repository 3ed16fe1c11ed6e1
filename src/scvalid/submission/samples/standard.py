"""One row of a sheet, or the section ``metadata`` of the config, read by the standard."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.registry.compounds.reading import IN_RESOURCES as COMPOUNDS
from scvalid.registry.compounds.reading import read_compounds
from scvalid.registry.ontology.terms import IN_RESOURCES as ONTOLOGY
from scvalid.registry.ontology.terms import Ontology
from scvalid.settings.vocabulary import is_unstated, meant_by
from scvalid.submission.samples.doses import Amount, compound_of, read_compound, read_dose, read_vehicle
from scvalid.submission.samples.fields import DOSE, Field, Fields, read_fields
from scvalid.submission.samples.quantities import number_of
from scvalid.submission.samples.refusal import Doubt, Refused, doubt_of
from scvalid.submission.samples.terms import SPECIES_OF_STAGES, STAGE, read_term
from scvalid.submission.samples.values import Value, read_value

_NO_ZERO = "A treated sample must have a dose above 0; a sample without the compound belongs to the vehicle arm."
_NO_UNIT = "Write it behind the number, for example '10 uM' or '10 ug/mL'."
_OF_DOSE = ("dose_value", "dose_unit", DOSE)
_OF_VEHICLE = ("vehicle", "vehicle_pct_v_v")
Arm = Literal["treated", "vehicle", "other"]


class Read(NamedTuple):
    """Column -> value of everything that is stated; what is refused; and what is passed over or taken as something else."""

    record: dict[str, str]
    refused: list[Refused]
    doubts: list[Doubt]


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


def read_standard(resources: Path, *, own: Iterable[str], organism: str = "NCBITaxon:9606") -> Standard:
    """Read the standard and the compound library; terms are read when one is asked for.

    Parameters
    ----------
    resources
        Folder of the standard, the ontologies and the compounds.
    own
        Names that the config gives its compound.
    organism
        Whose stages a word such as ``adult`` means.
    """
    library = read_compounds(resources / COMPOUNDS)
    fields = tuple(_for(organism, field) if field.column == STAGE else field for field in read_fields(resources))
    return Standard(fields, Ontology(resources / ONTOLOGY), library, tuple(own))


def read_record(typed: Mapping[str, str], standard: Standard, *, compound_id: str | None = None, arm: Arm = "treated") -> Read:
    """Return what is stated, and what of it cannot be: refused where a verdict waits for it, a doubt elsewhere.

    Parameters
    ----------
    typed
        Column -> text.
    standard
        What the texts are read by.
    compound_id
        What the config says was given; a column wins over it.
    arm
        Whether a dose must, must not or may stand there; where nothing was given, zero is no dose and is passed over.
    """
    read: dict[str, Value] = {}
    for field in standard.fields:
        if field.column in typed and field.column not in (*_OF_DOSE, *_OF_VEHICLE):
            read[field.column] = _read(field, typed[field.column], standard, is_control=arm != "treated")
    read |= _vehicle(typed, standard)
    given = read.get("compound_id", Value()).value or compound_id
    compound = compound_of(given, standard.library)
    read |= _dose(typed, compound, salt=read.get("salt_form", Value()).value, arm=arm)
    record = {column: one.value for column, one in read.items() if one.value is not None}
    faults, doubts = [], []
    for column, one in read.items():
        text = typed.get(column, typed.get(DOSE, ""))
        refused = Refused(column, text, one.must, one.fix)
        if one.must and is_waited_for(standard.field(column), record):
            faults.append(refused)
        elif one.must or one.hint:
            doubts.append(doubt_of(refused) if one.must else Doubt(column, text, one.hint))
    return Read(record, faults, doubts)


def is_waited_for(field: Field | None, record: Mapping[str, str]) -> bool:
    """Return whether a verdict waits for a column, and for no other that is stated instead of it."""
    return field is None or (bool(field.alternatives) and not any(name in record for name in field.alternatives))


def _for(organism: str, field: Field) -> Field:
    """Return the column of stages with the ontology of a species before those of others."""
    others = [prefix for prefix, species in SPECIES_OF_STAGES.items() if species != organism]
    words = sorted(field.allowed.split("|"), key=others.__contains__)
    return Field.model_validate(field.model_dump() | {"allowed": "|".join(words)})


def _read(field: Field, text: str, standard: Standard, *, is_control: bool) -> Value:
    if field.kind in ("term", "terms"):
        return read_term(field, text, standard.ontology)
    if field.kind == "compound":
        return read_compound(text, library=standard.library, own=standard.own, is_control=is_control)
    return read_value(field, text)


def _vehicle(typed: Mapping[str, str], standard: Standard) -> dict[str, Value]:
    read: dict[str, Value] = {}
    if "vehicle" in typed:
        read["vehicle"], share = read_vehicle(typed["vehicle"])
        read["vehicle_pct_v_v"] = share
    field = standard.field("vehicle_pct_v_v")
    if field is not None and "vehicle_pct_v_v" in typed:
        own, beside = read_value(field, typed["vehicle_pct_v_v"]), read.get("vehicle_pct_v_v", Value()).value
        differs = None not in (beside, own.value) and beside not in (own.value, "0")
        must = f"be the share that the column vehicle says, {beside}"
        read["vehicle_pct_v_v"] = Value(None, must, "Say it once.") if differs else own
    return read


def _dose(typed: Mapping[str, str], compound: RegisteredCompound | None, *, salt: str | None, arm: Arm) -> dict[str, Value]:
    """Read a dose from ``dose``, or from ``dose_value`` and ``dose_unit``."""
    number, unit = (_stated(typed.get(part, "")) for part in ("dose_value", "dose_unit"))
    column = "dose_value" if number else DOSE
    text = f"{number} {unit}".strip() if number else typed.get(DOSE, "")
    if is_unstated(text) or (arm != "treated" and _is_none(number or text)):
        return {}
    if arm == "treated" and _is_zero(text):
        return {column: Value(None, "be above 0 in the treated arm", _NO_ZERO)}
    if arm == "vehicle":
        return {column: Value(None, "be empty in the vehicle arm", "What was given there is the vehicle alone.")}
    found = number_of(text)
    if found is not None and not found[1]:
        must = "be given, for the dose is a number alone" if number else "name the unit of the dose too"
        return {"dose_unit" if number else DOSE: Value(None, must, "Write for example uM or ug/mL." if number else _NO_UNIT)}
    amount = read_dose(text, compound=compound, salt=salt)
    if isinstance(amount, Amount):
        return {"dose_value": Value(amount.value), "dose_unit": Value(amount.unit)}
    is_of_unit = bool(unit) and "unit" in amount.must
    return {"dose_unit" if is_of_unit else column: amount}


def _stated(text: str) -> str:
    return "" if is_unstated(text) else text


def _is_none(text: str) -> bool:
    """Whether a text says that nothing was given: zero of any unit, or a word such as 无 or vehicle."""
    return _is_zero(text) or meant_by(DOSE, text) is not None


def _is_zero(text: str) -> bool:
    found = number_of(text)
    return found is not None and found[0] == 0
