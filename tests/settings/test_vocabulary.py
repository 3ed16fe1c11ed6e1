"""Spellings of cells, media and challenges: what people write for one thing is one thing, and nothing else is."""

import pytest
from pydantic import ValidationError

from scvalid.settings import Context
from scvalid.settings.vocabulary import cell_type_of, challenge_of, medium_of


@pytest.mark.parametrize(
    "name",
    [
        "MSC", "MSCs", "msc", "BM-MSC", "hBM-MSCs", "hUC MSC", "BMSCs", "hADSCs", "PDLSC", "Wharton's jelly MSC",
        "mesenchymal stem cell", "Mesenchymal Stromal Cells", "human bone marrow-derived mesenchymal stem cells",
        "multipotent mesenchymal stromal cells", "间充质干细胞", "人骨髓间充质干细胞", "间充质基质细胞",
    ],
)  # fmt: skip
def test_names_of_msc(name):
    assert cell_type_of(name) == "MSC"


@pytest.mark.parametrize(
    "name",
    [
        "PBMC", "HSC", "SC", "microglia", "microglia co-cultured with MSC", "smooth muscle cell", "osteoblast",
        "MSC-derived EV", "hematopoietic stem cells", "小胶质细胞与间充质干细胞", "iPSC",
        "renal tubular epithelial cell",
    ],
)  # fmt: skip
def test_other_cells_stay_what_they_are(name):
    assert cell_type_of(name) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("osteogenic", "osteogenic"), ("Osteogenic induction medium", "osteogenic"), ("成骨诱导培养基", "osteogenic"),
        ("adipogenic differentiation", "adipogenic"), ("成脂", "adipogenic"), ("chondrogenic pellet", "chondrogenic"),
        ("basal", "basal"), ("Growth medium", "basal"), ("basal expansion medium", "basal"), ("生长培养基", "basal"),
        ("osteogenic growth medium", "osteogenic"), ("other", "other"),
    ],
)  # fmt: skip
def test_kinds_of_medium(name, kind):
    assert medium_of(name) == kind
    assert Context(medium=name).medium == kind


@pytest.mark.parametrize("name", ["DMEM", "osteogenic and adipogenic", "α-MEM + 10 % FBS", ""])
def test_a_medium_that_names_no_kind_or_two_is_refused(name):
    with pytest.raises(ValidationError, match="'basal', 'osteogenic', 'adipogenic', 'chondrogenic' or 'other'"):
        Context(medium=name)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("IFNγ and TNF-α", "TNF + IFNG"), ("none", "无"), ("None", "untreated"), ("IL-1β", "IL1B"),
        ("lipopolysaccharide", "LPS"),
        ("Serum starvation, hypoxia", "hypoxia + serum deprivation"), ("hydrogen peroxide", "H2O2"),
        ("Compound X", "compound x"),
    ],
)  # fmt: skip
def test_one_challenge_in_two_spellings(one, two):
    assert challenge_of(one) == challenge_of(two)


@pytest.mark.parametrize(
    ("one", "two"), [("TNF", "TNF + IFNG"), ("IL1A", "IL1B"), ("none", "TNF"), ("hypoxia", "normoxia"), ("H2O2", "H2O")]
)
def test_different_challenges(one, two):
    assert challenge_of(one) != challenge_of(two)
