"""Doses as people write them, converted to micromolar with the molar mass of what was weighed; exact decimal arithmetic."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from unicodedata import normalize

from scvalid.errors import SubmissionError, nearest, sentence, shown

MAX_CHARACTERS = 60
MIN_UM, MAX_UM = Decimal("1e-9"), Decimal("1e8")
"""1 fmol/L to 100 mol/L; pure water is 55 mol/L."""
_EXACT = Context(prec=100, rounding=ROUND_HALF_EVEN)
_PREFIXES = {"": 0, "m": -3, "u": -6, "n": -9, "p": -12}
_VOLUMES = {"L": 0, "dL": -1, "mL": -3, "uL": -6}
_MOLAR = {f"{p}M": power for p, power in _PREFIXES.items()} | {
    f"{p}mol/{volume}": power - below for p, power in _PREFIXES.items() for volume, below in _VOLUMES.items()
}
_MASS = {f"{p}g/{volume}": power - below for p, power in _PREFIXES.items() for volume, below in _VOLUMES.items()}
UNITS = ("M", "mM", "uM", "nM", "pM", "mol/L", "mmol/L", "umol/L", "nmol/L", "g/L", "mg/L", "ug/L", "mg/mL", "ug/mL", "ng/mL")
"""What is offered to whoever writes another unit."""

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMBER = re.compile(r"(?P<number>[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?)(x10\^(?P<power>[+-]?\d{1,3}))?", re.IGNORECASE)
_POWER = re.compile(r"10\^(?P<power>[+-]?\d{1,3})")


@dataclass(frozen=True)
class Dose:
    """A concentration: a number above zero and one of the known units, spelled with u for micro."""

    number: Decimal
    unit: str

    @property
    def is_mass(self) -> bool:
        """Whether the molar mass is needed to say it in micromolar."""
        return self.unit in _MASS

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


def parse_dose(text: str) -> Dose:
    """Return the dose that a text such as ``10 µM``, ``30 mg/L`` or ``1e-6 mol·L⁻¹`` says.

    Raises
    ------
    SubmissionError
        If it is not one number above zero, in plain notation, with a known unit.
    """
    if len(text) > MAX_CHARACTERS:
        raise SubmissionError([sentence("dose", "be a number and a unit", shown(text), "Write for example '10 uM'.")])
    plain = _plain(text)
    found = _NUMBER.match(plain)
    power = _POWER.match(plain)
    match, number = (power, Decimal(1)) if power else (found, Decimal(found["number"]) if found else Decimal(0))
    # "10-5 M" may be a range or a power whose sign was lost, "10 50 uM" two numbers
    if match is None or plain[match.end() :][:1] in {",", "-", "~", ".", "^"} or re.search(r"\d\s+\d", text):
        fix = "Write one number with a point, for example '0.5 mM'; a range is two doses."
        raise SubmissionError([sentence(f"dose {shown(text)}", "begin with one number in plain notation", shown(text), fix)])
    if number <= 0:
        fix = "Zero is the vehicle arm, which has no dose."
        raise SubmissionError([sentence(f"dose {shown(text)}", "be above zero", str(number), fix)])
    return Dose(number.scaleb(int(match["power"] or 0), _EXACT), _unit(plain[match.end() :], text))


def micromolar(dose: Dose, *, molar_mass: float | Decimal | None = None) -> Decimal:
    """Return a dose in uM.

    Parameters
    ----------
    dose
        The concentration.
    molar_mass
        Molar mass (g/mol) of the salt or free form that was weighed; a molar dose does not need it.

    Notes
    -----
    ``uM = 1e6 * c / M`` with ``c`` in g/L and ``M`` in g/mol; a molar unit only moves the decimal point.

    Raises
    ------
    SubmissionError
        If a mass concentration has no molar mass, or no solution has that concentration.
    """
    where = f"dose {shown(dose)}"
    with localcontext(_EXACT):
        if not dose.is_mass:
            value = dose.number.scaleb(_MOLAR[dose.unit] + 6)
        elif molar_mass is None:
            fix = "Give the molar mass of the salt used (g/mol), or write the dose in uM."
            raise SubmissionError([sentence(where, "have a molar mass to be said in uM", "none", fix)])
        else:
            mass = Decimal(str(molar_mass))
            if not mass.is_finite() or not 1 <= mass <= 100_000:
                fix = "Give it in g/mol."
                raise SubmissionError([sentence(f"{where}: molar mass", "be from 1 to 100000 g/mol", shown(molar_mass), fix)])
            value = dose.number.scaleb(_MASS[dose.unit] + 6) / mass
    if not MIN_UM <= value <= MAX_UM:
        fix = "Check the number and the unit."
        raise SubmissionError([sentence(where, "be a concentration that a solution can have", f"{value:.3g} uM", fix)])
    return value


def _plain(text: str) -> str:
    """Return the text with one spelling for micro, minus, times, powers and 'per litre', and without spaces."""
    raised = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda run: "^" + run[0].translate(_SUPERSCRIPT), text)
    plain = "".join(normalize("NFKC", raised).split())
    for spelling, letter in (("μ", "u"), ("−", "-"), ("–", "-"), ("×", "x"), ("·", ""), ("∙", ""), ("⋅", ""), ("*", "x")):
        plain = plain.replace(spelling, letter)
    return re.sub(r"(?<=[A-Za-z])(l|L)\^?-1$", r"/\1", plain)


def _unit(spelled: str, text: str) -> str:
    """Return the key of a unit; only M is read by its case, since mM and MM or M and m are not the same."""
    known = spelled.replace("mcg", "ug")
    amount, per, volume = known.partition("/")
    key = f"{amount}/{volume.lower().replace('l', 'L')}" if per else known
    if key in _MOLAR or key in _MASS:
        return key
    got = shown(spelled) if spelled else "no unit"
    meant = next((unit for unit in UNITS if spelled.casefold() == unit.casefold()), spelled)
    offer = nearest(meant, UNITS) if spelled else f"Known are: {', '.join(UNITS)}."
    raise SubmissionError([sentence(f"dose {shown(text)}: the unit", "be a known one", got, offer)])
