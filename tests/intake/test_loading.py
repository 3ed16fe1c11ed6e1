import numpy as np
import pytest

from scvalid.errors import SubmissionError
from scvalid.intake.loading import choose_counts, load_sample
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
