from hypothesis import given
from hypothesis import strategies as st

from scvalid.io.gene_names import Ortholog
from scvalid.registry.rebuild.names.translation import translate

ORTHOLOGS = {"RUNX2": Ortholog("Runx2", "hcop_clear"), "TP53": Ortholog("Trp53", "hcop_hgnc")}


def test_genes_are_translated_and_the_lost_are_named():
    found = translate(["CXCL8", "TP53", "RUNX2"], orthologs=ORTHOLOGS)
    assert found.symbols == {"TP53": "Trp53", "RUNX2": "Runx2"}
    assert found.basis == {"TP53": "hcop_hgnc", "RUNX2": "hcop_clear"}
    assert found.lost == ("CXCL8",)


@given(st.lists(st.sampled_from(["RUNX2", "TP53", "A", "B", "C"]), unique=True))
def test_every_gene_is_either_translated_or_lost(genes):
    found = translate(genes, orthologs=ORTHOLOGS)
    assert sorted([*found.symbols, *found.lost]) == sorted(genes)
    assert set(found.basis) == set(found.symbols)
