"""What a test of scores looks at under one labelling, and the tests that are compared on it."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.pathways.compute.testing import Measured, fit_genes
from scvalid.pathways.compute.testing.measured import Model
from scvalid.stats.correlation_prior import (
    CANDIDATE_MEANS,
    CANDIDATE_SHAPES,
    CANDIDATES,
    GUARD_SHARE_PAIRED,
    GUARD_SHARE_UNPAIRED,
    candidate_priors,
    p_values,
    posterior_of_correlation,
)
from scvalid.stats.linear_model import Fit, fit_rows, plain_t_p
from scvalid.stats.variance_cap import capped_test

Floats = NDArray[np.float64]


class Prior(NamedTuple):
    """A choice of constants of the correlation-prior test: its candidates, and the guard's share in pairs and without."""

    candidates: Floats
    paired: float
    unpaired: float


def _from(lowest: float) -> Floats:
    return candidate_priors([mean for mean in CANDIDATE_MEANS if mean >= lowest], CANDIDATE_SHAPES)


CHOSEN: Final = "chosen"
PRIORS: Final = {
    CHOSEN: Prior(CANDIDATES, GUARD_SHARE_PAIRED, GUARD_SHARE_UNPAIRED),
    "guard .20/.30 (the design's)": Prior(CANDIDATES, 0.2, 0.3),
    "guard .15/.20": Prior(CANDIDATES, 0.15, 0.2),
    "guard .10/.10": Prior(CANDIDATES, 0.1, 0.1),
    "no guard": Prior(CANDIDATES, 0.0, 0.0),
    "means from .04": Prior(_from(0.04), 0.2, 0.3),
    "means from .07": Prior(_from(0.07), 0.2, 0.3),
    "means from .10": Prior(_from(0.1), 0.2, 0.3),
    "shape .5 alone": Prior(candidate_priors(CANDIDATE_MEANS, [0.5]), 0.2, 0.3),
}
"""Unless said otherwise means .01 to .30, shapes .5 to 2, guard .20 in pairs and .30 without."""


@dataclass(frozen=True)
class Scored:
    """Scores of sets, and what their variance would be made of.

    Attributes
    ----------
    scores
        Sets x profiles.
    squared, absolute
        Squares and sizes of the weights, sets x genes.
    in_panel
        Sets that the prior is fitted to.
    is_tested
        Sets that are counted.
    """

    scores: Floats
    squared: sparse.csr_matrix
    absolute: sparse.csr_matrix
    in_panel: NDArray[np.bool_]
    is_tested: NDArray[np.bool_]


class Variances(NamedTuple):
    """Fit of the scores, and their variance if genes were independent and if they moved as one."""

    fit: Fit
    independent: Floats
    together: Floats

    @property
    def rho(self) -> Floats:
        """Return the mean correlation that explains each residual variance; below 0 where that is below the independent one."""
        return (self.fit.variance - self.independent) / (self.together - self.independent)


def panel_of(measured: Measured) -> Scored:
    """Return the scores of the panel's sets, all tested."""
    every = np.ones(len(measured.scores), dtype=bool)
    return Scored(measured.scores, measured.squared, measured.absolute, every, every)


def variances_of(scored: Scored, measured: Measured, x: Floats, *, is_paired: bool) -> Variances:
    """Fit scores and genes on one design, treatment last."""
    variance = fit_genes(measured, Model(x, (), is_paired, "plain_t")).moderated.variance
    together = np.asarray(scored.absolute @ np.sqrt(variance)) ** 2
    return Variances(fit_rows(scored.scores, x), np.asarray(scored.squared @ variance), together)


def p_by_test(found: Variances, in_panel: NDArray[np.bool_], *, is_paired: bool) -> dict[str, Floats]:
    """Return the p values of every test that is compared."""
    p = {
        "plain t": plain_t_p(found.fit),
        "capped variance": capped_test(found.fit, in_panel=in_panel, independent=found.independent).p,
    }
    for name, prior in PRIORS.items():
        share = prior.paired if is_paired else prior.unpaired
        kept = {"in_panel": in_panel, "guard_share": share, "candidates": prior.candidates}
        p[f"correlation prior, {name}"] = p_values(posterior_of_correlation(*found, **kept))
    return p
