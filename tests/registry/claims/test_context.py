"""What every registered claim keeps to, whatever its row says: media, challenges, cells, names, full sentences."""

import re

import pytest

from scvalid.contracts.readouts import NAMES_A_SET
from scvalid.contracts.sources import FORMS
from scvalid.io.gene_names import read_symbols
from scvalid.registry.claims.reading import RegisteredClaim, read_claims
from scvalid.registry.manifest import read_manifest

MEDIUM_OF = {"OSTEO_EARLY": "osteogenic", "ADIPO_CORE": "adipogenic", "CHONDRO_CORE": "chondrogenic"}
# palmitate is itself the inducer that the claim names
NO_MEDIUM = {"C03"}
INDUCTIONS = {
    "none", "TNF", "IL1B", "IFNG", "LPS", "H2O2", "hypoxia", "serum deprivation", "OGD", "dexamethasone",
}  # fmt: skip


@pytest.fixture(scope="module")
def claims(repository) -> dict[str, RegisteredClaim]:
    return {row.claim.id: row for row in read_claims(repository / "resources" / "claims")}


def test_a_programme_of_a_lineage_is_read_in_its_medium(claims):
    for name, row in claims.items():
        medium = MEDIUM_OF.get(row.claim.primary.readout.id)
        if medium and name not in NO_MEDIUM:
            assert row.claim.context.medium == (medium,), name
            others = {MEDIUM_OF.get(part.readout.id, medium) for part in row.claim.parts}
            assert row.claim.is_retracted or others == {medium}, name


def test_a_challenge_is_a_word_that_a_lab_would_type(claims):
    for row in claims.values():
        for induction in row.claim.context.induction:
            assert set(induction.split(" + ")) <= INDUCTIONS, row.claim.id


def test_the_cells_are_those_in_which_it_is_read(claims):
    cells = {name: row.claim.context.cell_type for name, row in claims.items()}
    assert cells["M16"] == ("cardiomyocyte",)
    assert cells["M08"] == ("renal tubular epithelial cell", "macrophage")
    assert cells["S04c"] == ("microglia",)
    assert cells["E12"] == ("3T3-L1 cell line", "MC3T3-E1 cell line")
    assert {cells[name] for name in ("S04a-MSC", "S04c-MSC")} == {("MSC",)}
    assert {claims[name].claim.context.species for name in ("K05", "K05b", "K05c")} == {()}


def test_the_source_of_the_primary_part_stands_first_and_what_the_others_say_is_told(claims):
    for name, other in (("C03", "PMC6072221"), ("E07", "10193")):
        claim = claims[name].claim
        assert re.fullmatch(FORMS["to verify"], claim.sources[0])
        assert other in claim.sources[1]
        assert other in claim.source_status
        assert other in claim.caveats


def test_chinese_statements_and_full_sentences(claims):
    for row in claims.values():
        claim = row.claim
        assert re.search("[\u4e00-\u9fff]", claim.statement.zh)
        assert re.fullmatch("[^,:;()]+[。]", claim.statement.zh), claim.id
        assert not claim.statement.en.startswith(("...", "via ", "specificity"))
        for text in (claim.statement.en, claim.testability.why, claim.design):
            assert text.endswith("."), (claim.id, text)


def test_every_gene_is_a_current_symbol(claims, repository):
    symbols = set(read_symbols(repository / "resources" / "genes" / "human.tsv.gz").values())
    genes = {part.readout.id for row in claims.values() for part in row.claim.parts if part.readout.type == "gene"}
    assert genes <= symbols
    assert "WWTR1" in genes
    assert "TAFAZZIN" not in genes


def test_every_set_and_rival_is_registered(claims, repository):
    sets = {row.set_id for row in read_manifest(repository / "resources" / "gene_sets")}
    parts = [part.readout for row in claims.values() for part in row.claim.parts]
    assert {p.id for p in parts if p.type in NAMES_A_SET - {"tf"}} <= sets
    assert {rival for row in claims.values() for rival in row.claim.rivals} <= sets
    assert "CORDENONSI_YAP_CONSERVED_SIGNATURE" not in {p.id for p in parts}


def test_a_rival_is_no_part_of_the_claim(claims):
    for row in claims.values():
        assert not {part.readout.id for part in row.claim.parts} & set(row.claim.rivals), row.claim.id
