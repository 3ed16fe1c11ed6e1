"""Common practice is what its authors wrote, so that the comparison is fair."""

import numpy as np
import pandas as pd
import pytest
from benchmarks.calibration.layouts import layout
from benchmarks.calibration.practice import camera_pr, gsea, of_cells, ulm
from benchmarks.calibration.programmes import N_SETS
from benchmarks.calibration.scenarios import Scenario
from benchmarks.calibration.simulator import simulate


@pytest.fixture
def genes():
    rng = np.random.default_rng(1)
    member = np.zeros((N_SETS, 600))
    for k in range(N_SETS):
        member[k, rng.choice(600, 12 + k, replace=False)] = rng.choice([1.0, 1.0, -1.0], 12 + k)
    t = rng.normal(size=600)
    t[member[3] != 0] += member[3, member[3] != 0]
    return t, member


def test_ulm_is_decouplers(genes):
    import decoupler

    t, member = genes
    k, g = np.nonzero(member)
    net = pd.DataFrame({"source": [f"s{i:02d}" for i in k], "target": [f"g{i}" for i in g], "weight": member[k, g]})
    data = pd.DataFrame([t, -t], columns=[f"g{i}" for i in range(600)], index=["a", "b"])
    scores, _ = decoupler.mt.ulm(data, net, tmin=1, verbose=False)
    p, r = ulm(t, member)
    expected = r * np.sqrt(598 / (1 - r**2))
    assert scores.loc["a"].to_numpy() == pytest.approx(expected, rel=1e-6)
    assert p.argmin() == 3


def test_camera_pr_without_inflation_is_the_two_sample_t(genes, monkeypatch):
    from scipy import stats

    monkeypatch.setattr("benchmarks.calibration.practice.CAMERA_RHO", 0.0)
    t, member = genes
    unsigned = np.abs(member)
    p, sign = camera_pr(t, unsigned)
    for k in (0, 3, 19):
        oracle = stats.ttest_ind(t[unsigned[k] > 0], t[unsigned[k] == 0])
        assert p[k] == pytest.approx(oracle.pvalue, rel=1e-9)
        assert np.sign(sign[k]) == np.sign(oracle.statistic)


def test_gsea_is_the_running_sum(genes):
    t, member = genes
    p, score = gsea(t, member, np.random.default_rng(2))
    for k in (3, 8):
        signed = np.where(member[k] < 0, -t, t)
        order, running, best = np.argsort(-signed), 0.0, 0.0
        total = np.abs(t[member[k] != 0]).sum()
        for gene in order:
            running += abs(t[gene]) / total if member[k, gene] else -1 / (600 - (member[k] != 0).sum())
            best = running if abs(running) > abs(best) else best
        assert score[k] == pytest.approx(best, abs=1e-9)
    assert p[3] <= 0.01
    assert np.median(np.delete(p, 3)) > 0.2


def test_rank_test_on_cells_holds_its_level_where_cells_are_the_only_noise():
    quiet, shares = Scenario("quiet", donor_sd=0.0, sample_sd=0.0), []
    for seed in range(6):
        dataset = simulate(layout("unpaired", 2), quiet, np.zeros(N_SETS), np.random.default_rng(seed))
        p, _ = of_cells(dataset, np.random.default_rng(100 + seed))["Wilcoxon on cells"]
        shares.append((p <= 0.05).mean())
    assert np.mean(shares) < 0.12
