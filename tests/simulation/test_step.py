"""Files: the same seed gives the same bytes, and the planted effect is found in the counts by a slow count."""

import math
import time

import anndata
import numpy as np
import pytest

from scvalid.contracts.quality import TruthFile
from scvalid.errors import SubmissionError
from scvalid.io.documents import read_model
from scvalid.simulation.compute.planted import SIGNS, members_of_claims
from scvalid.simulation.settings import SimulationSettings
from scvalid.simulation.step import run, write_submission


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_same_seed_same_bytes_and_400_cells_are_quick(gene_set_files, tmp_path):
    settings = SimulationSettings(n_cells=400)
    started = time.perf_counter()
    write_submission(settings=settings, gene_sets=gene_set_files, out=tmp_path / "one")
    assert time.perf_counter() - started < 3
    write_submission(settings=settings, gene_sets=gene_set_files[::-1], out=tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_other_seed_other_counts(gene_set_files, tmp_path, samples):
    run(settings=SimulationSettings(n_cells=800, seed=1), gene_sets=gene_set_files, out=tmp_path)
    other = anndata.read_h5ad(tmp_path / "D1_vehicle.h5ad")
    own = samples["D1_vehicle"]
    assert list(other.var_names) == list(own.var_names)
    assert other.X.sum() != own.X.sum()


def test_all_cells_are_written_as_whole_sparse_counts(samples, settings):
    assert sum(adata.n_obs for adata in samples.values()) == settings.n_cells
    for adata in samples.values():
        assert adata.X.format == "csr"
        assert adata.X.dtype == np.float32
        assert (adata.X.data == np.round(adata.X.data)).all()
        assert adata.X.data.min() >= 1


def test_truth_file_holds_its_contract(submission, settings):
    assert read_model(submission / "data" / "truth.json", TruthFile).seed == settings.seed


def slow_effect(samples, members):
    """Mean over donors and genes of the log2 CPM difference, gene by gene, without any of the package's own sums."""
    differences = []
    for donor in sorted({name.split("_")[0] for name in samples}):
        vehicle, treated = samples[f"{donor}_vehicle"], samples[f"{donor}_icariin"]
        totals = float(vehicle.X.sum()), float(treated.X.sum())
        for gene in members:
            column = list(vehicle.var_names).index(gene)
            counts = [float(adata.X[:, [column]].sum()) for adata in (vehicle, treated)]
            cpm = [1e6 * count / total for count, total in zip(counts, totals, strict=True)]
            differences.append(math.log2(cpm[1] + 0.5) - math.log2(cpm[0] + 0.5))
    return sum(differences) / len(differences)


@pytest.mark.parametrize("name", list(SIGNS))
def test_planted_effect_is_in_the_counts(samples, sets, name):
    members = sorted(members_of_claims(sets)[name])
    # one seed of 4 pairs: SE <= .18 sqrt(2 / 4) sqrt(.10 + .9 / 21) = .048, so three of them
    tolerance = 0.144
    assert slow_effect(samples, members) == pytest.approx(0.5 * SIGNS[name], abs=tolerance)


@pytest.mark.parametrize("make", [run, write_submission])
@pytest.mark.parametrize("below", [".", "in/it"])
def test_what_is_no_folder_is_one_sentence_before_any_cell_is_drawn(gene_set_files, tmp_path, make, below):
    (tmp_path / "file").touch()
    with pytest.raises(SubmissionError, match=r"file.*must be a folder that can be written to\. Got .*--out") as caught:
        make(settings=SimulationSettings(), gene_sets=gene_set_files, out=tmp_path / "file" / below)
    assert len(caught.value.findings) == 1
