"""decoupler's univariate linear model on the profiles, as a second opinion on the sign of each effect."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.keys import GeneSet
from scvalid.pathways.compute.expression import Expression
from scvalid.stats.linear_model import fit_rows

Floats = NDArray[np.float64]
MIN_TARGETS = 5


def ulm_effects(expression: Expression, sets: pd.DataFrame, x: Floats) -> pd.Series:
    """Return the treatment effect on decoupler's ulm score of each set.

    The score of a profile is the t value of the regression of its centred expression on the set's weights; its own p value
    is not used (it treats genes as independent).

    Parameters
    ----------
    expression
        Expressed genes of the comparison.
    sets
        Long table with the columns of ``keys.GeneSet``.
    x
        Design, treatment last.

    Returns
    -------
    Effect per set id, in units of the score; sets that decoupler did not score are absent.

    References
    ----------
    Badia-i-Mompel 2022, doi:10.1093/bioadv/vbac016.
    """
    net = sets[sets[GeneSet.GENE].isin(expression.genes) & (sets[GeneSet.WEIGHT] != 0)]
    by_set = net.groupby(GeneSet.SET)[GeneSet.WEIGHT]
    # the same weight on every gene has no slope, and decoupler stops at its missing p value
    has_slope = (by_set.size() < expression.genes.size) | (by_set.max() > by_set.min())
    is_scored = (by_set.size() >= MIN_TARGETS) & has_slope
    net = net[net[GeneSet.SET].isin(is_scored.index[is_scored])]
    if net.empty:
        return pd.Series(dtype=float)
    import decoupler

    centred = expression.log_cpm - expression.log_cpm.mean(axis=1, keepdims=True)
    profiles = pd.DataFrame(centred.T, index=[f"p{i}" for i in range(centred.shape[1])], columns=list(expression.genes))
    names = {GeneSet.SET: "source", GeneSet.GENE: "target", GeneSet.WEIGHT: "weight"}
    long = net[list(names)].rename(columns=names).reset_index(drop=True)
    scores, _ = decoupler.mt.ulm(profiles, long, tmin=MIN_TARGETS, verbose=False)
    scores = scores.loc[profiles.index]
    return pd.Series(fit_rows(scores.to_numpy(float).T, x).effect, index=scores.columns)
