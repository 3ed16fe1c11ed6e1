"""What is not stated keeps verdicts from being decisive, or is said; what is stated in the config counts."""

import pytest

from scvalid.contracts.verdicts import Code
from scvalid.submission.samples.metadata import caps_of_records, notes_of_records, warnings_of_records

COMPOUND = {"name": "icariin", "dose": "10 uM", "exposure": "24 h", "vehicle": "DMSO 0.1 %"}
CONTEXT = {"medium": "basal", "induction": "none"}
METADATA = {
    "tissue_type": "primary cell culture", "tissue_ontology_term_id": "CL:0002540",
    "source_tissue_ontology_term_id": "bone marrow", "assay_ontology_term_id": "EFO:0009922", "suspension_type": "cell",
}  # fmt: skip
WHOLE = {"compound": COMPOUND, "context": CONTEXT, "metadata": METADATA}


def named(submission) -> str:
    return " ".join(str(cap.values["fields"]) for cap in caps_of_records(submission))


def test_a_submission_that_states_everything_has_no_cap(submitted):
    assert caps_of_records(submitted(**WHOLE)) == ()


def test_a_submission_of_before_is_capped_with_the_columns_it_lacks(submitted):
    (cap,) = caps_of_records(submitted())
    assert cap.code == Code.UNSTATED_METADATA
    for column in ("tissue_type", "compound_id", "dose_value", "vehicle", "exposure_h", "induction_medium", "suspension_type"):
        assert column in cap.values["fields"]
    assert "batch_id" not in cap.values["fields"]


@pytest.mark.parametrize("column", list(METADATA))
def test_each_column_that_a_verdict_waits_for_caps_alone(submitted, column):
    rest = {key: value for key, value in METADATA.items() if key != column}
    assert column in named(submitted(**WHOLE | {"metadata": rest}))


@pytest.mark.parametrize(
    ("section", "key", "column"),
    [
        ("compound", "dose", "dose_value"), ("compound", "exposure", "exposure_h"), ("compound", "vehicle", "vehicle"),
        ("context", "medium", "induction_medium"), ("context", "induction", "pretreatment_or_cotreatment"),
    ],
)  # fmt: skip
def test_each_key_of_the_config_counts_and_is_missed(submitted, section, key, column):
    rest = {name: value for name, value in WHOLE[section].items() if name != key}
    assert column in named(submitted(**WHOLE | {section: rest}))


def test_a_column_of_one_row_too_few_is_not_stated(submitted):
    rest = {key: value for key, value in METADATA.items() if key != "suspension_type"}
    columns = {"suspension_type": ["cell", "cell", "cell", "unknown"]}
    assert named(submitted(columns, **WHOLE | {"metadata": rest})) == "suspension_type"


def test_one_of_library_batch_and_run_is_enough(submitted, rows):
    for row in rows:
        del row[4]
    assert named(submitted(**WHOLE)) == "batch_id or library_id or sequencing_run"
    assert caps_of_records(submitted({"library_id": ["L1", "L2", "L3", "L4"]}, **WHOLE)) == ()


@pytest.mark.parametrize(
    ("columns", "config", "refused"),
    [
        ({"dose": ["10 drops", "", "10 drops", ""]}, {}, ("dose_value", "dose_unit")),
        ({"dose": ["10", "", "10", ""]}, {}, ("dose_value", "dose_unit")),
        ({}, {"compound": COMPOUND | {"dose": "much"}}, ("dose_value", "dose_unit")),
        ({"compound_id": ["icarin", "", "icarin", ""]}, {}, ("compound_id",)),
        ({"vehicle": "DMSO 110 %"}, {}, ("vehicle_pct_v_v",)),
        ({"tissue_type": "banana"}, {}, ("tissue_type",)),
        ({}, {"metadata": {"suspension_type": "banana"}}, ("suspension_type",)),
    ],
)
def test_what_was_stated_and_refused_is_not_called_unstated(described, of_described, columns, config, refused):
    found = described(columns, **config)
    assert len(found.faults_of_sheet + found.faults_of_config) == 1
    assert found.refused.issuperset(refused)
    said = named(of_described(found, **config)).split(", ")
    assert not set(refused) & set(said)
    assert "assay_ontology_term_id or library_kit" in said


def test_a_treatment_without_a_compound_needs_no_dose(submitted):
    licensing = {"treatment": "IFNG + TNF licensing", "context": CONTEXT, "metadata": METADATA | {"exposure_h": 24}}
    assert caps_of_records(submitted(**licensing)) == ()


def test_what_a_verdict_waits_for_is_one_short_warning(submitted):
    (warning, *_) = warnings_of_records(submitted())
    assert "tissue_type" in warning
    assert " more are stated" in warning
    assert len(warning) < 250
    rest = {key: value for key, value in METADATA.items() if key != "suspension_type"}
    (warning,) = warnings_of_records(submitted(**WHOLE | {"metadata": rest}))
    assert "until suspension_type is stated" in warning


def test_what_else_is_asked_for_is_two_notes_and_no_warning(submitted):
    assert warnings_of_records(submitted(**WHOLE)) == []

    notes = notes_of_records(submitted(**WHOLE))
    assert len(notes) == 2
    assert "sex_ontology_term_id" in notes[0]
    assert len(notes[0]) < 400
    assert notes[1].split()[0].isdigit()


@pytest.mark.parametrize(
    ("columns", "config", "words"),
    [
        ({"vehicle": ["DMSO", "none"] * 2}, {"compound": {"name": "icariin"}}, "equal in both arms"),
        ({"compound_id": ["icariin", "untreated"] * 2}, WHOLE, "vehicle arm is untreated"),
        ({"dose": ["1 uM", "", "10 uM", ""]}, {"compound": {"name": "icariin"}}, "several doses"),
        ({}, {"compound": {"name": "interferon beta", "dose": "100 U/mL"}}, "without a molar mass"),
        ({}, {"compound": {"name": "interferon beta"}}, "not in the library"),
        ({"library_id": "5-Mar"}, {}, "spreadsheet"),
        ({"oxygen_pct": "0.21"}, {}, "write 21"),
        ({"induction_medium": "basal"}, {}, "write context.medium"),
        ({"purity_pct": ["0.98", "", "0.98", ""]}, {}, "purity_pct 0.98 is taken as percent"),
        ({"viability_pct": "0.95"}, {}, "viability_pct 0.95 is taken as percent"),
        ({"tissue_ontology_term_id": "CL:0000540"}, {}, "CL:0000540 is no mesenchymal stromal cell"),
        ({"tissue_ontology_term_id": "CL:0000000"}, {}, "CL:0000000 says too little"),
        ({"tissue_ontology_term_id": "MSC"}, {}, "is read as CL:0000134"),
        ({"cd45": "negative"}, {}, "rows 2, 3, 4, 5, column 'cd45': 'negative' not understood, so not used"),
        ({}, {"metadata": {"glucose_mM": "high"}}, "key 'metadata.glucose_mM': 'high' not understood"),
    ],
)
def test_what_is_doubtful_is_said(submitted, columns, config, words):
    assert any(words in warning for warning in warnings_of_records(submitted(columns, **config)))


@pytest.mark.parametrize(
    ("term", "config"),
    [("CL:0002540", {}), ("CL:0000499", {}), ("CVCL_A2JN", {}), ("CL:0000540", {"context": {"cell_type": "neuron"}})],
)
def test_cells_that_are_what_the_config_calls_them_are_not_doubted(submitted, term, config):
    warnings = warnings_of_records(submitted({"tissue_ontology_term_id": term}, **config))
    assert not any("tissue_ontology_term_id CL" in warning for warning in warnings)


@pytest.mark.parametrize(("one", "other"), [("<0.1% DMSO", "DMSO 0.1 %"), ("medium", "none"), ("culture medium", "untreated")])
def test_a_vehicle_in_two_spellings_is_one(submitted, one, other):
    found = submitted({"vehicle": [one, other] * 2}, compound={"name": "icariin"})
    assert not any("equal in both arms" in warning for warning in warnings_of_records(found))
    assert len({(record["vehicle"], record["vehicle_pct_v_v"]) for record in found.records}) == 1
