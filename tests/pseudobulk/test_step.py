"""From files of cells to one file of profiles."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData
from scipy import sparse

from scvalid.contracts.tables import STATES
from scvalid.io.matrices import read_adata, write_adata
from scvalid.io.tables import write_table
from scvalid.keys import Obs, State, Uns, Var
from scvalid.pseudobulk.settings import PseudobulkSettings
from scvalid.pseudobulk.step import run


@pytest.fixture
def sources(tmp_path):
    """Four samples of 12 cells and one that lost all its cells."""
    rng = np.random.default_rng(0)
    paths = []
    for i, (donor, arm, n) in enumerate([("a", "T", 12), ("a", "V", 12), ("b", "T", 12), ("b", "V", 12), ("c", "T", 0)]):
        cells = pd.Index([f"s{i}:{k}" for k in range(n)], dtype=object)
        obs = pd.DataFrame({Obs.SAMPLE: f"s{i}", Obs.DONOR: donor, Obs.ARM: arm, Obs.BATCH: "b1"}, index=cells)
        var = pd.DataFrame({Var.IS_MT: False, Var.IS_RIBO: False}, index=pd.Index([f"G{g}" for g in range(7)], dtype=object))
        x = sparse.csr_matrix(rng.poisson(1.0, (n, 7)).astype(np.float32))
        paths.append(tmp_path / f"s{i}.h5ad")
        write_adata(paths[-1], AnnData(X=x, obs=obs, var=var, uns={Uns.INTAKE: "{}"}))
    return paths


def test_profiles_of_all_cells_and_the_same_bytes_again(sources, tmp_path):
    settings = PseudobulkSettings(min_cells=12)
    run(settings=settings, sources=sources, target=tmp_path / "one.h5ad")
    run(settings=settings, sources=sources, target=tmp_path / "two.h5ad")
    profiles = read_adata(tmp_path / "one.h5ad")
    assert list(zip(profiles.obs[Obs.DONOR], profiles.obs[Obs.ARM], strict=True)) == [(d, a) for d in "ab" for a in "TV"]
    assert profiles.obs[Obs.IS_USED].all()
    assert (tmp_path / "one.h5ad").read_bytes() == (tmp_path / "two.h5ad").read_bytes()


def test_profiles_by_state_sum_to_those_of_all_cells(sources, tmp_path):
    cells = pd.concat([read_adata(source).obs for source in sources[:-1]])
    labels = np.where(np.arange(len(cells)) % 3, "basal", "stressed")
    table = pd.DataFrame({State.CELL: cells.index, State.STATE: labels, State.X: 0.0, State.Y: 0.0})
    table = table.join(cells[[Obs.SAMPLE, Obs.DONOR, Obs.ARM]].astype(object), on=State.CELL)
    write_table(tmp_path / "states.parquet", table[list(STATES.columns)], STATES)
    settings = PseudobulkSettings(min_cells=5)
    run(settings=settings, sources=sources, target=tmp_path / "all.h5ad")
    run(settings=settings, sources=sources, target=tmp_path / "by.h5ad", states=tmp_path / "states.parquet")
    by_state, whole = read_adata(tmp_path / "by.h5ad"), read_adata(tmp_path / "all.h5ad")
    assert set(by_state.obs[Obs.STATE]) == {"basal", "stressed"}
    summed = pd.DataFrame(by_state.X).groupby([*(by_state.obs[c].to_numpy() for c in (Obs.DONOR, Obs.ARM))]).sum()
    np.testing.assert_array_equal(summed.to_numpy(), whole.X)
