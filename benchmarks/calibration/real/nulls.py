"""Labellings of real profiles under which nothing is true: donors of one arm split, and donors' differences flipped."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np
from benchmarks.calibration.real.data import TREATED, VEHICLE, Kang, without_arm_means
from benchmarks.calibration.real.scored import Floats, Scored, panel_of
from scipy import sparse

from scvalid.pathways.compute.testing import Measured

Labelled = tuple[Measured, list[Floats]]
"""Profiles, and the designs that they are tested on."""


@dataclass(frozen=True)
class Null:
    """A way to label real profiles at random.

    Attributes
    ----------
    name
        What is compared.
    labelled
        From the data and some of its donors to every set of profiles with its labellings.
    is_paired
        Whether donors are blocked.
    """

    name: str
    labelled: Callable[[Kang, Sequence[str]], Iterator[Labelled]]
    is_paired: bool


def splits(arm: str, n: int) -> Callable[[Kang, Sequence[str]], Iterator[Labelled]]:
    """Return all splits of every 2n donors of one arm into n and n; of 2n - 1 donors, where there are no more, n and n - 1."""

    def labelled(data: Kang, donors: Sequence[str]) -> Iterator[Labelled]:
        size = min(2 * n, len(donors))
        for chosen in combinations(donors, size):
            yield data.measured(chosen, [arm]), _designs_of_splits(size, n)

    return labelled


def flips(n: int) -> Callable[[Kang, Sequence[str]], Iterator[Labelled]]:
    """Return all sign flips, but the true labels, of every n pairs; of those that mirror each other one.

    Both arms are given the same mean over all donors first, or the true effect would be taken for noise.
    """

    def labelled(data: Kang, donors: Sequence[str]) -> Iterator[Labelled]:
        whole = without_arm_means(data.measured(donors, [VEHICLE, TREATED]))
        size = min(n, len(donors))
        for chosen in combinations(range(len(donors)), size):
            columns = np.repeat(2 * np.array(chosen), 2) + np.tile([0, 1], size)
            yield _only(whole, columns), _designs_of_flips(size)

    return labelled


NULLS: Final = (
    Null("vehicle arm, 4 v 4", splits(VEHICLE, 4), is_paired=False),
    Null("vehicle arm, 3 v 3", splits(VEHICLE, 3), is_paired=False),
    Null("treated arm, 4 v 4", splits(TREATED, 4), is_paired=False),
    Null("treated arm, 3 v 3", splits(TREATED, 3), is_paired=False),
    Null("8 pairs flipped", flips(8), is_paired=True),
    Null("4 pairs flipped", flips(4), is_paired=True),
    Null("3 pairs flipped", flips(3), is_paired=True),
)


def random_sets(measured: Measured, rng: np.random.Generator, *, copies: int = 4) -> Scored:
    """Return sets of random genes that match the panel's in weights and expression bins; the prior is fitted to the panel."""
    bins = measured.expression.bins
    members = [np.flatnonzero(bins == b) for b in range(bins.max() + 1)]
    drawn = np.zeros((copies * len(measured.scores), bins.size))
    for row, weights in enumerate(np.tile(measured.sets.weights, (copies, 1))):
        for gene in np.flatnonzero(weights):
            drawn[row, rng.choice(members[bins[gene]])] += weights[gene]
    return _beside_panel(measured, drawn @ measured.expression.relative, sparse.csr_matrix(drawn))


def shifted_sets(measured: Measured, rng: np.random.Generator, *, sd: float, copies: int = 10) -> Scored:
    """Return the panel's sets with a shift of each sample (log2 units) on their scores, which their genes' variances lack."""
    scores = np.tile(measured.scores, (copies, 1))
    return _beside_panel(measured, scores + rng.normal(0, sd, scores.shape), sparse.vstack([measured.signed] * copies))


def _beside_panel(measured: Measured, scores: Floats, weights: sparse.csr_matrix) -> Scored:
    weights, panel = weights.tocsr(), panel_of(measured)
    is_added = np.r_[np.zeros(len(panel.scores), bool), np.ones(len(scores), bool)]
    return Scored(
        np.vstack([panel.scores, scores]),
        sparse.vstack([panel.squared, weights.multiply(weights)]).tocsr(),
        sparse.vstack([panel.absolute, abs(weights)]).tocsr(),
        ~is_added,
        is_added,
    )


def _only(measured: Measured, columns: np.ndarray) -> Measured:
    expression = measured.expression
    kept = replace(expression, log_cpm=expression.log_cpm[:, columns], relative=expression.relative[:, columns])
    return replace(measured, expression=kept, scores=measured.scores[:, columns])


def _designs_of_splits(size: int, n: int) -> list[Floats]:
    # of two splits that mirror each other, the one with the first donor among the treated
    first = 0 if 2 * n == size else None
    chosen = (c for c in combinations(range(size), n) if first is None or first in c)
    return [np.column_stack([np.ones(size), np.isin(np.arange(size), c)]).astype(float) for c in chosen]


def _designs_of_flips(n: int) -> list[Floats]:
    blocks = np.repeat(np.eye(n), 2, axis=0)
    swapped = [(number >> np.arange(n)) & 1 for number in range(1, 2 ** (n - 1))]
    return [np.column_stack([blocks, np.abs(np.tile([0, 1], n) - np.repeat(flip, 2))]) for flip in swapped]
