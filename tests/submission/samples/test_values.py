"""Numbers, words, media and challenges as people type them; what cannot be one is said, never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.submission.samples.fields import Field
from scvalid.submission.samples.quantities import number_in
from scvalid.submission.samples.values import read_value


@pytest.fixture
def read(standard):
    return lambda column, text: read_value(standard.field(column), text)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("passage", "P5", "5"),
        ("passage", "p5", "5"),
        ("passage", "passage 5", "5"),
        ("passage", "第5代", "5"),
        ("passage", "0", "0"),
        ("oxygen_pct", "21", "21"),
        ("oxygen_pct", "hypoxia 1 %", "1"),
        ("oxygen_pct", "1% O2", "1"),
        ("oxygen_pct", "低氧 1%", "1"),
        ("oxygen_pct", "5．0％", "5"),
        ("exposure_h", "24 h", "24"),
        ("exposure_h", "2 d", "48"),
        ("exposure_h", "90 min", "1.5"),
        ("exposure_h", "3天", "72"),
        ("temperature", "37 °C", "37"),
        ("glucose_mM", "5.5 mM", "5.5"),
        ("purity_pct", "98%", "98"),
        ("donor_age_years", "34 岁", "34"),
        ("isct_flow_cd73", "not done", "not done"),
        ("isct_flow_cd73", "99.2", "99.2"),
        ("cells_loaded", "10,000", "10000"),
        ("seeding_density_cm2", "1e4", "10000"),
        ("phenol_red", "否", "no"),
        ("cryopreserved", "TRUE", "yes"),
        ("suspension_type", "Nuclei", "nucleus"),
        ("tissue_type", "原代细胞", "primary cell culture"),
        ("tissue_type", "Cell Line", "cell line"),
        ("mycoplasma", "阴性", "negative"),
        ("mycoplasma", "-", "negative"),
        ("genotype_origin", "胎儿", "fetal"),
        ("induction_medium", "成骨诱导培养基", "osteogenic"),
        ("induction_medium", "growth medium", "basal"),
        ("pretreatment_or_cotreatment", "无", "none"),
        ("pretreatment_or_cotreatment", "co H2O2", "co H2O2"),
        ("pretreatment_or_cotreatment", "pre-treatment TNF-α (10 ng/mL)", "pre TNF"),
        ("pretreatment_or_cotreatment", "control", "none"),
        ("pretreatment_or_cotreatment", "pre+co H2O2", "pre-co H2O2"),
        ("pretreatment_or_cotreatment", "pre-treatment and co-treatment TNF", "pre-co TNF"),
        ("purity_pct", "≥98%", "≥98"),
        ("purity_pct", ">= 98 %", "≥98"),
        ("isct_flow_cd73", ">95", ">95"),
        ("cd45", "<2", "<2"),
        ("cd45", "n.d.", "not done"),
        ("endotoxin_EU_ml", "< 0.25 EU/mL", "<0.25"),
        ("cryopreserved", "fresh", "no"),
        ("cryopreserved", "frozen", "yes"),
        ("phenol_red", "without", "no"),
        ("confluence_pct", "80-90", "80-90"),
        ("confluence_pct", "80%–90%", "80-90"),
        ("dissociation_min", "3-5", "3-5"),
        ("dissociation_min", "180 s", "3"),
        ("glucose_mM", "4.5 g/L", "25"),
        ("glucose_mM", "1.0 g/L", "5.55"),
        ("glucose_mM", "100 mg/dL", "5.55"),
        ("temperature", "RT", "20-25"),
        ("donor_age_years", "18 months", "1.5"),
        ("donor_age_years", "45 years old", "45"),
        ("exposure_h", "2 weeks", "336"),
        ("exposure_h", "~24 h", "24"),
        ("passage", "P3+2", "3+2"),
        ("passage", "P4-5", "4-5"),
        ("passage", "4.0", "4"),
        ("seeding_density_cm2", "5×10³ cells/cm²", "5000"),
        ("seeding_density_cm2", "5,000", "5000"),
        ("vehicle_pct_v_v", "≤0.1", "0.1"),
        ("vehicle_pct_v_v", "1:1000", "0.1"),
        ("cells_loaded", "~10000", "~10000"),
        ("lot", "A-17", "A-17"),
    ],
)
def test_usual_spellings_are_read(read, column, text, value):
    assert read(column, text).value == value


@pytest.mark.parametrize("text", ["unknown", "NA", "n/a", "?", "-", "未知", "不详"])
def test_what_says_nothing_is_not_stated(read, text):
    for column in ("oxygen_pct", "medium", "tissue_type", "induction_medium", "passage"):
        found = read(column, text)
        assert (found.value, found.must) == (None, "")


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("passage", "banana", "P4"),
        ("passage", "-1", "whole number"),
        ("passage", "4.5", "whole number"),
        ("passage", "5-Mar", "spreadsheet made a date"),
        ("exposure_h", "2024-03-05", "spreadsheet made a date"),
        ("exposure_h", "2月3日", "spreadsheet made a date"),
        ("exposure_h", "overnight", "one number in h"),
        ("exposure_h", "24-48", "one number"),
        ("exposure_h", "<24", "one number"),
        ("oxygen_pct", "210", "from 0 to 100"),
        ("oxygen_pct", "normoxia", "21 for a plain"),
        ("oxygen_pct", "20,9", "a point, not a comma"),
        ("purity_pct", ">198", "Correct"),
        ("confluence_pct", "90-80", "a number"),
        ("viability_pct", "95 mg", "a number"),
        ("passage", "4,5", "P4-5"),
        ("passage", "P5-4", "P4-5"),
        ("cells_loaded", "0.5", "whole number"),
        ("pretreatment_or_cotreatment", "pre", "when and what"),
        ("pretreatment_or_cotreatment", "co none", "when and what"),
        ("tissue_type", "primary cel culture", "Did you mean 'primary cell culture'?"),
        ("suspension_type", "celll", "'cell'"),
        ("induction_medium", "alpha-MEM", "'medium'"),
        ("population_doublings", "1e99", "Correct"),
    ],
)
def test_what_cannot_be_is_refused_with_advice(read, column, text, words):
    found = read(column, text)
    assert found.value is None
    assert words in f"{found.must} {found.fix}"


@given(text=st.text(max_size=30))
def test_any_text_is_a_value_or_nothing_or_refused(standard, text):
    for field in standard.fields:
        if field.kind in {"enum", "number", "integer", "medium", "challenge", "text"}:
            found = read_value(field, text)
            assert not (found.value is not None and found.must)
            if found.value is not None and field.bounds and found.value not in field.words:
                assert field.bounds[0] <= number_in(found.value) <= field.bounds[1]


@given(number=st.decimals(min_value=0, max_value=10**6, allow_nan=False, places=4))
def test_a_number_that_was_read_reads_the_same_again(number):
    field = Field(
        column="some", level="sample", kind="number", allowed="0..10000000", requirement="optional", blocks_verdict="no"
    )
    once = read_value(field, str(number)).value
    assert read_value(field, once).value == once
    assert Decimal(once) == Decimal(f"{number:.10g}")


@pytest.mark.parametrize("text", ["≥98%", "80-90", "P3+2", "~24 h", "4.5 g/L", "pre+co H2O2", "RT"])
def test_what_was_read_of_a_bound_reads_the_same_again(standard, text):
    for field in standard.fields:
        if field.kind in {"number", "integer", "challenge"} and (once := read_value(field, text).value):
            assert read_value(field, once).value == once
