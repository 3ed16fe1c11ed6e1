"""Doses as people write them, converted to micromolar with the molar mass of what was weighed; exact decimal arithmetic."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from unicodedata import normalize

from scvalid.errors import SubmissionError, sentence, shown

MAX_CHARACTERS = 60
MIN_UM, MAX_UM = Decimal("1e-9"), Decimal("1e8")
"""1 fmol/L to 100 mol/L; pure water is 55 mol/L."""
MAX_PLAIN = 12
"""Powers of ten up to which a number is printed without an exponent."""
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
_TIMES_TEN = r"(x10(\^(?P<power>[+-]?\d{1,3})|(?P<flat>[+-]\d{1,3})))?"
"""Behind a factor even a power that lost its raised position can only be a power: 1x10-6."""
_NUMBER = re.compile(rf"(?P<number>[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{{1,3}})?){_TIMES_TEN}", re.IGNORECASE)
_POWER = re.compile(r"(?P<number>1)0\^(?P<power>[+-]?\d{1,3})(?P<flat>)")
_PER_VOLUME = re.compile(r"(?P<amount>[A-Za-z]*(g|mol))\.?(?P<volume>[dmu]?[lL])\^?-1")
_DOT = "[·∙⋅•・*]"
_CHINESE = re.compile("(?P<prefix>[微毫纳皮分]?)(?P<base>摩尔?|克|升)")
_PREFIX_OF, _BASE_OF = dict(zip("微毫纳皮分", "umnpd", strict=True)), {"摩尔": "mol", "摩": "mol", "克": "g", "升": "L"}


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
        is_short = abs(self.number.adjusted()) <= MAX_PLAIN
        return f"{self.number:f} {self.unit}" if is_short else f"{self.number} {self.unit}"


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
    match = _POWER.match(plain) or _NUMBER.match(plain)
    # "10-5 M" may be a range or a power whose sign was lost, "10 50 uM" two numbers, "1x106 M" a power or a number
    if match is None or re.match(r"[\W\dx]", plain[match.end() :].lstrip("%")) or re.search(r"\d\s+\d", text):
        fix = "Write one number with a point, for example '0.5 mM'; a range is two doses."
        raise SubmissionError([sentence(f"dose {shown(text)}", "begin with one number in plain notation", shown(text), fix)])
    number = Decimal(match["number"])
    if number <= 0:
        fix = "Zero is the vehicle arm, which has no dose."
        raise SubmissionError([sentence(f"dose {shown(text)}", "be above zero", str(number), fix)])
    return Dose(number.scaleb(int(match["power"] or match["flat"] or 0), _EXACT), _unit(plain[match.end() :], text))


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
    for spelling, letter in (("μ", "u"), ("−", "-"), ("–", "-"), ("×", "x")):
        plain = plain.replace(spelling, letter)
    # a dot between digits is "times" or the decimal point of British journals: 1·10^-6 is read, 1·5 is not
    return re.sub(_DOT, "", re.sub(rf"(?<=\d){_DOT}(?=\d)", "x", plain))


def _unit(spelled: str, text: str) -> str:
    """Return the key of a unit; only litre is read in either case, since mM and MM or M and m are not the same."""
    known = re.sub("^mc(?=g|mol|M)", "u", _in_latin(spelled))
    per_volume = _PER_VOLUME.fullmatch(known)
    amount, per, volume = per_volume.expand(r"\g<amount>/\g<volume>").partition("/") if per_volume else known.partition("/")
    key = f"{amount}/{re.sub('l$', 'L', volume)}" if per else known
    if key in _MOLAR or key in _MASS:
        return key
    got = shown(spelled) if spelled else "no unit"
    raise SubmissionError([sentence(f"dose {shown(text)}: the unit", "be a known one", got, _offer(key))])


def _in_latin(unit: str) -> str:
    """Return a unit without its Chinese words: 微克/毫升 is ug/mL; 微摩尔 alone is said of a solution, so uM."""
    alone = _CHINESE.fullmatch(unit)
    if alone and alone["base"].startswith("摩"):
        return f"{_PREFIX_OF.get(alone['prefix'], '')}M"
    return _CHINESE.sub(lambda word: _PREFIX_OF.get(word["prefix"], "") + _BASE_OF[word["base"]], unit.replace("每", "/"))


def _offer(unit: str) -> str:
    """Return the advice for a unit: a known one that differs by case or by the missing litre alone, else all that are known.

    What only looks alike may be another magnitude: fM is not nM.
    """
    spelled = unit.casefold()
    meant = {f"{spelled}/l"} if spelled.endswith("mol") else {spelled} - {"m"}  # m may be the rest of mM
    near = [known for known in UNITS if known.casefold() in meant]
    return f"Did you mean {shown(near[0])}?" if near else f"Known are: {', '.join(UNITS)}."
