"""The registered claims say what the knowledge table says, and nothing more certain."""

import csv
import re
from pathlib import Path

import pytest

from scvalid.contracts.readouts import NAMES_A_SET, NOT_TRANSCRIPT_LEVEL
from scvalid.contracts.sources import FORMS
from scvalid.registry.claims.reading import RegisteredClaim, read_claims
from scvalid.registry.manifest import read_manifest

PLACEHOLDERS = {"E28", "E29", "E30", "E31"}
# what the caveat or the context of a row calls a new claim
DERIVED = {"S04a-MSC": "S04a", "S04c-MSC": "S04c"}
# rows whose read-outs need different media: a claim for each medium
SPLIT = {"K05": ("K05", "K05b", "K05c"), "E26": ("E26", "E26b")}
SPLIT_OFF = {part for parts in SPLIT.values() for part in parts[1:]}
TIERS_OF_CONTROLS = {"negative": "primary"}
DIRECTIONS = {"S05c": {"SENMAYO_125": "down", "SENESCENCE_ARREST_UP": "down", "SENESCENCE_ARREST_DOWN": "up"}}
CERTAINTIES = ["not applicable", "low", "low-moderate", "moderate", "moderate-high", "high"]
TESTABILITIES = ["not testable", "proxy", "footprint", "direct"]

# what a row names and the registry says in another way, with the reason
OTHERWISE = {
    ("S02b", "REACTOME_GLYCOLYSIS"): "GLYCOLYSIS_STRICT",  # the same without the 28 nuclear-pore genes
    ("S03e", "osteo-primed / adipo-primed states (reference-mapped)"): "osteo-primed MSC states",
    ("X04", "viability"): "recovered living cells",
    ("M05", "scATAC / multiome"): "chromatin accessibility (scATAC or multiome)",
    ("M09", "fraction of variance: donor / source / batch / treatment"): "donor, source and batch against treatment",
    ("K02", "all claim read-outs"): "all read-outs of the claims",
    ("K03", "all"): "rate of false support over all read-outs",
    ("K04", "global: fraction of sets changed"): "share of sets that change",
}
# the row calls it conflicting, its own text says that it supports the claim
NO_CONFLICT = {("S05b", "X05")}


@pytest.fixture(scope="module")
def claims(repository) -> dict[str, RegisteredClaim]:
    return {row.claim.id: row for row in read_claims(repository / "resources" / "claims")}


@pytest.fixture(scope="module")
def axes(repository) -> dict[str, str]:
    """Set -> mechanism that it is registered under."""
    return {row.set_id: row.axis for row in read_manifest(repository / "resources" / "gene_sets")}


@pytest.fixture(scope="module")
def rows(repository: Path) -> dict[str, dict[str, str]]:
    source = repository.parent / "shared" / "knowledge" / "claims.tsv"
    if not source.is_file():
        pytest.skip("shared data missing: no file shared/knowledge/claims.tsv beside the checkout")
    with source.open(encoding="utf-8", newline="") as stream:
        table = {row["claim_id"]: row for row in csv.DictReader(stream, delimiter="\t")}
    return {name: row for name, row in table.items() if name not in PLACEHOLDERS}


@pytest.fixture(scope="module")
def registered(claims, rows) -> list[tuple[str, RegisteredClaim, dict[str, str]]]:
    """Every claim of the table, by the name of its row, with the row."""
    return [(name, claims[part], row) for name, row in rows.items() for part in SPLIT.get(name, (name,))]


def test_every_row_but_the_placeholders_is_registered(claims, rows):
    assert len(rows) == 81
    assert {name for name, row in claims.items() if row.claim.origin != "lab"} == set(rows) | set(DERIVED) | SPLIT_OFF


def test_a_file_a_compound(claims):
    for row in claims.values():
        others = {r.claim.compound for r in claims.values() if r.path == row.path}
        assert row.path.name == "controls.yaml" or len(others) == 1
        if row.claim.compound:
            files = {r.path for r in claims.values() if r.claim.compound == row.claim.compound}
            assert len(files) == 1


def test_origin_tier_compound_context_and_quote_are_those_of_the_row(registered):
    for name, given, row in registered:
        claim = given.claim
        assert claim.origin == row["origin"]
        assert claim.compound == (row["compound_id"] or ("isopsoralen" if name == "E32" else None))
        assert claim.control == (row["claim_class"] if row["origin"] == "control" else None)
        assert claim.tier == TIERS_OF_CONTROLS.get(row["readout_tier"], row["readout_tier"])
        assert (claim.quote or "") == row["source_quote"]
        assert claim.context.as_published == row["cell_context_claimed"]
        assert (claim.compound is None) == (claim.treatment is not None)


def test_the_axis_is_that_of_the_primary_set_or_else_of_the_row(registered, axes):
    for name, given, row in registered:
        primary = given.claim.primary.readout
        own = axes.get(primary.id) if primary.type in NAMES_A_SET else None
        assert given.claim.axis == (own or row["mechanism_axis"]), name


def test_every_readout_of_a_row_is_a_part(claims, rows):
    for name, row in rows.items():
        parts = {p.readout.id: p for one in SPLIT.get(name, (name,)) for p in claims[one].claim.parts}
        for named in _readouts(row["readout_id"]):
            part = parts.get(OTHERWISE.get((name, named), named))
            assert part is not None, f"{name}: {named}"
            for word in ("up", "down"):
                if row["expected_direction"] == word and part.readout.type not in NOT_TRANSCRIPT_LEVEL:
                    assert part.direction == word
            assert part.direction == DIRECTIONS.get(name, {}).get(named, part.direction)


def _readouts(text: str) -> list[str]:
    names = []
    for group in text.replace(" (signed weights)", "").split(";"):
        names += group.removeprefix("CollecTRI:").split(",") if group.startswith("CollecTRI:") else [group]
    return names


@pytest.mark.parametrize(
    ("claim", "kind", "direction"),
    [
        ("S02c", "atp", "up"), ("S03d", "mirna", "changed"), ("S03e", "state_abundance", "up"),
        ("S04b", "phosphorylation", "up"),
        ("M03", "pathway", "changed"), ("M04", "gene_set", "changed"), ("M05", "chromatin", "changed"),
        ("M07", "gene_set", "changed"), ("M09", "variance_share", "up"), ("M12", "ev_cargo", "expressed"),
        ("M14", "gene", "expressed"), ("M15", "gene", "expressed"), ("M16", "organelle_transfer", "up"),
        ("K02", "panel", "no_change"),
        ("E03", "pathway", "down"), ("E26", "gene_set", "up"), ("E27", "gene_set", "down"),
        ("E26b", "gene_set", "down"), ("E15", "gene_set", "changed"), ("E10", "gene_set", "no_change"),
    ],
)  # fmt: skip
def test_the_primary_part(claims, claim, kind, direction):
    primary = claims[claim].claim.primary
    assert (primary.readout.type, primary.direction) == (kind, direction)


def test_directions_that_a_row_gives_part_by_part(claims):
    def directions(name: str) -> dict[str, str]:
        return {part.readout.id: part.direction for part in claims[name].claim.parts}

    assert directions("E26") == {"ADIPO_CORE": "up", "PROGENY_WNT": "down"}
    assert directions("E26b") == {"OSTEO_EARLY": "down", "PROGENY_WNT": "down"}
    # the row: "direction recalled", "no sign in the read text"
    assert set(directions("E15").values()) == {"changed"}
    assert directions("E13")["PPARG"] == "down"
    assert directions("X03")["SOST"] == "down"
    assert directions("E05") == {"SENESCENCE_ARREST_UP": "down", "PROGENY_NFKB": "down", "HALLMARK_E2F_TARGETS": "up"}
    assert directions("E19")["HALLMARK_APOPTOSIS"] == "down"
    assert directions("E19")["HALLMARK_E2F_TARGETS"] == "no_change"
    assert directions("E16")["HALLMARK_APOPTOSIS"] == "down"
    assert directions("E12") == {"ADIPO_CORE": "down", "PROGENY_WNT": "up"}
    assert directions("E32")["ADIPO_CORE"] == "down"


def test_every_source_of_a_row_can_be_resolved(registered):
    pattern = r"(?P<doi>10\.\d{4,9}/[^\s;,\")]+)|PMID (?P<pmid>\d+)|(?P<pmcid>PMC\d+)|(?P<geo>GSE\d+)"
    for name, given, row in registered:
        sources = given.claim.sources
        assert sources, name
        for found in re.finditer(pattern, row["source_id"]):
            assert f"{found.lastgroup}:{found.group(found.lastgroup)}" in sources
        if "to verify" in row["source_id"] + row["source_id_status"]:
            assert any(re.fullmatch(FORMS["to verify"], source) for source in sources), name


def test_the_status_of_a_source_is_that_of_the_row(registered):
    for _, given, row in registered:
        status = given.claim.source_status
        assert status.startswith("not applicable" if row["source_id_status"] == "n/a" else row["source_id_status"])
        assert ("Chinese digest" in status) == ("Chinese digest" in row["source_id"])


def test_nothing_is_more_certain_than_its_row(claims, registered):
    for name, one, row in registered:
        words = re.match(r"[a-z]+(-(moderate|high))?", row["confidence"].replace("n/a", "not applicable"))
        given = words.group() if words and words.group() in CERTAINTIES else "low"
        given = "not applicable" if row["confidence"].startswith("n/a") else given
        level = one.claim.certainty.level
        assert CERTAINTIES.index(level) <= CERTAINTIES.index(given), name
    for name in DERIVED:
        claim = claims[name].claim
        assert claim.certainty.level == "low"
        assert [source.split(":")[0] for source in claim.sources] == ["unpublished"]
    assert "inferred" in claims["S05b"].claim.statement.en
    assert "推断" in claims["S05b"].claim.statement.zh


def test_nothing_is_more_testable_than_its_row(registered):
    for _, given, row in registered:
        said = row["testability"].casefold()
        level = given.claim.testability.level
        if said.startswith("not testable"):
            assert level == "not testable"
        if said.startswith(("footprint", "proxy")):
            assert TESTABILITIES.index(level) <= TESTABILITIES.index(said.split()[0].rstrip(";"))


def test_conflicts_and_retractions_are_those_of_the_row(claims, registered):
    for name, given, row in registered:
        claim = given.claim
        assert set(claim.conflicts) == {i for i in row["conflicting_claims"].split(",") if i and (name, i) not in NO_CONFLICT}
        said = row["retraction_status"]
        status = "retracted" if "RETRACTED" in said else "corrected" if "corrigendum" in said else said
        assert claim.retraction.status == status
        notice = re.search(r"10\.[^\s,)]+", said)
        assert claim.retraction.notice == (f"doi:{notice.group()}" if notice else None)
    assert [name for name in claims if claims[name].claim.is_retracted] == ["E32"]
