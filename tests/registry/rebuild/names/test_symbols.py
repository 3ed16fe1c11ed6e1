import pytest

from scvalid.io.gene_names import Alias, read_aliases, read_symbols
from scvalid.registry.rebuild.names.symbols import CurrentName, Status, current_symbols

ALIASES = {"DDX58": Alias("RIGI", "previous"), "RIG-I": Alias("RIGI", "alias"), "A": Alias("B", "alias")}


def test_each_name_says_what_it_is_in_the_order_given():
    found = current_symbols(["x", "RIG-I", "DDX58", "A", "RIGI"], known={"RIGI", "A", "B"}, aliases=ALIASES)
    assert list(found.items()) == [
        ("x", CurrentName("", Status.UNKNOWN)),
        ("RIG-I", CurrentName("RIGI", Status.ALIAS)),
        ("DDX58", CurrentName("RIGI", Status.PREVIOUS)),
        ("A", CurrentName("A", Status.CURRENT)),  # current today, whatever it meant once
        ("RIGI", CurrentName("RIGI", Status.CURRENT)),
    ]


@pytest.mark.parametrize("species", ["human", "mouse"])
def test_current_names_are_settled(species, repository):
    folder = repository / "resources" / "genes"
    known = frozenset(read_symbols(folder / f"{species}.tsv.gz").values())
    aliases = read_aliases(folder / f"aliases_{species}.tsv.gz")
    once = current_symbols(aliases, known=known, aliases=aliases)
    again = current_symbols({name.symbol for name in once.values()}, known=known, aliases=aliases)
    assert {name.status for name in once.values()} <= {Status.PREVIOUS, Status.ALIAS}
    assert {name.status for name in again.values()} == {Status.CURRENT}
