"""Sets that claims name: a misspelling is said at once, a set that nobody has is left to the report."""

import pytest

from scvalid.settings import Sample
from scvalid.settings.submitted import Context, Design
from scvalid.submission.config import Config
from scvalid.submission.model import Submission
from scvalid.submission.sets import faults_of_sets


@pytest.fixture
def faults_of(tmp_path, repository):
    """Faults of a claim with one read-out, beside the registered sets of this repository."""

    def faults(kind, name, own=""):
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
        sample = Sample(sample_id="s", path="s.h5ad", donor_id="d", arm="t")
        submission = Submission(config, "config.yaml", tmp_path, (sample,), claims)
        return faults_of_sets(submission, repository / "resources/gene_sets")

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
