"""Row and config together: what is stated once holds for all, what contradicts is one sentence for all rows that have it."""

from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scvalid.errors import Finding
from scvalid.submission.config import parse_config
from scvalid.submission.samples.fields import DOSE, columns_of, read_fields
from scvalid.submission.samples.records import describe_samples

ICARIIN = {"name": "icariin", "dose": "10 uM", "exposure": "24 h", "vehicle": "DMSO 0.1 %"}
ARMS = ["drug", "vehicle", "drug", "vehicle"]


def by_arm(treated: str, vehicle: str) -> list[str]:
    return [treated if arm == "drug" else vehicle for arm in ARMS]


def test_a_sheet_without_any_such_column_is_read_as_before(described):
    found = described()
    assert (found.faults_of_sheet, found.faults_of_config) == ((), ())
    assert len(found.samples) == len(found.records) == 4
    assert {record["study_id"] for record in found.records} == {"small"}
    assert [record["compound_id"] for record in found.records if "compound_id" in record] == ["vehicle", "vehicle"]


def test_what_the_config_says_of_the_compound_is_said_of_the_arm_it_was_given_to(described):
    found = described(compound=ICARIIN, context={"medium": "basal", "induction": "none", "species": "mouse"})
    treated, vehicle = found.records[:2]
    assert (treated["compound_id"], treated["dose_value"], treated["dose_unit"]) == ("TCM003", "10", "umol/L")
    assert "dose_value" not in vehicle
    assert vehicle["compound_id"] == "vehicle"
    for record in (treated, vehicle):
        assert (record["vehicle"], record["vehicle_pct_v_v"], record["exposure_h"]) == ("DMSO", "0.1", "24")
        assert (record["induction_medium"], record["pretreatment_or_cotreatment"]) == ("basal", "none")
        assert record["organism_ontology_term_id"] == "NCBITaxon:10090"


def test_metadata_hold_for_all_samples_and_give_the_batch(described):
    found = described(metadata={"passage": 4, "cryopreserved": True, "dose": "5 uM", "disease_ontology_term_id": "healthy"})
    assert {record["passage"] for record in found.records} == {"4"}
    assert {record["cryopreserved"] for record in found.records} == {"yes"}
    assert {record["disease_ontology_term_id"] for record in found.records} == {"PATO:0000461"}
    assert [record.get("dose_value") for record in found.records] == by_arm("5", None)


def test_the_batch_may_be_stated_once(described, rows):
    for row in rows:
        del row[4]
    found = described(metadata={"batch_id": "plate 7"})
    assert {sample.batch_id for sample in found.samples} == {"plate 7"}


@pytest.mark.parametrize(
    ("column", "values", "words"),
    [
        ("suspension_type", "banana", ["rows 2, 3, 4, 5", "'suspension_type'", "'banana'"]),
        ("vehicle_pct_v_v", "210", ["'vehicle_pct_v_v'", "from 0 to 100"]),
        ("pretreatment_or_cotreatment", "pre", ["when and what"]),
        ("development_stage_ontology_term_id", "MmusDv:0000110", ["a stage of human, a term of HsapDv", "the life of mouse"]),
        ("dose", by_arm("0", ""), ["rows 2, 4", "must have a dose above 0"]),
        ("cd73", "95", ["isct_flow_cd73"]),
        ("source_tissue_ontology_term_id", "UBERON:9999999", ["UBERON:9999999"]),
        ("exposure_h", by_arm("24", "48"), ["rows 3, 5", "'exposure_h'", "same in both compared arms"]),
        ("compound_id", by_arm("vehicle", "vehicle"), ["rows 2, 4", "treated one"]),
        ("compound_id", "icariin", ["rows 3, 5", "be vehicle or untreated"]),
        ("dose", "10 uM", ["rows 3, 5", "'dose'", "empty in the vehicle arm"]),
        ("compound_id", by_arm("TCM003", "淫羊藿苷"), ["rows 3, 5", "be vehicle or untreated", "'淫羊藿苷'"]),
        ("dose", by_arm("10", ""), ["rows 2, 4", "name the unit of the dose too", "'10'", "example '10 uM'"]),
        ("dose_value", by_arm("10", ""), ["rows 2, 4, column 'dose_unit', must be given, for the dose is a number alone"]),
        ("dose", by_arm("10 drops", "0"), ["rows 2, 4", "have a known unit", "'10 drops'"]),
        ("sex_ontology_term_id", ["female", "male", "female", "female"], ["row 3", "be one for one donor"]),
        ("性别", "女", ["'性别'", "Write sex_ontology_term_id."]),
        ("剂量", "10 uM", ["Write dose."]),
        ("pasage", "4", ["Did you mean 'passage'?"]),
    ],
)
def test_a_fault_of_many_rows_is_one_sentence(described, column, values, words):
    (fault,) = described({column: values}).faults_of_sheet
    assert isinstance(fault, Finding)
    assert fault.isprintable()
    assert [word for word in words if word not in fault] == [], fault


@pytest.mark.parametrize(
    "donor",
    ["unknown", "NA", "n/a", "?", "pooled", "混合", "未知", "pool1", "pool 2", "pooled2", "none", "ND", "n.d.", "unk", "Mix_3"],
)
def test_a_donor_that_is_nobody_is_no_replicate(described, rows, donor):
    for row in rows[1:]:
        row[2] = donor
    (fault,) = described().faults_of_sheet
    assert "'donor_id'" in fault
    assert "row" in fault


@pytest.mark.parametrize("donor", ["Poole", "ND12", "Nonette", "D1", "Mixson", "No1"])
def test_a_donor_of_a_similar_name_is_somebody(described, rows, donor):
    for row in rows[1:]:
        row[2] = donor
    assert described().faults_of_sheet == ()


def test_an_arm_that_is_not_compared_may_have_a_pool(described, rows):
    rows.append(["P_other", "data/P.h5ad", "pooled", "other", "batch1"])
    assert described().faults_of_sheet == ()


def test_a_chinese_header_names_the_english_column(described, rows):
    rows[0][2] = "供体"
    text = "\n".join(described().faults_of_sheet)
    assert "Write donor_id." in text


@pytest.mark.parametrize(
    ("columns", "config", "key"),
    [
        ({"exposure_h": "48"}, {"compound": ICARIIN}, "compound.exposure"),
        ({"vehicle": "ethanol"}, {"compound": ICARIIN}, "compound.vehicle"),
        ({"dose": by_arm("20 uM", "")}, {"compound": ICARIIN}, "compound.dose"),
        ({"compound_id": by_arm("curcumin", "vehicle")}, {"compound": {"name": "icariin"}}, "compound.name"),
        ({"induction_medium": "osteogenic"}, {"context": {"medium": "basal"}}, "context.medium"),
        ({"organism_ontology_term_id": "rat"}, {}, "context.species"),
        ({"passage": "5"}, {"metadata": {"passage": "P4"}}, "metadata.passage"),
    ],
)
def test_a_column_must_not_contradict_the_config(described, columns, config, key):
    (fault,) = described(columns, **config).faults_of_sheet
    assert f"under {key}," in fault


def test_the_same_thing_in_two_spellings_is_no_contradiction(described):
    columns = {"exposure_h": "1 d", "dose": by_arm("0.01 mM", "0"), "compound_id": by_arm("淫羊藿苷", "对照"), "passage": "p4"}
    found = described(columns, compound=ICARIIN, metadata={"passage": 4})
    assert (found.faults_of_sheet, found.faults_of_config) == ((), ())


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"metadata": {"passag": 4}}, ["'metadata.passag'", "Did you mean 'passage'?"]),
        ({"metadata": {"性别": "女"}}, ["sex_ontology_term_id"]),
        ({"metadata": {"donor_id": "D1"}}, ["row by row"]),
        ({"metadata": {"vehicle_pct_v_v": 210}}, ["'metadata.vehicle_pct_v_v'", "'210'"]),
        ({"metadata": {"cd73": 95}}, ["'metadata.cd73'", "Did you mean 'isct_flow_cd73'?"]),
        ({"compound": ICARIIN | {"dose": "0 uM"}}, ["'compound.dose'", "must have a dose above 0"]),
        ({"metadata": {"exposure_h": 48}, "compound": ICARIIN}, ["'metadata.exposure_h'", "compound.exposure"]),
        ({"compound": ICARIIN | {"dose": "much"}}, ["'compound.dose'", "'much'"]),
        ({"compound": ICARIIN | {"exposure": "overnight"}}, ["'compound.exposure'"]),
        ({"compound": ICARIIN | {"vehicle": "DMSO 200 %"}}, ["'compound.vehicle'"]),
    ],
)
def test_a_fault_of_the_config_is_said_there(described, config, words):
    found = described(**config)
    (fault,) = found.faults_of_config
    assert found.faults_of_sheet == ()
    assert [word for word in words if word not in fault] == [], fault


def test_the_tissue_is_named_in_the_ontology_of_its_kind(described):
    metadata = {"tissue_type": "primary cell culture", "tissue_ontology_term_id": "bone marrow"}
    (fault,) = described(metadata=metadata).faults_of_sheet
    assert "be a term of CL where tissue_type is primary cell culture" in fault
    assert "source_tissue_ontology_term_id" in fault


@pytest.mark.parametrize("text", ["无", "/", "／", "vehicle", "none", "对照", "未处理", "—", "-", "NA", "0", "0 微克/毫升", ""])
@pytest.mark.parametrize("arm", ["vehicle", "other"])
def test_a_word_for_no_dose_is_none_where_none_was_given(described, rows, text, arm):
    for row in rows[1:]:
        row[3] = arm if row[3] == "vehicle" else row[3]
    found = described({"dose": by_arm("10 uM", text)})
    assert (found.faults_of_sheet, found.doubts) == ((), ())
    assert [record.get("dose_value") for record in found.records] == by_arm("10", None)


def test_a_unit_filled_down_the_sheet_is_no_dose_of_the_vehicle(described):
    found = described({"dose_value": by_arm("10", "-"), "dose_unit": "uM"})
    assert found.faults_of_sheet == ()
    assert [record.get("dose_unit") for record in found.records] == by_arm("umol/L", None)


def test_a_treated_sample_without_a_dose_is_not_taken_as_treated(described):
    (fault,) = described({"dose": by_arm("无", "无")}).faults_of_sheet
    assert "rows 2, 4, column 'dose'" in fault


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("DMSO", "vehicle"), ("CTL001", "vehicle"), ("二甲基亚砜", "vehicle"), ("0.1% DMSO", "vehicle"), ("乙醇", "vehicle"),
        ("vehicle (DMSO)", "vehicle"), ("DMSO对照", "vehicle"), ("medium", "untreated"), ("medium only", "untreated"),
    ],
)  # fmt: skip
def test_a_solvent_in_the_vehicle_arm_is_the_vehicle(described, text, meant):
    found = described({"compound_id": by_arm("icariin", text)})
    assert found.faults_of_sheet == ()
    assert [record["compound_id"] for record in found.records] == by_arm("TCM003", meant)


def test_a_solvent_is_a_compound_where_it_is_what_was_given(described):
    assert described({"compound_id": by_arm("DMSO", "untreated")}).records[0]["compound_id"] == "CTL001"


def test_all_faults_of_all_columns_are_said_at_once(described):
    columns = {"suspension_type": "banana", "vehicle_pct_v_v": "210", "source_tissue_ontology_term_id": "UBERON:1"}
    assert len(described(columns | {"dose": by_arm("10 drops", "")}).faults_of_sheet) == 4


def test_what_no_verdict_waits_for_is_passed_over_and_said(described):
    columns = {"passage": "banana", "oxygen_pct": "210", "sex_ontology_term_id": "UBERON:1", "cd45": "negative"}
    found = described(columns, metadata={"glucose_mM": "high", "passage": 4})
    assert (found.faults_of_sheet, found.faults_of_config) == ((), ())
    assert len(found.doubts) == 5
    # what was typed and not understood is not replaced by what the config says of other rows
    assert not any({*columns, "glucose_mM"} & record.keys() for record in found.records)


def test_many_values_that_are_not_understood_are_one_sentence(described):
    (doubt,) = described({"cd45": ["no", "some", "weak", "strong"]}).doubts
    assert "rows 2, 3, 4, 5, column 'cd45': 'no', 'some', 'weak' and 1 more not understood, so not used" in doubt


def test_certificates_as_they_are_printed_refuse_nothing(described):
    columns = {"isct_flow_cd73": ">95", "cd45": "<2", "endotoxin_EU_ml": "<0.1", "cryopreserved": "fresh", "temperature": "RT"}
    columns |= {"confluence_pct": "80-90", "dissociation_min": "3-5", "glucose_mM": "4.5 g/L", "donor_age_years": "18 months"}
    columns |= {"exposure_h": "2 weeks", "passage": "P3+2", "vehicle_pct_v_v": "≤0.1", "purity_pct": by_arm("≥98%", "")}
    found = described(columns)
    assert (found.faults_of_sheet, found.doubts) == ((), ())
    assert found.records[0].keys() >= columns.keys()


def test_an_assay_without_a_term_is_passed_over_where_the_kit_is_named(described):
    found = described({"assay_ontology_term_id": "SeekOne", "library_kit": "SeekOne DD v2"})
    assert found.faults_of_sheet == ()
    assert len(found.doubts) == 1


def test_the_salt_of_the_row_weighs_the_dose_of_the_config(described):
    berberine = {"name": "berberine", "dose": "10 mg/L"}
    doses = [
        described(compound=berberine).records[0]["dose_value"],
        described(compound=berberine, metadata={"salt_form": "chloride"}).records[0]["dose_value"],
    ]
    assert float(doses[1]) == pytest.approx(26.8947, abs=1e-3)
    assert float(doses[0]) > float(doses[1])


def test_the_salt_of_a_sheet_weighs_the_dose_of_the_config(described):
    found = described({"salt_form": by_arm("chloride dihydrate", "")}, compound={"name": "berberine", "dose": "10 mg/L"})
    assert found.faults_of_sheet == ()
    assert [record.get("dose_value") for record in found.records] == by_arm("24.51881819", None)


COLUMNS = st.sampled_from(["passage", "oxygen_pct", DOSE, "vehicle", "compound_id", "tissue_type", "exposure_h", "salt_form"])
USUAL = ["10 uM", "unknown", "DMSO 0.1 %", "icariin", "P4", "1e400", "CL:0002540"]
BREAKS = frozenset('"\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029')
TEXTS = st.one_of(st.text(max_size=15), st.sampled_from(USUAL))


def assert_read_or_refused(tmp_path_factory, resources, standard, data):
    known = st.sampled_from(columns_of(read_fields(resources)))
    columns = data.draw(st.lists(COLUMNS | known, max_size=6, unique=True))
    header = ["sample_id", "path", "donor_id", "arm", *(c for c in columns if c not in ("sample_id", "donor_id"))]
    texts = [[data.draw(TEXTS) for _ in header[4:]] for _ in ARMS]
    rows = [[f"s{number}", f"s{number}.h5ad", f"D{number // 2}", arm] for number, arm in enumerate(ARMS)]
    lines = [header, *(row + cells for row, cells in zip(rows, texts, strict=True))]
    sheet = tmp_path_factory.getbasetemp() / "any_columns.tsv"
    sheet.write_bytes("\n".join("\t".join(line) for line in lines).encode("utf-8", "surrogatepass"))
    values = {"dataset": "d", "samples": sheet.name, "claims": "c", "design": {"treated": "drug", "vehicle": "vehicle"}}
    config = parse_config(values, name="config.yaml")
    # the tables are read once, not once an example
    with patch("scvalid.submission.samples.records.read_standard", return_value=standard):
        found = describe_samples(sheet, config, name="config.yaml", resources=resources)
    # a cell with a line break or a quote may make a row more or less: "\n0" before three more cells is a whole fifth row
    is_four_rows = BREAKS.isdisjoint("".join(cell for cells in texts for cell in cells))
    assert found.faults_of_sheet or len(found.records) == (4 if is_four_rows else len(found.samples))
    assert all(fault.isprintable() and len(fault) < 1500 for fault in found.faults_of_sheet)
    assert all(value for record in found.records for value in record.values())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_columns_and_values_are_read_or_refused(tmp_path_factory, resources, standard, data):
    assert_read_or_refused(tmp_path_factory, resources, standard, data)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_columns_and_values_are_read_or_refused_many_times(tmp_path_factory, resources, standard, data):
    assert_read_or_refused(tmp_path_factory, resources, standard, data)
