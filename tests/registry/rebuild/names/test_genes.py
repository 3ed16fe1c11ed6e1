import pytest

from scvalid.errors import ContractError
from scvalid.io.gene_names import read_symbols
from scvalid.registry.rebuild.names.gene_names import read_all_genes
from scvalid.registry.rebuild.names.genes import genes_of, symbols_of_genes

ROWS = """ENSG00000143420,ENSA,1,900,protein_coding
ENSG00000000005,TNMD,6,1205,protein_coding
ENSG00000290000,ENSG00000290000,1,5,lncRNA
ENSG00000290001,ENSG00000290001.2,1,5,lncRNA
ENSG00000290002,,1,5,lncRNA
ENSG00000000001,NA,1,5,misc_RNA
ENSG00000000002,Y_RNA,1,5,misc_RNA
ENSG00000000003,Y_RNA,1,5,misc_RNA
ENSG00000000004,Y_RNA,1,5,misc_RNA
"""


def test_only_genes_without_a_name_of_their_own_are_left_out():
    table = genes_of(ROWS.encode(), name="f")
    assert table["gene_id"].is_monotonic_increasing
    # a gene may begin like an id, and may be called like pandas' word for nothing
    assert table["symbol"].tolist() == ["NA", "Y_RNA", "Y_RNA", "Y_RNA", "TNMD", "ENSA"]
    assert symbols_of_genes(table) == {"NA", "TNMD", "ENSA"}


@pytest.mark.parametrize("row", ["ENSG00000000005,AGAIN,1,5,x\n", "gene,name,1,5,x\n"])
def test_a_repeated_or_odd_id_is_refused(row):
    with pytest.raises(ContractError, match="each Ensembl gene id once"):
        genes_of((ROWS + row).encode(), name="f")


@pytest.mark.parametrize(
    ("species", "gene_id", "symbol", "at_least"),
    [
        ("human", "ENSG00000143420", "ENSA", 42_000),
        ("mouse", "ENSMUSG00000039153", "Runx2", 56_000),
        ("rat", "ENSRNOG00000009523", "Rab11fip2", 24_000),
    ],
)
def test_committed_tables(species, gene_id, symbol, at_least, repository):
    symbols = read_symbols(repository / "resources" / "genes" / f"{species}.tsv.gz")
    assert symbols[gene_id] == symbol
    assert len(symbols) >= at_least


def test_rebuild_equals_committed(sources, assert_rebuilt, repository):
    tables = read_all_genes(sources, entered=repository / "resources/genes")
    assert set(tables) == {"human", "mouse", "rat"}
    for species, table in tables.items():
        assert_rebuilt(table, f"{species}.tsv.gz")
