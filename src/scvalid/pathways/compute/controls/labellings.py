"""Other ways in which the arms could have been handed out to the donors of one comparison."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scvalid.contracts.verdicts import MIN_DONORS, MIN_PAIRS
from scvalid.pathways.compute.testing import Model
from scvalid.stats.design import RANK_TOLERANCE
from scvalid.stats.labellings import relabel_donors, relabelled

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
MOST: Final = 1000


@dataclass(frozen=True)
class Labellings:
    """Labellings of the compared profiles; the true one and its mirror are not among them.

    Attributes
    ----------
    is_treated
        Labellings x profiles; of two that mirror each other one.
    has_mirrors
        Whether each stands for its mirror too: the arms exchanged, every effect with the other sign and the same p value.
    model
        The true labelling.
    """

    is_treated: Flags
    has_mirrors: bool
    model: Model

    @property
    def n(self) -> int:
        """Number of labellings, of two that mirror each other one."""
        return self.is_treated.shape[0]

    @property
    def models(self) -> Iterator[Model]:
        """The model under each labelling."""
        return (replace(self.model, x=relabelled(self.model.x, labels)) for labels in self.is_treated)

    @property
    def contrasts(self) -> Floats:
        """Labellings x profiles: what an effect is a weighted sum of, the last rows of ``pinv(X)``."""
        return np.array([np.linalg.pinv(model.x)[-1] for model in self.models]).reshape(self.is_treated.shape)

    def some(self, n: int, rng: np.random.Generator) -> "Labellings":
        """Return at most n of them, chosen at random, in their order."""
        if n >= self.n:
            return self
        return replace(self, is_treated=self.is_treated[np.sort(rng.choice(self.n, n, replace=False))])

    def with_mirrors(self) -> "Labellings":
        """Return the labellings followed by their mirrors, where they stand for them."""
        both = np.concatenate([self.is_treated, ~self.is_treated]) if self.has_mirrors else self.is_treated
        return replace(self, is_treated=both, has_mirrors=False)


def relabel(model: Model, *, rng: np.random.Generator, most: int = MOST) -> Labellings:
    """Return the other labellings of the donors: all of them, or ``most`` at random.

    Pairs exchange their arms, donors of one arm exchange theirs with those of the other; within batch where the model holds
    batches, so that the variance inflation of the treatment stays what it is. Profiles without weight in the effect keep their
    labels: they say nothing under any of these.

    Parameters
    ----------
    model
        The true labelling.
    rng
        Chooses where there are more than ``most``.
    most
        Largest number of labellings, mirrors counted.
    """
    is_treated, weighs = model.x[:, -1] > 0, has_weight(model)
    own = np.flatnonzero(weighs)
    strata = [model.batches[i] for i in own] if model.batches else None
    found = relabel_donors(is_treated[own], [model.donors[i] for i in own], strata=strata, n_max=most, rng=rng)
    labels = np.repeat(is_treated[None, :], len(found.is_treated), axis=0)
    labels[:, own] = found.is_treated
    return Labellings(labels, found.has_mirrors, model)


def suffices(model: Model) -> bool:
    """Return whether enough donors say something for a rate under permuted labels: six pairs, or four donors in each arm."""
    is_treated, weighs = model.x[:, -1] > 0, has_weight(model)
    arms = [{d for d, own in zip(model.donors, weighs & (is_treated == arm), strict=True) if own} for arm in (True, False)]
    return len(arms[0] & arms[1]) >= MIN_PAIRS if model.is_paired else min(map(len, arms)) >= MIN_DONORS


def has_weight(model: Model) -> Flags:
    """Return which profiles say anything on the effect."""
    return np.asarray(np.abs(np.linalg.pinv(model.x)[-1]) > RANK_TOLERANCE)
