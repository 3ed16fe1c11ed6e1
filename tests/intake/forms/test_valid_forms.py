"""Every valid form of one dataset becomes the same AnnData."""

import json
from pathlib import Path

import anndata
import numpy as np
import pytest

from scvalid.intake.settings import IntakeSettings
from scvalid.intake.step import run
from scvalid.keys import Uns, Var
from scvalid.settings import Sample

RDS = Path(__file__).parents[1] / "readers/rds"

FORMS = {
    "10x h5, version 2": lambda put: put.tenx_h5(version=2),
    "10x h5, version 3": lambda put: put.tenx_h5(version=3),
    "10x h5 of two genomes": lambda put: put.two_genomes(),
    "10x folder, version 2, plain": lambda put: put.tenx_folder(version=2, is_packed=False),
    "10x folder, version 2, gz": lambda put: put.tenx_folder(version=2, is_packed=True),
    "10x folder, version 3, plain": lambda put: put.tenx_folder(version=3, is_packed=False),
    "10x folder, version 3, gz": lambda put: put.tenx_folder(version=3, is_packed=True),
    "STARsolo": lambda put: put.starsolo(),
    "alevin-fry": lambda put: put.alevin_fry(),
    "kallisto | bustools": lambda put: put.bustools(),
    "h5ad by rows": lambda put: put.h5ad(),
    "h5ad by columns": lambda put: put.h5ad(layout="csc"),
    "h5ad dense": lambda put: put.h5ad(layout="dense"),
    "h5ad named .h5": lambda put: put.h5ad(name="x.h5"),
    "h5ad with counts in raw": lambda put: put.h5ad(place="raw"),
    "h5ad with counts in a layer": lambda put: put.h5ad(place="counts"),
    "zarr 2": lambda put: put.zarr(version=2),
    "zarr 2, not consolidated, by columns": lambda put: put.zarr(version=2, is_consolidated=False, layout="csc"),
    "zarr 3": lambda put: put.zarr(version=3),
    "zarr 3, dense, counts in a layer": lambda put: put.zarr(version=3, layout="dense", place="counts"),
    "loom 2": lambda put: put.loom(version=2),
    "loom 3": lambda put: put.loom(version=3),
    "csv, genes in rows": lambda put: put.table(),
    "csv, genes in columns": lambda put: put.table(genes_in_rows=False),
    "tsv.gz": lambda put: put.table(name="x.tsv.gz", separator="\t"),
    "Seurat 4": lambda put: RDS / "seurat_v4.rds",
    "Seurat 5": lambda put: RDS / "seurat_v5.rds",
    "Seurat 5, layers split": lambda put: RDS / "seurat_v5_split.rds",
    "SingleCellExperiment": lambda put: RDS / "sce.rds",
    "SummarizedExperiment, dense": lambda put: RDS / "se_dense.rds",
}
LAYERED = {
    "h5ad": lambda put: put.h5ad(place="umi"),
    "zarr": lambda put: put.zarr(version=2, place="umi"),
    "loom": lambda put: put.loom(version=3, layer="umi"),
}


@pytest.fixture
def intake(tmp_path, repository):
    """Run the step and return what it wrote."""

    def start(source, **settings):
        genes = repository / "resources" / "genes"
        run(
            settings=IntakeSettings(**settings),
            species="human",
            sample=Sample(sample_id="s1", path="x", donor_id="d1", arm="vehicle"),
            source=source,
            genes=genes / "human.tsv.gz",
            aliases=genes / "aliases_human.tsv.gz",
            target=tmp_path / "out.h5ad",
        )
        return anndata.read_h5ad(tmp_path / "out.h5ad")

    return start


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_cells_genes_and_counts(form, put, dataset, intake):
    _assert_same(intake(FORMS[form](put)), dataset)


@pytest.mark.parametrize("form", LAYERED)
def test_a_layer_that_the_config_names_is_taken_and_said(form, put, dataset, intake):
    cells = intake(LAYERED[form](put), counts_layer="umi")
    _assert_same(cells, dataset)
    assert json.loads(cells.uns[Uns.INTAKE])["counts_from"] == "layer:umi"


def _assert_same(cells, dataset):
    assert list(cells.obs_names) == [f"s1:{barcode}" for barcode in dataset.obs_names]
    assert list(cells.var_names) == list(dataset.var["gene_symbols"])
    assert list(cells.var[Var.GENE_ID]) == list(dataset.var_names)
    assert np.array_equal(cells.X.toarray(), dataset.X.toarray())
