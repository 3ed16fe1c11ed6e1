import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.preflight.files.ranks import MIN_CELLS, N_POINTS, SMOOTH, find_bends, judge_barcodes


def _library(n_cells, *, size, n_empty=20_000, seed=0):
    """Sizes of cells, and of droplets with ambient RNA."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.lognormal(np.log(size), 0.5, n_cells), rng.poisson(rng.gamma(2, 20, n_empty))]).astype(np.int64)


def _slow_bends(sizes, lower):
    """The same curve point by point, in plain Python."""
    kept = sorted((size for size in sizes.tolist() if size > lower), reverse=True)
    xs, ys = [], []
    for value in sorted(set(kept), reverse=True):
        ranks = [i + 1 for i, size in enumerate(kept) if size == value]
        xs.append(math.log10(sum(ranks) / len(ranks)))
        ys.append(math.log10(value))
    if len(xs) < MIN_CELLS:
        return None
    grid = [xs[0] + (xs[-1] - xs[0]) * i / (N_POINTS - 1) for i in range(N_POINTS)]
    curve = []
    for x in grid:
        right = next((i for i, known in enumerate(xs) if known >= x), len(xs) - 1)
        left = max(0, right - 1)
        share = 0.0 if xs[right] == xs[left] else (x - xs[left]) / (xs[right] - xs[left])
        curve.append(ys[left] + share * (ys[right] - ys[left]) if right else ys[0])
    half = SMOOTH // 2
    at = lambda i: curve[min(max(i, 0), N_POINTS - 1)]  # noqa: E731
    smooth = [sum(at(i + k) for k in range(-half, half + 1)) / SMOOTH for i in range(N_POINTS)]
    falls = {i + 1: smooth[i + 1] - smooth[i] for i in range(N_POINTS - 1) if grid[i] >= math.log10(MIN_CELLS)}
    last = min(falls, key=lambda i: (round(falls[i], 12), i))

    def above(i):
        line = smooth[0] + (smooth[last] - smooth[0]) * (grid[i] - grid[0]) / (grid[last] - grid[0])
        return smooth[i] - line

    return 10 ** smooth[max(range(last + 1), key=above)], 10 ** smooth[last]


@pytest.mark.parametrize("seed", range(4))
def test_bends_are_those_of_a_slow_reckoning(seed):
    sizes = _library(60 * (seed + 1), size=900 + 700 * seed, n_empty=400, seed=seed)
    # floating point alone parts them
    assert find_bends(sizes) == pytest.approx(_slow_bends(sizes, 100), rel=1e-9)


@pytest.mark.parametrize(("n_cells", "size"), [(150, 3_000), (1_000, 6_000), (5_000, 8_000), (3_000, 1_500)])
def test_the_inflection_counts_planted_cells(n_cells, size):
    ranks = judge_barcodes(_library(n_cells, size=size), n_genes=20_000, are_counts=True)
    assert ranks.kind == "raw"
    assert abs(ranks.n_above_inflection - n_cells) <= 0.05 * n_cells
    assert 0 < ranks.n_above_knee <= ranks.n_above_inflection
    assert judge_barcodes(_library(n_cells, size=size, n_empty=0), n_genes=20_000, are_counts=True).kind == "filtered"


@given(st.lists(st.integers(0, 10_000), max_size=300), st.randoms())
def test_the_order_of_barcodes_does_not_matter_and_nothing_fails(sizes, random):
    shuffled = sizes.copy()
    random.shuffle(shuffled)
    first, second = (judge_barcodes(np.array(s, dtype=np.int64), n_genes=9, are_counts=True) for s in (sizes, shuffled))
    assert first == second


def test_what_does_not_tell_is_left_open():
    few_genes = _library(200, size=200)
    assert judge_barcodes(few_genes, n_genes=226, are_counts=False).kind == "unknown"
    assert judge_barcodes(None, n_genes=20_000, are_counts=False).kind == "unknown"
    assert judge_barcodes(np.zeros(50, np.int64), n_genes=20_000, are_counts=True).kind == "unknown"
    shallow = np.full(5_000, 60)
    assert judge_barcodes(shallow, n_genes=20_000, are_counts=True).kind == "unknown"


@pytest.mark.parametrize("spread", [0.3, 0.5, 0.8])
@pytest.mark.parametrize("are_counts", [True, False])
def test_one_population_with_few_counts_is_not_called_raw(spread, are_counts):
    sizes = np.random.default_rng(0).lognormal(np.log(60), spread, 2_000).astype(np.int64)
    assert judge_barcodes(sizes, n_genes=300, are_counts=are_counts).kind == "unknown"
    assert judge_barcodes(sizes, n_genes=20_000, are_counts=are_counts).kind == "unknown"
