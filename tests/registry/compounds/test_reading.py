"""The compound library as shipped: chemistry and doses recomputed, nothing recalled among the identifiers; its faults."""

import re
from decimal import Decimal

import pytest
from rdkit import Chem
from rdkit.Chem import Descriptors, rdMolDescriptors

from scvalid.contracts.formulae import molar_mass_of
from scvalid.errors import SubmissionError
from scvalid.registry.compounds.doses import micromolar, parse_dose
from scvalid.registry.compounds.reading import COLUMNS, read_compounds

N_OF_SOURCE = 33
POTENCY_AND_QBD = [c for c in COLUMNS if c.startswith(("potency_", "qbd_"))]
ROW = {"compound_id": "TCM001", "name": "a", "name_zh": "甲", "pinyin": "jia", "identity_confidence": "high"}


def written(folder, *rows, encoding="utf-8", newline="\n"):
    columns = list(dict.fromkeys(key for row in rows for key in row)) or list(ROW)
    lines = ["\t".join(columns), *("\t".join(row.get(column, "") for column in columns) for row in rows)]
    path = folder / "compounds.tsv"
    path.write_bytes((newline.join(lines) + newline).encode(encoding))
    return path


def test_every_row_of_the_source_is_there(library):
    ids = [compound.compound_id for compound in library]
    assert ids[:N_OF_SOURCE] == [f"TCM{n:03d}" for n in range(1, 33)] + ["CTL001"]


def test_structure_formula_and_mass_are_those_of_the_smiles(library):
    with_structure = [compound for compound in library if compound.smiles]
    assert len(with_structure) == 26
    for compound in with_structure:
        molecule = Chem.MolFromSmiles(compound.smiles)
        assert Chem.MolToInchiKey(molecule) == compound.inchikey, compound.name
        assert rdMolDescriptors.CalcMolFormula(molecule) == compound.formula, compound.name
        assert Descriptors.MolWt(molecule) == pytest.approx(compound.molar_mass, abs=0.02), compound.name


def test_masses_without_a_structure_follow_from_the_formula(library):
    table = Chem.GetPeriodicTable()
    forms = [(c.name, c.formula, c.molar_mass) for c in library if c.formula and not c.smiles]
    forms += [(salt.name, salt.formula, salt.molar_mass) for c in library for salt in c.salts]
    assert len(forms) == 6 + 5
    for name, formula, mass in forms:
        atoms = re.findall(r"([A-Z][a-z]?)(\d*)", formula)
        assert sum(table.GetAtomicWeight(e) * int(n or 1) for e, n in atoms) == pytest.approx(mass, abs=0.02), name
        assert molar_mass_of(formula) == pytest.approx(mass, abs=0.02), name


@pytest.mark.parametrize(
    ("name", "doses"),
    [
        ("ligustrazine", {"30 mg/L": 220, "50 mg/L": 367}),
        ("hydroxysafflor yellow A", {"160 mg/L": 261}),
        ("naringin", {"10 ug/mL": 17.2, "100 ug/mL": 172.3}),
    ],
)
def test_the_doses_of_the_evidence_are_converted_right(library, name, doses):
    compound = next(c for c in library if c.name == name)
    computed = [micromolar(parse_dose(text), molar_mass=compound.molar_mass) for text in doses]
    # the evidence is written to three digits, or to one decimal
    assert [float(um) for um in computed] == pytest.approx(list(doses.values()), abs=0.5)
    assert [compound.dose_low_um, compound.dose_high_um] == [min(doses.values()), max(doses.values())]
    assert all(isinstance(um, Decimal) for um in computed)


def test_nothing_that_is_only_recalled_is_an_identifier(library):
    identifiers = {value for c in library for value, _ in c.identifiers.values() if value} | {c.smiles for c in library} - {
        None
    }
    recalled = " ".join(c.candidate_unverified for c in library)
    assert len(re.findall("memory", recalled)) >= 8
    words = set(re.split(r"[\s(),|;]+", recalled)) | set(re.findall(r"(?:SMILES )(\S+)", recalled))
    assert words & identifiers == set()


def test_an_identifier_that_the_source_left_blank_is_blank(library):
    for compound in library:
        for value, status in compound.identifiers.values():
            assert not (value and status.startswith("blank"))
    blank = {c.name for c in library[:N_OF_SOURCE] if c.inchikey is None}
    assert blank == {
        "icariside II", "epimedin C", "astragaloside IV", "salvianolic acid B", "hydroxysafflor yellow A", "catalpol", "muscone"
    }  # fmt: skip
    assert all(c.identity_confidence == "low - verify before use" for c in library if c.inchikey is None)


def test_potency_and_regulatory_columns_are_gaps_unless_they_are_sourced(library):
    assert len(POTENCY_AND_QBD) == 8
    for compound in library:
        filled = {column for column in POTENCY_AND_QBD if getattr(compound, column) is not None}
        assert not any(column.startswith("potency") for column in filled) or "potency_source" in filled, compound.name
        assert not any(column.startswith("qbd") for column in filled) or "qbd_source" in filled, compound.name


def test_the_table_is_plain_text(library_path):
    raw = library_path.read_bytes()
    assert b"\r" not in raw
    assert b'"' not in raw
    lines = raw.decode("utf-8").splitlines()
    assert lines[0].split("\t") == list(COLUMNS)
    assert {line.count("\t") for line in lines} == {len(COLUMNS) - 1}


@pytest.mark.parametrize(
    ("encoding", "newline"), [("utf-8-sig", "\n"), ("utf-8", "\r\n"), ("utf-8-sig", "\r\n"), ("utf-8", "\r")]
)
def test_marks_and_line_ends_of_other_editors_are_taken(tmp_path, encoding, newline):
    (compound,) = read_compounds(written(tmp_path, ROW, encoding=encoding, newline=newline))
    assert compound.name_zh == "甲"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([ROW, ROW | {"compound_id": "TCM002", "name_zh": "乙", "pinyin": "yi"}], ["row 3", "'name'", "row 2 too"]),
        ([ROW, {**ROW, "name": "b", "name_zh": "乙", "pinyin": "yi"}], ["'compound_id'", "'TCM001'"]),
        ([ROW | {"cas": "489-32-8", "cas_status": "read"}], ["row 2, column 'cas'", "last digit", "'489-32-8'"]),
        ([ROW | {"name_zh": ""}], ["row 2, column 'name_zh'", "be given"]),
        ([ROW | {"dose_low_um": "5"}], ["row 2", "dose_high_um together", "TCM001"]),
        (
            [ROW | {"dose_low_um": "=1+1", "dose_high_um": "2", "dose_evidence": "x"}],
            ["'dose_low_um'", "valid number", "'=1+1'"],
        ),
        ([ROW | {"notes": "a\x1b[31mb"}], ["'notes'", "\\x1b"]),
        ([ROW | {"notes": "x" * 5000}], ["'notes'", "2000"]),
        ([ROW | {"notes": "x" * 200_000}], ["huge cell"]),
        ([ROW | {"notes": 'a "b'}, ROW | {"name": '"b'}], ["quote"]),
        ([ROW | {"inchykey": "x"}], ["'inchykey'", "Did you mean 'inchikey'?"]),
        ([], ["at least one compound"]),
    ],
)
def test_each_fault_is_one_sentence_with_row_and_column(tmp_path, rows, words):
    with pytest.raises(SubmissionError) as caught:
        read_compounds(written(tmp_path, *rows))
    assert len(caught.value.findings) == 1
    assert [word for word in words if word not in str(caught.value)] == []
    assert len(str(caught.value)) < 500


def test_all_faults_are_said_at_once(tmp_path):
    bad = {"cas": "1-1-1", "chebi": "x", "pubchem_cid": "y"}
    with pytest.raises(SubmissionError) as caught:
        read_compounds(written(tmp_path, ROW | bad, ROW | bad | {"compound_id": "x"}))
    assert len(caught.value.findings) == 7


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "an empty file"),
        (b"compound_id,name,name_zh,pinyin,identity_confidence\nTCM001,a,b,c,high\n", "separated by tabs"),
        ("compound_id\tname\n".encode("utf-16-le"), "UTF-8"),
        ("名称\t".encode("gbk"), "UTF-8"),
        (b"compound_id\tname\n", "no name_zh, pinyin, identity_confidence"),
        (b"compound_id\tname\tname_zh\tpinyin\tidentity_confidence\nTCM001\ta\tb\tc\thigh\tmore\n", "hold 5 values"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused(tmp_path, raw, words):
    path = tmp_path / "compounds.tsv"
    path.write_bytes(raw)
    with pytest.raises(SubmissionError, match=re.escape(words)):
        read_compounds(path)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(SubmissionError, match="no such file"):
        read_compounds(tmp_path / "none.tsv")
    with pytest.raises(SubmissionError, match="readable"):
        read_compounds(tmp_path)
