"""Which files of claims are in force: every change, loss and addition is named by its file."""

import pytest

from scvalid.errors import SubmissionError
from scvalid.registry.check.registrations import REGISTRATIONS, faults_of_registrations, registrations_of

CLAIM = "claims:\n  - id: {}\n    statement: {{en: A.}}\n    parts: [{{readout: {{type: gene, id: CXCR4}}, direction: up}}]\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(CLAIM.format(name.upper()), encoding="utf-8")
    (tmp_path / REGISTRATIONS).write_bytes(registrations_of(tmp_path))
    return tmp_path


def test_what_was_registered_is_in_force(folder):
    assert faults_of_registrations(folder) == []
    lines = (folder / REGISTRATIONS).read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[::2] for line in lines] == [["file", "claims"], ["a.yaml", "A"], ["b.yaml", "B"]]


def test_one_letter_a_lost_file_and_a_new_one_are_named(folder):
    text = (folder / "a.yaml").read_text(encoding="utf-8")
    (folder / "a.yaml").write_text(text.replace("direction: up", "direction: down"), encoding="utf-8")
    (folder / "b.yaml").rename(folder / "c.yaml")
    said = faults_of_registrations(folder)
    assert [fault.split(".")[0] for fault in said] == ["claims/c", "claims/a", "claims/b"]
    assert "the claims A may say something else" in said[1]


def test_without_the_table_nothing_is_registered(folder):
    (folder / REGISTRATIONS).unlink()
    with pytest.raises(SubmissionError, match="no such file"):
        faults_of_registrations(folder)
