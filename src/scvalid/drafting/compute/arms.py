"""Arms from words: which sample got the vehicle and which the compound."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from scvalid.drafting.compute.naming import words_of
from scvalid.settings.vocabulary.names import plain

Kind = Literal["vehicle", "compound", "treated", ""]
MAX_WORDS = 4
"""Words of which the name of a compound is put together at most."""

_VEHICLE = frozenset(
    {
        "ctrl",
        "control",
        "controls",
        "ctr",
        "ctl",
        "con",
        "vehicle",
        "veh",
        "dmso",
        "untreated",
        "unstim",
        "unstimulated",
        "mock",
    }
    | {"pbs", "nt", "untr", "naive", "baseline", "solvent", "ethanol", "etoh"}
    | {"对照", "对照组", "空白", "空白组", "空白对照", "溶媒", "溶剂", "溶媒对照", "未处理", "未处理组", "阴性对照"}
)
_TREATED = frozenset(
    {"treated", "treatment", "treat", "trt", "tx", "stim", "stimulated", "drug", "compound", "primed", "priming", "licensed"}
    | {"处理", "处理组", "给药", "给药组", "实验组", "药物", "药物组", "加药", "刺激", "刺激组"}
)
_FACTOR = re.compile(
    r"(ifn(g|b|a|γ|β|α|gamma|beta|alpha)?|tnf(a|α|alpha)?|il\d+[ab]?|lps|tgfb?\d?|hypoxia|h2o2|缺氧)", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"\d+(\.\d+)?(nm|um|μm|µm|mm|ng|ug|μg|µg|mg|ngml|ugml|mgml|mgl|h|hr|hrs|hours?|d|days?|min)|day\d+", re.IGNORECASE
)


@dataclass(frozen=True)
class Vocabulary:
    """The words that name an arm, beside the usual ones.

    Attributes
    ----------
    compound_of
        Any name -> English name of the compound of the library that it means, or None.
    vehicle, treated
        Words that the user gave for the two arms.
    """

    compound_of: Callable[[str], str | None]
    vehicle: Collection[str] = ()
    treated: Collection[str] = ()


@dataclass(frozen=True)
class Arm:
    """An arm as a name says it.

    Attributes
    ----------
    name
        The words as written; '' if none was found.
    compounds
        The compounds of the library among them.
    words
        All words that were taken for the arm, with amounts.
    """

    name: str
    kind: Kind
    compounds: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def arm_of(words: Sequence[str], vocabulary: Vocabulary) -> Arm:
    """Return the arm that the words of a name tell of; a compound counts more than the solvent that stands beside it."""
    found = _phrases(words, vocabulary)
    amounts = tuple(word for word in words if _AMOUNT.fullmatch(word))
    everything = tuple(w for phrase, _, _ in found for w in words_of(phrase)) + amounts
    for kinds in (("compound", "factor"), ("treated",), ("vehicle",)):
        chosen = [(phrase, name) for phrase, kind, name in found if kind in kinds]
        if chosen:
            compounds = tuple(dict.fromkeys(name for _, name in chosen if name))
            kind: Kind = "vehicle" if kinds == ("vehicle",) else "compound" if compounds else "treated"
            name = "+".join(dict.fromkeys(phrase for phrase, _ in chosen))
            return Arm(name, kind, compounds, amounts, everything)
    return Arm("", "", (), amounts, everything)


def named_arms(arms: Sequence[Arm]) -> list[str]:
    """Return the name of each arm, one spelling each; with its amounts where an arm has several: doses are no replicates."""
    first: dict[str, str] = {}
    bases = [first.setdefault(plain(arm.name), arm.name) for arm in arms]
    amounts: dict[str, set[tuple[str, ...]]] = {}
    for base, arm in zip(bases, arms, strict=True):
        amounts.setdefault(base, set()).add(arm.amounts)
    return [
        " ".join([base, *arm.amounts]) if base and len(amounts[base]) > 1 else base
        for base, arm in zip(bases, arms, strict=True)
    ]


def choose_arms(names: Sequence[str], vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the treated and the vehicle arm of some; '' where none or several could be meant."""
    different = list(dict.fromkeys(name for name in names if name))
    by_word = {plain(name): name for name in different}
    vehicles = [by_word[plain(word)] for word in vocabulary.vehicle if plain(word) in by_word]
    vehicles = vehicles or [name for name in different if arm_of(words_of(name), vocabulary).kind == "vehicle"]
    vehicle = vehicles[0] if len(vehicles) == 1 else ""
    treated = [by_word[plain(word)] for word in vocabulary.treated if plain(word) in by_word]
    # a lone arm beside the vehicle is the treated one whatever it is called; without a vehicle nothing says which is which
    others = [name for name in different if name not in vehicles]
    known = [name for name in others if arm_of(words_of(name), vocabulary).kind]
    treated = treated or (others if vehicle else known)
    return (treated[0] if len(treated) == 1 and treated[0] != vehicle else ""), vehicle


def _phrases(words: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    """Return phrase, kind and compound of every run of words that means something; longer runs first, each word once."""
    found: list[tuple[str, str, str]] = []
    at = 0
    while at < len(words):
        for n in range(min(MAX_WORDS, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + n])
            kind, name = _meaning(phrase, vocabulary)
            if kind:
                found.append((phrase, kind, name))
                at += n - 1
                break
        at += 1
    return found


def _meaning(phrase: str, vocabulary: Vocabulary) -> tuple[str, str]:
    word = plain(phrase)
    if word in {plain(w) for w in vocabulary.vehicle}:
        return "vehicle", ""
    if word in {plain(w) for w in vocabulary.treated}:
        return "treated", vocabulary.compound_of(phrase) or ""
    if word in _VEHICLE or word in _TREATED:
        return ("vehicle" if word in _VEHICLE else "treated"), ""
    if name := vocabulary.compound_of(phrase):
        return "compound", name
    return ("factor", "") if _FACTOR.fullmatch(word) else ("", "")
