"""The molar mass that follows from a formula."""

import pytest

from scvalid.contracts.formulae import molar_mass_of


@pytest.mark.parametrize(("formula", "mass"), [("H2O", 18.015), ("C20H18NO4+", 336.37), ("NaCl", 58.44), ("C2H6OS", 78.13)])
def test_the_mass_of_a_formula(formula, mass):
    assert molar_mass_of(formula) == pytest.approx(mass, abs=0.01)


@pytest.mark.parametrize("formula", ["", "h2o", "C0", "C33H40O15 ", "(CH2)2", "Uu3", "C" * 200])
def test_what_is_no_formula_is_refused(formula):
    with pytest.raises(ValueError, match="must"):
        molar_mass_of(formula)
