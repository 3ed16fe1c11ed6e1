"""Effects of treatment on single genes: moderated t, and the detection floor."""

import numpy as np
import pandas as pd
from anndata import AnnData
from numpy.typing import NDArray
from scipy import stats

from scvalid.contracts.verdicts import Code
from scvalid.keys import Effect, Layer, Obs
from scvalid.pathways.compute.leave_out import leave_one_out_columns
from scvalid.pathways.compute.set_effects import interval_columns
from scvalid.pathways.compute.testing import GeneFit, Measured, Model, test_genes
from scvalid.pathways.compute.testing.sets import POWER


def gene_effects(measured: Measured, detection: pd.DataFrame, model: Model, *, genes: GeneFit) -> pd.DataFrame:
    """Return one row for each gene of the assay: effect with limma-trend moderation, or the gate that stopped it.

    Parameters
    ----------
    measured, model
        Profiles and their labelling.
    detection
        Indexed by gene of the assay: gate, mean CPM and share of cells (see ``detect_genes``).
    genes
        The fit of all expressed genes under the labelling.
    """
    tests = test_genes(measured, model, genes=genes)
    expression, se, df = measured.expression, tests.se, tests.df
    columns = {
        **interval_columns(tests.fit.effect, stats.t.isf(0.05, df) * se, stats.t.isf(0.025, df) * se),
        Effect.SE: se,
        Effect.DF: np.full(se.size, df),
        Effect.P_DONOR: tests.p_donor,
        Effect.P_PLAIN: tests.p_plain,
        **leave_one_out_columns(expression.log_cpm, model.x, model.donors),
        Effect.MDE: (stats.t.isf(0.025, df) + stats.t.ppf(POWER, df)) * se,
    }
    table = detection.join(pd.DataFrame(columns, index=expression.genes))
    is_gated = (table[Effect.GATE] != "").to_numpy()
    table.loc[is_gated, [name for name in columns if name != Effect.LODO_DONOR]] = np.nan
    return table.reset_index(names=Effect.READOUT)


def detect_genes(
    compared: AnnData, is_treated: NDArray[np.bool_], expressed: NDArray[np.str_], *, min_cpm: float, min_cell_share: float
) -> pd.DataFrame:
    """Return mean CPM, share of cells and gate of every gene of the assay.

    A gene claim needs at least ``min_cpm`` and ``min_cell_share`` in at least half of the donors of one arm, and the gene
    must have passed the filter of the comparison.

    Parameters
    ----------
    compared
        Profiles x genes of the comparison, with sums of counts and numbers of detecting cells.
    is_treated
        Arm of each profile.
    expressed
        Genes that passed the filter.
    """
    counts, n_detected = np.asarray(compared.X), np.asarray(compared.layers[Layer.N_DETECTED])
    n_cells = compared.obs[Obs.N_CELLS].to_numpy(float)
    cpm = counts / counts.sum(axis=1, keepdims=True) * 1e6
    is_above = (cpm >= min_cpm) & (n_detected / n_cells[:, None] >= min_cell_share)
    in_an_arm = np.maximum(is_above[is_treated].mean(axis=0), is_above[~is_treated].mean(axis=0)) >= 0.5
    is_testable = in_an_arm & np.isin(compared.var_names.to_numpy(str), expressed)
    return pd.DataFrame(
        {
            Effect.GATE: np.where(is_testable, "", str(Code.GENE_BELOW_DETECTION)).astype(object),
            Effect.MEAN_CPM: cpm.mean(axis=0),
            Effect.SHARE_CELLS: n_detected.sum(axis=0) / n_cells.sum(),
        },
        index=compared.var_names,
    )
