"""Relabelled donors: against a listing by brute force, mirrors, strata, and draws."""

from itertools import product

import numpy as np
import pytest

from scvalid.stats.design import build_design
from scvalid.stats.labellings import relabel_donors, relabelled

PAIRED = np.array([True, False] * 4)
PAIRS = ["d0", "d0", "d1", "d1", "d2", "d2", "d3", "d3"]


def _relabel(is_treated, donors, *, n_max=10_000, seed=0, strata=None):
    return relabel_donors(np.asarray(is_treated), donors, strata=strata, n_max=n_max, rng=np.random.default_rng(seed))


def _all_of(found):
    rows = {tuple(row) for row in found.is_treated}
    assert len(rows) == len(found.is_treated)
    mirrors = {tuple(~np.array(row)) for row in rows} if found.has_mirrors else set()
    assert not rows & mirrors
    return rows | mirrors


def _by_force(is_treated, donors, strata=None):
    """Every labelling in which each donor in both arms keeps one of each, and each stratum its donors of either arm."""
    is_treated, strata = np.asarray(is_treated), strata or [""] * len(donors)
    observed, listed = _signature(is_treated, donors, strata), set()
    for row in product([True, False], repeat=len(donors)):
        if _signature(np.array(row), donors, strata) == observed:
            listed.add(row)
    return listed - {tuple(is_treated.tolist())}


def _signature(is_treated, donors, strata):
    of_donor = {}
    for donor in sorted(set(donors)):
        own = [i for i, d in enumerate(donors) if d == donor]
        of_donor[donor] = (tuple(sorted(strata[i] for i in own)), tuple(is_treated[own]))
    pairs = sorted(donor for donor, (_, labels) in of_donor.items() if len(set(labels)) == 2)
    crossed = [(d, of_donor[d][1]) for d in pairs if len(set(of_donor[d][0])) == 2]
    alone = sorted((levels, labels[0]) for levels, labels in of_donor.values() if len(set(labels)) == 1)
    return pairs, crossed, alone


@pytest.mark.parametrize(
    ("is_treated", "donors", "strata"),
    [
        (PAIRED, PAIRS, None),
        ([True] * 4 + [False] * 4, list("abcdefgh"), None),
        ([True] * 3 + [False] * 4, list("abcdefg"), None),
        ([True, True, True, False, False, False], list("abcdef"), list("xxyxyy")),
        ([True, False, True, False, True, True, False], list("aabbcde"), None),
        ([True, False, True, False, True, False], list("aabbcc"), list("xxxyyy")),
        ([True, True, False, False, True, False], list("aabbcd"), None),
    ],
    ids=["pairs", "4v4", "3v4", "strata", "mixed", "a pair over two batches", "donors of two profiles"],
)
def test_all_labellings_are_listed_once(is_treated, donors, strata):
    found = _relabel(is_treated, donors, strata=strata)
    expected = _by_force(is_treated, donors, strata)
    mirror = tuple((~np.asarray(is_treated)).tolist())
    assert found.has_mirrors == (mirror in expected)
    assert _all_of(found) == expected - {mirror}
    assert found.n_possible == len(expected) + 1
    assert found.is_complete


def test_eight_pairs_have_254_informative_sign_flips():
    found = _relabel(np.tile([True, False], 8), [f"d{i // 2}" for i in range(16)], n_max=1000)
    assert (len(found.is_treated), found.has_mirrors, found.n_possible) == (127, True, 256)
    assert found.smallest_p == pytest.approx(2 / 256)


@pytest.mark.parametrize("n_max", [10, 1000, 5000])
@pytest.mark.parametrize("n_vehicle", [8, 7])
def test_a_draw_has_no_doubles_no_identity_and_is_the_same_again(n_max, n_vehicle):
    is_treated = np.r_[np.full(8, True), np.full(n_vehicle, False)]
    donors = [f"d{i:02d}" for i in range(is_treated.size)]
    found, again, other = (_relabel(is_treated, donors, n_max=n_max, seed=seed) for seed in (1, 1, 2))
    rows = _all_of(found)
    assert len(rows) == n_max
    assert not found.is_complete
    assert rows.isdisjoint({tuple(is_treated), tuple(~is_treated)})
    assert (found.is_treated.sum(axis=1) == 8).all()
    np.testing.assert_array_equal(found.is_treated, again.is_treated)
    assert _all_of(other) != rows


def test_a_draw_is_uniform():
    is_treated = np.r_[np.full(6, True), np.full(5, False)]
    donors = [f"d{i:02d}" for i in range(11)]
    drawn = np.concatenate([_relabel(is_treated, donors, n_max=40, seed=seed).is_treated for seed in range(100)])
    # 4,000 labellings; each donor is treated in 6 of 11, SE .008
    np.testing.assert_allclose(drawn.mean(axis=0), 6 / 11, atol=0.04)


def test_numbers_beyond_64_bits_can_be_drawn():
    found = _relabel(np.tile([True, False], 80), [f"d{i // 2}" for i in range(160)], n_max=20)
    assert found.n_possible == 2**80
    assert len(_all_of(found)) == 20
    assert (found.is_treated[:, ::2] ^ found.is_treated[:, 1::2]).all()


def test_nothing_to_exchange_is_no_labelling():
    found = _relabel([True, True], ["a", "b"])
    assert (len(found.is_treated), found.has_mirrors, found.n_possible, found.smallest_p) == (0, False, 1, 1)


def test_a_relabelled_design_keeps_its_nuisance():
    x = build_design(PAIRED, {"donor": PAIRS}).x
    flipped = relabelled(x, ~PAIRED)
    np.testing.assert_array_equal(flipped, build_design(~PAIRED, {"donor": PAIRS}).x)
