"""What a person reads of a compound: every gap by name, every identifier with its status, columns that stand in line."""

from unicodedata import east_asian_width

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.registry.compounds.conversion import convert_dose
from scvalid.registry.compounds.sheet import GAP, compound_list, compound_sheet, dose_sheet


def lines_of(compound):
    return {line[:14].strip(): line[16:] for line in compound_sheet(compound).splitlines()[1:]}


def named(library, name):
    return next(compound for compound in library if compound.name == name)


def test_gaps_are_shown_as_gaps(library):
    for compound in library:
        lines = lines_of(compound)
        assert lines["potency"] == lines["QbD NMPA"] == lines["QbD FDA"] == GAP
        assert all((lines[label].startswith(GAP)) == (not value) for label, value in [
            ("InChIKey", compound.inchikey), ("CAS", compound.cas), ("formula", compound.formula),
            ("doses", compound.dose_low_um),
        ])  # fmt: skip


def test_an_identifier_stands_with_its_status_and_a_recalled_one_apart(library):
    lines = lines_of(named(library, "icaritin"))
    assert lines["PubChem CID"].startswith("5318980 (read: Broad Repurposing Hub")
    assert lines["CAS"] == f"{GAP} (memory only)"
    assert lines["to verify"] == "only recalled: cas 118525-40-9 (memory only)"


def test_a_potency_and_a_regulatory_status_are_shown_with_their_source(library):
    values = named(library, "icariin").model_dump() | {
        "potency_value": 3.2, "potency_unit": "uM", "potency_type": "EC50", "potency_assay": "ALP, hBMSC, 72 h",
        "potency_source": "doi:10.1000/x", "qbd_nmpa": "filed", "qbd_source": "https://example.org/x",
    }  # fmt: skip
    lines = lines_of(RegisteredCompound.model_validate(values))
    assert lines["potency"] == "EC50 3.2 uM, ALP, hBMSC, 72 h (doi:10.1000/x)"
    assert lines["QbD NMPA"] == "filed (https://example.org/x)"
    assert lines["QbD FDA"] == GAP


def test_the_list_stands_in_line_on_a_terminal(library):
    lines = compound_list(library).splitlines()
    assert len(lines) == len(library) + 1

    def columns_before(line, word):
        return sum(2 if east_asian_width(c) in "WF" else 1 for c in line[: line.index(word)])

    starts = {columns_before(line, c.identity_confidence) for line, c in zip(lines[1:], library, strict=True)}
    assert starts == {columns_before(lines[0], "identity")}


def test_a_converted_dose_says_what_it_was_converted_with(library):
    ligustrazine = named(library, "ligustrazine")
    first, caution = dose_sheet(convert_dose("30 mg/L", ligustrazine)).splitlines()
    assert first == "30 mg/L = 220.3 uM with 136.2 g/mol (free form)"
    assert "also sold as" in caution
    assert dose_sheet(convert_dose("5 nmol/L", ligustrazine)) == "5 nmol/L = 0.005 uM"
