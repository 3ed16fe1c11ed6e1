import numpy as np
from scipy import sparse

from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.compute.modalities import feature_types_of, modalities_of, names_of

KINDS = {
    "A": "Gene Expression", "CD3": "Antibody Capture", "HTO_A": "Antibody Capture", "B": "Gene Expression",
    "TotalSeq-B Hashtag 2": "Antibody Capture", "CMO301": "Multiplexing Capture", "sgTP53": "CRISPR Guide Capture",
    "spike-hashtag1": "Custom", "barcode9": "Custom", "PHTOX": "Antibody Capture", "chr1:1-2": "Peaks",
}  # fmt: skip


def _genes(kinds):
    columns = {
        "feature_types": np.array(list(kinds.values()), dtype=object),
        "gene_symbols": np.array(list(kinds), dtype=object),
    }
    return GeneTable(np.array([f"id{i}" for i in range(len(kinds))], dtype=object), columns)


def test_each_type_and_the_hashtags_are_modalities_and_peaks_are_not():
    counts = np.random.default_rng(0).poisson(3, size=(5, len(KINDS)))
    found = {m.slug: m for m in modalities_of(_genes(KINDS), sparse.csr_matrix(counts))}
    names = list(KINDS)
    expected = {
        "antibody_capture": ["CD3", "PHTOX"],
        "crispr_guide_capture": ["sgTP53"],
        "custom": ["barcode9"],
        "hashtags": ["HTO_A", "TotalSeq-B Hashtag 2", "spike-hashtag1"],
        "multiplexing_capture": ["CMO301"],
    }
    assert {slug: list(m.names) for slug, m in found.items()} == expected
    for slug, wanted in expected.items():
        assert np.array_equal(found[slug].counts.toarray(), counts[:, [names.index(n) for n in wanted]])
    assert found["hashtags"].feature_type == "Antibody Capture and Custom"
    assert names_of(list(found.values()))["custom"] == {"feature_type": "Custom", "names": ["barcode9"]}
    assert "Peaks" in feature_types_of(_genes(KINDS))


def test_biotypes_are_no_modalities():
    genes = _genes({"A": "protein_coding", "B": "lncRNA"})
    assert modalities_of(genes, sparse.csr_matrix((2, 2))) == feature_types_of(genes) == ()
