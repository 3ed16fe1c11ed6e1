"""Symbols chosen by hand stand before the annotation, and none may be mistyped or meet the symbol of another id."""

import pytest

from scvalid.errors import ContractError
from scvalid.io.gene_names import read_orthologs, read_symbols
from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import GeneSet
from scvalid.registry.rebuild.names.symbol_overrides import RAT_OVERRIDES, read_symbol_overrides, with_symbols


@pytest.mark.parametrize("rows", ["i1\t\tn\n", "\tA\tn\n", "i1\tA\tn\ni1\tB\tn\n", "i1\tA\tn\ni2\tA\tn\n"])
def test_what_contradicts_itself_is_refused(rows, tmp_path):
    sheet = tmp_path / "o.tsv"
    sheet.write_text(f"gene_id\tsymbol\tnote\n{rows}", encoding="utf-8")
    with pytest.raises(ContractError, match="an id and a symbol, each of them once"):
        read_symbol_overrides(sheet)


def test_a_chosen_symbol_replaces_that_of_its_id_alone(table_of):
    genes = table_of("Potef", "Smad2", "Smad2")
    potef, _, second = genes["gene_id"]
    assert with_symbols(genes, {second: "Smad3", potef: "Actb"})["symbol"].tolist() == ["Actb", "Smad2", "Smad3"]
    assert genes["symbol"].tolist() == ["Potef", "Smad2", "Smad2"]


@pytest.mark.parametrize("chosen", [{"ENSG99999999999": "Actb"}, {"ENSG00000000000": "Smad2"}])
def test_an_unknown_id_or_the_symbol_of_another_id_is_refused(chosen, table_of):
    with pytest.raises(ContractError, match=r"symbols that no other id of it bears\. Got 'ENSG"):
        with_symbols(table_of("Potef", "Smad2"), chosen)


def test_rat_has_its_well_known_genes_in_names_pairs_and_sets(repository):
    genes = repository / "resources/genes"
    symbols, orthologs = read_symbols(genes / "rat.tsv.gz"), read_orthologs(genes / "orthologs.tsv.gz", species="rat")
    chosen = read_symbol_overrides(genes / RAT_OVERRIDES)
    assert chosen.items() <= symbols.items()
    for symbol in ("Actb", "Cd36", "Ldha", "Smad3", "Tpi1"):
        assert symbol in chosen.values()
        assert orthologs[symbol.upper()].symbol == symbol
    table = read_gene_sets(repository / "resources/gene_sets/msigdb_rat.tsv", is_panel=True)
    glycolysis = table.loc[table[GeneSet.SET] == "HALLMARK_GLYCOLYSIS", GeneSet.GENE]
    assert {"Ldha", "Tpi1"} <= set(glycolysis)
