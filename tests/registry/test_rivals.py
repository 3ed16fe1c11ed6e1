"""Rivals of registered claims are found by rule: the traps that the knowledge base names are among them."""

import pytest

from scvalid.registry.claims import read_claims
from scvalid.registry.rivals import registered_rivals


@pytest.fixture(scope="module")
def rivals(repository):
    """Id of a claim -> id of each rival -> whether it is of the same mechanism."""
    find = registered_rivals(repository / "resources/gene_sets")
    claims = {row.claim.id: row.claim for row in read_claims(repository / "resources/claims")}
    return lambda claim_id: {rival.set_id: rival.is_same_programme for rival in find(claims[claim_id])}


@pytest.mark.parametrize(
    ("claim_id", "rival"),
    [
        ("S01a", "HALLMARK_HYPOXIA"),  # CXCR4 is a target of HIF-1
        ("S02a", "HALLMARK_HYPOXIA"),  # so is GLUT1
        ("S05c", "PROGENY_NFKB"),  # the secretory phenotype is a programme of NF-kB
        ("S04c", "DISSOCIATION_IEG_CORE"),  # dissociation looks like NF-kB
    ],
)
def test_what_could_explain_an_effect_otherwise_is_found(rivals, claim_id, rival):
    assert rivals(claim_id)[rival] is False


@pytest.mark.parametrize(
    ("claim_id", "ally"),
    [("S04a", "WP_NRF2_PATHWAY"), ("S05b", "CORDENONSI_YAP_CONSERVED_SIGNATURE"), ("S03b", "HALLMARK_ADIPOGENESIS")],
)
def test_a_set_of_the_same_mechanism_is_no_rival(rivals, claim_id, ally):
    assert rivals(claim_id)[ally] is True


def test_what_mrna_cannot_show_has_no_rivals(rivals):
    assert rivals("S03d") == {}
