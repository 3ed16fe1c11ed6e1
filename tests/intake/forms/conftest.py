"""One small dataset, and the writers that put it into a folder in every valid form, each after its format's documentation."""

import gzip
import warnings
from pathlib import Path

import anndata
import h5py
import numpy as np
import pandas as pd
import pytest
from scipy import io, sparse

RDS = Path(__file__).parents[1] / "readers/rds"
N_CELLS = 60


def _barcode(i):
    return "AAACCCAG" + "".join("ACGT"[i // 4**k % 4] for k in reversed(range(8)))


@pytest.fixture(scope="session")
def dataset():
    """60 cells x 40 genes after the formula of rds/make_fixtures.R."""
    genes = pd.read_csv(RDS / "genes.tsv", sep="\t")
    cell, gene = np.mgrid[:N_CELLS, : len(genes)]
    counts = np.maximum((7 * cell + 13 * gene + gene * cell) % 11 - 5, 0).astype(np.float32)
    obs = pd.DataFrame(
        {"donor": [101, 107] * (N_CELLS // 2)}, index=pd.Index([_barcode(i) for i in range(N_CELLS)], dtype=object)
    )
    ids = pd.Index(genes["gene_id"].to_numpy(dtype=object), dtype=object)
    var = pd.DataFrame({"gene_symbols": genes["symbol"].to_numpy(dtype=object)}, index=ids)
    return anndata.AnnData(sparse.csr_matrix(counts), obs=obs, var=var)


@pytest.fixture
def put(tmp_path, dataset):
    """The writers of the forms."""
    return Writers(tmp_path, dataset)


class Writers:
    """Each method writes one form and returns its path."""

    def __init__(self, folder, adata):
        self.folder, self.adata = folder, adata
        self.counts, self.barcodes = adata.X, list(adata.obs_names)
        self.ids, self.symbols = list(adata.var_names), list(adata.var["gene_symbols"])

    # AnnData -------------------------------------------------------------------------------------------------------------

    def h5ad(self, *, layout="csr", place="X", name="x.h5ad"):
        with pd.option_context("future.infer_string", False):
            self._anndata(layout=layout, place=place).write_h5ad(self.folder / name)
        return self.folder / name

    def zarr(self, *, version, is_consolidated=True, layout="csr", place="X"):
        path = self.folder / "x.zarr"
        before = anndata.settings.zarr_write_format
        anndata.settings.zarr_write_format = version
        try:
            with warnings.catch_warnings(), pd.option_context("future.infer_string", False):
                # anndata warns of format 2, zarr of text in format 3
                warnings.simplefilter("ignore")
                self._anndata(layout=layout, place=place).write_zarr(path)
        finally:
            anndata.settings.zarr_write_format = before
        if not is_consolidated:
            (path / ".zmetadata").unlink(missing_ok=True)
        return path

    def _anndata(self, *, layout, place):
        adata = self.adata.copy()
        adata.X = adata.X.toarray() if layout == "dense" else adata.X.asformat(layout)
        if place == "raw":
            adata.raw = adata.copy()
        elif place != "X":
            adata.layers[place] = adata.X.copy()
        if place != "X":
            adata.X = sparse.csr_matrix(adata.X).log1p()
        return adata

    # 10x -----------------------------------------------------------------------------------------------------------------

    def tenx_h5(self, *, version, genomes=("GRCh38",)):
        path = self.folder / "filtered_feature_bc_matrix.h5"
        with h5py.File(path, "w") as file:
            for genome in genomes if version == 2 else ("matrix",):
                self._tenx_group(file.create_group(genome), version=version)
        return path

    def _tenx_group(self, group, *, version):
        for part in ("data", "indices", "indptr"):
            group.create_dataset(part, data=getattr(self.counts, part).astype("i8"), compression="gzip", shuffle=True)
        group["shape"] = np.array(self.counts.shape[::-1], dtype="i4")
        group["barcodes"] = np.array(self.barcodes, dtype="S")
        if version == 2:
            group["genes"], group["gene_names"] = np.array(self.ids, dtype="S"), np.array(self.symbols, dtype="S")
            return
        features = {"id": self.ids, "name": self.symbols, "feature_type": ["Gene Expression"] * len(self.ids)}
        for name, values in (features | {"genome": ["GRCh38"] * len(self.ids)}).items():
            group[f"features/{name}"] = np.array(values, dtype="S")

    def two_genomes(self):
        """Human and mouse in one file of CellRanger 3, where ids and names carry the genome."""
        path = self.folder / "raw.h5"
        mouse = np.ones((self.counts.shape[0], 15))
        both = sparse.csr_matrix(sparse.hstack([mouse, self.counts]))
        mouse_ids = [f"mm10___ENSMUSG{i:011d}" for i in range(15)]
        with h5py.File(path, "w") as file:
            group = file.create_group("matrix")
            for part in ("data", "indices", "indptr"):
                group[part] = getattr(both, part).astype("i8")
            group["shape"], group["barcodes"] = np.array(both.shape[::-1]), np.array(self.barcodes, dtype="S")
            ids = mouse_ids + [f"GRCh38_{name}" for name in self.ids]
            names = [f"mm10___Gene{i}" for i in range(15)] + [f"GRCh38_{name}" for name in self.symbols]
            features = {"id": ids, "name": names, "feature_type": ["Gene Expression"] * len(ids)}
            features["genome"] = ["mm10"] * 15 + ["GRCh38"] * len(self.ids)
            for name, values in features.items():
                group[f"features/{name}"] = np.array(values, dtype="S")
        return path

    def tenx_folder(self, *, version, is_packed):
        genes = "features.tsv" if version == 3 else "genes.tsv"
        kinds = ["Gene Expression"] * len(self.ids)
        rows = zip(self.ids, self.symbols, *((kinds,) if version == 3 else ()), strict=True)
        return self._market("run", {genes: rows, "barcodes.tsv": [(b,) for b in self.barcodes]}, is_packed=is_packed)

    # other counters ------------------------------------------------------------------------------------------------------

    def starsolo(self):
        """``Solo.out`` with its folder Gene/filtered, plain."""
        rows = [(i, s, "Gene Expression") for i, s in zip(self.ids, self.symbols, strict=True)]
        tables = {"features.tsv": rows, "barcodes.tsv": [(b,) for b in self.barcodes]}
        self._market("Solo.out/Gene/filtered", tables)
        return self.folder / "Solo.out"

    def alevin_fry(self):
        """Cells x genes, as ``alevin-fry quant`` writes without splicing status."""
        tables = {"quants_mat_cols.txt": [(i,) for i in self.ids], "quants_mat_rows.txt": [(b,) for b in self.barcodes]}
        return self._market("quant/alevin", tables, matrix="quants_mat.mtx", values=self.counts).parent

    def bustools(self):
        """Cells x genes, as ``bustools count --genecounts`` and kb write."""
        tables = {"cells_x_genes.genes.txt": [(i,) for i in self.ids]}
        tables |= {"cells_x_genes.barcodes.txt": [(b,) for b in self.barcodes]}
        return self._market("counts_unfiltered", tables, matrix="cells_x_genes.mtx", values=self.counts)

    def _market(self, place, tables, *, matrix="matrix.mtx", values=None, is_packed=False):
        folder = self.folder / place
        folder.mkdir(parents=True)
        values = sparse.coo_matrix(self.counts.T if values is None else values).astype("i8")
        io.mmwrite(folder / matrix, values, field="integer")
        for name, rows in tables.items():
            (folder / name).write_text("".join("\t".join(row) + "\n" for row in rows))
        for path in list(folder.iterdir()) if is_packed else ():
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
            path.unlink()
        return folder

    # loom and tables -----------------------------------------------------------------------------------------------------

    def loom(self, *, version, layer=None):
        path = self.folder / "x.loom"
        text = h5py.string_dtype() if version == 3 else "S"
        dense = self.counts.toarray().T
        with h5py.File(path, "w") as file:
            main = dense if layer is None else dense * 2
            file.create_dataset("matrix", data=main, chunks=(16, 16), compression="gzip", shuffle=True)
            file.create_group("layers")
            if layer is not None:
                file[f"layers/{layer}"] = dense
            file["row_attrs/Gene"] = np.array(self.symbols, dtype=text)
            file["row_attrs/Accession"] = np.array(self.ids, dtype=text)
            file["col_attrs/CellID"] = np.array(self.barcodes, dtype=text)
            file["col_attrs/Embedding"] = np.zeros((len(self.barcodes), 2))
            file.create_group("row_graphs"), file.create_group("col_graphs")
            if version == 3:
                file["attrs/LOOM_SPEC_VERSION"] = "3.0.0"
        return path

    def table(self, *, name="x.csv", separator=",", genes_in_rows=True):
        table = pd.DataFrame(self.counts.toarray().astype(int), index=self.barcodes, columns=self.ids)
        (table.T if genes_in_rows else table).to_csv(self.folder / name, sep=separator)
        return self.folder / name
