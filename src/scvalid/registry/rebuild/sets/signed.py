"""Signed weights of a gene set under other names of its genes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class MovedSet:
    """A set under new names, and what became of the genes that could not simply be renamed.

    ``lost`` have no new name; ``joined`` are the new names on which several old ones met; ``conflicting`` are new names whose
    old ones met with opposite signs, and which are therefore not in the set.
    """

    weights: dict[str, float]
    lost: tuple[str, ...]
    joined: dict[str, tuple[str, ...]]
    conflicting: tuple[str, ...]


def move_weights(weights: Mapping[str, float], *, names: Mapping[str, str]) -> MovedSet:
    """Return the weights of a set under new names.

    Two names that turn out to be one gene are two estimates of one weight: the gene gets their mean, so that it speaks with
    one voice; a sum would count it twice because of its names. If the signs differ, the set does not say in which direction
    the gene moves: the gene is left out and named.

    Parameters
    ----------
    weights
        Old name -> signed weight.
    names
        Old name -> new name; a name that is absent or leads to '' is lost.
    """
    members: dict[str, list[str]] = {}
    for old in weights:
        if names.get(old):
            members.setdefault(names[old], []).append(old)
    signs = {new: {float(np.sign(weights[old])) for old in olds} for new, olds in members.items()}
    conflicting = tuple(new for new, found in signs.items() if {-1.0, 1.0} <= found)
    return MovedSet(
        weights={
            new: float(np.mean([weights[old] for old in olds])) for new, olds in members.items() if new not in conflicting
        },
        lost=tuple(old for old in weights if not names.get(old)),
        joined={new: tuple(olds) for new, olds in members.items() if len(olds) > 1},
        conflicting=conflicting,
    )
