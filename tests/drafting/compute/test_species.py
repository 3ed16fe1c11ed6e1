"""Species from gene names; mouse and rat are only told apart by names that one of them has."""

import pytest

from scvalid.drafting.compute.species import species_of

CAPITALISED = [f"Gene{i}" for i in range(30)]


@pytest.mark.parametrize(
    ("names", "species"),
    [
        ([f"ENSG{i:011d}" for i in range(20)], "human"),
        ([f"ENSMUSG{i:011d}.3" for i in range(20)], "mouse"),
        ([f"ENSRNOG{i:011d}" for i in range(20)], "rat"),
        ([f"GENE{i}" for i in range(20)], "human"),
        ([*CAPITALISED, "Gm10001", "Gm10002", "0610007P14Rik"], "mouse"),
        ([*CAPITALISED, "RGD1563091", "RGD1563092", "AABR07000046.1"], "rat"),
        (CAPITALISED, ""),
        (["GAPDH"], ""),
        ([f"{i}" for i in range(20)], ""),
    ],
)
def test_species(names, species):
    assert species_of(names) == species
