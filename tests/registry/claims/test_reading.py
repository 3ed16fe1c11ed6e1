"""A folder of claims is read in a stable order, registered by its bytes, and refused with file and claim."""

import hashlib
from pathlib import Path

import pytest

from scvalid.errors import SubmissionError
from scvalid.registry.claims.reading import read_claims

CLAIM = """\
  - id: {id}
    statement: {{en: A statement.}}
    parts:
      - {{readout: {{type: gene, id: CXCR4}}, direction: up}}
"""


def write(folder: Path, name: str, *ids: str, more: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("claims:\n" + "".join(CLAIM.format(id=i) for i in ids) + more, encoding="utf-8")
    return path


def faults_of(folder: Path, **options: object) -> tuple[str, ...]:
    with pytest.raises(SubmissionError) as caught:
        read_claims(folder, **options)
    return caught.value.findings


def test_claims_come_by_file_then_by_their_order_in_it(tmp_path):
    write(tmp_path, "b.yaml", "A1")
    write(tmp_path, "a.yaml", "Z9", "B2")
    write(tmp_path, "README.md")
    rows = read_claims(tmp_path)
    assert [(row.path.name, row.claim.id) for row in rows] == [("a.yaml", "Z9"), ("a.yaml", "B2"), ("b.yaml", "A1")]


def test_the_registration_is_the_sha256_of_the_file(tmp_path):
    path = write(tmp_path, "a.yaml", "A1", "A2")
    before = read_claims(tmp_path)
    assert {row.registration for row in before} == {hashlib.sha256(path.read_bytes()).hexdigest()}
    # a comment changes no claim and yet the registration: it is of the bytes
    path.write_text("# a comment\n" + path.read_text())
    after = read_claims(tmp_path)
    assert [row.claim for row in after] == [row.claim for row in before]
    assert after[0].registration != before[0].registration


def test_an_id_stands_once_in_all_files(tmp_path):
    write(tmp_path, "a.yaml", "A1")
    write(tmp_path, "b.yaml", "B1", "A1")
    assert faults_of(tmp_path) == (
        "b.yaml, claim 'A1' must have an id of its own. Got one that stands in 'a.yaml' too. Give one of them another id.",
    )


@pytest.mark.parametrize(("other", "got"), [("A2", "Known are: A1, B1."), ("B1", "itself")])
def test_a_conflict_is_with_another_registered_claim(tmp_path, other, got):
    write(tmp_path, "a.yaml", "A1", "B1", more=f"    conflicts: [{other}]\n")
    (fault,) = faults_of(tmp_path)
    assert fault.startswith("a.yaml, claim 'B1' must name other registered claims")
    assert got in fault


def test_a_compound_id_is_of_the_library_and_a_name_need_not_be(tmp_path):
    write(tmp_path, "a.yaml", "A1", more="    compound: TCM999\n" + CLAIM.format(id="A2") + "    compound: isopsoralen\n")
    (fault,) = faults_of(tmp_path, compounds={"TCM001"})
    assert fault.startswith("a.yaml, claim 'A1' must name a compound of the library. Got 'TCM999'.")
    assert len(read_claims(tmp_path, compounds={"TCM999"})) == 2
    assert len(read_claims(tmp_path)) == 2


def test_the_faults_of_all_files_are_said_at_once(tmp_path):
    write(tmp_path, "a.yaml", "A1", more="    orign: seed\n")
    write(tmp_path, "b.yaml", "A1", more="   : [\n")
    write(tmp_path, "c.yaml", "A1", more="    sources: [a book]\n")
    faults = faults_of(tmp_path)
    assert [fault.split(",")[0].split(" ")[0] for fault in faults] == ["a.yaml", "b.yaml", "c.yaml"]
    assert "Did you mean 'origin'?" in faults[0]
    assert "'to verify: ...'" in faults[2]


@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_without_claims_is_a_wrong_folder(tmp_path, exists):
    folder = tmp_path / "claims"
    if exists:
        folder.mkdir()
    (fault,) = faults_of(folder)
    assert "must hold files *.yaml" in fault
