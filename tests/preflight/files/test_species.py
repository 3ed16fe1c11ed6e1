import pytest

from scvalid.io.gene_names import read_symbols
from scvalid.preflight.files.species import contradicts, own_symbols, species_of


@pytest.fixture(scope="module")
def tables(repository):
    return {name: read_symbols(repository / "resources" / "genes" / f"{name}.tsv.gz") for name in ("human", "mouse", "rat")}


@pytest.fixture(scope="module")
def own(tables):
    return own_symbols(tables)


@pytest.mark.parametrize("species", ["human", "mouse", "rat"])
def test_whole_annotations_and_parts_of_them_are_recognised(species, tables, own):
    symbols = sorted(set(tables[species].values()))
    for part in (symbols, symbols[::7], symbols[:3000], symbols[-3000:]):
        assert species_of(part, [], own=own) == (species,)
    assert species_of([], list(tables[species])[:500], own=own) == (species,)


def test_what_rodents_share_is_left_open(tables, own):
    shared = sorted(set(tables["mouse"].values()) & set(tables["rat"].values()) - set(tables["human"].values()))
    assert species_of(shared, [], own=own) == ("mouse or rat",)
    assert not contradicts(("mouse or rat",), "rat")
    assert contradicts(("mouse or rat",), "human")


def test_mixtures_name_both(tables, own):
    human, mouse = (sorted(set(tables[name].values()))[::5] for name in ("human", "mouse"))
    assert set(species_of(human + mouse, [], own=own)) == {"human", "mouse"}
    assert contradicts(("human", "mouse"), "human")
    ids = [*list(tables["human"])[:300], *list(tables["mouse"])[:100]]
    assert species_of([], ids, own=own) == ("human", "mouse")


def test_probes_and_few_names_say_nothing(own):
    assert species_of([f"G{i}" for i in range(99)], [], own=own) == ()
    assert species_of(["TP53", "Gapdh"], [], own=own) == ()
    assert not contradicts((), "human")


def test_a_few_foreign_names_are_no_mixture(tables, own):
    human, mouse = (sorted(set(tables[name].values())) for name in ("human", "mouse"))
    assert species_of(human[:2000] + mouse[:50], [], own=own) == ("human",)
