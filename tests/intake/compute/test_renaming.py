from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from scvalid.intake.compute.renaming import current_names

TABLE = {"i1": "A", "i2": "B", "i3": "C"}
ALIASES = {"oldA": "A", "olderA": "A", "oldB": "B", "B": "C"}


def _named(given, ids=None, aliases=ALIASES):
    return current_names(given, ids or [""] * len(given), symbol_of_id=TABLE, aliases=aliases)


def test_an_outdated_name_is_renamed_and_any_other_stays():
    assert _named(["oldA", "x", "", "C"]) == ["A", "x", "", "C"]


def test_a_current_symbol_is_never_an_alias():
    assert _named(["B"]) == ["B"]


def test_no_renaming_where_the_file_has_the_current_symbol_or_two_old_names_of_it():
    assert _named(["oldA", "A"]) == ["oldA", "A"]
    assert _named(["oldA", "olderA", "oldB"]) == ["oldA", "olderA", "B"]
    assert _named(["oldB", "x"], ["", "i2"]) == ["oldB", "B"]  # x is B by its id


def test_the_id_wins_over_the_name_even_in_a_ring():
    assert _named(["B", "C", "oldA"], ["i1", "i2", "i3"]) == ["A", "B", "C"]


def test_the_name_of_a_gene_without_a_known_id_is_not_given_to_another():
    assert _named(["x", "A"], ["i1", "gone"]) == ["x", "A"]


def test_one_outdated_name_on_two_rows_is_one_gene():
    assert _named(["oldA", "oldA"]) == ["A", "A"]


def test_without_a_table_of_outdated_names_the_file_is_believed_and_an_id_names_only_what_has_no_name():
    assert _named(["Actb", "x", "", ""], ["i1", "", "i2", "gone"], aliases={}) == ["Actb", "x", "B", ""]
    assert _named(["B", ""], ["i1", "i2"], aliases={}) == ["B", ""]  # B is the first in the file, the second in the table


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "x"]), st.sampled_from(["", "i1", "i2", "gone"])), max_size=8))
def test_without_a_table_no_name_of_the_file_changes(genes):
    names, ids = [name for name, _ in genes], [gene_id for _, gene_id in genes]
    assert _named(names, ids, aliases={}) == names


NAMES = st.sampled_from(["oldA", "olderA", "oldB", "A", "B", "C", "x", ""])


@given(st.lists(st.tuples(NAMES, st.sampled_from(["", "i1", "i2", "i3", "gone"])), max_size=8))
def test_genes_of_different_names_meet_only_where_both_ids_say_so(genes):
    names, ids = [name for name, _ in genes], [gene_id for _, gene_id in genes]
    now = _named(names, ids)
    for i, j in combinations(range(len(genes)), 2):
        is_known = ids[i] in TABLE, ids[j] in TABLE
        if names[i] and names[j] and now[i] == now[j] and not all(is_known):
            assert names[i] == names[j]
        if names[i] == names[j] and not any(is_known):
            assert now[i] == now[j]
