"""The split of the effect on all cells: exact identities, planted changes of either kind, and what is pooled."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData
from numpy.testing import assert_allclose

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.tables import COMPOSITION
from scvalid.keys import BY_STATE, Layer, Obs, Uns
from scvalid.pathways.compute.analysis import Analysis, compare_state
from scvalid.pathways.compute.comparison import choose_profiles
from scvalid.pathways.compute.composition import StateSums, pool_rare_states, split_composition
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Design

N_GENES = 900
GENES = [f"G{i:03d}" for i in range(N_GENES)]
MARKERS, TARGETS = slice(0, 40), slice(40, 80)
SETS = {"MARKERS_OF_S1": GENES[MARKERS], "TARGETS": GENES[TARGETS], "ELSE": GENES[200:240]}
CLAIMED = Claimed(sets=("TARGETS",), genes=("G000", "G045"))
EVEN = {"treated": (0.5, 0.3, 0.2), "vehicle": (0.5, 0.3, 0.2)}
SHIFTED = {"treated": (0.7, 0.2, 0.1), "vehicle": (0.3, 0.4, 0.3)}
STATES = ("s1", "s2", "s3")


def _profiles(*, shares, n=4, is_paired=True, within=0.0, n_cells=1000, noise=0.0, seed=0):
    """Three states; genes MARKERS are four times as high in s1; treatment moves TARGETS by ``within`` log2 in each state."""
    rng = np.random.default_rng(seed)
    base = rng.lognormal(1, 1, N_GENES)
    of_state = np.tile(base, (3, 1))
    of_state[0, MARKERS] *= 4
    rows, counts = [], []
    for donor in range(n):
        # what a donor has in both arms; without it all profiles of a noiseless arm would be copies of one another
        own = rng.normal(0, max(noise, 0.05), N_GENES)
        for arm in ("treated", "vehicle"):
            name = f"d{donor}" if is_paired else f"{arm[0]}{donor}"
            for state, share, mean in zip(STATES, shares[arm], of_state, strict=True):
                log2 = own + rng.normal(0, noise, N_GENES)
                log2[TARGETS] += within * (arm == "treated")
                cells = round(share * n_cells)
                rows.append((name, arm, "b1", state, cells, cells >= 20))
                counts.append(cells * mean * 2**log2)
    obs = pd.DataFrame(rows, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED])
    obs.index = pd.Index([f"profile_{i}" for i in range(len(obs))], dtype=object)
    # donors differ in depth, as samples do
    depth = {name: 1 + 0.1 * i for i, name in enumerate(dict.fromkeys(obs[Obs.DONOR]))}
    x = np.array(counts) * obs[Obs.DONOR].map(depth).to_numpy(float)[:, None]
    index = pd.Index(GENES, dtype=object)
    return AnnData(X=x, obs=obs, var=pd.DataFrame(index=index), layers={Layer.N_DETECTED: x}, uns={Uns.GROUPING: BY_STATE})


@pytest.fixture
def split(long_sets):
    """``split(profiles)`` -> table of the split by read-out."""

    def run(profiles, **design):
        sets = long_sets({name: dict.fromkeys(genes, 1.0) for name, genes in SETS.items()})
        design = Design(treated="treated", vehicle="vehicle", **design)
        table = split_composition(profiles, Analysis(design, sets, PathwaysSettings(), 1, CLAIMED))
        assert list(table) == list(COMPOSITION.columns)
        return (COMPOSITION.check(table) if len(table) else table).set_index("readout_id")

    return run


@pytest.fixture
def theta_of_sums(long_sets):
    """``theta_of_sums(profiles)`` -> effect of each set when all cells of a donor x arm are summed, as the headline does."""

    def run(profiles):
        sets = long_sets({name: dict.fromkeys(genes, 1.0) for name, genes in SETS.items()})
        analysis = Analysis(Design(treated="treated", vehicle="vehicle"), sets, PathwaysSettings(), 1, CLAIMED)
        key = [profiles.obs[Obs.DONOR].to_numpy(), profiles.obs[Obs.ARM].to_numpy()]
        obs = profiles.obs.groupby(key).agg("first").assign(**{Obs.N_CELLS: 1000, Obs.STATE: "all_msc"})
        x = pd.DataFrame(profiles.X).groupby(key).sum().to_numpy()
        obs.index = pd.Index([f"p{i}" for i in range(len(obs))], dtype=object)
        summed = AnnData(X=x, obs=obs, var=profiles.var, layers={Layer.N_DETECTED: x})
        compared = compare_state(summed, choose_profiles(summed.obs, analysis.design), analysis, state="all_msc")
        fitted = np.linalg.lstsq(compared.model.x, compared.measured.scores.T, rcond=None)[0][-1]
        return dict(zip(compared.measured.names, fitted, strict=True))

    return run


@pytest.mark.parametrize("is_paired", [True, False])
def test_parts_add_up_to_the_headline_effect(split, theta_of_sums, is_paired):
    profiles = _profiles(shares=SHIFTED, within=0.5, noise=0.2, is_paired=is_paired)
    table = split(profiles)
    assert_allclose(table["theta_within"] + table["theta_composition"], table["theta_all"], atol=1e-12)
    for name, theta in theta_of_sums(profiles).items():
        assert table.loc[name, "theta_all"] == pytest.approx(theta, abs=1e-12)


def test_nothing_is_of_composition_where_no_share_changes(split):
    table = split(_profiles(shares=EVEN, within=0.8, noise=0.2))
    assert_allclose(table["theta_composition"], 0, atol=1e-10)
    assert table.loc["TARGETS", "theta_within"] > 0.6


def test_nothing_is_within_states_where_none_of_them_changes(split):
    table = split(_profiles(shares=SHIFTED, within=0.0, noise=0.0))
    assert_allclose(table["theta_within"], 0, atol=1e-10)
    assert table.loc["MARKERS_OF_S1", "theta_composition"] > 0.5


@pytest.mark.parametrize("is_paired", [True, False])
def test_planted_changes_of_both_kinds_are_told_apart(split, is_paired):
    table = split(_profiles(shares=SHIFTED, within=0.8, noise=0.1, is_paired=is_paired, n=6))
    targets, markers = table.loc["TARGETS"], table.loc["MARKERS_OF_S1"]
    assert targets["theta_within"] == pytest.approx(0.8, abs=0.1)
    assert abs(targets["theta_composition"]) < 0.1
    # shares .3 -> .7 of a state that is 4 times as high: log2((.7 * 4 + .3) / (.3 * 4 + .7))
    assert markers["theta_composition"] == pytest.approx(np.log2(3.1 / 1.9), abs=0.1)
    assert abs(markers["theta_within"]) < 0.1
    assert markers["low95_composition"] < markers["theta_composition"] < markers["high95_composition"]
    assert markers["low95_composition"] > 0
    assert targets["low95_within"] > 0


def test_a_claimed_gene_is_split_like_a_set(split):
    table = split(_profiles(shares=SHIFTED, within=0.8, noise=0.05, n=6))
    assert set(table.index[table["readout_kind"] == "gene"]) == {"G000", "G045"}
    assert table.loc["G000", "theta_composition"] == pytest.approx(np.log2(3.1 / 1.9), abs=0.15)
    assert table.loc["G045", "theta_within"] == pytest.approx(0.8, abs=0.15)


def test_other_depth_or_number_of_cells_of_an_arm_is_no_composition(split):
    profiles = _profiles(shares=EVEN, within=0.5, noise=0.1)
    deeper = profiles.copy()
    is_treated = (deeper.obs[Obs.ARM] == "treated").to_numpy()
    deeper.X[is_treated] *= 3
    deeper.obs.loc[is_treated, Obs.N_CELLS] *= 2
    assert_allclose(split(deeper)["theta_composition"], 0, atol=1e-10)
    assert split(deeper).loc["TARGETS", "theta_all"] == pytest.approx(split(profiles).loc["TARGETS", "theta_all"], abs=0.02)


def test_where_no_state_changes_depth_makes_no_change_within(split):
    profiles = _profiles(shares=SHIFTED)
    is_treated = (profiles.obs[Obs.ARM] == "treated").to_numpy()
    profiles.X[is_treated] *= 3
    assert_allclose(split(profiles)["theta_within"], 0, atol=0.005)


def test_one_state_alone_is_not_split(split):
    alone = dict.fromkeys(("treated", "vehicle"), (1.0, 0, 0))
    assert split(_profiles(shares=alone, within=0.5, noise=0.1)).empty


def test_a_design_that_allows_no_test_is_not_split(split):
    profiles = _profiles(shares=EVEN, noise=0.1)
    assert split(profiles[profiles.obs[Obs.ARM] == "treated"].copy()).empty


def test_states_that_a_profile_lacks_are_pooled_with_the_smallest():
    n_cells = np.array([[500.0, 100, 0, 9], [400.0, 120, 60, 5]])
    counts = np.arange(2 * 4 * 3, dtype=float).reshape(2, 4, 3)
    pooled = pool_rare_states(StateSums(counts, n_cells, n_cells >= 20))
    # the last two have no profile of 20 cells in the first row, so the state of fewest cells joins them
    assert pooled.n_cells.tolist() == [[500, 109], [400, 185]]
    assert_allclose(pooled.counts.sum(axis=1), counts.sum(axis=1))
    assert pooled.is_used.all()


def test_an_empty_state_changes_nothing(split):
    profiles = _profiles(shares=SHIFTED, within=0.5, noise=0.1)
    empty = profiles[profiles.obs[Obs.STATE] == "s1"].copy()
    empty.X[:] = 0
    empty.obs = empty.obs.assign(**{Obs.STATE: "s9", Obs.N_CELLS: 0, Obs.IS_USED: False})
    empty.obs.index = pd.Index([f"more_{i}" for i in range(empty.n_obs)], dtype=object)
    obs, x = pd.concat([profiles.obs, empty.obs]), np.vstack([profiles.X, empty.X])
    more = AnnData(X=x, obs=obs, var=profiles.var, layers={Layer.N_DETECTED: x}, uns=dict(profiles.uns))
    pd.testing.assert_frame_equal(split(profiles), split(more))
