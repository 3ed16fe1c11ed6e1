import numpy as np
import pytest
from scipy import sparse

from scvalid.intake.contents import look_into
from scvalid.intake.settings import IntakeSettings
from scvalid.preflight.files.genes import GenesSeen
from scvalid.preflight.files.seen import see_sample
from scvalid.qc.settings import QcSettings
from scvalid.settings import Sample


@pytest.fixture
def see(tmp_path, genes):
    """See one sample of a written file."""

    def look(name, cells="", n_cells=300, **qc):
        path = tmp_path / name
        columns = [pair.split("=")[0] for pair in cells.split(";") if pair]
        contents = look_into(path, settings=IntakeSettings(), species="human", columns=columns, n_cells=n_cells, where="f")
        sample = Sample(sample_id="s", path=name, donor_id="d", arm="t", cells=cells)
        seen_genes = GenesSeen(tuple(genes))
        return see_sample(contents, seen_genes, sample, qc=QcSettings(**qc), content_id=1, source=path, where="here")

    return look


def test_a_sample_is_summed_up_over_its_own_cells(see, write, counts):
    table = counts(n_cells=90)
    path = write("x.h5ad", table, obs={"who": ["a"] * 50 + ["b"] * 40})
    seen = see(path, "who=b")
    assert seen.summary.n_cells == 40
    assert seen.summary.median_detected == np.median(np.diff(table[50:].indptr))
    assert len(seen.keys.cells) == len(seen.keys.places) == 40
    assert (seen.faults, seen.doubts) == ((), ())


@pytest.mark.parametrize("keeps_zeros", [True, False])
def test_nothing_but_zeros_is_an_empty_sample(see, write, counts, keeps_zeros):
    zeros = counts()
    zeros.data[:] = 0
    if not keeps_zeros:
        zeros.eliminate_zeros()
    assert [fault.got for fault in see(write("x.h5ad", zeros)).faults] == ["only zeros"]


def test_one_empty_sample_beside_a_full_one_is_found(see, write, counts):
    table = sparse.vstack([counts(), counts() * 0], format="csr")
    path = write("x.h5ad", table, obs={"who": ["a"] * 60 + ["b"] * 60})
    assert see(path, "who=a").faults == ()
    assert len(see(path, "who=b").faults) == 1


def test_few_or_very_rich_cells_are_called_bulk(see, write, counts, monkeypatch):
    assert "has 6 cells: bulk RNA" in see(write("few.h5ad", counts(n_cells=6))).doubts[0]
    path = write("x.h5ad", counts())
    assert see(path).doubts == ()
    monkeypatch.setattr("scvalid.preflight.files.seen.MANY_DETECTED", 500)
    assert "as bulk RNA has" in see(path).doubts[0]


def test_copies_have_the_same_keys_in_other_layouts(see, write, counts):
    names = [f"c{i}" for i in range(60)]
    rows = see(write("rows.h5ad", counts(), cells=names)).keys
    for name, matrix in {"columns.h5ad": sparse.csc_matrix(counts()), "dense.h5ad": counts().toarray()}.items():
        keys = see(write(name, matrix, cells=names)).keys
        np.testing.assert_array_equal(keys.named, rows.named)
        np.testing.assert_array_equal(keys.contents, rows.contents)


def test_the_share_of_deep_cells_and_their_depth_are_of_the_cells_that_qc_keeps(see, write, counts):
    table = counts(n_cells=60).toarray()
    table[:45, 200:] = 0
    totals = table.sum(axis=1)
    seen = see(write("x.h5ad", table), min_counts=1_000)
    assert seen.summary.share_kept == (totals >= 1_000).mean()
    assert 0 < seen.summary.share_kept <= 0.25
    assert seen.depth == pytest.approx(totals[totals >= 1_000].mean())
    assert see("x.h5ad", min_counts=0, min_genes=1).summary.share_kept == 1
    assert see("x.h5ad", min_genes=10_000).summary.share_kept == 0
