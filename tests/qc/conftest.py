"""One sample as intake writes it."""

import json

import anndata
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from scvalid.keys import Obs, Uns, Var
from scvalid.settings import Context

MARKERS = ["NT5E", "THY1", "ENG", "PTPRC", "CD34", "CD14", "ITGAM", "CD19", "CD79A", "HLA-DRA"]


@pytest.fixture
def make_sample():
    """Make 300 MSC of about 3,000 counts in 2,000 genes: 13 mitochondrial (5 %), 20 ribosomal; negative markers are silent."""

    def make(*, n_cells=300, seed=0):
        rng = np.random.default_rng(seed)
        genes = [f"MT-G{i}" for i in range(13)] + [f"RPL{i + 3}" for i in range(20)] + MARKERS + [f"G{i}" for i in range(1957)]
        level = rng.lognormal(0, 1, len(genes))
        level[33:36], level[36:43] = 1.0, 0.0
        level[:13] *= 0.05 / 0.95 * level[13:].sum() / level[:13].sum()
        depth = rng.lognormal(np.log(3000), 0.4, n_cells)
        counts = rng.poisson(depth[:, None] * (level / level.sum())).astype(np.float32)
        labels = {Obs.SAMPLE: "s1", Obs.DONOR: "d1", Obs.ARM: "vehicle", Obs.BATCH: "b1"}
        obs = pd.DataFrame(
            {column: pd.Categorical([value] * n_cells) for column, value in labels.items()},
            index=pd.Index([f"s1:{i}" for i in range(n_cells)], dtype=object),
        )
        var = pd.DataFrame(
            {
                Var.GENE_ID: pd.Series("", index=genes, dtype=object),
                Var.IS_MT: [g.startswith("MT-") for g in genes],
                Var.IS_RIBO: [g.startswith("RPL") for g in genes],
            },
            index=pd.Index(genes, dtype=object, name=Var.SYMBOL),
        )
        record = {"source_name": "x.h5ad", "source_sha256": "0" * 64, "counts_from": "X", "gene_id_type": "symbol"}
        record |= {"n_genes": len(genes), "n_genes_unmapped": 2, "n_genes_merged": 1, "n_genes_renamed": 3}
        return anndata.AnnData(sparse.csr_matrix(counts), obs=obs, var=var, uns={Uns.INTAKE: json.dumps(record)})

    return make


@pytest.fixture
def msc():
    return Context(cell_type="MSC", species="human")
