"""Rows about sets and files: what a person may write, and how it is written back."""

import pytest
from pydantic import ValidationError

from scvalid.contracts.resources import ManifestRow, RegisteredSet

ROW = {
    "set_id": "PROGENY_JAK-STAT",
    "species": "human",
    "file": "progeny_human_top500.tsv.gz",
    "axis": "immunomodulation",
    "is_panel": "yes",
    "n_genes": "500",
    "sha256": "a" * 64,
    "source": "an archive",
    "version": "1",
    "licence": "Apache-2.0",
    "citation": "doi:10.1038/s41467-017-02391-6; to verify: the mouse model",
    "status": "file",
    "n_lost": "2",
    "lost": "A;B",
}


def test_a_row_is_written_as_it_was_read():
    row = ManifestRow.model_validate(ROW)
    assert row.lost == ("A", "B")
    assert {key: str(value) for key, value in row.model_dump(mode="json").items() if key != "notes"} == ROW


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("is_panel", "perhaps"),
        ("citation", "Schubert 2018"),
        ("citation", "doi:10.1038/s41467-017-02391-6; a paper"),
        ("licence", ""),
        ("sha256", "A" * 64),
        ("status", "certain"),
        ("species", "dog"),
        ("n_genes", "0"),
        ("file", "../msigdb.tsv"),
        ("set_id", "kegg pathway"),
    ],
)
def test_what_cannot_be_is_refused(column, value):
    with pytest.raises(ValidationError, match=column):
        ManifestRow.model_validate(ROW | {column: value})


def test_a_registered_set_names_a_file_of_every_species():
    own = {key: value for key, value in ROW.items() if key not in {"species", "n_genes", "sha256", "n_lost", "lost"}}
    assert RegisteredSet.model_validate(own | {"file": "progeny_{species}_top500.tsv.gz"}).is_panel
    with pytest.raises(ValidationError, match="file"):
        RegisteredSet.model_validate(own)
