"""Arms from the pattern of all names: words that each stand with the same donors are arms."""

import re
from collections.abc import Sequence

from scvalid.drafting.compute.naming import without_accessions
from scvalid.settings.vocabulary.names import plain

REPLICATE = re.compile(r"(tech|bio)?(rep|replicate|r|well|run|lane|l|s|batch|b)?#?\d*|重复\d*|批次\d*", re.IGNORECASE)
"""Words that number wells, runs and lanes, and bare numbers."""
_FEWEST = 2


def crossed_arms(split: Sequence[Sequence[str]], donors: Sequence[Sequence[str]], arms: Sequence[str]) -> list[list[str]]:
    """Return for each name without an arm the words that must be its arm, where the names are a cross of donors and arms.

    A word is an arm if it stands with at least two donors and with two thirds of all, and there is another arm.

    Parameters
    ----------
    split
        The words of each name.
    donors
        What is left of each name whose arm is known, or the words that name its donor; [] where neither is known.
    arms
        The arm of each name, '' where none is known.
    """
    shared = set.intersection(*(set(words) for words in split)) if len(split) > 1 else set()
    own = [[word for word in without_accessions(words) if word not in shared] for words in split]
    known = sorted({tuple(map(plain, words)) for words in donors if words}, key=len, reverse=True)
    stands_with: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    found: list[list[str]] = [[] for _ in split]
    for i, (words, arm) in enumerate(zip(own, arms, strict=True)):
        donor = next((one for one in known if set(one) < set(map(plain, words))), None)
        if arm or donor is None:
            continue
        rest = [word for word in words if plain(word) not in donor]
        if not all(REPLICATE.fullmatch(word) for word in rest):
            found[i] = rest
            stands_with.setdefault(tuple(map(plain, rest)), set()).add(donor)
    fewest = max(_FEWEST, 2 * len(known) / 3)
    crossing = {rest for rest, with_donors in stands_with.items() if len(with_donors) >= fewest}
    n_arms = len(crossing) + len({plain(arm) for arm in arms if arm})
    return [rest if n_arms > 1 and tuple(map(plain, rest)) in crossing else [] for rest in found]


def rests_of(split: Sequence[Sequence[str]], used: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return what is left of each name without the words that tell of the arm, numbers of archives and what all names share."""
    shared = set.intersection(*(set(words) for words in split)) if len(split) > 1 else set()
    return [
        [word for word in without_accessions(words) if word not in shared and word not in arm_words]
        for words, arm_words in zip(split, used, strict=True)
    ]
