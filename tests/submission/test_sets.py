"""Sets that claims name: a misspelling is said at once, a set that nobody has is left to the report."""

import anndata
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from scvalid.settings import Sample
from scvalid.settings.submitted import Context, Design
from scvalid.submission.config import Config
from scvalid.submission.model import Submission
from scvalid.submission.sets import faults_of_sets


@pytest.fixture
def faults_of(tmp_path, repository):
    """Faults of a claim with one read-out, beside the registered sets of this repository."""

    def faults(kind, name, own="", source="s.h5ad"):
        from scvalid.contracts.claims import ClaimsFile

        (tmp_path / "own.gmt").write_text(own, encoding="utf-8")
        config = Config(
            dataset="d",
            samples="samples.tsv",
            claims="claims.yaml",
            gene_sets=("own.gmt",) if own else (),
            context=Context(species="human"),
            design=Design(treated="t", vehicle="v"),
        )
        part = {"readout": {"type": kind, "id": name}, "direction": "up"}
        claims = ClaimsFile.model_validate({"claims": [{"id": "C1", "statement": {"en": "x"}, "parts": [part]}]})
        sample = Sample(sample_id="s", path=str(source), donor_id="d", arm="t")
        submission = Submission(config, "config.yaml", tmp_path, (sample,), claims, (tmp_path / "claims.yaml",))
        return faults_of_sets(submission, repository / "resources")

    return faults


@pytest.mark.parametrize(
    ("kind", "name", "meant"),
    [
        ("pathway", "PROGENY_JAKSTAT", "PROGENY_JAK-STAT"),
        ("gene_set", "HALLMARK_HYPOXIAS", "HALLMARK_HYPOXIA"),
        ("gene_set", "OWN_SETT", "OWN_SET"),
    ],
)
def test_a_misspelt_set_is_said(faults_of, kind, name, meant):
    (finding,) = faults_of(kind, name, own="OWN_SET\t\tA\tB\n")
    assert "claim 'C1'" in finding
    assert f"Did you mean '{meant}'?" in finding


@pytest.mark.parametrize(
    ("kind", "name"),
    [("pathway", "PROGENY_JAK-STAT"), ("tf", "TCF7L2"), ("gene", "PROGENY_WNTS"), ("mirna", "miR-23a"), ("gene_set", "OURS")],
)
def test_known_sets_and_those_that_nobody_has_are_taken(faults_of, kind, name):
    assert faults_of(kind, name, own="OURS\t\tA\tB\n") == []


def test_a_gene_by_its_old_name_is_said_with_the_new_one(faults_of):
    (finding,) = faults_of("gene", "DDX58")
    assert "claim 'C1', read-out must be a current gene symbol. Got 'DDX58'. It is RIGI now." in finding


def _write_counts(target, genes):
    counts = sparse.csr_matrix(np.ones((3, len(genes)), dtype=np.float32))
    anndata.AnnData(counts, var=pd.DataFrame(index=genes)).write_h5ad(target)
    return target


OLD = ["TNF", "IL6", "DDX58", "ACTB", "GAPDH", "RUNX2"]


def test_a_set_that_shares_no_gene_with_the_data_is_said(faults_of, tmp_path):
    source = _write_counts(tmp_path / "s.h5ad", OLD)
    own = "FOREIGN\t\tSP7\tALPL\nMINE\t\tTNF\tSP7\nOLD_NAME\t\tDDX58\nNEW_NAME\t\tRIGI\n"
    (finding,) = faults_of("gene", "TNF", own=own, source=source)
    assert "set 'FOREIGN' must share genes with sample 's'. Got none of 2 ('SP7', 'ALPL')" in finding


def test_a_set_of_two_species_is_said(faults_of):
    (finding,) = faults_of("gene", "TNF", own="MIXED\t\tRUNX2\tSp7\tAlpl\n")
    assert "set 'MIXED' must hold genes of one species" in finding


def test_a_gene_named_twice_is_said(faults_of):
    (finding,) = faults_of("gene", "TNF", own="TWICE\t\tRUNX2\tSP7\tRUNX2\n")
    assert "set 'TWICE' must name each gene once. Got 'RUNX2' twice" in finding
