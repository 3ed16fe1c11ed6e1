import numpy as np
import pytest
from scipy import sparse

from scvalid.preflight.files.depth import cells_kept, doubts_of_depth, expected_cells, share_of
from scvalid.preflight.files.summary import FileSummary
from scvalid.qc.settings import QcSettings


def _file(name, share, *, kind="filtered", n_cells=100):
    known = dict.fromkeys(["share_nearly_empty", "n_above_knee", "n_above_inflection", "median_detected"])
    return FileSummary(
        sample_id=name, n_cells=n_cells, n_genes=1, format="", counts_from="X", gene_ids="", species=(), kind=kind,
        share_kept=share, sex_markers="unknown", modalities=(), **known,
    )  # fmt: skip


def test_cells_are_kept_as_the_step_of_qc_keeps_them():
    from scvalid.qc.compute.limits import set_limits
    from scvalid.qc.compute.metrics import CellMetrics

    rng = np.random.default_rng(0)
    table = sparse.csr_matrix(rng.poisson(rng.gamma(0.5, 0.6, 400) * rng.uniform(0.1, 4, (200, 1))))
    symbols = ["" if i % 10 == 0 else f"G{i}" for i in range(400)]
    own = table[:, [i for i in range(400) if i % 10]]
    n_counts, n_genes = np.asarray(own.sum(axis=1)).ravel(), own.getnnz(axis=1)
    none = np.zeros(200)
    metrics = CellMetrics(n_counts, n_genes, none, none, has_mt=False, has_ribo=False)
    settings = QcSettings(n_mads=100)
    low = {limit.metric: limit.low for limit in set_limits(metrics, settings)}
    expected = (n_counts >= low["n_counts"]) & (n_genes >= low["n_genes"])
    assert 20 < expected.sum() < 180
    np.testing.assert_array_equal(cells_kept(table, symbols, settings), expected)


def test_a_share_needs_cells():
    assert share_of(np.ones(0, bool), n_cells=0) is None
    assert share_of(np.ones(5, bool), n_cells=400) is None
    assert share_of(np.array([True, False]), n_cells=2) == 0.5


def test_samples_that_lose_most_cells_are_said_together():
    files = [_file("a", 0.25), _file("b", 0.31), _file("c", 0.9), _file("d", None), _file("raw", 0.02, kind="raw")]
    (doubt,) = doubts_of_depth(files, QcSettings())
    assert doubt.startswith("samples 'a' and 'b': about 69 to 75 % of the cells fall below qc.min_counts (200) or qc.min_genes")
    assert doubts_of_depth(files, QcSettings(many_removed=0.8)) == []


def test_cells_that_qc_will_leave_out_are_not_counted_on():
    files = [_file("a", 0.25, n_cells=70), _file("d", None), _file("raw", 1.0, kind="raw")]
    assert expected_cells(files) == {"a": 18, "d": 100}


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_ends_of_the_share(share):
    assert expected_cells([_file("a", share)]) == {"a": round(100 * share)}
