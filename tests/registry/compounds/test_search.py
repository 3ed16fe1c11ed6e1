"""Find a compound in any language, by identifier and by herb; a near miss offers the nearest names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.registry.compounds.reading import names_of
from scvalid.registry.compounds.salts import names_of_salts
from scvalid.registry.compounds.search import find_compounds, herbs_of, identify_compound, sentence_of_no_compound

EPIMEDIUM = ["icariin", "icaritin", "icariside II", "epimedin C"]


@pytest.mark.parametrize(
    "query",
    [
        "icariin", "ICARIIN ", "淫羊藿苷", "淫羊藿甙", "yinyanghuogan", "TCM003", "tcm003", "489-32-7", "CAS 489-32-7",
        "5318997", "CID 5318997", "PubChem:5318997", "CHEBI:78420", "chebi 78420", "TZJALUIVHRYQQB-XLRXWWTNSA-N",
    ],
)  # fmt: skip
def test_one_compound_by_any_of_its_names(library, query):
    assert [compound.name for compound in find_compounds(library, query)] == ["icariin"]


@pytest.mark.parametrize(
    "query", ["Epimedium", "epimedium spp.", "Epimedii Folium", "淫羊藿", "yinyanghuo", "Yin yang huo", "yín yáng huò"]
)
def test_all_compounds_of_a_herb_by_any_of_its_names(library, query):
    assert [compound.name for compound in find_compounds(library, query)] == EPIMEDIUM


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Ginsenoside-CK", ["ginsenoside compound K"]),
        ("人参皂苷CK", ["ginsenoside compound K"]),
        ("EGCG", ["(-)-epigallocatechin gallate"]),
        ("黄连素", ["berberine"]),
        ("宝藿苷I", ["icariside II"]),
        ("DMSO", ["dimethyl sulfoxide"]),
        ("Panax notoginseng", ["ginsenoside Rg1"]),
        ("Panax", ["ginsenoside compound K", "ginsenoside Rg1"]),
        ("丹参", ["salvianolic acid B", "tanshinone IIA", "danshensu"]),
        ("盐酸小檗碱", ["berberine"]),
        ("鹽酸小檗鹼", ["berberine"]),
        ("berberine hydrochloride", ["berberine"]),
        ("TMP", ["ligustrazine"]),
        ("AS-IV", ["astragaloside IV"]),
        ("sodium palmitate", ["palmitic acid"]),
        ("薑黃素", ["curcumin"]),
        ("黃芪", ["astragaloside IV"]),
        ("Epimedium brevicornu", EPIMEDIUM),
        ("Curcuma zedoaria", []),
        ("Icariin (TCM003)", ["icariin"]),
        ("Icariin (Sigma, 98%)", ["icariin"]),
        ("淫羊藿苷（标准品）", ["icariin"]),
        ("icari", ["icariin", "icaritin", "icariside II"]),
        ("amen", []),
    ],
)
def test_a_whole_name_goes_before_a_herb_and_a_herb_before_a_part(library, query, names):
    assert [compound.name for compound in find_compounds(library, query)] == names


def test_every_name_identifier_and_herb_finds_its_compound(library):
    for compound in library:
        identifiers = [value for key, (value, _) in compound.identifiers.items() if value]
        for query in [*names_of(compound), *identifiers, compound.compound_id]:
            assert find_compounds(library, query) == (compound,), query
        for herb in herbs_of(compound):
            assert compound in find_compounds(library, herb), herb


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("icarin", "Did you mean 'icariin'"),
        ("curcumine", "'curcumin'"),
        ("yinyanghogan", "'yinyanghuogan' (icariin)"),
        ("淫羊霍苷", "'淫羊藿苷' (icariin)"),
        ("梓纯", "'梓醇' (catalpol)"),
        ("Epimedum", "'Epimedium'"),
        ("x", "lists all"),
        ("", "lists all"),
        ("---", "lists all"),
        ("\x00\x1b[31m", "lists all"),
        ("i" * 5000, "lists all"),
        ("113558-15-9", "Got"),
        ("CID 5488822", "Got"),
    ],
)
def test_a_near_miss_offers_the_nearest_names(library, query, offered):
    assert find_compounds(library, query) == ()
    said = sentence_of_no_compound(library, query)
    assert offered in said
    assert said.isprintable()
    assert len(said) < 400


@pytest.mark.parametrize(
    ("given_names", "names"),
    [
        ({"name": "Icariin"}, ["icariin"]),
        ({"name": "Icariin (Sigma, 98%)"}, ["icariin"]),
        ({"name": "berberine HCl"}, ["berberine"]),
        ({"name": "our substance", "name_zh": "鹽酸小檗鹼"}, ["berberine"]),
        ({"name": "x", "inchikey": "TZJALUIVHRYQQB-XLRXWWTNSA-N"}, ["icariin"]),
        ({"name": "curcumin", "inchikey": "TZJALUIVHRYQQB-XLRXWWTNSA-N"}, ["icariin", "curcumin"]),
        ({"name": "icariin", "name_zh": "姜黄素"}, ["icariin", "curcumin"]),
        ({"name": "(-)-epigallocatechin gallate"}, ["(-)-epigallocatechin gallate"]),
        *[({"name": name}, []) for name in ("acid", "none", "ginseng", "Epimedium", "淫羊藿", "(icariin)x", "icari", "")],
    ],
)
def test_a_compound_is_identified_by_whole_names_alone(library, given_names, names):
    assert [compound.name for compound in identify_compound(library, **given_names)] == names


@given(st.text(max_size=30))
def test_what_identifies_a_compound_finds_it(library, name):
    assert set(identify_compound(library, name=name)) <= set(find_compounds(library, name))


def test_no_name_of_a_salt_stands_for_two_compounds(library):
    for compound in library:
        for name in names_of_salts(compound):
            assert find_compounds(library, name) == (compound,), name


def test_what_is_only_recalled_finds_nothing(library):
    for compound in library:
        for recalled in re.findall(r"(?:cas|pubchem_cid) (\S+)", compound.candidate_unverified):
            assert find_compounds(library, recalled) == ()


@given(st.text(max_size=30))
def test_any_text_is_searched_and_said_in_one_line(library, query):
    assert set(find_compounds(library, query)) <= set(library)
    assert sentence_of_no_compound(library, query).isprintable()
