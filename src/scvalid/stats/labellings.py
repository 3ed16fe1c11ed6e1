"""Other ways in which the treatment could have been handed out to donors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_SPARSE = 4


@dataclass(frozen=True)
class Labellings:
    """Labellings of profiles that were as likely as the observed one.

    Attributes
    ----------
    is_treated
        Labellings x profiles; neither the observed labelling nor its mirror is among them.
    has_mirrors
        Whether each row stands for its mirror too (``~row``: treated and vehicle swapped), in which every effect has the
        other sign and the same two-sided p.
    n_possible
        Number of labellings of the design; the observed one and all mirrors count.
    is_complete
        Whether the rows (with their mirrors) are all there are, or a draw from them.
    """

    is_treated: Flags
    has_mirrors: bool
    n_possible: int
    is_complete: bool

    @property
    def smallest_p(self) -> float:
        """Smallest two-sided p value of the exact test: one in the labellings, mirrors taken as one."""
        return 1 / (len(self.is_treated) + 1)


@dataclass(frozen=True)
class _Exchange:
    """Donors of whom as many others could be treated: their profiles, how many are treated, and which are observed to be."""

    profiles: tuple[NDArray[np.intp], ...]
    n_treated: int
    observed: tuple[int, ...]

    @property
    def size(self) -> int:
        return comb(len(self.profiles), self.n_treated)


def relabel_donors(
    is_treated: Flags,
    donors: Sequence[str],
    *,
    strata: Sequence[str] | None = None,
    n_max: int,
    rng: np.random.Generator,
) -> Labellings:
    """Return the labellings that are exchangeable with the observed one when treatment does nothing.

    A donor in both arms has its arms swapped or not (sign flips: ``2^n``). Donors in one arm exchange their arms, arm sizes
    kept (``C(n + m, n)``), all profiles of a donor together. With strata both happen within a stratum only, and a donor whose
    arms lie in different strata stays as it is.

    Parameters
    ----------
    is_treated, donors
        Arm and donor of each profile.
    strata
        Stratum of each profile, for example its batch if the model holds batches.
    n_max
        At most so many labellings, mirrors counted; if there are more they are drawn without replacement.
    rng
        Generator of that draw; not used if all are listed.
    """
    exchanges, is_mirrored = _exchanges(is_treated, np.array(donors), None if strata is None else np.array(strata))
    n_possible = prod(exchange.size for exchange in exchanges)
    has_mirrors = is_mirrored and n_possible > 1
    if has_mirrors:  # one of each pair: the first donor keeps its label
        exchanges = [_without_first(exchanges[0]), *exchanges[1:]]
    sizes = [exchange.size for exchange in exchanges]
    n_listed, room = prod(sizes), n_max // 2 if has_mirrors else n_max
    observed = _joined([_rank(exchange) for exchange in exchanges], sizes)
    numbers = _drawn(n_listed, observed, room, rng)
    rows = np.repeat(is_treated[None, :], len(numbers), axis=0)
    for row, number in zip(rows, numbers, strict=True):
        for exchange, digit in zip(exchanges, _digits(number, sizes), strict=True):
            chosen = _unrank(digit, len(exchange.profiles), exchange.n_treated)
            for i, profiles in enumerate(exchange.profiles):
                row[profiles] = i in chosen
    return Labellings(rows, has_mirrors, n_possible, len(numbers) == n_listed - 1)


def relabelled(x: Floats, is_treated: Flags) -> Floats:
    """Return the design with another treatment column, the last."""
    return np.column_stack([x[:, :-1], is_treated.astype(float)])


def _exchanges(is_treated: Flags, donors: NDArray[np.str_], strata: NDArray[np.str_] | None) -> tuple[list[_Exchange], bool]:
    """Return what can be exchanged for what, and whether swapping the arms of all profiles is among it."""
    exchanges: list[_Exchange] = []
    alone: dict[tuple[str, ...], list[NDArray[np.intp]]] = {}
    is_mirrored = True
    for donor in sorted(set(donors)):
        own = np.flatnonzero(donors == donor)
        levels = tuple(sorted(strata[own])) if strata is not None else ("",) * own.size
        if len(set(is_treated[own])) == 1:
            alone.setdefault(levels, []).append(own)
        elif len(set(levels)) == 1:
            exchanges.append(_Exchange((own[is_treated[own]], own[~is_treated[own]]), 1, (0,)))
        else:
            is_mirrored = False
    for _, profiles in sorted(alone.items()):
        observed = tuple(i for i, own in enumerate(profiles) if is_treated[own[0]])
        is_mirrored &= 2 * len(observed) == len(profiles)
        exchanges.append(_Exchange(tuple(profiles), len(observed), observed))
    return exchanges, is_mirrored


def _without_first(exchange: _Exchange) -> _Exchange:
    is_first_treated = 0 in exchange.observed
    rest = tuple(i - 1 for i in exchange.observed if i > 0)
    return _Exchange(exchange.profiles[1:], exchange.n_treated - is_first_treated, rest)


def _drawn(n: int, observed: int, room: int, rng: np.random.Generator) -> list[int]:
    """Return at most ``room`` different numbers below n, the observed one never among them, in ascending order."""
    if n - 1 <= room:
        return [number for number in range(n) if number != observed]
    if n <= _SPARSE * room:
        others = rng.permutation(n)
        return sorted(int(number) for number in others[others != observed][:room])
    chosen: set[int] = set()
    n_bytes = n.bit_length() // 8 + 9  # 64 bits more than needed: the remainder is as good as uniform
    while len(chosen) < room:
        number = int.from_bytes(rng.bytes(n_bytes), "big") % n
        if number != observed:
            chosen.add(number)
    return sorted(chosen)


def _joined(digits: Sequence[int], sizes: Sequence[int]) -> int:
    number = 0
    for digit, size in zip(digits, sizes, strict=True):
        number = number * size + digit
    return number


def _digits(number: int, sizes: Sequence[int]) -> list[int]:
    digits: list[int] = []
    for size in reversed(sizes):
        number, digit = divmod(number, size)
        digits.append(digit)
    return digits[::-1]


def _rank(exchange: _Exchange) -> int:
    """Return the place of the observed choice among all choices in lexicographic order."""
    n, left, rank = len(exchange.profiles), exchange.n_treated, 0
    for i in range(n):
        if i in exchange.observed:
            left -= 1
        elif left > 0:
            rank += comb(n - i - 1, left - 1)
    return rank


def _unrank(rank: int, n: int, k: int) -> frozenset[int]:
    return frozenset(_walk(rank, n, k))


def _walk(rank: int, n: int, k: int) -> Iterator[int]:
    for i in range(n):
        if k == 0:
            return
        with_i = comb(n - i - 1, k - 1)
        if rank < with_i:
            k -= 1
            yield i
        else:
            rank -= with_i
