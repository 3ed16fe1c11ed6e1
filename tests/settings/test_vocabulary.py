"""Spellings of cells, media and challenges: what people write for one thing is one thing, and nothing else is."""

import pytest
from pydantic import ValidationError

from scvalid.settings import Context
from scvalid.settings.vocabulary import cell_type_of, challenge_of, is_challenge, medium_of


@pytest.mark.parametrize(
    "name",
    [
        "MSC",
        "MSCs",
        "msc",
        "BM-MSC",
        "hBM-MSCs",
        "hUC MSC",
        "BMSCs",
        "hADSCs",
        "PDLSC",
        "Wharton's jelly MSC",
        "mesenchymal stem cell",
        "Mesenchymal Stromal Cells",
        "human bone marrow-derived mesenchymal stem cells",
        "multipotent mesenchymal stromal cells",
        "间充质干细胞",
        "人骨髓间充质干细胞",
        "间充质基质细胞",
        "bone marrow stromal cells",
        "adipose-derived stem cells",
        "adipose tissue derived stromal cells",
        "dental pulp stem cells",
        "periodontal ligament stem cells",
        "mesenchymal stem/stromal cells",
        "Mesenchymal stromal cells (MSCs)",
        "MSCs from bone marrow",
        "MSC (bone marrow)",
        "multipotent stromal cells",
        "synovium-derived MSC",
        "adult MSC",
        "hAMSC",
        "menstrual blood MSC",
        "human umbilical cord blood mesenchymal stem cells",
        "CL:0000134",
        "hPMSC",
        "UCB-MSC",
        "iPSC-MSC",
        "iMSC",
        "SHED",
        "SCAP",
        "人BMSCs",
        "小鼠BMSC",
        "脂肪干细胞",
        "骨髓基质细胞",
        "骨髓间质干细胞",
        "牙髓干细胞",
        "牙周膜干细胞",
        "人脐血间充质干细胞",
        "经血间充质干细胞",
    ],
)
def test_names_of_msc(name):
    assert cell_type_of(name) == "MSC"


@pytest.mark.parametrize(
    "name",
    [
        "PBMC",
        "HSC",
        "SC",
        "microglia",
        "microglia co-cultured with MSC",
        "smooth muscle cell",
        "osteoblast",
        "MSC-derived EV",
        "hematopoietic stem cells",
        "小胶质细胞与间充质干细胞",
        "iPSC",
        "bone marrow stem cells",
        "hematopoietic stem and mesenchymal stromal cells",
        "stromal cells",
        "造血干细胞",
        "基质细胞",
        "MSC extracellular vesicles",
        "adipose tissue",
        "renal tubular epithelial cell",
    ],
)
def test_other_cells_stay_what_they_are(name):
    assert cell_type_of(name) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("osteogenic", "osteogenic"),
        ("Osteogenic induction medium", "osteogenic"),
        ("成骨诱导培养基", "osteogenic"),
        ("adipogenic differentiation", "adipogenic"),
        ("成脂", "adipogenic"),
        ("chondrogenic pellet", "chondrogenic"),
        ("basal", "basal"),
        ("Growth medium", "basal"),
        ("basal expansion medium", "basal"),
        ("生长培养基", "basal"),
        ("osteogenic growth medium", "osteogenic"),
        ("other", "other"),
    ],
)
def test_kinds_of_medium(name, kind):
    assert medium_of(name) == kind
    assert Context(medium=name).medium == kind


@pytest.mark.parametrize(
    "name",
    [
        "DMEM",
        "osteogenic and adipogenic",
        "α-MEM + 10 % FBS",
        "",
        "non-osteogenic",
        "not osteogenic",
        "无成骨诱导",
        "没有",
        "osteoclast medium",
        "endothelial growth medium",
        "neural growth medium",
        "hepatogenic maintenance medium",
        "软骨下骨",
    ],
)
def test_a_medium_that_names_no_kind_or_two_is_refused(name):
    with pytest.raises(ValidationError, match="'basal', 'osteogenic', 'adipogenic', 'chondrogenic' or 'other'"):
        Context(medium=name)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("IFNγ and TNF-α", "TNF + IFNG"),
        ("none", "无"),
        ("None", "untreated"),
        ("IL-1β", "IL1B"),
        ("lipopolysaccharide", "LPS"),
        ("Serum starvation, hypoxia", "hypoxia + serum deprivation"),
        ("hydrogen peroxide", "H2O2"),
        ("Compound X", "compound x"),
        ("TNF-a", "TNF"),
        ("TNF-α (10 ng/mL)", "TNF"),
        ("TNF 10 ng/ml", "TNF"),
        ("肿瘤坏死因子α", "TNF"),
        ("干扰素γ", "IFNG"),
        ("IFN-γ/TNF-α", "TNF + IFNG"),
        ("normoxia", "none"),
        ("control", "none"),
        ("no hypoxia", "none"),
        ("dex + none", "dexamethasone"),
        ("1% O2 hypoxia", "hypoxia"),
        ("H2O2 200 uM", "H2O2"),
    ],
)
def test_one_challenge_in_two_spellings(one, two):
    assert challenge_of(one) == challenge_of(two)


@pytest.mark.parametrize(
    ("one", "two"), [("TNF", "TNF + IFNG"), ("IL1A", "IL1B"), ("none", "TNF"), ("hypoxia", "normoxia"), ("H2O2", "H2O")]
)
def test_different_challenges(one, two):
    assert challenge_of(one) != challenge_of(two)


def test_one_of_the_alternatives_or_several_single_ones_together_fit():
    claimed = ("TNF", "IL1B", "OGD")
    assert all(is_challenge(claimed, found) for found in ("TNF", "IL-1β + TNFα", "ogd"))
    assert not any(is_challenge(claimed, found) for found in ("none", "TNF + LPS", ""))
    assert not is_challenge(("hypoxia + serum deprivation",), "hypoxia")
