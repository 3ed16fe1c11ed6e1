"""Doses: what people write, what they mean in uM, and what is refused."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.errors import SubmissionError
from scvalid.registry.compounds.doses import UNITS, Dose, micromolar, parse_dose

NUMBERS = st.decimals(min_value="0.001", max_value="45", places=3)
MASSES = st.decimals(min_value=10, max_value=2000, places=2)


@pytest.mark.parametrize(
    ("text", "um"),
    [
        ("10 uM", "10"), ("10µM", "10"), ("10 μmol/L", "10"), ("0.5 mM", "500"), ("5 nmol/L", "0.005"), ("1e-6 M", "1"),
        ("1E-6mol/l", "1"), ("1×10^-6 mol/L", "1"), ("10^-5 M", "10"), ("10⁻⁵ mol·L⁻¹", "10"), ("3 umol L-1", "3"),
        ("2.5 pM", "0.0000025"), ("１０ μＭ", "10"), (".1 mmol/L", "100"), ("7 pmol/uL", "7"),
        ("10 mcM", "10"), ("1×10-6 mol/L", "1"), ("1 x 10^-6 M", "1"), ("1·10⁻⁶ M", "1"), ("10 μmol•L-1", "10"),
        ("10 umol.L-1", "10"), ("1e-6*M", "1"), ("2x10−3 mM", "2"), ("7 pmol μL⁻¹", "7"),
        ("10微摩尔", "10"), ("10 微摩尔/升", "10"), ("10 微摩尔每升", "10"), ("5 纳摩尔", "0.005"), ("0.5 毫摩尔/升", "500"),
        ("1e-6 摩尔/升", "1"), ("10 微摩", "10"), ("７ 皮摩尔／微升", "7"), ("10 μ摩尔/升", "10"), ("10 微摩尔·升⁻¹", "10"),
    ],
)  # fmt: skip
def test_a_molar_dose_moves_the_decimal_point_and_nothing_else(text, um):
    assert micromolar(parse_dose(text)) == Decimal(um)


@pytest.mark.parametrize(
    ("text", "mass", "um"),
    [
        ("100 mg/L", 100, 1000), ("0.1 mg/mL", 100, 1000), ("100 ug/mL", 100, 1000), ("100 mcg/ml", 100, 1000),
        ("0.1 g/L", 100, 1000), ("10 mg/dL", 100, 1000), ("100 ng/uL", 100, 1000),
        ("100 ㎍/㎖", 100, 1000), ("100mg·L⁻¹", 100, 1000),
        ("100 µg·mL⁻¹", 100, 1000), ("0.1 mg mL-1", 100, 1000), ("100 μg mL^-1", 100, 1000), ("10 mg·dL⁻¹", 100, 1000),
        ("100 微克/毫升", 100, 1000), ("100 毫克/升", 100, 1000), ("100 纳克/微升", 100, 1000), ("10 毫克/分升", 100, 1000),
        ("0.1 克每升", 100, 1000), ("100 μg/毫升", 100, 1000),
    ],
)  # fmt: skip
def test_a_mass_concentration_is_divided_by_the_molar_mass(text, mass, um):
    assert micromolar(parse_dose(text), molar_mass=mass) == um


@given(NUMBERS, st.sampled_from(UNITS))
def test_a_dose_as_printed_is_read_as_itself(number, unit):
    dose = Dose(number, unit)
    assert parse_dose(str(dose)) == dose


PER_VOLUME = st.tuples(
    st.sampled_from(["mol", "mmol", "umol", "nmol", "pmol", "g", "mg", "ug", "ng", "pg"]),
    st.sampled_from(["L", "dL", "mL", "uL"]),
)
SPELLINGS = st.sampled_from(["{}/{}", "{} / {}", "{} {}-1", "{} {}^-1", "{}·{}⁻¹", "{}{}⁻¹", "{}•{}-1", "{}.{}−1", "{} {}–1"])
MICROS = st.sampled_from(["u", "µ", "μ"])


@given(NUMBERS, PER_VOLUME, SPELLINGS, MICROS, st.sampled_from("lL"))
def test_per_volume_is_read_however_it_is_spelled(number, unit, spelling, micro, litre):
    amount, volume = unit
    spelled = spelling.format(amount, volume.replace("L", litre)).replace("u", micro)
    assert parse_dose(f"{number} {spelled}") == Dose(number, f"{amount}/{volume}")


@given(NUMBERS, st.integers(-9, 9), st.sampled_from(["{}e{}", "{}E{}", "{}×10^{}", "{} x 10^{}", "{}·10^{}", "{}*10^{}"]))
def test_powers_of_ten_are_read_however_they_are_spelled(number, power, spelling):
    assert parse_dose(spelling.format(number, power) + " uM") == Dose(number.scaleb(power), "uM")


@given(st.text("aukmnpMgolLDd/-1^·", min_size=1, max_size=7))
def test_what_is_offered_differs_by_case_or_the_missing_litre_alone(unit):
    try:
        dose = parse_dose(f"10 {unit}")
    except SubmissionError as error:
        offered = re.search("Did you mean '(.+)'", str(error))
        assert offered is None or offered[1].casefold() in {unit.casefold(), f"{unit}/l".casefold()}
    else:
        letters = re.sub("[^a-z]", "", unit.casefold())
        assert re.sub("[^a-z]", "", dose.unit.casefold()) == letters


@given(NUMBERS, MASSES)
def test_the_same_dose_in_any_unit_is_the_same(number, mass):
    um = micromolar(Dose(number, "mg/L"), molar_mass=mass)
    back = um * mass / 1000
    assert abs(back - number) < Decimal("1e-20")
    for unit, factor in (("g/L", "0.001"), ("ug/mL", "1"), ("ug/L", "1000"), ("mg/mL", "0.001")):
        assert micromolar(Dose(number * Decimal(factor), unit), molar_mass=mass) == um


@given(NUMBERS, NUMBERS, st.sampled_from(UNITS), MASSES)
def test_more_is_more_and_twice_is_twice(a, b, unit, mass):
    low, high = sorted((a, b))
    at_low, at_high = (micromolar(Dose(n, unit), molar_mass=mass) for n in (low, high))
    assert (at_low < at_high) == (low < high)
    assert abs(micromolar(Dose(2 * low, unit), molar_mass=mass) - 2 * at_low) <= at_low * Decimal("1e-25")


@given(NUMBERS, MASSES)
def test_a_heavier_salt_gives_less_substance(number, mass):
    dose = Dose(number, "mg/L")
    assert micromolar(dose, molar_mass=mass + 36) < micromolar(dose, molar_mass=mass)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0 uM", "above zero"),
        ("-1 uM", "above zero"),
        ("nan uM", "one number"),
        ("inf uM", "one number"),
        ("", "one number"),
        ("uM", "one number"),
        ("1,000 nM", "one number"),
        ("0,5 mM", "one number"),
        ("30-50 mg/L", "one number"),
        ("1_0 uM", "uM"),
        ("10-5 M", "one number"),
        ("10 50 uM", "one number"),
        ("1.5.2 uM", "one number"),
        ("1·5 mM", "one number"),
        ("1x106 M", "one number"),
        ("1×10 M", "one number"),
        ("10+5 M", "one number"),
        ("½ uM", "one number"),
        ("10", "no unit"),
        ("10 fM", "Known are"),
        ("10 kM", "Known are"),
        ("10 m", "Known are"),
        ("10 mg", "Known are"),
        ("10 微克", "Known are"),
        ("10 微升", "Known are"),
        ("10 微", "Known are"),
        ("10 mg/L-1", "Known are"),
        ("10 mg/ML", "Did you mean 'mg/mL'?"),
        ("10 um", "Did you mean 'uM'?"),
        ("10 MM", "Did you mean 'mM'?"),
        ("10 Mg/L", "Did you mean 'mg/L'?"),
        ("10 mg/kg", "mg/L"),
        ("10 uMol", "Did you mean"),
        ("5 %", "Known are"),
        ("1\x1b[31m uM", "one"),
        ("9" * 100, "a number and a unit"),
    ],
)
def test_what_is_no_dose_is_refused_in_one_sentence(text, words):
    with pytest.raises(SubmissionError) as caught:
        parse_dose(text)
    assert words in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("text", ["1e9 M", "1e999 M", "1000 M", "1e-30 uM", "10^-999 M"])
def test_a_concentration_that_no_solution_has_is_refused(text):
    with pytest.raises(SubmissionError, match="that a solution can have"):
        micromolar(parse_dose(text))


def test_a_mass_concentration_without_a_molar_mass_is_refused():
    with pytest.raises(SubmissionError, match="Give the molar mass of the salt used"):
        micromolar(parse_dose("30 mg/L"))


@pytest.mark.parametrize("mass", [0, -1, 0.5, 1e6, float("nan"), float("inf")])
def test_a_molar_mass_that_no_compound_has_is_refused(mass):
    with pytest.raises(SubmissionError, match="from 1 to 100000 g/mol"):
        micromolar(parse_dose("30 mg/L"), molar_mass=mass)
