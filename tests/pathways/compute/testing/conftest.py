"""One comparison with its profiles measured."""

import numpy as np
import pandas as pd
import pytest

from scvalid.keys import GeneSet
from scvalid.pathways.compute.testing import Model, measure
from scvalid.pathways.settings import PathwaysSettings
from scvalid.stats.design import build_design

N_GENES = 400
GENES = np.array([f"G{i}" for i in range(N_GENES)])


def _sets(n, *, is_panel=True):
    rng = np.random.default_rng(9)
    rows = [
        (f"S{k}", f"G{g}", float(rng.normal()), is_panel) for k in range(n) for g in rng.choice(N_GENES, 15 + k, replace=False)
    ]
    return pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])


@pytest.fixture
def compare():
    """``compare(n=4, is_paired=True, sets=None, primary_test=...)`` -> Measured, Model."""

    def make(*, n=4, is_paired=True, sets=None, primary_test="correlation_prior", seed=0):
        rng = np.random.default_rng(seed)
        counts = rng.poisson(rng.lognormal(3, 1, N_GENES) * rng.lognormal(0, 0.25, (2 * n, N_GENES))).astype(float)
        donors = tuple(f"d{i // 2}" if is_paired else f"d{i}" for i in range(2 * n))
        is_treated = np.arange(2 * n) % 2 == 0
        x = build_design(is_treated, {"donor": list(donors)} if is_paired else {}).x
        measured = measure(counts, GENES, _sets(6) if sets is None else sets, PathwaysSettings(n_bins=10))
        return measured, Model(x, donors, is_paired, primary_test)

    return make


@pytest.fixture
def long_panel():
    """``long_panel(n, is_panel=...)`` -> n random signed sets."""
    return _sets
