"""A dose of a compound: the mass of the form that was weighed decides, and what is unsure of it is said."""

import pytest

from scvalid.errors import SubmissionError
from scvalid.registry.compounds.conversion import convert_dose
from scvalid.registry.compounds.sheet import dose_sheet


@pytest.fixture
def named(library):
    return {compound.name: compound for compound in library}


def test_the_salt_that_was_weighed_decides(named):
    ligustrazine = named["ligustrazine"]
    free = convert_dose("30 mg/L", ligustrazine)
    salts = [convert_dose("30 mg/L", ligustrazine, salt=name) for name in ("hydrochloride", "Ligustrazine phosphate")]
    assert [float(c.um) for c in (free, *salts)] == pytest.approx([220.3, 173.8, 128.1], abs=0.05)
    assert "ligustrazine hydrochloride, ligustrazine phosphate" in free.cautions[0]
    assert "crystal water" in salts[0].cautions[0]
    given = convert_dose("30 mg/L", ligustrazine, molar_mass=208.69)
    assert float(given.um) == pytest.approx(143.75, abs=0.01)
    assert given.cautions == ()


def test_a_molar_dose_needs_no_mass(named):
    converted = convert_dose("5 nM", named["catalpol"])
    assert (float(converted.um), converted.molar_mass, converted.cautions) == (0.005, None, ())


def test_a_mass_that_is_not_verified_is_said(named):
    assert "not verified" in convert_dose("5 ug/mL", named["icariside II"]).cautions[0]
    assert "not verified" in convert_dose("160 mg/L", named["hydroxysafflor yellow A"]).cautions[0]
    assert convert_dose("5 ug/mL", named["icariin"]).cautions == ()


@pytest.mark.parametrize(
    ("name", "word", "form"),
    [
        ("berberine", "HCl", "berberine chloride"),
        ("berberine", "chloride dihydrate", "berberine chloride, 2 H2O"),
        ("quercetin", "dihydrate", "free form, 2 H2O"),
        ("berberine", "盐酸盐", "berberine chloride"),
        ("berberine", "berberine hydrochloride", "berberine chloride"),
        ("berberine", "盐酸黄连素", "berberine chloride"),
        ("ligustrazine", "磷酸盐", "ligustrazine phosphate"),
        ("ligustrazine", "TMP HCl", "ligustrazine hydrochloride"),
        ("danshensu", "sodium salt", "sodium danshensu"),
        ("palmitic acid", "钠盐", "sodium palmitate"),
    ],
)
def test_a_salt_is_known_by_the_words_on_a_bottle(named, name, word, form):
    assert convert_dose("5 mg/L", named[name], salt=word).form == form


@pytest.mark.parametrize(("text", "printed"), [("1 mM", "1 mM = 1000 uM"), ("1e-6 M", "0.000001 M = 1 uM")])
def test_a_converted_dose_is_printed_without_an_exponent(named, text, printed):
    assert dose_sheet(convert_dose(text, named["icariin"])) == printed


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("catalpol", {}, "--molar-mass"),
        ("berberine", {"salt": "sulfate"}, "berberine chloride"),
        ("berberine", {"salt": "---"}, "berberine chloride"),
        ("ligustrazine", {"salt": "chloride"}, "ligustrazine hydrochloride"),
        ("icariin", {"salt": "chloride"}, "None is registered for icariin"),
    ],
)
def test_without_a_mass_there_is_no_dose(named, name, options, words):
    with pytest.raises(SubmissionError) as caught:
        convert_dose("5 ug/mL", named[name], **options)
    assert words in str(caught.value)
    assert len(caught.value.findings) == 1
