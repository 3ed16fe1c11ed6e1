import json

import anndata
import numpy as np
import pytest
from scipy import sparse

from scvalid.contracts.counts import check_cells
from scvalid.contracts.quality import SampleSummary
from scvalid.errors import ContractError
from scvalid.io.documents import read_model
from scvalid.io.matrices import write_adata
from scvalid.keys import MODALITY_PREFIX, Obs, Uns, Var
from scvalid.qc.settings import QcSettings
from scvalid.qc.step import run
from scvalid.settings import Context


@pytest.fixture
def qc(tmp_path, msc):
    """Run the step on AnnData and return the kept cells, the summary and the two paths."""

    def start(adata, *, context=msc, name="out", **settings):
        write_adata(tmp_path / "in.h5ad", adata)
        paths = tmp_path / f"{name}.h5ad", tmp_path / f"{name}.json"
        run(settings=QcSettings(**settings), context=context, source=tmp_path / "in.h5ad", target=paths[0], summary=paths[1])
        return anndata.read_h5ad(paths[0]), read_model(paths[1], SampleSummary), paths

    return start


def test_files_hold_the_contract_and_agree(make_sample, qc):
    cells, summary, _ = qc(make_sample())
    check_cells(cells)
    assert cells.n_obs == summary.n_cells_kept
    assert np.median(cells.obs[Obs.N_GENES]) == summary.median_genes
    assert (summary.sample_id, summary.arm, summary.source_name) == ("s1", "vehicle", "x.h5ad")
    assert (summary.n_genes_unmapped, summary.n_genes_merged, summary.n_genes_renamed) == (2, 1, 3)


def test_counts_beside_genes_follow_their_cells(make_sample, qc):
    adata = make_sample()
    numbers = np.arange(adata.n_obs)
    adata.obsm[f"{MODALITY_PREFIX}hashtags"] = sparse.csr_matrix(numbers[:, None] + 1.0)
    adata.uns[Uns.MODALITIES] = json.dumps({"hashtags": {"feature_type": "Antibody Capture", "names": ["HTO1"]}})
    cells, summary, _ = qc(adata, min_counts=3000)
    assert 0 < summary.n_cells_kept < adata.n_obs
    kept = adata.obs_names.get_indexer(cells.obs_names)
    assert np.array_equal(cells.obsm[f"{MODALITY_PREFIX}hashtags"].toarray().ravel(), numbers[kept] + 1)
    assert cells.uns[Uns.MODALITIES] == adata.uns[Uns.MODALITIES]


def test_a_sample_that_loses_all_cells_is_written_with_an_alert(make_sample, qc):
    cells, summary, _ = qc(make_sample(), min_genes=100_000)
    check_cells(cells)
    assert cells.n_obs == 0
    assert "few_cells" in summary.alerts


def test_same_input_same_bytes(make_sample, qc):
    _, _, first = qc(make_sample(), name="a")
    _, _, second = qc(make_sample(), name="b")
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))


def test_a_file_without_the_record_of_intake_is_refused(make_sample, qc, tmp_path):
    adata = make_sample()
    del adata.uns[Uns.INTAKE]
    with pytest.raises(ContractError, match=Uns.INTAKE):
        qc(adata)
    assert not (tmp_path / "out.h5ad").exists()


@pytest.mark.parametrize("donor", ["1039", "107", "101"])
def test_small_donors_of_kang_keep_nearly_all_cells(donor, shared_data, qc):
    whole = anndata.read_h5ad(shared_data / "kang2018_ifnb" / "kang2018_ifnb_2000cells_8donors.h5ad")
    is_sample = (
        (whole.obs["donor"].astype(str) == donor) & (whole.obs["demuxlet"] == "SNG") & (whole.obs["condition"] == "ctrl")
    )
    part = whole[is_sample.to_numpy()].copy()
    part.obs = part.obs.assign(**{Obs.SAMPLE: "s", Obs.DONOR: donor, Obs.ARM: "ctrl", Obs.BATCH: "b"})[
        [Obs.SAMPLE, Obs.DONOR, Obs.ARM, Obs.BATCH]
    ]
    part.var[Var.IS_MT] = part.var[Var.IS_RIBO] = False
    part.uns[Uns.INTAKE] = (
        '{"source_name": "k", "source_sha256": "0", "n_genes": 1, "n_genes_unmapped": 0, "n_genes_merged": 0,'
        ' "n_genes_renamed": 0}'
    )
    cells, summary, _ = qc(part, context=Context(cell_type="PBMC"))
    assert cells.n_obs >= max(20, 0.9 * part.n_obs)
    assert summary.identity == ()
    assert next(limit.note for limit in summary.limits if limit.metric == Obs.MT_SHARE) == "absent"
