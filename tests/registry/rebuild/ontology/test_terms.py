"""Tables of terms: which terms are kept, and that the archive gives the committed bytes."""

import gzip

import pytest

from scvalid.registry.rebuild.ontology.terms import ONTOLOGIES, build_terms, rows_of


def test_obsolete_terms_keep_their_successor_and_labels_become_one_line():
    terms = {
        "CL:2": {"label": 'a "b"\tc', "deprecated": False, "ancestors": {}},
        "CL:1": {"label": "old", "deprecated": True, "replaced_by": "CL:2"},
        "CL:0": {"label": "gone", "deprecated": True},
    }
    assert list(rows_of(terms, ontology="CL")) == [("CL:0", "gone", "-"), ("CL:1", "old", "CL:2"), ("CL:2", "a 'b' c", "")]


def test_of_efo_assays_are_kept_alone():
    terms = {
        "EFO:1": {"label": "10x", "ancestors": {"EFO:0010183": 2}},
        "EFO:2": {"label": "a disease", "ancestors": {"EFO:0000408": 1}},
        "EFO:3": {"label": "old assay", "deprecated": True, "replaced_by": "EFO:1"},
        "EFO:0010183": {"label": "single cell library construction", "ancestors": {}},
    }
    assert [row[0] for row in rows_of(terms, ontology="EFO")] == ["EFO:0010183", "EFO:1", "EFO:3"]


@pytest.mark.slow
def test_a_rebuild_gives_what_is_committed(sources, repository):
    if not (sources / ONTOLOGIES.file).is_file():
        pytest.skip(f"source archives not at hand: {ONTOLOGIES.file}")
    pytest.importorskip("zstandard")
    for name, content in build_terms(sources).items():
        committed = (repository / "resources/ontology" / name).read_bytes()
        assert gzip.decompress(content) == gzip.decompress(committed), name
