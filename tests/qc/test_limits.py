import numpy as np
import pytest
from scipy.stats import median_abs_deviation

from scvalid.keys import Obs
from scvalid.qc.compute.limits import flag_kept, set_limits
from scvalid.qc.compute.metrics import CellMetrics
from scvalid.qc.settings import QcSettings


def _metrics(n_counts, *, n_genes=None, mt=None, ribo=None):
    n_counts = np.asarray(n_counts, dtype=np.int64)
    zero = np.zeros(len(n_counts))
    n_genes = n_counts // 3 if n_genes is None else np.asarray(n_genes)
    return CellMetrics(
        n_counts, n_genes, zero if mt is None else mt, zero if ribo is None else ribo, mt is not None, ribo is not None
    )


def _limit(metrics, metric, **settings):
    return next(limit for limit in set_limits(metrics, QcSettings(**settings)) if limit.metric == metric)


@pytest.fixture
def depth():
    return np.round(np.random.default_rng(1).lognormal(8, 0.3, 500))


def test_limits_are_median_and_mads_of_scipy(depth):
    limit = _limit(_metrics(depth), Obs.N_COUNTS, n_mads=3)
    middle, mad = np.median(np.log1p(depth)), median_abs_deviation(np.log1p(depth), scale="normal")
    assert limit.low == pytest.approx(np.expm1(middle - 3 * mad))
    assert limit.high == pytest.approx(np.expm1(middle + 3 * mad))
    assert limit.n_removed == ((depth < limit.low) | (depth > limit.high)).sum()


def test_planted_debris_and_doublets_are_cut_and_no_more(depth):
    planted = np.concatenate([depth, [210, 220, 250], [500_000, 900_000]])
    metrics = _metrics(planted)
    is_kept = flag_kept(metrics, set_limits(metrics, QcSettings()))
    assert not is_kept[500:].any()
    assert is_kept[:500].all()


def test_empty_droplets_do_not_set_the_limits(depth):
    alone = _limit(_metrics(depth), Obs.N_COUNTS)
    among = _limit(_metrics(np.concatenate([np.full(5_000, 12), depth])), Obs.N_COUNTS)
    assert (among.low, among.high) == (alone.low, alone.high)
    assert among.n_removed == alone.n_removed + 5_000


@pytest.mark.parametrize(
    ("metrics", "metric", "note"),
    [
        (_metrics([1000] * 50), Obs.N_COUNTS, "mad_zero"),
        (_metrics([1000] * 50, mt=np.zeros(50)), Obs.MT_SHARE, "mad_zero"),
        (_metrics([1000] * 50), Obs.MT_SHARE, "absent"),
        (_metrics([1000] * 50), Obs.RIBO_SHARE, "absent"),
        (_metrics([1000] * 50, ribo=np.linspace(0, 1, 50)), Obs.RIBO_SHARE, "off"),
        (_metrics([500, 900, 1000, 40_000]), Obs.N_COUNTS, "few_cells"),
        (_metrics([1, 2, 3]), Obs.N_COUNTS, "few_cells"),
    ],
)
def test_where_mads_say_nothing_only_fixed_limits_hold(metrics, metric, note):
    limit = _limit(metrics, metric)
    assert limit.note == note
    assert limit.n_removed == ((metrics.n_counts < 200).sum() if metric == Obs.N_COUNTS else 0)


def test_mitochondrial_limit_has_a_margin_and_a_cap():
    rng = np.random.default_rng(0)
    tight = np.append(rng.normal(0.02, 0.001, 99), 0.06)
    assert _limit(_metrics([1000] * 100, mt=tight), Obs.MT_SHARE).n_removed == 0
    assert _limit(_metrics([1000] * 100, mt=tight), Obs.MT_SHARE, min_mt_margin=0.0).n_removed == 1
    dying = rng.uniform(0.1, 0.6, 100)
    limit = _limit(_metrics([1000] * 100, mt=dying), Obs.MT_SHARE)
    assert limit.high == 0.25
    assert limit.n_removed == (dying > 0.25).sum()
    assert _limit(_metrics([1000] * 100, mt=np.append(np.zeros(99), 0.5)), Obs.MT_SHARE).n_removed == 1


def test_ribosomal_limit_is_on_request():
    ribo = np.linspace(0, 1, 101)
    assert _limit(_metrics([1000] * 101, ribo=ribo), Obs.RIBO_SHARE, max_ribo_share=0.5).n_removed == 50
