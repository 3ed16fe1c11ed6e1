"""A dose of one registered compound in uM, with the mass of the form that was weighed, and what to be careful of."""

from dataclasses import dataclass
from decimal import Decimal

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.registry.compounds.doses import Dose, micromolar, parse_dose
from scvalid.registry.compounds.salts import find_form, is_open_hydrate

FREE_FORM = "free form"
MASS_GIVEN = "molar mass as given"


@dataclass(frozen=True)
class ConvertedDose:
    """A dose, its value in uM, and the form and molar mass (g/mol) it was converted with; None for a molar dose."""

    dose: Dose
    um: Decimal
    form: str | None
    molar_mass: float | None
    cautions: tuple[str, ...]


def convert_dose(
    text: str, compound: RegisteredCompound, *, salt: str | None = None, molar_mass: float | None = None
) -> ConvertedDose:
    """Return a dose of a compound in uM.

    Parameters
    ----------
    text
        The dose as written, for example ``30 mg/L``.
    compound
        What was given.
    salt
        One of its registered salts: its name, or a word such as ``hydrochloride``, ``HCl`` or ``盐酸盐``, with or without
        crystal water (``chloride dihydrate``); or a hydrate of the free form. ``molar_mass`` (g/mol) for any other form.
        Without both, the free form is meant.

    Raises
    ------
    SubmissionError
        If the dose cannot be read, the salt is not registered, or the mass is not known.
    """
    dose = parse_dose(text)
    form, mass = _form_of(compound, salt, molar_mass)
    if not dose.is_mass:
        return ConvertedDose(dose, micromolar(dose), None, None, ())
    if mass is None:
        must, fix = "have a known molar mass to be said in uM", "Give the mass of the salt used with --molar-mass (g/mol)."
        raise SubmissionError([sentence(f"dose {shown(text)} of {compound.name}", must, "none", fix)])
    return ConvertedDose(dose, micromolar(dose, molar_mass=mass), form, mass, _cautions(compound, form))


def _form_of(compound: RegisteredCompound, salt: str | None, molar_mass: float | None) -> tuple[str, float | None]:
    if molar_mass is not None:
        return MASS_GIVEN, molar_mass
    if salt is None:
        return FREE_FORM, compound.molar_mass
    if known := find_form(compound, salt, free=FREE_FORM):
        return known.name, known.molar_mass
    if is_open_hydrate(salt):
        must, fix = "say how much crystal water a hydrate has", "Write for example 'dihydrate' or '2 H2O', as on the bottle."
        raise SubmissionError([sentence("--salt", must, shown(salt), f"{fix} For another, give --molar-mass (g/mol).")])
    names = [one.name for one in compound.salts]
    fix = nearest(salt, names) if names else f"None is registered for {compound.name}."
    must = f"be a registered salt of {compound.name}"
    raise SubmissionError([sentence("--salt", must, shown(salt), f"{fix} For another, give --molar-mass (g/mol).")])


def _cautions(compound: RegisteredCompound, form: str) -> tuple[str, ...]:
    cautions = []
    if form == FREE_FORM and compound.salts:
        names = ", ".join(salt.name for salt in compound.salts)
        cautions.append(f"Converted with the mass of the free form; it is also sold as {names}.")
    if form == FREE_FORM and compound.mass_status.startswith("to verify"):
        cautions.append(f"The molar mass is not verified ({compound.mass_status}).")
    if form not in {FREE_FORM, MASS_GIVEN} and not form.endswith("H2O"):
        cautions.append("The mass of the salt is without crystal water.")
    return tuple(cautions)
