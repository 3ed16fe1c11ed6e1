import pandas as pd
import pytest

from scvalid.io.gene_names import NICKNAMES, Alias, read_aliases, read_nicknames, read_symbols
from scvalid.registry.rebuild.names.aliases import (
    alias_table,
    human_aliases,
    mouse_aliases,
    read_aliases_human,
    read_aliases_mouse,
)
from scvalid.registry.rebuild.names.genes import read_genes


@pytest.fixture
def rows():
    """Return alias -> (symbol, kind) of a table."""
    return lambda table: {alias: (symbol, kind) for alias, symbol, kind in table.itertuples(index=False, name=None)}


def test_a_name_leads_to_the_only_gene_that_it_can_mean(table_of, rows):
    genes = table_of("RIGI", "DARS1", "TAFAZZIN", "WWTR1", "A", "B")
    withdrawn = [("DDX58", "RIGI"), ("TAZ", "TAFAZZIN"), ("TWICE", "A"), ("TWICE", "B"), ("HALF", "A"), ("HALF", "?gone")]
    used = [("TAZ", "WWTR1"), ("NICK", "A"), ("AMBIG", "A"), ("AMBIG", "B"), ("TWICE", "A"), ("B", "A"), ("b", "A")]
    table = alias_table(withdrawn, used, genes=genes)
    # neither of two genes, no current symbol (nor one in other case); a withdrawn symbol before a nickname
    assert rows(table) == {"DDX58": ("RIGI", "previous"), "TAZ": ("TAFAZZIN", "previous"), "NICK": ("A", "alias")}
    assert table["alias"].is_monotonic_increasing


def test_a_misspelt_symbol_is_not_another_gene(table_of, rows):
    genes = table_of("HK1", "TAC4", "NKX2-1", "MIR93", "MIR9-3", "MT-TP", "MTTP")
    used = [
        ("HK-1", "TAC4"), ("hk_1", "TAC4"), ("Hk.1", "HK1"), ("NKX21", "TAC4"), ("NKX2.1", "NKX2-1"), ("HK-A", "TAC4"),
        ("miR-93", "MIR93"), ("mir-9-3", "MIR9-3"), ("mir-93", "TAC4"), ("mt-tp", "MTTP"),
    ]  # fmt: skip
    # two symbols may be spelt alike but for punctuation: then the one that differs by case alone is meant, or either
    found = {alias: symbol for alias, (symbol, _) in rows(alias_table([], used, genes=genes)).items()}
    assert found == {"Hk.1": "HK1", "NKX2.1": "NKX2-1", "HK-A": "TAC4", "miR-93": "MIR93", "mir-9-3": "MIR9-3"}


def test_a_nickname_of_several_genes_is_no_alias_however_it_is_spelt(table_of, rows):
    genes = table_of("TAFAZZIN", "RIGI")
    table = alias_table([("TAZ", "TAFAZZIN"), ("Taz", "TAFAZZIN"), ("DDX58", "RIGI")], [], genes=genes, nicknames={"TAZ"})
    assert rows(table) == {"DDX58": ("RIGI", "previous")}


def test_a_transcript_beside_a_gene_is_not_the_gene(table_of, rows):
    genes = table_of("BACH1", "DLEU1", "BDNF-AS", "LINC00390", "DIO3OS")
    used = [
        ("GRIK1-AS2", "BACH1"), ("DLEU7-AS1", "DLEU1"), ("X-IT1", "BACH1"), ("X-DT", "BACH1"), ("X-OT1", "BACH1"),
        ("BDNF-AS1", "BDNF-AS"), ("C13orf44-IT1", "LINC00390"), ("DIO3-OS", "DIO3OS"), ("CAST", "BACH1"),
    ]  # fmt: skip
    assert set(rows(alias_table([], used, genes=genes))) == {"BDNF-AS1", "C13orf44-IT1", "DIO3-OS", "CAST"}


def test_names_of_families_and_odd_names_are_left_out(table_of, rows):
    genes = table_of("Y_RNA", "Y_RNA", "Y_RNA", "PAR", "PAR")
    used = [("HY1", "Y_RNA"), ("x y", "PAR"), ("", "PAR"), ("a" * 51, "PAR"), ("a\tb", "PAR"), ("fine", "PAR")]
    assert rows(alias_table([], used, genes=genes)) == {"fine": ("PAR", "alias")}


def test_human_names_are_reached_through_symbol_and_id(table_of, rows):
    genes = table_of("NOW", "ONE", "TWO")
    now, one, two = genes["gene_id"]
    columns = ["alias_symbol", "primary_gene_symbol", "ENSG_ID"]
    previous = pd.DataFrame(
        [("OLD", "NEWEST", {now}), ("GAINSAID", "ONE", {two}), ("READ", "ONE-TWO", {one, "ENSG99999999999"}), ("P", "ONE", {})],
        columns=columns,
    )
    summary = pd.DataFrame(
        [
            ("ILL", "TWO", {two}, "Phenotype Symbol"),
            ("NICK", "TWO", {two}, "Phenotype Symbol, Alternate Abbreviation Symbol"),
            ("BARE", "TWO", None, float("nan")),
            ("NEWEST", "NEWEST", {now}, "Primary Gene Symbol"),
        ],
        columns=["gene_symbol", "primary_gene_symbol", "ENSG_ID", "captured as:"],
    )
    assert rows(human_aliases(previous, summary, genes=genes)) == {
        "OLD": ("NOW", "previous"), "P": ("ONE", "previous"),
        "NICK": ("TWO", "alias"), "BARE": ("TWO", "alias"), "NEWEST": ("NOW", "alias"),
    }  # fmt: skip


def test_mouse_names_follow_their_id(table_of, rows):
    genes = table_of("Rigi", "Dars1")
    rigi, dars = genes["gene_id"]
    pairs = [(rigi, "Ddx58"), (rigi, "Rigi"), (dars, "Dars"), ("gone", "Xyz"), (rigi, "Both"), (dars, "Both")]
    assert rows(mouse_aliases(pairs, genes=genes)) == {"Ddx58": ("Rigi", "previous"), "Dars": ("Dars1", "previous")}


@pytest.mark.parametrize(
    ("species", "alias", "symbol"),
    [
        ("human", "DDX58", "RIGI"),
        ("human", "DARS", "DARS1"),
        ("human", "IL8", "CXCL8"),
        ("human", "MLL2", "KMT2D"),
        ("mouse", "Ddx58", "Rigi"),
        ("mouse", "Ctgf", "Ccn2"),
    ],
)
def test_committed_tables(species, alias, symbol, repository):
    assert read_aliases(repository / f"resources/genes/aliases_{species}.tsv.gz")[alias] == Alias(symbol, "previous")


@pytest.mark.parametrize("species", ["human", "mouse"])
def test_committed_aliases_are_no_symbols_and_lead_to_symbols(species, repository):
    current = set(read_symbols(repository / f"resources/genes/{species}.tsv.gz").values())
    aliases = read_aliases(repository / f"resources/genes/aliases_{species}.tsv.gz")
    assert not current & set(aliases)
    assert {alias.symbol for alias in aliases.values()} <= current
    assert not {"MUM1", "QARS", "NRF2", "COX2", "Both"} & set(aliases)  # each was used of two genes
    capitals = {alias.upper() for alias in aliases}
    assert not read_nicknames(repository / "resources/genes" / NICKNAMES).keys() & capitals
    assert not {"TAZ", "ERK", "RAGE", "P16", "MTS1", "SIP1", "GRIK1-AS2", "DLEU7-AS1"} & capitals
    assert not {"NRF-1", "HSF-1", "RB-1", "HK-1", "NOS-1", "TSC-1", "CAP-1", "AQP-1", "DMT1", "HSF", "PDI"} & capitals


def test_what_people_mean_is_a_current_symbol_of_each_species(repository):
    folder = repository / "resources/genes"
    for species in ("human", "mouse"):
        names = read_nicknames(folder / NICKNAMES, species=species)
        assert {gene for genes in names.values() for gene in genes} <= set(read_symbols(folder / f"{species}.tsv.gz").values())
    assert (names["SCA1"], names["KC"], names["P19"][:2]) == (("Ly6a", "Atxn1"), ("Cxcl1",), ("Cdkn2a", "Cdkn2d"))
    assert read_nicknames(folder / NICKNAMES)["TAZ"] == ("WWTR1", "TAFAZZIN")


@pytest.mark.slow
@pytest.mark.parametrize(("species", "read"), [("human", read_aliases_human), ("mouse", read_aliases_mouse)])
def test_rebuild_equals_committed(species, read, sources, assert_rebuilt, repository):
    nicknames = read_nicknames(repository / "resources/genes" / NICKNAMES).keys()
    assert_rebuilt(read(sources, read_genes(sources, species=species), nicknames=nicknames), f"aliases_{species}.tsv.gz")
