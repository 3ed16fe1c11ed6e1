"""Effects on single genes against a slow least squares per gene, and the floor of detection."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData
from scipy import stats

from scvalid.contracts.verdicts import Code
from scvalid.keys import Effect, Layer, Obs
from scvalid.pathways.compute.gene_effects import detect_genes, gene_effects
from scvalid.pathways.compute.testing import Model, fit_genes, measure
from scvalid.pathways.settings import PathwaysSettings
from scvalid.stats.design import build_design
from scvalid.stats.moderation import moderate_variances

TREATED = np.array([True, False] * 4)


@pytest.mark.parametrize("is_paired", [True, False])
def test_is_least_squares_with_moderated_variance(make_profiles, panel, is_paired):
    profiles = make_profiles(is_paired=is_paired)
    genes = profiles.var_names.to_numpy(str)
    measured = measure(profiles.X, genes, panel, PathwaysSettings())
    expression = measured.expression
    donors = tuple(profiles.obs[Obs.DONOR])
    x = build_design(TREATED, {"donor": donors} if is_paired else {}).x
    detection = detect_genes(profiles, TREATED, expression.genes, min_cpm=1, min_cell_share=0.01)
    model = Model(x, donors, is_paired, "correlation_prior")
    found = gene_effects(measured, detection, model, genes=fit_genes(measured, model)).set_index(Effect.READOUT)
    effect, variance = [], []
    for y in expression.log_cpm:
        solution, rss, *_ = np.linalg.lstsq(x, y, rcond=None)
        effect.append(solution[-1])
        variance.append(rss[0] / (8 - x.shape[1]))
    df = 8 - x.shape[1]
    moderated = moderate_variances(np.array(variance), df, abundance=expression.log_cpm.mean(axis=1))
    se = np.sqrt(moderated.variance * np.linalg.inv(x.T @ x)[-1, -1])
    t_df = min(df + moderated.prior_df, df * len(effect))
    tested = found.loc[expression.genes]
    is_tested = (tested[Effect.GATE] == "").to_numpy()
    assert is_tested.sum() > 300
    expected = {
        Effect.THETA: effect,
        Effect.SE: se,
        Effect.P_DONOR: 2 * stats.t.sf(np.abs(effect) / se, t_df),
        Effect.LOW90: effect - stats.t.ppf(0.95, t_df) * se,
        Effect.HIGH95: effect + stats.t.ppf(0.975, t_df) * se,
        Effect.MDE: (stats.t.ppf(0.975, t_df) + stats.t.ppf(0.8, t_df)) * se,
    }
    for column, values in expected.items():
        np.testing.assert_allclose(tested[column][is_tested], np.asarray(values)[is_tested], rtol=1e-8, err_msg=column)
    assert tested[Effect.THETA][~is_tested].isna().all()


def _compared(cpm, share):
    """Profiles (treated first) of one gene with this CPM and share of cells, beside one that fills up the library."""
    cpm = np.array(cpm, float)
    x = np.column_stack([cpm, 1e6 - cpm])
    obs = pd.DataFrame({Obs.N_CELLS: 100}, index=[f"p{i}" for i in range(cpm.size)])
    detected = np.column_stack([100 * np.array(share, float), np.full(cpm.size, 100.0)])
    return AnnData(X=x, obs=obs, var=pd.DataFrame(index=["G", "REST"]), layers={Layer.N_DETECTED: detected})


@pytest.mark.parametrize(
    ("cpm", "share", "is_testable"),
    [
        ([1, 1, 0, 0, 0, 0, 0, 0], [0.01, 0.01, 0, 0, 0, 0, 0, 0], True),  # half of the donors of one arm
        ([0, 0, 0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 0.01, 0.01, 0, 0], True),
        ([1, 0, 0, 0, 1, 0, 0, 0], [0.01] * 8, False),  # a quarter of either arm
        ([0.99] * 8, [0.5] * 8, False),
        ([5] * 8, [0.009] * 8, False),
        ([9, 9, 0, 0, 0, 0, 0, 0], [0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], False),  # both at once, in the same donor
    ],
)
def test_detection_floor(cpm, share, is_testable):
    table = detect_genes(_compared(cpm, share), np.arange(8) < 4, np.array(["G", "REST"]), min_cpm=1.0, min_cell_share=0.01)
    assert table.loc["G", Effect.GATE] == ("" if is_testable else Code.GENE_BELOW_DETECTION)
    assert table.loc["G", Effect.MEAN_CPM] == pytest.approx(np.mean(cpm))
    assert table.loc["G", Effect.SHARE_CELLS] == pytest.approx(np.mean(share))


def test_a_gene_that_the_filter_of_the_comparison_dropped_is_below_detection():
    table = detect_genes(_compared([9] * 8, [0.5] * 8), np.arange(8) < 4, np.array(["REST"]), min_cpm=1.0, min_cell_share=0.01)
    assert table.loc["G", Effect.GATE] == Code.GENE_BELOW_DETECTION
