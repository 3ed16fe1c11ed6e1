"""A salt is one substance under many names; another salt is another mass."""

import pytest

from scvalid.registry.compounds.salts import WATER, find_form, find_salt, is_open_hydrate, names_of_salts


@pytest.fixture
def named(library):
    return {compound.name: compound for compound in library}


def test_every_full_name_of_a_salt_means_that_salt(library):
    for compound in library:
        assert {find_salt(compound, name) for name in names_of_salts(compound)} == set(compound.salts)
        for salt in compound.salts:
            assert find_salt(compound, salt.name.upper()) == salt


def test_the_chloride_of_a_cation_is_its_hydrochloride_and_no_other_way_round(named):
    assert find_salt(named["berberine"], "hydrochloride") == find_salt(named["berberine"], "chloride") is not None
    assert find_salt(named["ligustrazine"], "hydrochloride") is not None
    assert find_salt(named["ligustrazine"], "chloride") is None


@pytest.mark.parametrize("word", ["", "-", "sulfate", "chlor", "berberine", "小檗碱"])
def test_the_free_form_or_a_part_of_a_word_is_no_salt(named, word):
    assert find_salt(named["berberine"], word) is None
    assert find_salt(named["icariin"], word) is None


@pytest.mark.parametrize(
    ("name", "text", "n_water"),
    [
        ("quercetin", "dihydrate", 2), ("quercetin", "Quercetin Dihydrate", 2), ("quercetin", "2 H2O", 2),
        ("quercetin", "二水合物", 2), ("quercetin", "hemihydrate", 0.5), ("quercetin", "槲皮素·2H2O", 2),
    ],
)  # fmt: skip
def test_crystal_water_is_added_to_the_free_form(named, name, text, n_water):
    form = find_form(named[name], text, free="free form")
    assert form.n_water == n_water
    assert form.molar_mass == pytest.approx(named[name].molar_mass + n_water * WATER)


@pytest.mark.parametrize("text", ["chloride dihydrate", "berberine chloride dihydrate", "HCl·2H2O", "hydrochloride 2 H2O"])
def test_crystal_water_is_added_to_the_salt(named, text):
    salt = find_salt(named["berberine"], "chloride")
    assert find_form(named["berberine"], text, free="free form").molar_mass == pytest.approx(salt.molar_mass + 2 * WATER)


@pytest.mark.parametrize("text", ["hydrate", "chloride hydrate", "sulfate dihydrate", "curcumin dihydrate", "carbohydrate"])
def test_unknown_water_and_unknown_salts_are_no_form(named, text):
    assert find_form(named["berberine"], text, free="free form") is None
    assert is_open_hydrate(text) == (text in {"hydrate", "chloride hydrate", "carbohydrate"})
