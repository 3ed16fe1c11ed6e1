"""Rivals of registered claims are found by rule: the traps that the knowledge base names are among them."""

import pytest

from scvalid.registry.claims.reading import read_claims
from scvalid.registry.rivals.registered import registered_rivals


@pytest.fixture(scope="module")
def claims(repository):
    return {row.claim.id: row.claim for row in read_claims(repository / "resources/claims")}


@pytest.fixture(scope="module")
def rivals(repository, claims):
    """Id of a claim -> id of each rival -> whether it is of the same mechanism."""
    find = registered_rivals(repository / "resources/gene_sets")
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


def test_a_specified_mechanism_is_the_same_one(rivals):
    found = rivals("S04a")  # axis oxidative stress, NRF2_TARGET_CORE; the sets say oxidative stress (NRF2)
    assert {name for name, is_same in found.items() if is_same} >= {"WP_NRF2_PATHWAY"}
    assert "NRF2_TARGET_CORE" not in found


def test_a_part_of_the_claim_is_no_rival_of_it(rivals, claims):
    # X06 reads IMMT and, as a secondary part, MICOS, which IMMT is a gene of
    assert "MICOS" in {part.readout.id for part in claims["X06"].parts}
    assert "MICOS" not in rivals("X06")
    for name, claim in claims.items():
        assert not {part.readout.id for part in claim.parts} & set(rivals(name)), name


def test_what_mrna_cannot_show_has_no_rivals(rivals):
    assert rivals("S03d") == {}
