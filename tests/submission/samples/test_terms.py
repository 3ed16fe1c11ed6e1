"""Ontology terms: ids, labels and usual words lead to one term; another ontology, a wrong id, an obsolete term do not."""

import pytest

from scvalid.submission.samples.standard import read_standard
from scvalid.submission.samples.terms import fault_of_tissue, read_term


@pytest.fixture
def read(standard):
    return lambda column, text: read_term(standard.field(column), text, standard.ontology)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("source_tissue_ontology_term_id", "UBERON:0002371", "UBERON:0002371"),
        ("source_tissue_ontology_term_id", "uberon_0002371", "UBERON:0002371"),
        ("source_tissue_ontology_term_id", "Bone Marrow", "UBERON:0002371"),
        ("source_tissue_ontology_term_id", "脂肪", "UBERON:0001013"),
        ("source_tissue_ontology_term_id", "脐带", "UBERON:0002331"),
        ("tissue_ontology_term_id", "mesenchymal stem cell of the bone marrow", "CL:0002540"),
        ("tissue_ontology_term_id", "CVCL_A2JN", "CVCL_A2JN"),
        ("tissue_ontology_term_id", "hMSC-hTERT", "CVCL_A2JN"),
        ("sex_ontology_term_id", "女", "PATO:0000383"),
        ("sex_ontology_term_id", "male", "PATO:0000384"),
        ("sex_ontology_term_id", "unknown", "unknown"),
        ("disease_ontology_term_id", "healthy", "PATO:0000461"),
        ("disease_ontology_term_id", "MONDO:0005298 || MONDO:0005178", "MONDO:0005178 || MONDO:0005298"),
        ("disease_ontology_term_id", "osteoarthritis", "MONDO:0005178"),
        ("assay_ontology_term_id", "10x 3' v3", "EFO:0009922"),
        ("assay_ontology_term_id", "EFO:0008931", "EFO:0008931"),
        ("development_stage_ontology_term_id", "adult stage", "HsapDv:0000258"),
        ("development_stage_ontology_term_id", "adult", "HsapDv:0000258"),
        ("development_stage_ontology_term_id", "newborn", "HsapDv:0000262"),
        ("development_stage_ontology_term_id", "45-year-old", "HsapDv:0000139"),
        ("development_stage_ontology_term_id", "45-year-old stage", "HsapDv:0000139"),
        ("development_stage_ontology_term_id", "45 y", "HsapDv:0000139"),
        ("assay_ontology_term_id", "GEXSCOPE", "EFO:0700011"),
        ("organism_ontology_term_id", "rat", "NCBITaxon:10116"),
        ("self_reported_ethnicity_ontology_term_id", "na", "na"),
        ("experimental_condition_ontology_term_id", "CHEBI:78420", "CHEBI:78420"),
    ],
)
def test_ids_labels_and_words_lead_to_one_term(read, column, text, value):
    assert read(column, text).value == value


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("source_tissue_ontology_term_id", "UBERON:9999999", "no such id"),
        ("source_tissue_ontology_term_id", "CL:0002540", "a term of UBERON"),
        ("source_tissue_ontology_term_id", "bone marow", "Did you mean UBERON:0002371 (bone marrow)?"),
        ("source_tissue_ontology_term_id", "banana split", "exact label"),
        ("sex_ontology_term_id", "UBERON:0002371", "PATO:0000383"),
        ("sex_ontology_term_id", "PATO:0000461", "PATO:0000383"),
        ("cell_type_ontology_term_id", "CL:0000003", "Write CL:0000000 (cell)."),
        ("assay_ontology_term_id", "EFO:0000001", "single-cell assay of EFO"),
        ("organism_ontology_term_id", "NCBITaxon:9615", "NCBITaxon:9606"),
        ("disease_ontology_term_id", "PATO:0000461 || MONDO:1", "no such id"),
        ("development_stage_ontology_term_id", "HsapDv:0000087", "Write HsapDv:0000258 (adult stage)."),
        ("development_stage_ontology_term_id", "HsapDv:0000082", "Write HsapDv:0000262 (newborn stage (0-28 days))."),
        ("development_stage_ontology_term_id", "245-year-old", "exact label"),
        ("assay_ontology_term_id", "BD Rhapsody", "EFO:0700003 (BD Rhapsody Whole Transcriptome Analysis)"),
        ("assay_ontology_term_id", "SeekOne", "fill library_kit: one is enough"),
        ("assay_ontology_term_id", "DNBelab C4", "fill library_kit: one is enough"),
    ],
)
def test_what_is_no_term_of_the_column_is_refused_with_advice(read, column, text, words):
    found = read(column, text)
    assert found.value is None
    assert words in f"{found.must} {found.fix}"


@pytest.mark.parametrize(
    ("kind", "term", "is_right"),
    [
        ("primary cell culture", "CL:0002540", True), ("primary cell culture", "UBERON:0002371", False),
        ("cell line", "CVCL_A2JN", True), ("cell line", "CL:0002540", False), ("tissue", "UBERON:0002371", True),
        ("organoid", "CL:0002540", False), ("something", "CL:0002540", True),
    ],
)  # fmt: skip
def test_the_kind_of_sample_decides_which_ontology_names_its_tissue(kind, term, is_right):
    assert (fault_of_tissue(kind, term).must == "") == is_right


@pytest.mark.parametrize("text", ["MSC", "mesenchymal stromal cell", "hBMSC", "间充质干细胞"])
def test_msc_by_any_name_is_the_general_term_and_the_special_one_is_hinted_at(read, text):
    found = read("tissue_ontology_term_id", text)
    assert found.value == "CL:0000134"
    assert "CL:0002540" in found.hint


def test_a_word_for_a_stage_means_the_one_of_the_species(resources):
    standard = read_standard(resources, own=(), organism="NCBITaxon:10090")
    field = standard.field("development_stage_ontology_term_id")
    assert read_term(field, "adult", standard.ontology).must == ""
    assert read_term(field, "young adult", standard.ontology).value == "MmusDv:0000153"
