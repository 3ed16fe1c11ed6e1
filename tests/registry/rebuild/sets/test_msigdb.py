"""GMT files give exactly the registered sets, or the name of the one that is missing."""

import pytest

from scvalid.errors import SubmissionError
from scvalid.registry.rebuild.sets.files import sets_of_file
from scvalid.registry.rebuild.sets.msigdb import choose_sets, strict_glycolysis

PORE = (
    "AAAS NDC1 NUP107 NUP133 NUP153 NUP155 NUP160 NUP188 NUP205 NUP210 NUP214 NUP35 NUP37 NUP42 NUP43 NUP50 NUP54 NUP58 "
    "NUP62 NUP85 NUP88 NUP93 NUP98 POM121 POM121C RAE1 RANBP2 SEC13 SEH1L TPR"
)


def test_registered_sets_in_their_order_and_no_other():
    sets = {"A": {"X": 1.0}, "B": {"Y": 1.0}, "C": {"Z": 1.0}}
    assert list(choose_sets(sets, registered=["C", "A"]).items()) == [("C", {"Z": 1.0}), ("A", {"X": 1.0})]


def test_each_missing_set_is_named():
    with pytest.raises(SubmissionError) as caught:
        choose_sets({"HALLMARK_HYPOXIA": {"X": 1.0}}, registered=["HALLMARK_HYPOXIAS", "WP_FERROPTOSIS", "HALLMARK_HYPOXIA"])
    assert len(caught.value.findings) == 2
    assert "'HALLMARK_HYPOXIAS'" in caught.value.findings[0]
    assert "Did you mean 'HALLMARK_HYPOXIA'?" in caught.value.findings[0]
    assert "'WP_FERROPTOSIS'" in caught.value.findings[1]


def test_the_strict_set_is_glycolysis_without_the_nuclear_pore(repository):
    sets = sets_of_file(repository / "resources/gene_sets/msigdb_human.tsv")
    whole, strict = sets["REACTOME_GLYCOLYSIS"], sets["GLYCOLYSIS_STRICT"]
    assert strict == strict_glycolysis(whole)
    assert " ".join(sorted(whole.keys() - strict.keys())) == PORE
    assert {"HK2", "PFKFB3", "GAPDH", "PKM", "TPI1"} <= strict.keys()
    # a gene that merely begins like one of the pore stays
    assert strict_glycolysis({"NUPR1": 1.0, "TPRKB": 1.0, "SEC13": 1.0}) == {"NUPR1": 1.0, "TPRKB": 1.0}
