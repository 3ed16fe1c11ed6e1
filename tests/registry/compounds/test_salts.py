"""A salt is one substance under many names; another salt is another mass."""

import pytest

from scvalid.registry.compounds.salts import find_salt, names_of_salts


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
