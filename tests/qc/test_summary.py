import json

import numpy as np
import pytest
from scipy import sparse

from scvalid.keys import Obs, Uns
from scvalid.qc.compute.summary import keep_cells
from scvalid.qc.settings import QcSettings
from scvalid.settings import Context


def _keep(adata, context, **settings):
    return keep_cells(adata, settings=QcSettings(**settings), context=context, record=json.loads(adata.uns[Uns.INTAKE]))


def test_planted_bad_cells_go_and_the_input_stays(make_sample, msc):
    adata = make_sample()
    bad = {"dying": 4, "empty": 9, "doublet": 20}
    dense = adata.X.toarray()
    dense[bad["dying"], :13] += dense[bad["dying"]].sum() // 13
    dense[bad["empty"]] = 0
    dense[bad["doublet"]] *= 200
    adata.X = sparse.csr_matrix(dense)
    before = adata.copy()
    kept, summary = _keep(adata, msc)
    assert set(adata.obs_names) - set(kept.obs_names) == {f"s1:{i}" for i in bad.values()}
    assert (summary.n_cells_in, summary.n_cells_kept) == (300, 297)
    assert {limit.metric: limit.n_removed for limit in summary.limits}[Obs.MT_SHARE] == 1
    assert np.array_equal(kept.obs[Obs.N_COUNTS], kept.X.toarray().sum(axis=1))
    assert np.median(kept.obs[Obs.MT_SHARE]) == summary.median_mt_share == pytest.approx(0.05, abs=0.01)
    assert (adata.X != before.X).nnz == 0
    assert list(adata.obs.columns) == list(before.obs.columns)


def test_sound_samples_lose_nothing_and_raise_no_alert(make_sample, msc):
    for seed in range(5):
        _, summary = _keep(make_sample(seed=seed), msc)
        assert summary.n_cells_kept >= 299
        assert summary.alerts == ()


def test_identity_is_judged_for_msc_alone(make_sample, msc):
    adata = make_sample()
    leukocytes = adata.copy()
    dense = adata.X.toarray()
    dense[:, adata.var_names.get_loc("PTPRC")] = 4
    leukocytes.X = sparse.csr_matrix(dense)
    assert _keep(leukocytes, msc)[1].alerts == ("identity_negative",)
    _, other = _keep(leukocytes, Context(cell_type="PBMC"))
    assert (other.identity, other.alerts) == ((), ())


def test_alerts_of_numbers(make_sample, msc):
    assert _keep(make_sample(n_cells=40), msc)[1].alerts == ("few_cells",)
    _, summary = _keep(make_sample(), msc, min_counts=3_500)
    assert summary.n_cells_kept < 150
    assert summary.alerts == ("many_removed",)
    kept, none = _keep(make_sample(), msc, min_counts=10**9)
    assert (kept.n_obs, none.median_counts) == (0, 0.0)
    assert none.alerts == ("few_cells", "many_removed")
