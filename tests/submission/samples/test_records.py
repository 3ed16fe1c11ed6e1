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
        ("passage", "banana", ["rows 2, 3, 4, 5", "'passage'", "'banana'"]),
        ("oxygen_pct", "210", ["'oxygen_pct'", "from 0 to 100"]),
        ("source_tissue_ontology_term_id", "UBERON:9999999", ["UBERON:9999999"]),
        ("exposure_h", by_arm("24", "48"), ["rows 3, 5", "'exposure_h'", "same in both compared arms"]),
        ("compound_id", by_arm("vehicle", "vehicle"), ["rows 2, 4", "treated one"]),
        ("compound_id", "icariin", ["rows 3, 5", "be vehicle or untreated"]),
        ("dose", "10 uM", ["rows 3, 5", "'dose'", "empty in the vehicle arm"]),
        ("dose", by_arm("10", ""), ["rows 2, 4", "be given beside the dose"]),
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


@pytest.mark.parametrize("donor", ["unknown", "NA", "n/a", "?", "pooled", "混合", "未知"])
def test_a_donor_that_is_nobody_is_no_replicate(described, rows, donor):
    for row in rows[1:]:
        row[2] = donor
    (fault,) = described().faults_of_sheet
    assert "'donor_id'" in fault
    assert "row" in fault


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
        ({"metadata": {"oxygen_pct": 210}}, ["'metadata.oxygen_pct'", "'210'"]),
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


def test_all_faults_of_all_columns_are_said_at_once(described):
    columns = {"passage": "banana", "oxygen_pct": "210", "sex_ontology_term_id": "UBERON:1", "dose": by_arm("10 drops", "")}
    assert len(described(columns).faults_of_sheet) == 4


COLUMNS = st.sampled_from(["passage", "oxygen_pct", DOSE, "vehicle", "compound_id", "tissue_type", "exposure_h", "salt_form"])
USUAL = ["10 uM", "unknown", "DMSO 0.1 %", "icariin", "P4", "1e400", "CL:0002540"]
TEXTS = st.one_of(st.text(max_size=15), st.sampled_from(USUAL))


def assert_read_or_refused(tmp_path_factory, resources, standard, data):
    known = st.sampled_from(columns_of(read_fields(resources)))
    columns = data.draw(st.lists(COLUMNS | known, max_size=6, unique=True))
    header = ["sample_id", "path", "donor_id", "arm", *(c for c in columns if c not in ("sample_id", "donor_id"))]
    lines = [header]
    for number, arm in enumerate(ARMS):
        lines.append([f"s{number}", f"s{number}.h5ad", f"D{number // 2}", arm, *(data.draw(TEXTS) for _ in header[4:])])
    sheet = tmp_path_factory.getbasetemp() / "any_columns.tsv"
    sheet.write_bytes("\n".join("\t".join(line) for line in lines).encode("utf-8", "surrogatepass"))
    values = {"dataset": "d", "samples": sheet.name, "claims": "c", "design": {"treated": "drug", "vehicle": "vehicle"}}
    config = parse_config(values, name="config.yaml")
    # the tables are read once, not once an example
    with patch("scvalid.submission.samples.records.read_standard", return_value=standard):
        found = describe_samples(sheet, config, name="config.yaml", resources=resources)
    assert found.faults_of_sheet or len(found.records) == 4
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
