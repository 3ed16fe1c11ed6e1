"""Arms from words: which sample got the vehicle and which the compound."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from scvalid.drafting.compute.apart import holds, parted, without_group
from scvalid.drafting.compute.lexicon import AMOUNT, DOUBTFUL, FACTOR, TREATED, VEHICLE
from scvalid.drafting.compute.naming import words_of
from scvalid.settings.vocabulary.names import plain

Kind = Literal["vehicle", "compound", "treated", ""]
MAX_WORDS = 4
"""Words of which the name of a compound is put together at most."""


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

    @property
    def stated(self) -> tuple[str, ...]:
        return (*self.vehicle, *self.treated)


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
    amounts = tuple(word for word in words if AMOUNT.fullmatch(word))
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


def arm_words_of(label: str, vocabulary: Vocabulary) -> list[str]:
    """Return the words of a name, also those that stand in it without a separator."""
    return parted(
        words_of(label),
        stated=vocabulary.stated,
        is_known=lambda word: bool(_meaning(word, vocabulary)[0]),
        is_generic=lambda word: plain(word) in TREATED,
    )


def choose_arms(names: Sequence[str], vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the treated and the vehicle arm: what the user gave, else a guess, '' where none or several could be meant.

    What the user gave is returned as the arm is spelled, or as it was given if no arm is called so.
    """
    different = list(dict.fromkeys(name for name in names if name))
    stated = [_spelled(words, different) for words in (vocabulary.vehicle, vocabulary.treated)]
    vehicles = [name for name in different if arm_of(words_of(name), vocabulary).kind == "vehicle" and name != stated[1]]
    vehicles = [stated[0]] if stated[0] else vehicles
    vehicle = vehicles[0] if len(vehicles) == 1 else ""
    # a lone arm beside the vehicle is the treated one whatever it is called; without a vehicle nothing says which is which
    others = [name for name in different if name not in vehicles]
    known = [name for name in others if arm_of(words_of(name), vocabulary).kind]
    treated = others if vehicle in different else known
    return stated[1] or (treated[0] if len(treated) == 1 else ""), vehicle


def note_of_vehicle(vehicle: str, vocabulary: Vocabulary) -> str:
    """Return a sentence if an arm was taken for the vehicle by a word that may mean something else, else ''."""
    if not vehicle or vocabulary.vehicle or plain(vehicle) not in DOUBTFUL:
        return ""
    return f"{vehicle} was taken for the vehicle by its name; if these cells did not get the solvent, correct design.vehicle."


def _spelled(given: Collection[str], names: Sequence[str]) -> str:
    """Return the only arm that a given word means, or the word itself; '' if none was given."""
    for word in given:
        for fits in (_is_same, _is_same_group, holds):
            found = [name for name in names if fits(name, word)]
            if len(found) == 1:
                return found[0]
        return word
    return ""


def _is_same(name: str, word: str) -> bool:
    return plain(name) == plain(word)


def _is_same_group(name: str, word: str) -> bool:
    return without_group(" ".join(words_of(name))) == without_group(" ".join(words_of(word)))


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
    if any(_is_same_group(phrase, word) for word in vocabulary.vehicle):
        return "vehicle", ""
    if any(_is_same_group(phrase, word) for word in vocabulary.treated):
        return "treated", vocabulary.compound_of(phrase) or ""
    word = plain(phrase)
    if word in VEHICLE or word in TREATED:
        return ("vehicle" if word in VEHICLE else "treated"), ""
    if name := vocabulary.compound_of(phrase):
        return "compound", name
    return ("factor", "") if FACTOR.fullmatch(word) else ("", "")
