"""One state made ready for tests, with a planted set, small profiles and batches as asked."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData

from scvalid.contracts.claimed import Claimed
from scvalid.keys import ALL_MSC, GeneSet, Layer, Obs, Uns
from scvalid.pathways.compute.analysis import Analysis, compare_state
from scvalid.pathways.compute.comparison import choose_profiles
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Design

N_GENES = 300
CLAIMED = Claimed(sets=("A_PLANTED",), genes=("G20", "G100", "SILENT"))


def _sets():
    rng = np.random.default_rng(5)
    named = {"A_PLANTED": {f"G{g}": 1.0 if g % 2 else -1.0 for g in range(30)}}
    named |= {
        f"{'AB'[k % 2]}_{k}": {
            f"G{g}": float(w) for g, w in zip(rng.choice(N_GENES, 20, replace=False), rng.normal(size=20), strict=True)
        }
        for k in range(6)
    }
    named["OWN"] = {f"G{g}": 1.0 for g in range(200, 220)}
    rows = [(name, gene, weight, name != "OWN") for name, genes in named.items() for gene, weight in genes.items()]
    rows += [("GATED", f"X{g}", 1.0, True) for g in range(20)]
    return pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])


@pytest.fixture
def prepare():
    """``prepare(n=5, effect=1.0, is_paired=True, batches=None, n_cells=None, settings...)`` -> Compared, Analysis."""

    def make(*, n=5, effect=1.0, is_paired=True, batches=None, n_cells=None, seed=0, sets=None, **settings):
        rng = np.random.default_rng(seed)
        base = rng.lognormal(3, 1, N_GENES)
        moved = effect * np.where(np.arange(N_GENES) % 2, 1.0, -1.0) * (np.arange(N_GENES) < 30)
        batches, n_cells = batches or ["b"] * 2 * n, n_cells or [100] * 2 * n
        rows, counts = [], []
        for i in range(2 * n):
            arm = ("treated", "vehicle")[i % 2]
            log2 = rng.normal(0, 0.2, N_GENES) + (moved if arm == "treated" else 0.0)
            donor = f"d{i // 2}" if is_paired else f"{arm[0]}{i // 2}"
            rows.append((donor, arm, batches[i], ALL_MSC, n_cells[i], True))
            counts.append(rng.poisson(base * 2**log2))
        obs = pd.DataFrame(rows, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED])
        obs.index = pd.Index([f"p{i}" for i in range(len(obs))], dtype=object)
        x = np.column_stack([np.array(counts, float), np.zeros(2 * n)])
        names = pd.Index([*(f"G{g}" for g in range(N_GENES)), "SILENT"], dtype=object)
        var, layers = pd.DataFrame(index=names), {Layer.N_DETECTED: np.minimum(x, 20)}
        profiles = AnnData(X=x, obs=obs, var=var, layers=layers, uns={Uns.GROUPING: ALL_MSC})
        design = Design(treated="treated", vehicle="vehicle")
        settings = PathwaysSettings(n_bins=10, **settings)
        analysis = Analysis(design, _sets() if sets is None else sets, settings, 3, CLAIMED, controls=False)
        return compare_state(profiles, choose_profiles(obs, design), analysis, state=ALL_MSC), analysis

    return make
