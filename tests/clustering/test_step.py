"""Files in, files out."""

from types import SimpleNamespace

import pytest
from sklearn.metrics import adjusted_rand_score

from scvalid.clustering.settings import ClusteringSettings
from scvalid.clustering.step import run
from scvalid.contracts.quality import ClusteringSummary
from scvalid.contracts.tables import EMBEDDING, MARKERS, STATES
from scvalid.errors import ContractError
from scvalid.integration.settings import IntegrationSettings
from scvalid.integration.step import run as integrate
from scvalid.io.documents import read_model
from scvalid.io.tables import read_table, write_table


def _run(inputs, folder, **settings):
    sources, embedding = inputs
    out = SimpleNamespace(target=folder / "states.parquet", markers=folder / "markers.parquet", summary=folder / "s.json")
    run(settings=ClusteringSettings(**settings), seed=0, sources=sources, embedding=embedding, **vars(out))
    return out


def test_states_of_planted_samples(planted, write_inputs, tmp_path):
    out = _run(write_inputs(planted, missing=[["G020"]]), tmp_path, resolution=0.2, n_markers=3)
    table, markers = read_table(out.target, STATES).set_index("cell_id"), read_table(out.markers, MARKERS)
    truth = planted.obs.assign(truth=planted.states).loc[table.index]
    assert adjusted_rand_score(truth["truth"], table["state"]) > 0.95
    assert (table[["sample_id", "donor_id", "arm"]] == truth[["sample_id", "donor_id", "arm"]]).all(axis=None)
    assert markers.groupby("state").size().to_dict() == {"s1": 3, "s2": 3, "s3": 3}
    assert "G020" not in set(markers["gene"])
    assert read_model(out.summary, ClusteringSummary).n_states == 3


def test_states_are_found_from_the_counts_through_integration(planted, write_inputs, tmp_path):
    sources, _ = write_inputs(planted)
    embedding = tmp_path / "made.parquet"
    integrate(settings=IntegrationSettings(), seed=0, sources=sources, target=embedding, summary=tmp_path / "i.json")
    table = read_table(_run((sources, embedding), tmp_path, resolution=0.2).target, STATES)
    assert adjusted_rand_score(planted.states[planted.obs.index.get_indexer(table["cell_id"])], table["state"]) > 0.8
    # each state has cells of both donors in both arms
    assert (table.groupby("state")["sample_id"].nunique() == 4).all()


def test_two_runs_and_another_order_of_samples_give_the_same_bytes(planted, write_inputs, tmp_path):
    sources, embedding = write_inputs(planted)
    first = _run((sources, embedding), tmp_path / "a")
    second = _run((sources[::-1], embedding), tmp_path / "b")
    for name in vars(first):
        assert getattr(first, name).read_bytes() == getattr(second, name).read_bytes()


def test_a_cell_that_was_not_embedded_is_refused(planted, write_inputs, tmp_path):
    sources, embedding = write_inputs(planted)
    table = read_table(embedding, EMBEDDING)
    write_table(embedding, table[table["cell_id"] != "cell00007"], EMBEDDING)
    with pytest.raises(ContractError, match=r"1 cells of d._[vt]\.h5ad are not in the embedding, the first is 'cell00007'"):
        _run((sources, embedding), tmp_path / "out")


def test_a_missing_sample_is_refused_and_nothing_is_written(planted, write_inputs, tmp_path):
    sources, embedding = write_inputs(planted)
    with pytest.raises(ContractError, match="must hold each of the 400 cells of the embedding once"):
        _run((sources[1:], embedding), tmp_path / "out")
    assert not (tmp_path / "out").exists()
