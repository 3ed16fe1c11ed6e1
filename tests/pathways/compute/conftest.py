"""Pseudobulk profiles with a planted effect, made anew by a function that says what is planted."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData

from scvalid.contracts.claimed import Claimed
from scvalid.keys import BY_STATE, Effect, GeneSet, Layer, Obs, Uns
from scvalid.pathways.compute.effects import Analysis, compute_effects
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Design

N_GENES = 600
CLAIMED = Claimed(sets=("PLANTED", "S1"), genes=("G100", "G571"))


def _long_sets(named, *, is_panel=True):
    rows = [(name, gene, weight, is_panel) for name, genes in named.items() for gene, weight in genes.items()]
    return pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])


def _panel():
    rng = np.random.default_rng(99)
    named = {f"S{i}": {f"G{g:03d}": 1.0 for g in rng.choice(N_GENES - 30, 25, replace=False)} for i in range(8)}
    named["PLANTED"] = {f"G{g:03d}": 1.0 if g % 2 else -1.0 for g in range(N_GENES - 30, N_GENES)}
    return _long_sets(named)


def _profiles(*, n=4, states=("all_msc",), is_paired=True, effect=1.0, seed=0, depth=40):
    """n donors an arm; ``effect`` is the log2 fold change of the 30 last genes, signed as the set PLANTED."""
    rng = np.random.default_rng(seed)
    base = rng.lognormal(0, 1.2, N_GENES)
    signs = np.where(np.arange(N_GENES) % 2, 1.0, -1.0) * (np.arange(N_GENES) >= N_GENES - 30)
    rows, counts = [], []
    for state in states:
        for donor in range(n):
            shift = rng.normal(0, 0.25, N_GENES)
            for arm in ("treated", "vehicle"):
                own = shift if is_paired else rng.normal(0, 0.25, N_GENES)
                log2 = own + rng.normal(0, 0.15, N_GENES) + (effect * signs if arm == "treated" else 0.0)
                name = f"d{donor}" if is_paired else f"{arm[0]}{donor}"
                rows.append((name, arm, "b1", state, 100, True))
                counts.append(rng.poisson(depth * base * 2**log2))
    obs = pd.DataFrame(rows, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED])
    obs.index = pd.Index([f"profile_{i}" for i in range(len(obs))], dtype=object)
    x = np.array(counts, float)
    genes = pd.Index([f"G{i:03d}" for i in range(N_GENES)], dtype=object)
    layers = {Layer.N_DETECTED: np.minimum(x, 100.0)}
    return AnnData(X=x, obs=obs, var=pd.DataFrame(index=genes), layers=layers, uns={Uns.GROUPING: BY_STATE})


@pytest.fixture
def make_profiles():
    """``make_profiles(n=4, states=..., is_paired=..., effect=..., seed=...)``."""
    return _profiles


@pytest.fixture
def long_sets():
    """``long_sets({set: {gene: weight}}, is_panel=...)``."""
    return _long_sets


@pytest.fixture
def panel():
    return _panel()


@pytest.fixture
def design():
    return Design(treated="treated", vehicle="vehicle")


@pytest.fixture
def analyse(panel, design):
    """``analyse(profiles, sets=..., design=..., claimed=..., **settings)`` -> Effects, without the controls of the run."""

    def run(profiles, *, sets=None, design=design, seed=7, claimed=CLAIMED, **settings):
        settings = PathwaysSettings(**{"n_matched_sets": 999, **settings})
        return compute_effects(
            profiles, Analysis(design, panel if sets is None else sets, settings, seed, claimed, controls=False)
        )

    return run


@pytest.fixture
def row_of():
    """``row_of(effects[SET_EFFECTS], "S1")`` -> the one row of a read-out (in a state)."""

    def find(table, name, state="all_msc"):
        rows = table[(table[Effect.READOUT] == name) & (table[Effect.STATE] == state)]
        assert len(rows) == 1
        return rows.iloc[0]

    return find
