"""Sets that claims name: a misspelling is said at once, a set that nobody has is left to the report."""

import pytest

from scvalid.submission.gene_sets.checking import MAX_OWN_SETS, faults_of_sets


@pytest.fixture
def faults_of(submission_of, repository):
    """Faults of a claim with one read-out, beside the registered sets of this repository."""
    return lambda *read, **changes: faults_of_sets(submission_of(*read, **changes), repository / "resources")


@pytest.mark.parametrize(
    ("kind", "name", "meant"),
    [
        ("pathway", "PROGENY_JAKSTAT", "PROGENY_JAK-STAT"),
        ("gene_set", "HALLMARK_HYPOXIAS", "HALLMARK_HYPOXIA"),
        ("gene_set", "OWN_SETT", "OWN_SET"),
    ],
)
def test_a_misspelt_set_is_said(faults_of, kind, name, meant):
    (finding,) = faults_of(kind, name, own="OWN_SET\t\tRUNX2\tSP7\n")
    assert "claim 'C1'" in finding
    assert f"Did you mean '{meant}'?" in finding


@pytest.mark.parametrize(
    ("kind", "name"),
    [("pathway", "PROGENY_JAK-STAT"), ("tf", "TCF7L2"), ("gene", "PROGENY_WNTS"), ("mirna", "miR-23a"), ("gene_set", "OURS")],
)
def test_known_sets_and_those_that_nobody_has_are_taken(faults_of, kind, name):
    assert faults_of(kind, name, own="OURS\t\tRUNX2\tSP7\n") == []


def test_a_gene_by_its_old_name_is_said_with_the_new_one(faults_of):
    (finding,) = faults_of("gene", "DDX58")
    assert "claim 'C1', read-out must be a current gene symbol. Got 'DDX58'. HGNC names the gene of that name RIGI;" in finding
    (finding,) = faults_of("gene", "Sept11", species="mouse")
    assert "Its symbol is Septin11 today; write that if it is the gene you mean." in finding


OLD = ["TNF", "IL6", "DDX58", "ACTB", "GAPDH", "RUNX2"]


def test_a_set_that_shares_no_gene_with_the_data_is_said(faults_of, write_counts, tmp_path):
    source = write_counts(tmp_path / "s.h5ad", OLD)
    own = "FOREIGN\t\tSP7\tALPL\nMINE\t\tTNF\tSP7\nOLD_NAME\t\tDDX58\nNEW_NAME\t\tRIGI\n"
    (finding,) = faults_of("gene", "TNF", own=own, source=source)
    assert "set 'FOREIGN' must share genes with sample 's'. Got none of 2 ('SP7', 'ALPL')" in finding


def test_a_set_of_two_species_is_said(faults_of):
    (finding,) = faults_of("gene", "TNF", own="MIXED\t\tRUNX2\tSp7\tAlpl\n")
    assert "set 'MIXED' must hold genes of one species" in finding


def test_a_gene_named_twice_is_said(faults_of):
    (finding,) = faults_of("gene", "TNF", own="TWICE\t\tRUNX2\tSP7\tRUNX2\n")
    assert "set 'TWICE' must name each gene once. Got 'RUNX2' twice" in finding


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ("S\t\tRUNX2\t1-Mar\tSep-02\n", "must name genes by symbols. Got dates or numbers that a spreadsheet made"),
        ("S\t\tRUNX2\t44256\n", "Got numbers ('44256')"),
        ("S\t\tRUNX2\tENSG00000170374\n", "Ensembl ids ('ENSG00000170374' is SP7)"),
        ("S\t\tRUNX2\tTAZ\n", "names of more than one gene ('TAZ': "),
        ("S\t\tRUNX2\tSP7\tOSX\n", "must name each gene once. Got 'SP7' and 'OSX', names of SP7."),
        ("S\t\tDDX58\tRIGI\n", "Got 'DDX58' and 'RIGI', names of RIGI. Keep RIGI, with one weight."),
        ("S\tRUNX2\tSP7\tALPL\n", "have a description in the second column. Got a gene in each line, as 'RUNX2' in set 'S'."),
        ("S\tNA\tRUNX2\tBOGUS1\tBOGUS2\n", "Got 2 of 3 names that no table knows ('BOGUS1', 'BOGUS2')"),
        ("osteo_early\t\tRUNX2\n", "the name of one of the registered sets, 'OSTEO_EARLY'"),
        ("OSTEO_EARLY\t\tRUNX2\n", "Remove it from your file: the registered set of that name is used."),
        ("Mine\t\tRUNX2\nMINE\t\tSP7\n", "set 'MINE' must have a name of its own. Got the name of one of the sets of own.gmt"),
    ],
)
def test_what_would_be_another_set_than_the_lab_means_is_one_sentence(faults_of, own, words):
    (finding,) = faults_of("gene", "TNF", own=own)
    assert words in finding


@pytest.mark.parametrize(
    ("gene", "words"),
    [
        ("1-Mar", "a spreadsheet"),
        ("44256", "numbers"),
        ("ENSG00000124813.21", "is RUNX2"),
        ("ERK", "'ERK': MAPK"),
        ('"RUNX2"', "quotes or spaces"),
    ],
)
def test_a_claim_on_what_is_no_symbol_is_one_sentence(faults_of, gene, words):
    (finding,) = faults_of("gene", gene)
    assert "claim 'C1', read-out must be a current gene symbol" in finding
    assert words in finding


def test_more_sets_than_can_be_scored_are_refused_with_their_number(faults_of):
    own = "".join(f"S{n}\t\tRUNX2\tSP7\n" for n in range(MAX_OWN_SETS + 1))
    (finding,) = faults_of("gene", "TNF", own=own)
    assert "key 'gene_sets', must name at most 1000 sets. Got 1001." in finding


@pytest.mark.parametrize(
    ("gene", "species", "meant"), [("vegfa", "human", "VEGFA"), ("Runx2", "human", "RUNX2"), ("RUNX2", "mouse", "Runx2")]
)
def test_a_claim_on_a_gene_in_the_wrong_case_is_said_with_the_right_one(faults_of, gene, species, meant):
    (finding,) = faults_of("gene", gene, species=species)
    assert f"claim 'C1', read-out must be a current gene symbol. Got '{gene}'. Did you mean {meant}?" in finding


def test_a_gene_that_the_data_have_in_that_case_is_taken(faults_of, write_counts, tmp_path):
    source = write_counts(tmp_path / "s.h5ad", ["TNF", "IL6", "ACTB", "GAPDH", "vegfa"])
    assert faults_of("gene", "vegfa", source=source) == []
