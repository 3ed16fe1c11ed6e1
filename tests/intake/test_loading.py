import numpy as np
import pytest

from scvalid.errors import SubmissionError
from scvalid.intake.loading import choose_counts, load_sample, remarks_of_choice
from scvalid.intake.readers.opening import opened
from scvalid.intake.settings import IntakeSettings


def test_layer_named_by_the_lab_goes_before_x(adata, written):
    adata.layers["unspliced"] = adata.X * 2
    settings = IntakeSettings(counts_layer="unspliced")
    loaded = load_sample(written(adata), settings=settings, species="human", selection={"donor": "107"}, where="f")
    assert loaded.counts_from == "layer:unspliced"
    assert np.array_equal(loaded.counts.toarray(), 2 * adata.X[1::2].toarray())
    assert list(loaded.barcodes) == list(adata.obs_names[1::2])


def test_every_matrix_without_counts_is_named(adata, written):
    adata.X = adata.X * 0.5
    adata.layers["counts"] = -adata.X
    with opened(written(adata), where="f") as reader:
        name, (finding,) = choose_counts(reader, layer=None, where="f")
    assert name is None
    assert "normalised counts" in finding
    assert "negative values" in finding
    with pytest.raises(SubmissionError, match="negative values"):
        load_sample(written(adata), settings=IntakeSettings(), species="human", selection={}, where="f")


def test_antibodies_are_left_out(tenx_h5):
    loaded = load_sample(tenx_h5(version=3), settings=IntakeSettings(), species="human", selection={}, where="f")
    assert loaded.counts.shape == (30, 20)
    assert "FOS" not in loaded.genes.columns["gene_symbols"]


def test_of_two_matrices_of_counts_the_one_with_far_more_genes_is_taken(adata, written):
    for n_genes, expected in ((10, "raw"), (18, "X")):
        cut = adata[:, :n_genes].copy()
        cut.raw = adata
        path = written(cut, f"{n_genes}.h5ad")
        loaded = load_sample(path, settings=IntakeSettings(), species="human", selection={}, where="f")
        assert loaded.counts_from == expected
        assert loaded.counts.shape[1] == len(loaded.genes.index) == (21 if expected == "raw" else 18)
        with opened(path, where="f") as reader:
            said = remarks_of_choice(reader, expected)
        assert said == (["has 10 genes in 'X' and 21 in 'raw': the counts are taken from 'raw'."] if expected == "raw" else [])


@pytest.mark.parametrize(
    ("layers", "layer", "expected"),
    [
        (["raw_counts"], None, "The layer 'raw_counts' holds counts: set intake.counts_layer: raw_counts."),
        (["umi", "other"], None, "The layers 'other' and 'umi' hold counts: set intake.counts_layer: the one with all counts"),
        (["spliced", "unspliced"], None, "or hand in the sum of spliced and unspliced ones."),
        (["counts"], "log", "The layer 'counts' holds counts: set intake.counts_layer: counts."),
        ([], None, "Hand in the counts before normalisation"),
    ],
)
def test_the_matrix_that_does_hold_counts_is_named(adata, written, layers, layer, expected):
    for name in layers:
        adata.layers[name] = adata.X.copy()
    adata.X = adata.X * 0.37
    adata.layers["log"] = adata.X.copy()
    with opened(written(adata), where="f") as reader:
        name, (finding,) = choose_counts(reader, layer=layer, where="f")
    assert name is None
    assert expected in finding


def test_a_stated_layer_without_counts_leads_back_to_x(adata, written):
    adata.layers["log"] = adata.X * 0.37
    with opened(written(adata), where="f") as reader:
        _, (finding,) = choose_counts(reader, layer="log", where="f")
    assert "'X' holds counts: set intake.counts_layer to null." in finding
