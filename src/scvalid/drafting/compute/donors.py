"""Donors from words: the unit of replication, so that a doubtful guess is said and a replicate is never taken for one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scvalid.drafting.compute.crossing import REPLICATE, rests_of
from scvalid.drafting.compute.naming import CHINESE_DONOR
from scvalid.settings.vocabulary.names import plain

_WORD = r"(donor|don|patient|pat|subject|subj|individual|indiv|volunteer|participant|hd|animal|mouse|rat)"
_NUMBER = r"(\d{1,4}|[a-z]|[一二三四五六七八九十]+)"
_JOINED = re.compile(rf"{_WORD}#?{_NUMBER}|{CHINESE_DONOR}", re.IGNORECASE)
_ALONE = re.compile(f"{_WORD}|供体|供者|患者|病人|志愿者", re.IGNORECASE)
_BARE_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
_SHORT = {"D": re.compile(r"d\d{1,3}", re.IGNORECASE), "P": re.compile(r"p\d{1,2}", re.IGNORECASE)}
_OTHERWISE = {"D": "days", "P": "passages"}


@dataclass(frozen=True)
class Donors:
    """The donor of each sample, '' where none was found; ``doubt`` is a sentence on what else the words may mean."""

    names: tuple[str, ...]
    doubt: str = ""


def donors_of(
    split: Sequence[Sequence[str]], arm_words: Sequence[Sequence[str]], arms: Sequence[str], *, are_stated: bool = False
) -> Donors:
    """Return the donors that the words of names tell of.

    Parameters
    ----------
    split
        The words of each name.
    arm_words
        Those of them that tell of the arm.
    arms
        The arm of each; what is left of the names of two arms and is the same names a donor.
    are_stated
        Whether a person named the arms: then numbers beside them are taken for donors too, and doubted.
    """
    named = [_named_donor(words) for words in split]
    if any(named):
        return Donors(_one_spelling(named))
    for letter, pattern in _SHORT.items():
        short = [next((word for word in words if pattern.fullmatch(word)), "") for words in split]
        # what all names share may as well be the day or the passage of all
        if len(set(short)) > 1 or (len(short) == 1 and short[0]):
            some = ", ".join(sorted(set(filter(None, short)))[:3])
            doubt = f"{some} in the names were taken for donors; if they are {_OTHERWISE[letter]}, correct donor_id."
            return Donors(_one_spelling(short), doubt)
    return _rest(split, arm_words, arms, are_stated=are_stated)


def donor_words(words: Sequence[str], donor: str) -> list[str]:
    """Return the words of a name that make a donor as ``donors_of`` gives it, [] if none do."""
    if donor in words:
        return [donor]
    return next(([one, other] for one, other in pairwise(words) if donor and plain(one + other) == plain(donor)), [])


def _named_donor(words: Sequence[str]) -> str:
    """Return ``donor1`` or ``donor_1`` as one word, as written."""
    for at, word in enumerate(words):
        if _JOINED.fullmatch(word):
            return word
        if _ALONE.fullmatch(word) and at + 1 < len(words) and _BARE_NUMBER.fullmatch(words[at + 1]):
            return word + words[at + 1]
    return ""


def _rest(
    split: Sequence[Sequence[str]], arm_words: Sequence[Sequence[str]], arms: Sequence[str], *, are_stated: bool
) -> Donors:
    """Return what is left of each name without arm and words that all share, if it pairs the arms; else nothing."""
    rests = ["_".join(words) for words in rests_of(split, arm_words)]
    stands_in: dict[str, set[str]] = {}
    for rest, arm in zip(rests, arms, strict=True):
        stands_in.setdefault(rest, set()).add(arm)
    is_paired = any(len(found - {""}) > 1 for rest, found in stands_in.items() if rest)
    are_numbers = are_stated and len(stands_in) > 1 and all(_BARE_NUMBER.fullmatch(rest) for rest in rests)
    if not is_paired or (any(REPLICATE.fullmatch(rest) for rest in rests) and not are_numbers):
        return Donors(("",) * len(rests))
    if not are_numbers:
        return Donors(tuple(rests))
    some = ", ".join(sorted(stands_in)[:3])
    doubt = f"{some} in the names were taken for donors; if they are replicates, or others in each arm, correct donor_id."
    return Donors(tuple(rests), doubt)


def _one_spelling(names: Sequence[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    return tuple(first.setdefault(plain(name), name) for name in names)
