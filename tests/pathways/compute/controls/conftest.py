"""Null profiles whose programmes move together, and one compared state of them with its prepared specifications."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData

from scvalid.contracts.claimed import Claimed
from scvalid.keys import ALL_MSC, GeneSet, Layer, Obs, Uns
from scvalid.pathways.compute.analysis import Analysis, compare_state
from scvalid.pathways.compute.comparison import choose_profiles
from scvalid.pathways.compute.robustness.layer import prepare_layers
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Design

N_GENES, N_SETS = 500, 12
GENES = np.array([f"G{i:03d}" for i in range(N_GENES)])


def _sets():
    rng = np.random.default_rng(5)
    rows = []
    for k in range(N_SETS):
        genes = rng.choice(N_GENES, 20, replace=False)
        signs = np.where(rng.random(20) < 0.3, -1.0, 1.0) if k % 2 else np.ones(20)
        rows += [(f"X_{k:02d}", GENES[g], w, True) for g, w in zip(genes, signs, strict=True)]
    return pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])


def _profiles(*, n=6, is_paired=True, n_batches=1, programme=0.2, seed=0, depth=300):
    """Counts of n donors an arm without any effect; ``programme`` is the SD of each set over samples, log2."""
    rng = np.random.default_rng(seed)
    base = rng.lognormal(0, 0.8, N_GENES)
    of_sets = _sets().pivot_table(index=GeneSet.SET, columns=GeneSet.GENE, values=GeneSet.WEIGHT, fill_value=0.0)
    loads = of_sets.reindex(columns=GENES, fill_value=0.0).to_numpy()
    rows, counts = [], []
    for donor in range(n):
        shift = rng.normal(0, 0.25, N_GENES)
        for arm in ("treated", "vehicle"):
            own = shift if is_paired else rng.normal(0, 0.25, N_GENES)
            log2 = own + rng.normal(0, 0.1, N_GENES) + rng.normal(0, programme, len(loads)) @ loads
            name = f"d{donor:02d}" if is_paired else f"{arm[0]}{donor:02d}"
            rows.append((name, arm, f"b{donor % n_batches}", ALL_MSC, 100, True))
            counts.append(rng.poisson(depth * base * 2**log2))
    obs = pd.DataFrame(rows, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED])
    obs.index = pd.Index([f"profile_{i}" for i in range(len(obs))], dtype=object)
    x = np.array(counts, float)
    var = pd.DataFrame(index=pd.Index(GENES, dtype=object))
    return AnnData(X=x, obs=obs, var=var, layers={Layer.N_DETECTED: np.minimum(x, 100.0)}, uns={Uns.GROUPING: ALL_MSC})


@pytest.fixture
def sets():
    return _sets()


@pytest.fixture
def null_profiles():
    """``null_profiles(n=6, is_paired=..., n_batches=..., programme=..., seed=...)``."""
    return _profiles


@pytest.fixture
def analysis():
    """``analysis(sets=[names], genes=[names], **settings)`` -> Analysis."""

    def make(sets=("X_00", "X_01"), genes=("G000",), seed=3, **settings):
        claimed = Claimed(sets=tuple(sorted(sets)), genes=tuple(sorted(genes)))
        design = Design(treated="treated", vehicle="vehicle")
        return Analysis(design, _sets(), PathwaysSettings(**settings), seed, claimed)

    return make


@pytest.fixture
def compare():
    """``compare(profiles, analysis)`` -> the compared state."""

    def make(profiles, analysis):
        chosen = choose_profiles(profiles.obs, analysis.design)
        return compare_state(profiles, chosen, analysis, state=ALL_MSC)

    return make


@pytest.fixture
def prepared(compare):
    """``prepared(profiles, analysis)`` -> the compared state and its specifications."""

    def make(profiles, analysis):
        compared = compare(profiles, analysis)
        return compared, prepare_layers(compared, analysis)

    return make
