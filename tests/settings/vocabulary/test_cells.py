"""What a term of the Cell Ontology says of cells that are called MSC."""

import pytest

from scvalid.settings.vocabulary import MSC, cell_type_of, fault_of_stromal_term


@pytest.mark.parametrize("term", ["CL:0000134", "CL:0002540", "CL:0002570", "CL:4040004"])
def test_terms_of_msc_are_msc(term):
    assert fault_of_stromal_term(term) == ""
    assert cell_type_of(term) == MSC


@pytest.mark.parametrize(
    ("term", "words"), [("CL:0000540", "is no"), ("CL:0000000", "too little"), ("CL:0000034", "too little")]
)
def test_other_cells_and_general_ones_are_doubted(term, words):
    assert words in fault_of_stromal_term(term)
    assert cell_type_of(term) == term


@pytest.mark.parametrize("term", ["CL:0000499", "CVCL_A2JN", "UBERON:0002371"])
def test_stromal_cells_and_terms_of_other_ontologies_are_not(term):
    assert fault_of_stromal_term(term) == ""
