"""How a structure is written: its formula and what follows from it, and its key."""

import re

ATOMIC_WEIGHTS = {
    "H": 1.008, "B": 10.81, "C": 12.011, "N": 14.007, "O": 15.999, "F": 18.998, "Na": 22.990, "Mg": 24.305, "Si": 28.085,
    "P": 30.974, "S": 32.06, "Cl": 35.45, "K": 39.098, "Ca": 40.078, "Fe": 55.845, "Zn": 65.38, "Se": 78.971, "Br": 79.904,
    "I": 126.904,
}  # fmt: skip
"""Conventional atomic weights (IUPAC 2021, doi:10.1515/pac-2019-0603), g/mol."""

FORMULA = r"^([A-Z][a-z]?([1-9]\d{0,3})?)+([+-]\d?)?$"
INCHIKEY = r"^[A-Z]{14}-[A-Z]{10}-[A-Z]$"
_ELEMENT = re.compile(r"([A-Z][a-z]?)(\d*)")


def molar_mass_of(formula: str) -> float:
    """Return the molar mass (g/mol) of a formula such as ``C20H18ClNO4`` or ``C20H18NO4+``.

    Raises
    ------
    ValueError
        If it is no formula, or names an element that is not in ``ATOMIC_WEIGHTS``.
    """
    if len(formula) > 100 or re.fullmatch(FORMULA, formula) is None:
        msg = "must be a formula such as C20H18ClNO4"
        raise ValueError(msg)
    atoms = _ELEMENT.findall(formula)
    if unknown := sorted({element for element, _ in atoms} - ATOMIC_WEIGHTS.keys()):
        msg = f"must name elements of organic compounds and their salts, not {', '.join(unknown)}"
        raise ValueError(msg)
    return sum(ATOMIC_WEIGHTS[element] * int(count or 1) for element, count in atoms)
