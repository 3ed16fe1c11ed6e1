"""The committed terms: what the domain table names is there under its label, and a damaged table is refused."""

import csv
import gzip

import pytest

from scvalid.errors import ContractError
from scvalid.registry.ontology.terms import Ontology, read_terms

HEADER = "term_id\tlabel\treplaced_by\n"


@pytest.fixture(scope="module")
def ontology(repository):
    return Ontology(repository / "resources/ontology")


def test_every_term_that_was_looked_up_has_the_label_that_was_seen(ontology, shared_data):
    source = shared_data.parent / "knowledge/controlled_vocabulary.tsv"
    if not source.is_file():
        pytest.skip("shared data missing: knowledge/controlled_vocabulary.tsv")
    with source.open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["term_id"][:5] not in ("CHEBI", "NCBIT")]
    assert len(rows) > 60
    found = {row["term_id"]: ontology.find(row["term_id"]) for row in rows}
    assert [row for row in rows if found[row["term_id"]] is None or found[row["term_id"]].label != row["label"]] == []


def test_a_label_is_found_in_its_ontologies_alone(ontology):
    assert [term.term_id for term in ontology.named("BONE marrow", prefixes=["UBERON"])] == ["UBERON:0002371"]
    assert ontology.named("bone marrow", prefixes=["CL"]) == ()
    assert [term.term_id for term in ontology.named("hMSC-hTERT", prefixes=["CVCL"])] == ["CVCL_A2JN"]


def test_an_obsolete_term_is_no_label_and_names_its_successor(ontology):
    term = ontology.find("CL:0000003")
    assert term.replaced_by == "CL:0000000"
    assert ontology.named(term.label, prefixes=["CL"]) == ()


@pytest.mark.parametrize(
    "content",
    [
        b"text",
        gzip.compress(b"x\ty\n"),
        gzip.compress((HEADER + "CL:1\tx\n").encode()),
        gzip.compress((HEADER + "CL:1\tx\t").encode()),
    ],
    ids=["no gzip", "other columns", "a short row", "no last line end"],
)
def test_a_damaged_table_is_refused(tmp_path, content):
    (tmp_path / "terms.tsv.gz").write_bytes(content)
    with pytest.raises(ContractError, match=r"ontology terms 'terms\.tsv\.gz'"):
        read_terms(tmp_path / "terms.tsv.gz")


def test_a_missing_table_is_a_sentence(tmp_path):
    with pytest.raises(ContractError, match="must exist"):
        read_terms(tmp_path / "terms.tsv.gz")
