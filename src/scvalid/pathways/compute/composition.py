"""The effect on all cells, split: what changes within cell states, and what other shares of states make of it.

The counts of a profile are ``y_p = sum_s n_ps m_ps``, cells times mean counts per cell of each state. Held at fixed shares f
of the states they would be ``y*_p = n_p sum_s f_ps m_ps``. The effect on the score of y* is the part within states; what
remains of the effect on the score of y is that of composition (docs/methods/specificity-and-composition.md).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from anndata import AnnData
from numpy.typing import NDArray
from scipy import stats

from scvalid.contracts.tables import COMPOSITION
from scvalid.keys import ALL_MSC, Control, Effect, Kind, Obs
from scvalid.pathways.compute.analysis import Analysis
from scvalid.pathways.compute.comparison import Comparison, choose_profiles, refuse_copies
from scvalid.pathways.compute.expression import PRIOR_COUNT, without_background
from scvalid.pathways.compute.testing import Measured, measure
from scvalid.stats.design import joined_level
from scvalid.stats.linear_model import Fit, fit_rows
from scvalid.stats.normalisation import log2_cpm, tmm_factors

Floats = NDArray[np.float64]
MIN_STATES: Final = 2


@dataclass(frozen=True)
class StateSums:
    """Compared profiles, state by state.

    Attributes
    ----------
    counts
        Profiles x states x genes, raw sums.
    n_cells
        Profiles x states.
    is_used
        Profiles x states: whether the state has enough cells there to stand for itself.
    """

    counts: Floats
    n_cells: Floats
    is_used: NDArray[np.bool_]

    def of(self, rows: NDArray[np.intp]) -> "StateSums":
        """Return some of the profiles."""
        return StateSums(self.counts[rows], self.n_cells[rows], self.is_used[rows])


def split_composition(profiles: AnnData, analysis: Analysis) -> pd.DataFrame:
    """Return the split of the effect on all cells of every scored set and every claimed gene.

    Parameters
    ----------
    profiles
        Groups x genes of all states as ``contracts.counts.check_profiles`` promises.
    analysis
        Arms, sets, settings, and the read-outs of the claims.

    Returns
    -------
    Columns of ``contracts.tables.COMPOSITION``; no row if the design allows no test or fewer than two states are left.
    Intervals are those of the plain t test.
    """
    totals, sums = _by_profile(profiles)
    chosen = refuse_copies(choose_profiles(totals, analysis.design), sums.counts.sum(axis=1))
    nothing = pd.DataFrame(columns=list(COMPOSITION.columns))
    if chosen.gate is not None:
        return nothing
    pooled = pool_rare_states(sums.of(chosen.rows))
    n_states = pooled.n_cells.shape[1]
    if n_states < MIN_STATES:
        return nothing
    genes = profiles.var_names.to_numpy(str)
    measured = measure(pooled.counts.sum(axis=1), genes, analysis.sets, analysis.settings)
    at_fixed_shares = counts_at_shares(pooled, fixed_shares(pooled, chosen, treated=analysis.design.treated))
    is_kept = np.isin(genes, measured.expression.genes)
    rows = measured.rows_of_genes(frozenset(analysis.claimed.genes))
    within = _values(measured, at_fixed_shares[:, is_kept].T, rows)
    whole = np.vstack([measured.scores, measured.expression.log_cpm[rows]])
    names = [(Kind.SET, str(name)) for name in measured.names] + [(Kind.GENE, str(g)) for g in measured.expression.genes[rows]]
    return _table(names, whole, within, chosen.matrix.x).assign(**{Control.N_STATES: n_states})[list(COMPOSITION.columns)]


def pool_rare_states(sums: StateSums) -> StateSums:
    """Return the sums with states pooled that do not stand for themselves in every profile.

    They are one state together; as long as that has a profile without enough cells, the state of fewest cells joins it. What
    changes between pooled states counts as change within their pool.
    """
    is_whole = sums.is_used.all(axis=0)
    keep = sorted(np.flatnonzero(is_whole), key=lambda state: (-sums.n_cells[:, state].sum(), state))
    rest = list(np.flatnonzero(~is_whole))
    # a pool is used where one of its states is: at worst a little early
    while rest and keep and not sums.is_used[:, rest].any(axis=1).all():
        rest.append(keep.pop())
    groups = [[state] for state in sorted(keep)] + ([sorted(rest)] if rest else [])
    counts, n_cells, is_used = (
        np.stack([of(part[:, group], axis=1) for group in groups], axis=1)
        for part, of in ((sums.counts, np.sum), (sums.n_cells, np.sum), (sums.is_used, np.any))
    )
    return StateSums(counts, n_cells, is_used)


def fixed_shares(sums: StateSums, chosen: Comparison, *, treated: str) -> Floats:
    """Return profiles x states: the shares of cells that are the same in both arms.

    Of paired donors each keeps its own mean over the arms, so that no donor is asked for states it hardly has; else it is the
    mean of the arms' means.
    """
    shares = sums.n_cells / sums.n_cells.sum(axis=1, keepdims=True)
    if chosen.is_paired:
        donors = chosen.obs[Obs.DONOR].astype(str).to_numpy()
        return np.asarray(pd.DataFrame(shares).groupby(donors).transform("mean"), dtype=np.float64)
    is_treated = (chosen.obs[Obs.ARM] == treated).to_numpy()
    mean = (shares[is_treated].mean(axis=0) + shares[~is_treated].mean(axis=0)) / 2
    return np.broadcast_to(mean, shares.shape)


def counts_at_shares(sums: StateSums, shares: Floats) -> Floats:
    """Return profiles x genes: the counts that as many cells would have given at other shares of the states."""
    weights = shares * sums.n_cells.sum(axis=1, keepdims=True) / sums.n_cells
    return np.einsum("ps,psg->pg", weights, sums.counts)


def _by_profile(profiles: AnnData) -> tuple[pd.DataFrame, StateSums]:
    """Return the annotation of each donor x arm with its cells summed over states, and the sums of its states."""
    obs = profiles.obs
    states = sorted(obs[Obs.STATE].astype(str).unique(), key=lambda state: (len(state), state))
    grouped = obs.groupby([Obs.DONOR, Obs.ARM], observed=True, sort=True)
    totals = grouped.agg({Obs.N_CELLS: "sum", Obs.BATCH: joined_level, Obs.IS_USED: "any"}).reset_index()
    at = grouped.ngroup().to_numpy(), pd.Index(states).get_indexer(obs[Obs.STATE].astype(str))
    counts = np.zeros((len(totals), len(states), profiles.n_vars))
    n_cells, is_used = np.zeros(counts.shape[:2]), np.zeros(counts.shape[:2], dtype=bool)
    counts[at], n_cells[at], is_used[at] = np.asarray(profiles.X), obs[Obs.N_CELLS], obs[Obs.IS_USED]
    return totals.assign(**{Obs.STATE: ALL_MSC}), StateSums(counts, n_cells, is_used)


def _values(measured: Measured, counts: Floats, rows: NDArray[np.intp]) -> Floats:
    """Return the values of sets, then of genes, on other counts (expressed genes x profiles) of the same profiles."""
    log_cpm = log2_cpm(counts, factors=tmm_factors(counts), prior_count=PRIOR_COUNT)
    return np.vstack([measured.sets.weights @ without_background(log_cpm, measured.expression.bins), log_cpm[rows]])


def _table(names: list[tuple[str, str]], whole: Floats, within: Floats, x: Floats) -> pd.DataFrame:
    fits = {"within": fit_rows(within, x), "composition": fit_rows(whole - within, x)}
    halves = {part: _half95(fit) for part, fit in fits.items()}
    return pd.DataFrame(
        {
            Effect.KIND: [kind for kind, _ in names],
            Effect.READOUT: [name for _, name in names],
            Control.THETA_ALL: fit_rows(whole, x).effect,
            Control.THETA_WITHIN: fits["within"].effect,
            Control.LOW95_WITHIN: fits["within"].effect - halves["within"],
            Control.HIGH95_WITHIN: fits["within"].effect + halves["within"],
            Control.THETA_COMPOSITION: fits["composition"].effect,
            Control.LOW95_COMPOSITION: fits["composition"].effect - halves["composition"],
            Control.HIGH95_COMPOSITION: fits["composition"].effect + halves["composition"],
        }
    )


def _half95(fit: Fit) -> Floats:
    return np.asarray(stats.t.isf(0.025, fit.df) * fit.unit * np.sqrt(fit.variance))
