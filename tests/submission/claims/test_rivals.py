"""What is handed over: read-outs of the claims, and rivals by hand and by rule, for every species."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scvalid.contracts.claimed import PROGENY, RivalsOfClaim, RivalsOfClaims
from scvalid.contracts.claims import Claim, ClaimsFile
from scvalid.registry.claims.reading import read_claims
from scvalid.submission.claims.rivals import claimed_of, rivals_of_claims
from scvalid.submission.model import Submission

RESOURCES = Path(__file__).parents[3] / "resources"
GENE_SETS = RESOURCES / "gene_sets"
MAX_ARGUMENT = 131_072
"""Bytes that one argument of a command may have."""


@pytest.fixture
def of_claims(submission_of: Callable[..., Submission]) -> Callable[..., Submission]:
    """A submission of given claims."""

    def submission(*claims: Claim, **kwargs: str) -> Submission:
        return replace(submission_of("gene", "RUNX2", **kwargs), claims=ClaimsFile(claims=claims))

    return submission


def _claim(*parts: str, claim_id: str = "C1", **keys: object) -> Claim:
    read = [part.split(":") for part in parts]
    made = [
        {"readout": {"type": kind, "id": name}, "direction": way, "role": "secondary" if i else "primary"}
        for i, (kind, name, way) in enumerate(read)
    ]
    return Claim.model_validate({"id": claim_id, "statement": {"en": "x"}, "parts": made, **keys})


def test_readouts_of_all_parts_are_claimed_each_once(of_claims):
    first = _claim("gene:CXCR4:up", "pathway:PROGENY_WNT:up", "phosphorylation:AKT:up", "gene:TERT:expressed")
    second = _claim("tf:RELA:up", "gene:CXCR4:down", claim_id="C2")
    claimed = claimed_of(of_claims(first, second), gene_sets=GENE_SETS)
    assert claimed.sets == ("PROGENY_WNT", "RELA")
    assert claimed.genes == ("CXCR4",)


def test_a_rival_that_is_no_set_is_handed_over_as_a_gene(of_claims):
    claim = _claim("gene:CXCR4:up", rivals=["HALLMARK_HYPOXIA", "PROGENY_WNT_TOP100", "OWN", "HIF1A"])
    claimed = claimed_of(of_claims(claim, own="OWN\t-\tTP53\tMYC\n"), gene_sets=GENE_SETS)
    assert claimed.rival_genes == ("HIF1A",)


def test_a_gene_has_the_sets_it_is_in_as_rivals_but_for_those_of_its_mechanism(of_claims):
    found = rivals_of_claims(of_claims(_claim("gene:CXCR4:up", axis="hypoxia")), gene_sets=GENE_SETS).of("C1")
    assert "HALLMARK_GLYCOLYSIS" in found.overlap["CXCR4"]
    assert "HALLMARK_HYPOXIA" not in found.overlap["CXCR4"]
    assert "PROGENY_HYPOXIA" in found.related["CXCR4"]


def test_rivals_by_hand_stand_whatever_their_mechanism_and_are_not_named_twice(of_claims):
    claim = _claim("gene:CXCR4:up", axis="hypoxia", rivals=["HALLMARK_HYPOXIA", "HALLMARK_GLYCOLYSIS"])
    found = rivals_of_claims(of_claims(claim), gene_sets=GENE_SETS).of("C1")
    assert found.registered == ("HALLMARK_HYPOXIA", "HALLMARK_GLYCOLYSIS")
    assert not set(found.overlap["CXCR4"]) & set(found.registered)


def test_a_readout_of_the_claim_is_no_rival_of_it_and_no_unrelated_axis(of_claims):
    claim = _claim("gene_set:HALLMARK_TNFA_SIGNALING_VIA_NFKB:up", "pathway:PROGENY_EGFR:up", "gene_set:HALLMARK_HYPOXIA:up")
    found = rivals_of_claims(of_claims(claim), gene_sets=GENE_SETS).of("C1")
    own = {part.readout.id for part in claim.parts}
    assert not any(own & set(rivals) for rivals in found.overlap.values())
    assert "PROGENY_EGFR" in found.related["HALLMARK_TNFA_SIGNALING_VIA_NFKB"]


def test_pathways_named_by_hand_as_rivals_stay_axes_but_for_overlap_and_mechanism(of_claims):
    plain = rivals_of_claims(of_claims(_claim("gene:CXCR4:up", axis="hypoxia")), gene_sets=GENE_SETS).of("C1")
    named = _claim("gene:CXCR4:up", axis="hypoxia", rivals=["PROGENY_WNT", "PROGENY_P53", "PROGENY_HYPOXIA"])
    found = rivals_of_claims(of_claims(named), gene_sets=GENE_SETS).of("C1")
    assert found.related == plain.related
    assert "PROGENY_HYPOXIA" in found.related["CXCR4"]
    assert not {"PROGENY_WNT", "PROGENY_P53"} & set(found.related["CXCR4"])


def test_every_registered_claim_leaves_unrelated_axes(of_claims):
    claims = [row.claim for row in read_claims(RESOURCES / "claims")]
    found = rivals_of_claims(of_claims(*claims), gene_sets=GENE_SETS)
    n_related = [len(related) for rivals in found.claims.values() for related in rivals.related.values()]
    assert all(name.startswith(PROGENY) for r in found.claims.values() for names in r.related.values() for name in names)
    assert max(n_related) <= 6


@pytest.mark.parametrize("species", ["mouse", "rat"])
def test_human_genes_have_rivals_on_other_panels_too(of_claims, species):
    claim = _claim("gene:CXCR4:up", "gene_set:HALLMARK_WNT_BETA_CATENIN_SIGNALING:up")
    human, other = (rivals_of_claims(of_claims(claim, species=s), gene_sets=GENE_SETS).of("C1") for s in ("human", species))
    assert other.overlap["CXCR4"] == human.overlap["CXCR4"]
    assert other.related == human.related


def test_a_gene_by_its_name_in_the_data_is_looked_up_in_the_species_own_sets(of_claims):
    found = rivals_of_claims(of_claims(_claim("gene:Cxcr4:up"), species="mouse"), gene_sets=GENE_SETS)
    assert "HALLMARK_HYPOXIA" in found.of("C1").overlap["Cxcr4"]


def test_a_labs_own_set_has_rivals_and_is_none(of_claims):
    own = "OWN\t-\tCXCR4\tSLC2A1\tVEGFA\tPGK1\tLDHA\nOTHER\t-\tCXCR4\tSLC2A1\tVEGFA\tPGK1\tLDHA\n"
    found = rivals_of_claims(of_claims(_claim("gene_set:OWN:up"), own=own), gene_sets=GENE_SETS).of("C1")
    assert "HALLMARK_HYPOXIA" in found.overlap["OWN"]
    assert "OTHER" not in found.overlap["OWN"]


def test_a_set_that_is_not_installed_has_no_rivals(of_claims):
    found = rivals_of_claims(of_claims(_claim("tf:ABSENT_TF:up")), gene_sets=GENE_SETS)
    assert found.of("C1") == RivalsOfClaim()
    assert found.of("unheard of") == RivalsOfClaim()


def test_what_is_packed_is_unpacked_and_a_thousand_claims_fit_into_an_argument(of_claims):
    claims = [row.claim for row in read_claims(RESOURCES / "claims")]
    found = rivals_of_claims(of_claims(*claims), gene_sets=GENE_SETS)
    assert RivalsOfClaims.of_packed(found.packed()) == found
    rivals = list(found.claims.values())
    many = RivalsOfClaims(claims={f"lab_claim_{i}": rivals[i % len(rivals)] for i in range(1000)})
    assert len(many.model_dump_json()) > MAX_ARGUMENT
    assert len(many.packed()) < MAX_ARGUMENT / 4
