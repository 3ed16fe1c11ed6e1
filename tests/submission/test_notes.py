"""What is doubtful about own sets is noted, and nothing else."""

import pytest

from scvalid.submission.notes import notes_of_sets
from scvalid.submission.sets import faults_of_sets


@pytest.fixture
def faults_of(submission_of, repository):
    """Faults of a claim with one read-out, beside the registered sets of this repository."""
    return lambda *read, **changes: faults_of_sets(submission_of(*read, **changes), repository / "resources")


@pytest.fixture
def notes_of(submission_of, repository):
    """Notes on the same."""
    return lambda *read, **changes: notes_of_sets(submission_of(*read, **changes), repository / "resources")


def test_old_names_and_unknown_ones_are_noted_and_no_fault(faults_of, notes_of):
    own = "A\t\tRUNX2\tDDX58\tBOGUS1\nB\t\tSP7\tALPL\tEGFP\tDDX58\n"
    assert faults_of("gene", "BOGUS2", own=own) == []
    assert notes_of("gene", "BOGUS2", own=own) == [
        "own.gmt: an outdated name is read as the current one, where the data have this: DDX58 as RIGI.",
        "own.gmt: no table of human genes knows 2 of the 6 names ('BOGUS1', 'EGFP'); "
        "such a gene counts only if the data have it by that name.",
        "Claim 'C1': no table of human genes knows 'BOGUS2'; without it in the data the claim is not testable.",
    ]


def test_a_gene_that_the_data_have_is_known_whatever_its_name(faults_of, notes_of, write_counts, tmp_path):
    source = write_counts(tmp_path / "s.h5ad", ["TNF", "IL6", "EGFP"])
    own = "A\t\tEGFP\n"
    assert faults_of("gene", "EGFP", own=own, source=source) == []
    assert notes_of("gene", "EGFP", own=own, source=source) == []


def test_a_gene_in_the_case_of_another_species_is_noted_with_the_right_one(notes_of):
    (note,) = notes_of("gene", "Runx2")
    assert "knows 'Runx2' (did you mean RUNX2?)" in note


def test_good_sets_get_no_note(notes_of):
    assert notes_of("gene", "TNF", own="A\tmy set\tRUNX2\tSP7\n") == []
    assert notes_of("pathway", "PROGENY_WNT") == []
