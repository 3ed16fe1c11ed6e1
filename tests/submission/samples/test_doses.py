"""Compounds, doses and vehicles in the words of a lab: one id, one unit, or a sentence."""

import pytest

from scvalid.submission.samples.doses import Amount, read_compound, read_dose, read_vehicle


@pytest.fixture
def compound(standard):
    return lambda name: next(c for c in standard.library if c.name == name)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("icariin", "TCM003"),
        ("淫羊藿苷", "TCM003"),
        ("TCM003", "TCM003"),
        ("Icariin (98%)", "TCM003"),
        ("vehicle", "vehicle"),
        ("对照", "vehicle"),
        ("溶剂", "vehicle"),
        ("Control", "vehicle"),
        ("未处理", "untreated"),
        ("unknown", None),
        ("XYZ-1", "xyz 1"),
    ],
)
def test_a_compound_in_any_spelling(standard, text, value):
    assert read_compound(text, library=standard.library, own=["xyz 1"]).value == value


def test_a_compound_that_nobody_knows_is_refused_with_the_nearest(standard):
    found = read_compound("icarin", library=standard.library, own=[])
    assert found.value is None
    assert "'icariin'" in found.fix
    assert "compound.name" in found.fix


@pytest.mark.parametrize(
    ("text", "name", "salt", "amount"),
    [
        ("10 uM", "icariin", None, Amount("10", "umol/L")),
        ("10 µmol/L", "icariin", None, Amount("10", "umol/L")),
        ("500 nM", None, None, Amount("0.5", "umol/L")),
        ("6.7667 mg/L", "icariin", None, Amount("10", "umol/L")),  # molar mass 676.67
        ("6.7667 mg/L", "icariin", "free base", Amount("10", "umol/L")),
        ("10 uM", "icariin", "hydrochloride", Amount("10", "umol/L")),
        ("10 ng/mL", None, None, Amount("10", "ng/mL")),
        ("100 U/mL", None, None, Amount("100", "U/mL")),
        ("100 单位/毫升", None, None, Amount("100", "U/mL")),
        ("100 国际单位/毫升", None, None, Amount("100", "IU/mL")),
        ("6.7667 毫克/升", "icariin", None, Amount("10", "umol/L")),
        ("1000 IU/ml", None, None, Amount("1000", "IU/mL")),
        ("338.27 mg/L", "quercetin", "dihydrate", Amount("1000", "umol/L")),  # 302.24 + 2 x 18.015
        ("10 mg/L", "icariin", "sodium sulfonate 400 g/mol", Amount("25", "umol/L")),
        ("10 mg/L", None, "(400 g/mol)", Amount("25", "umol/L")),
    ],
)
def test_a_dose_is_said_in_umol_per_litre_where_it_can_be(compound, text, name, salt, amount):
    assert read_dose(text, compound=name and compound(name), salt=salt) == amount


def test_the_salt_that_was_weighed_decides(compound):
    berberine = compound("berberine")
    free, salt = (read_dose("10 mg/L", compound=berberine, salt=form) for form in (None, "hydrochloride"))
    assert float(salt.value) < float(free.value)


@pytest.mark.parametrize(
    ("text", "salt", "words"),
    [
        ("10 drops", None, "Known are"),
        ("10-20 uM", None, "a range is two doses"),
        ("10 um", None, "uM"),
        ("0 uM", None, "vehicle"),
        ("5 mg/L", "lactate", "g/mol"),
        ("5 mg/L", "hydrate", "how much crystal water"),
    ],
)
def test_a_dose_that_cannot_be_read_is_refused(compound, text, salt, words):
    found = read_dose(text, compound=compound("icariin"), salt=salt)
    assert found.value is None
    assert words in f"{found.must} {found.fix}"
    assert "--" not in found.fix


@pytest.mark.parametrize(
    ("text", "vehicle", "share"),
    [
        ("DMSO 0.1 %", "DMSO", "0.1"),
        ("0.1% DMSO", "DMSO", "0.1"),
        ("DMSO (0.05 % v/v)", "DMSO", "0.05"),
        ("dmso", "DMSO", None),
        ("乙醇 0.05 %", "ethanol", "0.05"),
        ("<0.1% DMSO", "DMSO", "0.1"),
        ("≤ 0.1 % (v/v) DMSO", "DMSO", "0.1"),
        ("DMSO <= 0.1%", "DMSO", "0.1"),
        ("up to 0.1% DMSO", "DMSO", "0.1"),
        ("DMSO, 0.1 vol%", "DMSO", "0.1"),
        ("DMSO 1:1000", "DMSO", "0.1"),
        ("none", "none", "0"),
        ("medium", "none", "0"),
        ("culture medium", "none", "0"),
        ("Untreated", "none", "0"),
        ("water-free", "none", "0"),
        ("water", "water", None),
        ("无", "none", "0"),
        ("PBS", "PBS", None),
        ("unknown", None, None),
        ("corn oil", "corn oil", None),
    ],
)
def test_a_vehicle_and_its_share(text, vehicle, share):
    assert [found.value for found in read_vehicle(text)] == [vehicle, share]


def test_more_vehicle_than_volume_is_refused():
    assert read_vehicle("DMSO 110 %")[1].must
