"""Words that stand in a name without a separator: ``对照组1`` is an arm and a number, ``C1`` too if C was said to be an arm."""

import re
from collections.abc import Callable, Iterator, Sequence

from scvalid.drafting.compute.naming import CHINESE_DONOR
from scvalid.settings.vocabulary.names import plain

Known = Callable[[str], bool]
_NUMBER = r"[-#]?\d{1,3}|[一二三四五六七八九十]+"
_NUMBERED = re.compile(rf"(.+?)({_NUMBER})")
_DONOR = re.compile(CHINESE_DONOR)
_NUMBER_FIRST = re.compile(_NUMBER)
_GROUP = re.compile(r"(组|group|grp)$", re.IGNORECASE)
_LEADING_GROUP = re.compile(r"^(组|group|grp)(?![a-z])", re.IGNORECASE)
# 人参皂苷Rg1, but not 第12批对照: of many numbered names each would be looked up anew
_CHINESE = re.compile(r"[^\x00-\x7f](?:[^\x00-\x7f]|[A-Za-z+-]|(?<=[A-Za-z])\d)*")
_LONGEST = 12
"""Letters of a word that is looked for within a longer one."""


def without_group(word: str) -> str:
    """Return a word as it is compared, without ``组`` or ``group`` at its end."""
    return _GROUP.sub("", plain(word)).strip() or plain(word)


def parted(
    words: Sequence[str], *, stated: Sequence[str], is_known: Known, is_generic: Known = lambda word: False
) -> list[str]:
    """Return words, those that hold a stated or a known one taken apart around it.

    Parameters
    ----------
    words
        The words of a name.
    stated
        Words that were given for the arms.
    is_known
        Whether a word by itself tells of an arm.
    is_generic
        Whether it tells of any treatment: drug1 and drug2 may be two of them, so that a number stays with it.
    """
    # where D is a word, D1 beside it is a donor
    is_whole = any(plain(word) == plain(one) for word in words for one in stated)
    within = () if is_whole else tuple(one for one in stated if not one.isdigit())
    return [
        part for word in words for part in ([word] if _DONOR.fullmatch(word) else _parts(word, within, is_known, is_generic))
    ]


def holds(name: str, word: str) -> bool:
    """Return whether a word stands in a name as one of its own: C is in C1, not in MSC."""
    return next(_around_stated(name, [word]), None) is not None


def _parts(word: str, stated: Sequence[str], is_known: Known, is_generic: Known) -> list[str]:
    if not word or is_known(word):
        return [word] if word else []
    around = next(_around_stated(word, stated), None)
    if around is None:
        around = _before_number(word, is_known) or _around_known(word, is_known)
        if around is None or (is_generic(around[1]) and _NUMBER_FIRST.match(_LEADING_GROUP.sub("", around[2]))):
            return [word]
    before, middle, behind = around
    first, last = (_parts(part, stated, is_known, is_generic) for part in (before, _LEADING_GROUP.sub("", behind)))
    return [*first, middle, *last]


def _around_stated(word: str, stated: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for one in sorted(stated, key=len, reverse=True):
        # C is in C1, not in MSC; 1uM is not in 10uM or 11uM; Chinese has no gaps between words
        start = r"(?<![A-Za-z])" if one[0].isascii() and one[0].isalpha() else r"(?<!\d)" if one[0].isdigit() else ""
        end = r"(?![A-Za-z])" if one[-1].isascii() and one[-1].isalpha() else r"(?!\d)" if one[-1].isdigit() else ""
        if found := re.search(start + re.escape(one) + end, word, re.IGNORECASE):
            yield word[: found.start()], found.group(), word[found.end() :]


def _before_number(word: str, is_known: Known) -> tuple[str, str, str] | None:
    found = _NUMBERED.fullmatch(word)
    return ("", found[1], found[2].lstrip("-#")) if found and is_known(found[1]) else None


def _around_known(word: str, is_known: Known) -> tuple[str, str, str] | None:
    """Return what stands before, as and behind the longest known word in a word of Chinese."""
    if word.isascii() or len(word) > 100:
        return None
    for n in range(min(_LONGEST, len(word) - 1), 1, -1):
        for at in range(len(word) - n + 1):
            piece = word[at : at + n]
            if _CHINESE.fullmatch(piece) and is_known(piece):
                return word[:at], piece, word[at + n :]
    return None
