"""The manifest: complete, within its licences, and read or refused with a sentence."""

import shutil

import pytest

from scvalid.errors import ScvalidError
from scvalid.registry.manifest import (
    read_files,
    read_manifest,
    read_registered,
    registered_gene_sets,
    write_files,
    write_manifest,
)
from scvalid.registry.rebuild.sets.files import sets_of_file

SPECIES = ("human", "mouse", "rat")
FORBIDDEN = ("KEGG", "BIOCARTA", "COLLECTRI", "DOROTHEA", "PID_")


@pytest.fixture(scope="module")
def folder(repository):
    return repository / "resources/gene_sets"


@pytest.fixture
def copied(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "gene_sets")
    return tmp_path / "gene_sets"


def test_every_registered_set_stands_in_every_species(folder):
    registered = {row.set_id for row in read_registered(folder)}
    rows = read_manifest(folder)
    assert {(row.set_id, row.species) for row in rows} == {(name, species) for name in registered for species in SPECIES}
    assert not [name for name in registered if any(word in name for word in FORBIDDEN)]


def test_each_row_counts_the_genes_of_its_file(folder):
    rows = read_manifest(folder)
    sets = {name: sets_of_file(folder / name) for name in {row.file for row in rows}}
    assert {(row.file, row.set_id): row.n_genes for row in rows} == {
        (name, set_id): len(genes) for name, own in sets.items() for set_id, genes in own.items()
    }
    assert all(row.n_lost == len(row.lost) for row in rows)


def test_what_the_knowledge_says_of_a_set_is_not_made_more_certain(folder, shared_data):
    source = shared_data.parent / "knowledge/gene_sets_provenance.tsv"
    if not source.is_file():
        pytest.skip("shared data missing: knowledge/gene_sets_provenance.tsv")
    lines = [line.split("\t") for line in source.read_text(encoding="utf-8").splitlines()]
    known = {row[0]: dict(zip(lines[0], row, strict=False)) for row in lines[1:]}
    rows = {row.set_id: row for row in read_registered(folder)}
    shared = rows.keys() & known.keys()
    assert len(shared) == 74
    assert {name: rows[name].status for name in shared} == {name: known[name]["status"] for name in shared}
    assert all(rows[n].licence == known[n]["licence"] for n in shared if rows[n].status != "curated - to review")
    assert rows["WANG_YAP_TAZ_22"].licence == "gene list = facts; paper licence to verify"
    assert rows["GLYCOLYSIS_STRICT"].status == "curated - to review"


@pytest.mark.parametrize("species", SPECIES)
def test_panel_and_other_files_are_told_apart(folder, species):
    panel = [path.name for path in registered_gene_sets(folder, species)]
    assert panel == [
        f"msigdb_{species}.tsv", f"literature_{species}.tsv", f"curated_{species}.tsv", f"progeny_{species}_top500.tsv.gz",
    ]  # fmt: skip
    others = registered_gene_sets(folder, species, is_panel=False)
    assert [path.name for path in others] == [f"progeny_{species}_top100.tsv.gz"]


def test_tables_are_written_as_they_were_read(copied, repository):
    before = (copied / "manifest.tsv").read_bytes()
    write_manifest(copied, read_manifest(copied))
    assert (copied / "manifest.tsv").read_bytes() == before
    write_files(copied, read_files(repository / "resources"))
    assert (copied / "files.tsv").read_bytes() == (repository / "resources/files.tsv").read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("\tno\t", "\tperhaps\t", "column is_panel"),
        ("PROGENY_WNT_TOP100\tmouse", "PROGENY_WNT_TOP100\tdog", "column species"),
        ("PROGENY_WNT_TOP100\tmouse", "PROGENY_WNT_TOP100\thuman", "once"),
        ("\tWnt\tno\t", "\tWnt\tyes\t", "panel as a whole or not"),
        ("CC BY 4.0 (MSigDB)", "", "licence"),
        ("doi:10.1016", "see 10.1016", "column citation"),
    ],
)
def test_a_damaged_manifest_is_one_sentence(copied, old, new, word):
    text = (copied / "manifest.tsv").read_text(encoding="utf-8")
    (copied / "manifest.tsv").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ScvalidError, match=word) as caught:
        read_manifest(copied)
    assert "\n" not in str(caught.value)
