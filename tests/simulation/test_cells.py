"""Counts look like MSC: identity markers, mitochondrial share, low-quality cells, dispersion, states."""

import anndata
import numpy as np
import pytest

from scvalid.simulation.compute.cells import _draw_counts
from scvalid.simulation.compute.genes import SURFACE_NEGATIVE, SURFACE_POSITIVE


@pytest.fixture(scope="module")
def cells(samples):
    return anndata.concat(samples, index_unique="_")


def mt_share(adata):
    is_mt = adata.var_names.str.startswith("MT-")
    return np.asarray(adata.X[:, is_mt].sum(axis=1)).ravel() / np.asarray(adata.X.sum(axis=1)).ravel()


def share_detecting(adata, gene):
    return (adata[:, gene].X > 0).mean()


def test_msc_by_the_isct_markers(cells):
    assert min(share_detecting(cells, gene) for gene in SURFACE_POSITIVE) > 0.6
    assert max(share_detecting(cells, gene) for gene in SURFACE_NEGATIVE) < 0.02


def test_depth_and_mitochondrial_share(cells):
    counts = np.asarray(cells.X.sum(axis=1)).ravel()
    share = mt_share(cells)
    assert 7000 < np.median(counts) < 9000
    assert 0.04 < np.median(share) < 0.06
    is_low = (counts < 3000) & (share > 0.2)
    assert 0.03 < is_low.mean() < 0.07


def test_stressed_cells_have_more_mitochondrial_transcripts_and_heat_shock(cells):
    state = cells.obs["planted_state"]
    share = mt_share(cells)
    assert np.median(share[state == "stressed"]) > 1.5 * np.median(share[state == "basal"])
    depth = np.asarray(cells.X.sum(axis=1)).ravel()
    heat = {s: cells[state == s, "HSPA8"].X.sum() / depth[state == s].sum() for s in ("basal", "stressed")}
    assert 1.0 < np.log2(heat["stressed"] / heat["basal"]) < 2.6


def test_barcodes_are_unique_over_all_samples(samples):
    names = [name for adata in samples.values() for name in adata.obs_names]
    assert len(set(names)) == len(names)
    assert all(set(name[:-2]) <= set("ACGT") and len(name) == 18 for name in names)


def test_counts_are_negative_binomial():
    mean, dispersion = np.full((20_000, 3), [0.5, 5.0, 50.0]), 0.2
    counts = _draw_counts(mean, dispersion=dispersion, rng=np.random.default_rng(0)).toarray()
    # 20,000 draws: SE of the mean below 1.2 %, of the variance below 3 %
    assert np.allclose(counts.mean(axis=0), mean[0], rtol=0.04)
    assert np.allclose(counts.var(axis=0), mean[0] + dispersion * mean[0] ** 2, rtol=0.1)
