import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from scvalid.intake.compute.genes import MT, RIBO, GeneTable, is_gene_expression, merge_genes, name_genes

TABLE = {"ENSG00000111640": "GAPDH", "ENSG00000182378": "PLCXD1", "ENSG00000000001": "AAA"}
ALIASES = {"outdated": "AAA"}


def _genes(index, **columns):
    return GeneTable(np.array(index, dtype=object), {c: np.array(v, dtype=object) for c, v in columns.items()})


def test_ids_lose_version_and_win_over_the_symbol_of_the_file_where_they_are_known():
    genes = _genes(
        ["ENSG00000111640.15", "ENSG00000182378.14_PAR_Y", "ENSG00000099999", "ENSG00000000001"],
        feature_name=["G3PD", "", "nan", "ENSG00000000001"],
    )
    named = name_genes(genes, symbol_of_id=TABLE, aliases=ALIASES)
    assert list(named.symbols) == ["GAPDH", "PLCXD1", "", "AAA"]
    assert named.n_renamed == 1
    assert list(named.gene_ids) == ["ENSG00000111640", "ENSG00000182378", "ENSG00000099999", "ENSG00000000001"]
    assert named.id_type == "ensembl"


def test_symbols_keep_the_ids_that_stand_beside_them_and_lose_genome_prefix_and_cellxgene_suffix():
    genes = _genes(
        ["GRCh38_GAPDH", "TBCE_ENSG00000284770"], gene_ids=["ENSG00000111640", "ENSG00000284770.2"], symbol=["x", "y"]
    )
    named = name_genes(genes, symbol_of_id=TABLE, aliases=ALIASES)
    assert list(named.symbols) == ["GAPDH", "TBCE"]
    assert named.n_renamed == 0
    assert list(named.gene_ids) == ["ENSG00000111640", "ENSG00000284770"]
    of_column = name_genes(genes, symbol_of_id={}, aliases={}, gene_column="symbol")
    assert list(of_column.symbols) == ["x", "y"]


def test_outdated_symbols_without_ids_are_renamed_and_counted():
    named = name_genes(_genes(["GRCh38_G3PD", "MINE"]), symbol_of_id=TABLE, aliases={"G3PD": "GAPDH"})
    assert list(named.symbols) == ["GAPDH", "MINE"]
    assert (named.n_renamed, named.at(np.array([0])).n_renamed) == (1, 1)


@given(st.lists(st.sampled_from(["A", "B", "C", "D", ""]), min_size=1, max_size=8), st.integers(0, 99))
def test_duplicates_are_summed_wherever_they_stand(symbols, seed):
    dense = np.random.default_rng(seed).poisson(2, size=(5, len(symbols))).astype(np.float32)
    merged, first = merge_genes(sparse.csr_matrix(dense), symbols)
    expected = {}
    for j, symbol in enumerate(symbols):
        if symbol:
            expected[symbol] = expected.get(symbol, 0) + dense[:, j]
    assert [symbols[i] for i in first] == list(expected)
    assert [symbols.index(s) for s in expected] == list(first)
    assert np.array_equal(merged.toarray(), np.array([*expected.values()]).reshape(-1, 5).T)


def test_other_features_are_left_out_only_where_types_are_stated():
    assert list(is_gene_expression(_genes(["a", "b"], feature_types=["Gene Expression", "Antibody Capture"]))) == [True, False]
    assert is_gene_expression(_genes(["a", "b"], feature_type=["protein_coding", "lncRNA"])).all()


RIBOSOMAL = ("RPS6", "RPL13A", "RPLP0", "RPSA", "RPS4X", "RPS4Y1", "RPL36AL", "RPL7L1", "RPS27L", "Rpl10a", "Rps6", "Rplp2")
SIMILAR = ("RPS6KA1", "RPS6KB1", "RPL13AP5", "RPL10P3", "RPL17-C18orf32", "RPS19BP1", "MRPL15", "RPS10-NUDT3", "RPN1")


@pytest.mark.parametrize(
    ("symbols", "is_ribo", "is_mt"),
    [
        (RIBOSOMAL, True, False),
        (SIMILAR, False, False),
        (("MT-CO1", "mt-Nd1", "Mt-nd6"), False, True),
        (("MT1X", "MTOR", "Mt2", "MTND1P23"), False, False),
    ],
)
def test_ribosomal_and_mitochondrial_genes(symbols, is_ribo, is_mt):
    assert [s for s in symbols if bool(RIBO.fullmatch(s)) != is_ribo] == []
    assert [s for s in symbols if bool(MT.match(s)) != is_mt] == []
