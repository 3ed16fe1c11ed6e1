import numpy as np
import pytest
from scipy import sparse

from scvalid.intake.compute.features import is_gene_of, left_out_of, record_of_others, refused_features
from scvalid.intake.compute.genes import GeneTable

HUMAN = [f"ENSG{i:011d}" for i in range(6)]
MOUSE = [f"ENSMUSG{i:011d}" for i in range(4)]


def _genes(index, **columns):
    return GeneTable(np.array(index, dtype=object), {c: np.array(v, dtype=object) for c, v in columns.items()})


@pytest.mark.parametrize(
    "genes",
    [
        _genes([f"g{i}" for i in range(10)], genome=["GRCh38"] * 6 + ["mm10"] * 4),
        _genes([f"g{i}" for i in range(10)], genome=["hg19"] * 6 + ["GRCm39"] * 4),
        _genes(HUMAN + MOUSE),
        _genes(HUMAN + MOUSE, genome=["GRCh38_and_mm10"] * 10),
        _genes([f"g{i}" for i in range(10)], gene_ids=HUMAN + MOUSE),
        _genes([f"GRCh38_{i}" for i in range(6)] + [f"mm10___{i}" for i in range(4)]),
    ],
    ids=["genome", "older and newer genome", "Ensembl", "one name for both", "column of ids", "prefix"],
)
def test_of_a_mixture_the_genes_of_the_stated_species_are_taken(genes):
    assert list(np.flatnonzero(is_gene_of(genes, species="human"))) == list(range(6))
    assert list(np.flatnonzero(is_gene_of(genes, species="mouse"))) == [6, 7, 8, 9]
    assert is_gene_of(genes, species="rat").all()  # judge_species refuses them all
    left = left_out_of(genes, sparse.csr_matrix(np.arange(20).reshape(2, 10)), is_gene_of(genes, species="human"))
    assert (left.n_features, left.share_of_counts) == (4, round((6 + 7 + 8 + 9 + 16 + 17 + 18 + 19) / 190, 6))


def test_genes_that_name_no_origin_stay_and_a_virus_beside_human_does_not():
    genes = _genes([*HUMAN, "GFP", *MOUSE])
    assert list(np.flatnonzero(~is_gene_of(genes, species="human"))) == [7, 8, 9, 10]
    genes = _genes([*HUMAN, "gp1"], genome=["GRCh38"] * 6 + ["SARS-CoV-2"])
    assert list(is_gene_of(genes, species="human")) == [True] * 6 + [False]
    left = left_out_of(genes, sparse.csr_matrix(np.ones((1, 7))), is_gene_of(genes, species="human"))
    assert left.genomes == ("SARS-CoV-2",)
    assert record_of_others((), left)["other_genomes"]["n_features"] == 1


def test_a_transgene_of_the_stated_species_does_not_hide_another_species():
    genes = _genes([*[f"ENSMUSG{i:011d}" for i in range(50)], HUMAN[0]])
    assert is_gene_of(genes, species="human").all()


def test_one_species_loses_nothing_and_records_nothing():
    genes = _genes(HUMAN, genome=["GRCh38"] * 6)
    assert is_gene_of(genes, species="human").all()
    assert left_out_of(genes, sparse.csr_matrix((2, 6)), is_gene_of(genes, species="human")) is None
    assert record_of_others((), None) == {}


def test_files_without_a_gene_of_the_species_are_refused():
    genomes = _genes(["a", "b"], genome=["mm10", "mRatBN7.2"])
    assert refused_features(genomes, species="human")[0] == "genes of mRatBN7.2 and mm10"
    assert refused_features(genomes, species="rat") is None
    assert refused_features(_genes(["a"], genome=["my_reference"]), species="human") is None
    antibodies = _genes(["a", "b"], feature_types=["Antibody Capture", "Custom"])
    assert refused_features(antibodies, species="human")[0] == "only Antibody Capture and Custom"
