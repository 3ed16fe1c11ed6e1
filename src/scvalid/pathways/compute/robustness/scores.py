"""Other scores of sets on the same profiles; each is tested between donors, never by a p value of its own."""

from collections import defaultdict
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.stats import rankdata

from scvalid.pathways.compute.analysis import Analysis, Compared
from scvalid.pathways.compute.robustness.views import View
from scvalid.pathways.compute.testing import Measured

Floats = NDArray[np.float64]
MIN_TARGETS: Final = 5
MODEL: Final = "PROGENY_"
STRONGEST: Final = "_TOP100"
"""End of the id of a pathway's 100 strongest genes."""
MAX_CONDITION: Final = 1e8
"""Of the sets of a collection; above it some of them are sums of others."""


def ulm(compared: Compared, analysis: Analysis) -> View:
    """The score ulm of decoupler, a univariate linear model: t of a profile regressed on the set's weights."""
    return View(compared.measured, _decoupled(compared.measured, "ulm"))


def zscore(compared: Compared, analysis: Analysis) -> View:
    """The score zscore of decoupler: mean of the set's genes over the profile's SD, times the root of their number."""
    return View(compared.measured, _decoupled(compared.measured, "zscore"))


def mlm(compared: Compared, analysis: Analysis) -> View | None:
    """The score mlm of decoupler, a multivariate linear model: t of a set beside the others of its collection.

    Panel sets alone, one fit for each collection (the sets whose ids start with the same word), so that no submitted set moves
    the score of another. Written with numpy: decoupler's own is compiled for 16 s at its first call.
    The t values agree to 1e-5 of their size, for decoupler computes in single precision.
    """
    measured = compared.measured
    scores = np.full(measured.scores.shape, np.nan)
    for rows in _collections(measured):
        fitted = multivariate_t(measured.signed[rows], measured.expression.log_cpm)
        if fitted is not None:
            scores[rows] = fitted
    return View(measured, scores) if np.isfinite(scores).any() else None


def rank(compared: Compared, analysis: Analysis) -> View:
    """Mean signed rank of the set's genes within each profile, as a share of all ranks (after AUCell, Aibar 2017)."""
    measured = compared.measured
    ranks = rankdata(measured.expression.log_cpm, axis=0) / max(measured.expression.genes.size, 1)
    return _weighted(measured, ranks)


def no_background(compared: Compared, analysis: Analysis) -> View:
    """The primary score without its matched background: genes over their own mean."""
    log_cpm = compared.measured.expression.log_cpm
    return _weighted(compared.measured, log_cpm - log_cpm.mean(axis=1, keepdims=True))


def other_cut(compared: Compared, analysis: Analysis) -> View | None:
    """The primary score of a PROGENy pathway cut at another number of genes.

    That of ``PROGENY_WNT_TOP100`` for ``PROGENY_WNT``, and the other way round. Both are registered for every pathway, so that
    no set of a lab can stand for one. Sets of other databases are no second source: their axes are too wide to ask the same.
    """
    measured = compared.measured
    twins = _twins(measured.names)
    if not twins:
        return None
    scores, independent = np.full(measured.scores.shape, np.nan), np.ones(measured.names.size)
    alone = np.asarray(measured.squared.sum(axis=1)).ravel()
    for row, twin in twins.items():
        scores[row], independent[row] = measured.scores[twin], alone[twin]
    return View(measured, scores, independent)


def _twins(names: NDArray[np.str_]) -> dict[int, int]:
    rows = {str(name): row for row, name in enumerate(names) if name.startswith(MODEL)}
    pairs = {row: rows[name + STRONGEST] for name, row in rows.items() if name + STRONGEST in rows}
    return pairs | {twin: row for row, twin in pairs.items()}


def _weighted(measured: Measured, values: Floats) -> View:
    total = np.asarray(measured.absolute.sum(axis=1)).reshape(-1, 1)
    independent = np.asarray(measured.squared.sum(axis=1)).ravel() / total.ravel() ** 2
    return View(measured, np.asarray(measured.signed @ values) / total, independent)


def multivariate_t(weights: sparse.csr_matrix, values: Floats) -> Floats | None:
    """Return t values of sets (rows of ``weights``) in the regression of each profile on all of them; None if collinear.

    Parameters
    ----------
    weights
        Sets x genes.
    values
        Genes x profiles.

    References
    ----------
    Badia-i-Mompel 2022, doi:10.1093/bioadv/vbac016.
    """
    # every column about its own mean stands for the intercept; products of sparse rows keep 10,000 genes cheap
    n_genes, df = values.shape[0], values.shape[0] - weights.shape[0] - 1
    mean = np.asarray(weights.mean(axis=1)).ravel()
    gram = (weights @ weights.T).toarray() - n_genes * np.outer(mean, mean)
    scale = np.sqrt(np.diag(gram))
    if df < 1 or not (scale > 0).all() or np.linalg.cond(gram / np.outer(scale, scale)) > MAX_CONDITION:
        return None
    centred = values - values.mean(axis=0)
    product, inverse = np.asarray(weights @ centred), np.linalg.inv(gram)
    coefficient = inverse @ product
    variance = ((centred**2).sum(axis=0) - (coefficient * product).sum(axis=0)) / df
    return np.asarray(coefficient / np.sqrt(np.diag(inverse)[:, None] * variance))


def _collections(measured: Measured) -> list[NDArray[np.intp]]:
    by_word: dict[str, list[int]] = defaultdict(list)
    for row, (name, is_panel) in enumerate(zip(measured.names, measured.in_panel, strict=True)):
        if is_panel:
            by_word[name.partition("_")[0]].append(row)
    return [np.array(rows) for _, rows in sorted(by_word.items()) if len(rows) > 1]


def _decoupled(measured: Measured, method: str) -> Floats:
    """Return decoupler's scores, sets x profiles, on log2 CPM less the mean of each profile; NaN where it gives none."""
    if measured.names.size == 0:
        return measured.scores
    import decoupler

    expression = measured.expression
    centred = expression.log_cpm - expression.log_cpm.mean(axis=0, keepdims=True)
    set_rows, genes = np.nonzero(measured.sets.weights)
    weights = measured.sets.weights[set_rows, genes]
    net = pd.DataFrame({"source": measured.names[set_rows], "target": expression.genes[genes], "weight": weights})
    profiles = pd.DataFrame(centred.T, index=[f"p{i:03d}" for i in range(centred.shape[1])], columns=list(expression.genes))
    scores, _ = getattr(decoupler.mt, method)(profiles, net, tmin=MIN_TARGETS, verbose=False)
    return np.asarray(scores.reindex(index=profiles.index, columns=measured.names).to_numpy(np.float64).T)
