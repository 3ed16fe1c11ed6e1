"""Files in, files out."""

import subprocess
import sys

import pandas as pd
import pytest

from scvalid.contracts.quality import IntegrationSummary
from scvalid.contracts.tables import EMBEDDING
from scvalid.errors import ContractError
from scvalid.integration.settings import IntegrationSettings
from scvalid.integration.step import run
from scvalid.io.documents import read_model
from scvalid.io.tables import read_table


def _run(sources, folder, **settings):
    target, summary = folder / "embedding.parquet", folder / "summary.json"
    run(settings=IntegrationSettings(**settings), seed=0, sources=sources, target=target, summary=summary)
    return target, summary


def test_samples_of_different_genes_meet_in_the_shared_ones(few, write_samples, tmp_path):
    sources = write_samples(few, missing=[["G000", "G001"], ["G001", "G002"]])
    target, summary = _run(sources, tmp_path, n_dims=10)
    table, said = read_table(target, EMBEDDING), read_model(summary, IntegrationSummary)
    assert table["cell_id"].tolist() == sorted(few.obs.index)
    assert list(table)[1:] == [f"dim_{i}" for i in range(10)]
    assert (said.n_cells, said.n_genes, said.n_dims, said.batch_keys) == (60, 297, 10, ("donor_id",))


def test_the_order_of_the_samples_does_not_change_a_byte(few, write_samples, tmp_path):
    sources = write_samples(few, missing=[["G000"]])
    first = _run(sources, tmp_path / "a")
    second = _run(sources[::-1], tmp_path / "b")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_a_cell_in_two_samples_is_refused_and_nothing_is_written(few, write_samples, tmp_path):
    sources = write_samples(few)
    with pytest.raises(ContractError, match="stands in two samples"):
        _run([*sources, sources[0]], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_harmony_does_not_load_torch():
    code = (
        "import sys, scvalid.integration.step, scvalid.integration.compute.harmony;"
        "sys.exit('torch' in sys.modules or 'scvi' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_values_are_rounded_and_finite(few, write_samples, tmp_path):
    table = pd.read_parquet(_run(write_samples(few), tmp_path)[0]).set_index("cell_id")
    assert table.dtypes.eq("float32").all()
    assert table.equals(table.round(4))
