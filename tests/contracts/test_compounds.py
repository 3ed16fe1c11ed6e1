"""A row of the compound library: what it must hold before anyone converts a dose with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scvalid.contracts.compounds import RegisteredCompound

ICARIIN = {
    "compound_id": "TCM003",
    "name": "icariin",
    "name_zh": "淫羊藿苷",
    "pinyin": "yinyanghuogan",
    "cas": "489-32-7",
    "cas_status": "read: a table",
    "formula": "C33H40O15",
    "molar_mass": "676.67",
    "mass_status": "computed",
    "identity_confidence": "high",
}
POTENCY = {
    "potency_value": "3.2",
    "potency_unit": "uM",
    "potency_type": "EC50",
    "potency_assay": "ALP, hBMSC, 72 h",
    "potency_source": "doi:10.1000/x",
}


def test_a_potency_with_all_its_parts_is_taken():
    compound = RegisteredCompound.model_validate(
        ICARIIN | POTENCY | {"qbd_nmpa": "filed", "qbd_source": "https://example.org/x"}
    )
    assert compound.potency_value == 3.2
    assert compound.synonyms == ()


@pytest.mark.parametrize("left_out", POTENCY)
def test_a_potency_needs_all_its_parts(left_out):
    values = {key: value for key, value in POTENCY.items() if key != left_out}
    with pytest.raises(ValidationError, match="_unit, _type, _assay and _source together"):
        RegisteredCompound.model_validate(ICARIIN | values)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cas": "489-32-8"}, "last digit"),
        ({"cas": "0489-32-7"}, "pattern"),
        ({"cas_status": ""}, "begins with read or VERIFIED where cas"),
        ({"cas_status": "blank: memory only"}, "begins with read or VERIFIED where cas"),
        ({"cas_status": "ready to check"}, "begins with read or VERIFIED where cas"),
        ({"candidate_unverified": "cas 489-32-7 (memory only)"}, "candidate_unverified too"),
        ({"chebi": "78420", "chebi_status": "read"}, "pattern"),
        ({"pubchem_cid": "0", "cid_status": "read"}, "greater than or equal to 1"),
        ({"pubchem_cid": "12.5", "cid_status": "read"}, "valid integer"),
        ({"inchikey": "TZJALUIVHRYQQB", "inchikey_status": "read"}, "pattern"),
        ({"inchikey": "TZJALUIVHRYQQB-XLRXWWTNSA-N", "inchikey_status": "read"}, "smiles and inchikey together"),
        ({"molar_mass": "675.67"}, "follows from the formula"),
        ({"formula": "C33H40O15X"}, "not X"),
        ({"formula": "icariin"}, "pattern"),
        ({"mass_status": ""}, "mass_status together"),
        ({"salts": "icariin chloride=700"}, "name (formula)=molar mass"),
        ({"salts": "icariin chloride (C33H41ClO15)=676.67"}, "follows from the formula"),
        ({"dose_low_um": "1"}, "dose_high_um together"),
        ({"dose_low_um": "2", "dose_high_um": "1", "dose_evidence": "x"}, "the lower first"),
        ({"dose_low_um": "1", "dose_high_um": "1"}, "dose_evidence"),
        ({"dose_low_um": "0", "dose_high_um": "1", "dose_evidence": "x"}, "greater than 0"),
        ({"dose_low_um": "nan", "dose_high_um": "1", "dose_evidence": "x"}, "finite"),
        ({"qbd_fda": "filed"}, "qbd_source"),
        ({"identity_confidence": "sure"}, "low - verify before use"),
        ({"notes": "a\x1b[31mb"}, "pattern"),
        ({"name_zh": "淫羊\u202e藿苷"}, "pattern"),
        ({"notes": "x" * 2001}, "2000"),
        ({"compound_id": "tcm3"}, "pattern"),
        ({"ic50": "1"}, "not permitted"),
    ],
)
def test_a_row_that_cannot_be_trusted_is_refused(change, words):
    with pytest.raises(ValidationError) as caught:
        RegisteredCompound.model_validate(ICARIIN | change)
    assert words in str(caught.value)


@given(st.integers(min_value=0, max_value=9))
def test_one_check_digit_of_ten_is_right(digit):
    values = ICARIIN | {"cas": f"489-32-{digit}"}
    if digit == 7:
        assert RegisteredCompound.model_validate(values).cas == "489-32-7"
    else:
        with pytest.raises(ValidationError, match="last digit"):
            RegisteredCompound.model_validate(values)
