"""Profiles of doses with a planted ramp, made anew by a function that says what is planted."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData

from scvalid.contracts.claimed import Claimed
from scvalid.keys import ALL_MSC, GeneSet, Layer, Obs, Uns
from scvalid.pathways.compute.analysis import Analysis
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Design, Series

N_GENES, N_PLANTED = 500, 30
ARMS = ("vehicle", "low", "middle", "high")


def _sets():
    rng = np.random.default_rng(5)
    named = {f"S{i}": rng.choice(N_GENES - N_PLANTED, 25, replace=False) for i in range(8)}
    named["PLANTED"] = np.arange(N_GENES - N_PLANTED, N_GENES)
    rows = [(name, f"G{g:03d}", 1.0, True) for name, genes in named.items() for g in genes]
    return pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])


def _profiles(effects, *, n=4, is_blocked=True, seed=0):
    """n donors; ``effects``: arm -> log2 change of the last genes."""
    rng = np.random.default_rng(seed)
    base = rng.lognormal(0, 1.2, N_GENES)
    is_planted = np.arange(N_GENES) >= N_GENES - N_PLANTED
    rows, counts = [], []
    for donor in range(n):
        shift = rng.normal(0, 0.3, N_GENES)
        for arm, effect in effects.items():
            own = shift if is_blocked else rng.normal(0, 0.3, N_GENES)
            rows.append((f"d{donor}" if is_blocked else f"{arm}{donor}", arm, "b1", ALL_MSC, 100, True))
            counts.append(rng.poisson(60 * base * 2 ** (own + rng.normal(0, 0.12, N_GENES) + effect * is_planted)))
    obs = pd.DataFrame(rows, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED])
    obs.index = pd.Index([f"profile_{i}" for i in range(len(obs))], dtype=object)
    x = np.array(counts, float)
    var = pd.DataFrame(index=pd.Index([f"G{i:03d}" for i in range(N_GENES)], dtype=object))
    return AnnData(X=x, obs=obs, var=var, layers={Layer.N_DETECTED: np.minimum(x, 100)}, uns={Uns.GROUPING: ALL_MSC})


@pytest.fixture
def dosed():
    """``dosed({arm: effect}, n=..., is_blocked=..., seed=...)`` -> profiles."""
    return _profiles


@pytest.fixture
def doses():
    """Vehicle and three doses."""
    return Series(name="doses", kind="dose", arms=dict(zip(ARMS, (0, 1, 10, 100), strict=True)))


@pytest.fixture
def analysis_of():
    """``analysis_of(series, ..., **settings)`` -> Analysis."""

    def analysis(*series, genes=("G499", "G000"), **settings):
        design = Design(treated="high", vehicle="vehicle", series=series)
        found = PathwaysSettings(**{"n_matched_sets": 999, **settings})
        return Analysis(design, _sets(), found, 1, claimed=Claimed(genes=genes), controls=False)

    return analysis
