"""Small submitted files in every accepted format, all holding the same counts."""

import gzip
import shutil

import anndata
import h5py
import numpy as np
import pandas as pd
import pytest
from scipy import io, sparse

from scvalid.intake.settings import IntakeSettings
from scvalid.settings import Sample

SYMBOLS = [
    *("ACTB", "GAPDH", "MT-CO1", "MT-ND1", "RPS6", "RPL13A", "RPS6KA1", "TGFB1", "COL1A1", "IL6", "VIM"),
    *("FN1", "SPARC", "THY1", "ENG", "NT5E", "PTPRC", "CD34", "CD14", "JUN", "FOS"),
]


@pytest.fixture
def settings():
    return IntakeSettings()


@pytest.fixture
def sample():
    return Sample(sample_id="s1", path="x", donor_id="d1", arm="vehicle")


@pytest.fixture
def counts():
    rng = np.random.default_rng(0)
    return sparse.csr_matrix(rng.poisson(1.5, size=(30, len(SYMBOLS))).astype(np.float32))


@pytest.fixture
def human_genes(repository):
    return repository / "resources" / "genes" / "human.tsv.gz"


@pytest.fixture
def human_aliases(repository):
    return repository / "resources" / "genes" / "aliases_human.tsv.gz"


@pytest.fixture
def adata(counts):
    """30 cells of two donors; the donor is a number, the condition a category."""
    n_cells = counts.shape[0]
    obs = pd.DataFrame(
        {"donor": [101, 107] * (n_cells // 2), "condition": pd.Categorical(["ctrl"] * 20 + ["stim"] * 10)},
        index=pd.Index([f"cell{i}-1" for i in range(n_cells)], dtype=object),
    )
    return anndata.AnnData(counts.copy(), obs=obs, var=pd.DataFrame(index=pd.Index(SYMBOLS, dtype=object)))


@pytest.fixture
def written(tmp_path):
    """Write AnnData as h5ad and return the path."""

    def write(adata, name="x.h5ad"):
        with pd.option_context("future.infer_string", False):
            adata.write_h5ad(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def tenx_folder(tmp_path, counts):
    """A 10x folder; version 3 is gzipped and has one antibody in place of the last gene."""

    def write(*, version):
        folder = tmp_path / f"v{version}"
        folder.mkdir()
        io.mmwrite(folder / "matrix.mtx", sparse.coo_matrix(counts.T.astype(int)), field="integer")
        kinds = ["Gene Expression"] * (len(SYMBOLS) - 1) + ["Antibody Capture"]
        rows = [
            (f"id{i}", s, *((kind,) if version == 3 else ())) for i, (s, kind) in enumerate(zip(SYMBOLS, kinds, strict=True))
        ]
        names = {"features.tsv" if version == 3 else "genes.tsv": rows, "barcodes.tsv": [(f"AC{i}-1",) for i in range(30)]}
        for name, lines in names.items():
            (folder / name).write_text("".join("\t".join(line) + "\n" for line in lines))
        for path in list(folder.iterdir()) if version == 3 else []:
            with path.open("rb") as plain, gzip.open(f"{path}.gz", "wb") as packed:
                shutil.copyfileobj(plain, packed)
            path.unlink()
        return folder

    return write


@pytest.fixture
def tenx_h5(tmp_path, counts):
    """A 10x HDF5 file laid out as CellRanger 2 or 3 writes it."""

    def write(*, version, genomes=("GRCh38",)):
        path = tmp_path / f"v{version}.h5"
        with h5py.File(path, "w") as file:
            for genome in genomes if version == 2 else ("matrix",):
                group = file.create_group(genome)
                for name in ("data", "indices", "indptr"):
                    group[name] = getattr(counts, name).astype(np.int64)
                group["shape"] = np.array(counts.shape[::-1])
                group["barcodes"] = np.array([f"AC{i}-1" for i in range(30)], dtype="S")
                symbols, ids = np.array(SYMBOLS, dtype="S"), np.array([f"id{i}" for i in range(len(SYMBOLS))], dtype="S")
                if version == 2:
                    group["genes"], group["gene_names"] = ids, symbols
                else:
                    kinds = [b"Gene Expression"] * (len(SYMBOLS) - 1) + [b"Antibody Capture"]
                    group["features/id"], group["features/name"], group["features/feature_type"] = ids, symbols, np.array(kinds)
        return path

    return write
