"""The strongest genes of PROGENy keep their sign and their order."""

import pandas as pd
import pytest

from scvalid.errors import ContractError
from scvalid.registry.rebuild.sets.progeny import strongest_genes


def model(*rows):
    return pd.DataFrame(rows, columns=["gene", "pathway", "weight", "p.value"])


def test_the_smallest_p_are_kept_with_their_signs():
    table = model(("A", "p53", 1.0, 0.3), ("B", "p53", -2.12345678, 0.1), ("C", "p53", 3.0, 0.2), ("A", "WNT", -1.0, 0.9))
    assert strongest_genes(table, n_genes=2) == {"PROGENY_WNT": {"A": -1.0}, "PROGENY_P53": {"B": -2.123457, "C": 3.0}}
    assert list(strongest_genes(table, n_genes=2)["PROGENY_P53"]) == ["B", "C"]
    assert list(strongest_genes(table, n_genes=1, suffix="_TOP1")) == ["PROGENY_WNT_TOP1", "PROGENY_P53_TOP1"]


def test_of_equal_p_the_first_row_is_kept():
    table = model(("A", "X", 1.0, 0.1), ("B", "X", 2.0, 0.1))
    assert strongest_genes(table, n_genes=1) == {"PROGENY_X": {"A": 1.0}}
    assert strongest_genes(table[::-1], n_genes=1) == {"PROGENY_X": {"B": 2.0}}


def test_a_model_that_is_none_is_refused():
    with pytest.raises(ContractError, match=r"no p\.value"):
        strongest_genes(model().drop(columns="p.value"), n_genes=1)
    with pytest.raises(ContractError, match="one twice"):
        strongest_genes(model(("A", "X", 1.0, 0.1), ("A", "X", 2.0, 0.2)), n_genes=1)


@pytest.mark.parametrize("species", ["human", "mouse"])
def test_it_is_what_sorting_each_pathway_by_hand_gives(shared_data, species):
    table = pd.read_csv(shared_data / f"progeny/progeny_{species}_full.csv.gz")
    found = strongest_genes(table, n_genes=100)
    for name in ("PI3K", "JAK-STAT"):
        own = table[table["pathway"] == name]
        rows = sorted(zip(own["p.value"], range(len(own)), own["gene"], own["weight"], strict=True))[:100]
        assert found[f"PROGENY_{name}"] == {gene: round(weight, 6) for _, _, gene, weight in rows}
    assert sum(weight > 0 for weight in found["PROGENY_PI3K"].values()) == (8 if species == "human" else 7)
