import numpy as np
import pytest
from scipy import sparse

from scvalid.errors import SubmissionError
from scvalid.intake import contents as module
from scvalid.intake.contents import look_into
from scvalid.intake.settings import IntakeSettings


def _look(source, *columns, n_cells=9, settings=None, species="human"):
    settings = settings or IntakeSettings()
    return look_into(source, settings=settings, species=species, columns=columns, n_cells=n_cells, where="f")


def test_some_cells_are_those_at_their_places(adata, written, counts, monkeypatch):
    whole = _look(written(adata))
    assert (whole.cells != counts).nnz == 0
    assert list(whole.places) == list(range(30))
    monkeypatch.setattr(module, "SMALL", 5)
    some = _look(written(adata), "donor")
    assert 0 < len(some.places) < 30
    assert (some.cells != counts[some.places]).nnz == 0
    assert list(some.detected) == list(np.diff(counts.indptr))
    assert some.columns["donor"][1] == "107"
    nothing = _look(written(adata), n_cells=0)
    assert nothing.cells is nothing.places is nothing.detected is None
    assert len(nothing.barcodes) == 30


@pytest.mark.parametrize("layout", ["csr", "csc", "dense"])
def test_the_layout_of_the_matrix_does_not_matter(layout, adata, written, counts):
    adata.X = counts.toarray() if layout == "dense" else sparse.csc_matrix(counts) if layout == "csc" else counts
    seen = _look(written(adata))
    assert (seen.counts_from, seen.shape, seen.faults) == ("X", counts.shape, ())
    assert (seen.cells != counts).nnz == 0


def test_antibodies_are_named_and_not_among_the_genes(tenx_folder, tenx_h5):
    for source in (tenx_folder(version=3), tenx_h5(version=3)):
        seen = _look(source)
        assert seen.modalities == ("Antibody Capture",)
        assert len(seen.genes.index) == seen.cells.shape[1] == seen.shape[1] - 1


def test_every_fault_is_kept_and_the_rest_is_still_seen(adata, written):
    adata.X = np.log1p(adata.X)
    seen = _look(written(adata), "donr", "donor")
    assert len(seen.faults) == 2
    assert "log-normalised" in seen.faults[0]
    assert "Did you mean 'donor'?" in seen.faults[1]
    assert (seen.counts_from, len(seen.genes.index), list(seen.columns)) == ("", 21, ["donor"])
    assert seen.cells is None


def test_what_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(SubmissionError, match="must exist"):
        _look(tmp_path / "none.h5ad")
