"""Claims are found by what is asked, and a word that is not known is answered with the nearest one."""

import pytest

from scvalid.errors import SubmissionError
from scvalid.registry.claims.reading import read_claims
from scvalid.registry.claims.search import ClaimFilter, choose_claims, filter_claims, opponents_of
from scvalid.registry.compounds.reading import read_compounds


@pytest.fixture(scope="module")
def library(repository):
    return read_compounds(repository / "resources" / "compounds" / "compounds.tsv")


@pytest.fixture(scope="module")
def claims(repository):
    return read_claims(repository / "resources" / "claims")


def found(claims, library, **asked):
    return {row.claim.id for row in filter_claims(claims, ClaimFilter(**asked), library=library)}


def test_nothing_asked_finds_all_in_order(claims, library):
    assert filter_claims(claims, ClaimFilter(), library=library) == claims


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"compound": "TCM003", "origin": "seed"}, {"S03a", "S03b", "S03c", "S03d", "S03e"}),
        ({"compound": "淫羊藿苷", "tier": "competing"}, {"X01"}),
        ({"compound": "Isopsoralen"}, {"E32"}),
        ({"is_retracted": True}, {"E32"}),
        ({"origin": "Counter"}, {"C01", "C02", "C03"}),
        ({"axis": "ERK", "tier": "primary"}, {"M04"}),
        ({"axis": "hippo/yap"}, {"S05b", "X05", "E27"}),
        ({"species": "dog", "origin": "extension", "axis": "osteogenesis", "text": "icariside"}, {"E25"}),
        ({"testability": "not testable", "compound": "curcumin"}, {"S04b"}),
        ({"text": "WWTR1"}, {"E23"}),
        ({"text": "雷公藤"}, {"K04"}),
    ],
)
def test_filters(claims, library, asked, ids):
    assert found(claims, library, **asked) == ids


def test_a_claim_without_species_fits_each(claims, library):
    fitting = found(claims, library, species="rat", compound="icariin")
    assert {"S03a", "S03b", "X01"} <= fitting
    assert "S03a" not in found(claims, library, species="dog", compound="icariin")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"origin": "sed"}, "--origin must be a known one. Got 'sed'. Did you mean 'seed'?"),
        ({"tier": "primery"}, "Did you mean 'primary'?"),
        ({"testability": "footprnt"}, "Did you mean 'footprint'?"),
        ({"species": "rate"}, "Did you mean 'rat'?"),
        ({"axis": "Wntt"}, "--axis must be an axis of the claims. Got 'Wntt'. Did you mean 'Wnt'?"),
        ({"axis": " "}, "--axis must be an axis"),
        ({"compound": "icarin"}, "'icariin'"),
        ({"text": "--"}, "--text must hold a letter"),
    ],
)
def test_a_wrong_word_is_answered_with_the_nearest(claims, library, asked, words):
    with pytest.raises(SubmissionError) as caught:
        found(claims, library, **asked)
    assert words in str(caught.value)


def test_claims_are_chosen_in_the_order_asked_once_each(claims):
    assert [row.claim.id for row in choose_claims(claims, ["x01", "S03a", "X01"])] == ["X01", "S03a"]


def test_all_unknown_ids_are_said(claims):
    with pytest.raises(SubmissionError) as caught:
        choose_claims(claims, ["S03x", "S01a", "Q"])
    assert len(caught.value.findings) == 2
    assert "Did you mean 'S03" in caught.value.findings[0]


def test_a_conflict_is_known_from_both_sides(claims):
    rows = {row.claim.id: row for row in claims}
    assert "C01" in rows["S01a"].claim.conflicts
    assert rows["S01b"].claim.conflicts == ()
    assert opponents_of(rows["S01b"], claims) == ("C01",)
