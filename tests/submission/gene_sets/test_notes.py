"""What is doubtful about own sets is noted, and nothing else."""

import pytest

from scvalid.submission.gene_sets.checking import faults_of_sets
from scvalid.submission.gene_sets.notes import notes_of_sets


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


TEN = "RUNX2\tALPL\tBGLAP\tCOL1A1\tIBSP\tDLX5\tATF4\tPHEX\tMEPE\tDMP1"


def test_what_a_large_set_is_the_same_without_is_noted_and_refused_in_a_small_one(faults_of, notes_of):
    own = f"LARGE\tNA\t{TEN}\tSP7\tOSX\tTAZ\tSparcl1\n"
    assert faults_of("gene", "TNF", own=own) == []
    notes = "\n".join(notes_of("gene", "TNF", own=own))
    assert "set 'LARGE': 'SP7' and 'OSX' are names of SP7, which counts once." in notes
    assert "set 'LARGE': names of more than one gene ('TAZ': " in notes
    assert "set 'LARGE': 1 of the 14 genes are rodent ones ('Sparcl1') and do not count." in notes
    assert "no table of human genes" not in notes
    assert len(faults_of("gene", "TNF", own="SMALL\tNA\tSP7\tOSX\tTAZ\tSparcl1\tRUNX2\n")) == 3


def test_a_description_that_is_a_gene_is_noted_unless_the_set_is_named_after_it(faults_of, notes_of):
    own = "NFE2L2\tNFE2L2\tHMOX1\nE2F1_TARGETS\tE2F1\tMCM2\nMINE\tRUNX2\tSP7\n"
    assert faults_of("gene", "TNF", own=own) == []
    assert notes_of("gene", "TNF", own=own) == [
        "own.gmt: set 'MINE': its description, 'RUNX2', is not read as one of its genes."
    ]


def test_mouse_sets_may_hold_names_that_are_aliases_of_human_genes(faults_of):
    own = "A\tNA\tRunx2\tSp7\tp53\tOct4\tDicer\tAng1\n"
    assert not [fault for fault in faults_of("gene", "Tnf", own=own, species="mouse") if "species" in fault]
    assert faults_of("gene", "TNF", own="A\tNA\tRUNX2\tSP7\tGm85\t0610011B16Rik\n") == []


def test_good_sets_get_no_note(notes_of):
    assert notes_of("gene", "TNF", own="A\tmy set\tRUNX2\tSP7\n") == []
    assert notes_of("pathway", "PROGENY_WNT") == []
