"""Broken data files: each is refused for the one thing that is wrong with it, without being loaded as a whole."""

import gzip
import json
import pickle
import shutil
import warnings

import anndata
import h5py
import numpy as np
import pandas as pd
import pytest
from scipy import io, sparse


def _edit(change, number=0):
    """Change the AnnData of one sample."""

    def spoil(lab):
        adata = anndata.read_h5ad(lab.file(number))
        adata = change(adata) or adata
        adata.write_h5ad(lab.file(number))

    return spoil


def _values(function):
    return _edit(lambda adata: setattr(adata, "X", sparse.csr_matrix(function(adata.X.toarray().astype(np.float64)))))


def _names(function):
    return _edit(lambda adata: setattr(adata, "var_names", [function(name, i) for i, name in enumerate(adata.var_names)]))


def _per_cell(counts, total):
    return counts / counts.sum(axis=1, keepdims=True) * total


def _scaled(counts):
    spread = counts.std(axis=0)
    return (counts - counts.mean(axis=0)) / np.where(spread > 0, spread, 1)


def _fpkm(counts):
    return counts / np.random.default_rng(0).uniform(0.3, 30, counts.shape[1])


def _hdf5(change, number=0):
    """Change the HDF5 file of one sample."""

    def spoil(lab):
        with h5py.File(lab.file(number), "r+") as file:
            change(file, lab)

    return spoil


def _absurd_shape(file, lab):
    del file["X"]
    file.create_dataset("X", shape=(10**9, 10**9), dtype="f4", chunks=(1_000, 1_000))


def _external_link(file, lab):
    del file["obs"]
    file["obs"] = h5py.ExternalLink("/etc/passwd", "/")


def _external_data(file, lab):
    (lab.folder / "raw.bin").write_bytes(bytes(8_000))
    del file["X/data"]
    file["X"].create_dataset("data", shape=(1_000,), dtype="f4", external=[(str(lab.folder / "raw.bin"), 0, 4_000)])


def _cut(lab):
    lab.file().write_bytes(lab.file().read_bytes()[:20_000])


def _instead(name, content):
    """Put other bytes in the place of a sample's file."""

    def spoil(lab):
        lab.sheet.loc[0, "path"] = f"data/{name}"
        lab.file().write_bytes(content if isinstance(content, bytes) else content())

    return spoil


class _Trap:
    def __reduce__(self):
        return print, ("unpickled",)


def _table(change):
    """Write a sample as a table, genes in rows, and change its text."""

    def spoil(lab):
        adata = anndata.read_h5ad(lab.file())
        lab.sheet.loc[0, "path"] = "data/counts.csv"
        table = pd.DataFrame(adata.X.T.toarray().astype(int), adata.var_names, adata.obs_names)
        lab.file().write_text(change(table.to_csv()))

    return spoil


def _folder(change):
    """Write a sample as a 10x folder, and change that."""

    def spoil(lab):
        adata = anndata.read_h5ad(lab.file())
        lab.sheet.loc[0, "path"] = "data/D1"
        lab.file().mkdir()
        io.mmwrite(lab.file() / "matrix.mtx", sparse.coo_matrix(adata.X.T.astype(int)))
        lines = [f"{name}\t{name}\tGene Expression\n" for name in adata.var_names]
        (lab.file() / "features.tsv").write_text("".join(lines))
        (lab.file() / "barcodes.tsv").write_text("".join(f"{cell}\n" for cell in adata.obs_names))
        change(lab.file())

    return spoil


def _rewrite(name, function):
    def change(folder):
        lines = (folder / name).read_text().splitlines(keepends=True)
        (folder / name).write_text("".join(function(lines)))

    return change


def _header(size):
    return _rewrite("matrix.mtx", lambda lines: [line if i != 2 else size + "\n" for i, line in enumerate(lines)])


def _foreign_link(folder):
    (folder / "barcodes.tsv").unlink()
    (folder / "barcodes.tsv").symlink_to("/etc/passwd")


def _cut_gz(folder):
    whole = gzip.compress((folder / "matrix.mtx").read_bytes())
    (folder / "matrix.mtx").unlink()
    (folder / "matrix.mtx.gz").write_bytes(whole[: len(whole) // 2])


def _pickled_zarr(lab):
    lab.sheet.loc[0, "path"] = "data/D1.zarr"
    adata = anndata.read_h5ad(lab.folder / "data/D1_vehicle.h5ad")
    with warnings.catch_warnings(), anndata.settings.override(zarr_write_format=2):
        warnings.simplefilter("ignore", UserWarning)  # says that format 2 is an old one
        adata.write_zarr(lab.file())
    index = lab.file() / "var/_index"
    meta = json.loads((index / ".zarray").read_text())
    (index / ".zarray").write_text(json.dumps(meta | {"filters": [{"id": "pickle", "protocol": 5}], "compressor": None}))
    for chunk in index.glob("[0-9]*"):
        chunk.write_bytes(pickle.dumps(_Trap()))


def _copy(lab):
    shutil.copy(lab.file(0), lab.file(2))


def _saved_again(lab):
    anndata.read_h5ad(lab.file(0)).write_h5ad(lab.file(2), compression="gzip")


def _other_sex(adata):
    adata.var_names = ["DDX3Y" if name == "XIST" else name for name in adata.var_names]


def _doubled(adata):
    adata.obs_names = [adata.obs_names[i // 2 * 2] for i in range(adata.n_obs)]


def _zeros(adata):
    adata.X = sparse.csr_matrix(adata.shape, dtype=np.float32)


def _no_such(lab):
    lab.file().unlink()


def _settings(**intake):
    return lambda lab: lab.config.update(intake=intake)


FILES = {
    "file that is not there": (_no_such, "no such file"),
    "file cut short": (_cut, "copy it again"),
    "text that is called h5ad": (_instead("x.h5ad", b"gene,cell\n"), "x.h5ad"),
    "archive": (_instead("x.zip", b"PK\x03\x04" + bytes(100)), "x.zip"),
    "pickle": (_instead("x.pkl", lambda: pickle.dumps(_Trap())), "x.pkl"),
    "spreadsheet": (_instead("x.xlsx", b"PK\x03\x04" + bytes(100)), "x.xlsx"),
    "empty file": (_instead("x.h5", b""), "x.h5"),
    "log-normalised": (_values(lambda x: np.log1p(_per_cell(x, 1e4))), "log-normalised"),
    "counts per million": (_values(lambda x: _per_cell(x, 1e6)), "CPM"),
    "scaled": (_values(_scaled), "scaled"),
    "FPKM": (_values(_fpkm), "FPKM"),
    "missing values": (_values(lambda x: np.where(x > 2, np.nan, x)), "missing"),
    "infinite values": (_values(lambda x: np.where(x > 2, np.inf, x)), "infinite"),
    "negative": (_values(lambda x: -x), "negative"),
    "beyond any count": (_values(lambda x: x * 2**25), "one gene in one cell"),
    "mouse": (_names(lambda name, i: name.capitalize()), "mouse"),
    "Ensembl ids of rat": (_names(lambda name, i: f"ENSRNOG{i:011d}"), "rat"),
    "transcripts": (_names(lambda name, i: f"ENST{i:011d}"), "transcript"),
    "Entrez numbers": (_names(lambda name, i: str(100 + i)), "Entrez"),
    "probes": (_names(lambda name, i: f"{200_000 + i}_s_at"), "_s_at"),
    "RefSeq": (_names(lambda name, i: f"NM_{i:06d}"), "RefSeq"),
    "nothing but zeros": (_edit(_zeros), "zero"),
    "cells named twice": (_edit(_doubled), "name each cell once"),
    "no such layer": (_settings(counts_layer="umis"), "layer 'umis'"),
    "no such gene column": (_settings(gene_column="symbl"), "'symbl'"),
    "no such column of cells": (lambda lab: lab.column("cells", ["donor=1", *[""] * 5]), "'donor'"),
    "stated shape without end": (_hdf5(_absurd_shape), "D1_vehicle.h5ad"),
    "link to another file": (_hdf5(_external_link), "link"),
    "data in another file": (_hdf5(_external_data), "another file"),
    "one file under two names": (_copy, "D2_vehicle"),
    "one sample saved twice": (_saved_again, "D2_vehicle"),
    "swapped samples": (_edit(_other_sex), "D1"),
    "zarr that would run code": (_pickled_zarr, "pickle"),
    "table with words": (_table(lambda text: text.replace("\n", "\nTP53", 1).replace(",1,", ",one,", 1)), "one"),
    "table with a ragged row": (_table(lambda text: text + "GENE,1,2\n"), "counts.csv"),
    "folder without barcodes": (_folder(lambda folder: (folder / "barcodes.tsv").unlink()), "barcodes.tsv"),
    "folder with a link to elsewhere": (_folder(_foreign_link), "a link that leads out"),
    "folder with a matrix cut short": (_folder(_cut_gz), "matrix.mtx.gz"),
    "matrix that lies about its size": (_folder(_header("99999999999 99999999999 10")), "99999999999"),
    "matrix of fewer entries than it states": (_folder(_header("2400 40 9000000")), "9000000"),
    "matrix without its first line": (_folder(_rewrite("matrix.mtx", lambda lines: lines[1:])), "MatrixMarket"),
    "index outside the matrix": (_folder(_rewrite("matrix.mtx", lambda lines: [*lines[:-1], "9999 1 1\n"])), "9999"),
}


@pytest.mark.parametrize(("spoil", "fragments"), [(s, f) for s, *f in FILES.values()], ids=list(FILES))
def test_file(lab, assert_refused, capsys, spoil, fragments):
    spoil(lab)
    assert_refused(lab, "files", *fragments)
    assert "unpickled" not in capsys.readouterr().out
