"""Small files of counts under the names that labs give them."""

import gzip
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import anndata
import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.io import mmwrite

HUMAN = [*(f"GENE{i}" for i in range(20)), "GAPDH", "ACTB", "RUNX2"]
MOUSE = [*(f"Gene{i}" for i in range(20)), "Gm10001", "Gm10002", "0610007P14Rik", "Runx2"]


def counts(n_cells: int, n_genes: int) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.random.default_rng(0).poisson(1.0, (n_cells, n_genes)).astype(np.float32))


@pytest.fixture
def write_h5ad() -> Callable[..., Path]:
    """Write an h5ad file, with columns of obs."""

    def write(path: Path, *, obs: Mapping[str, Sequence[str]] | None = None, genes: Sequence[str] = HUMAN) -> Path:
        n = len(next(iter(obs.values()))) if obs else 30
        frame = pd.DataFrame(dict(obs or {}), index=[f"cell{i}" for i in range(n)])
        path.parent.mkdir(parents=True, exist_ok=True)
        anndata.AnnData(counts(n, len(genes)), obs=frame, var=pd.DataFrame(index=list(genes))).write_h5ad(path)
        return path

    return write


@pytest.fixture
def write_mtx() -> Callable[..., Path]:
    """Write the three files of a 10x folder, their names with a prefix."""

    def write(folder: Path, *, prefix: str = "", genes: Sequence[str] = HUMAN) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        plain = folder / "plain.mtx"
        mmwrite(plain, sparse.coo_matrix(counts(30, len(genes)).T.astype(int)), field="integer")
        texts = {
            "matrix.mtx": plain.read_bytes(),
            "features.tsv": "".join(f"ENSG{i:011d}\t{gene}\tGene Expression\n" for i, gene in enumerate(genes)).encode(),
            "barcodes.tsv": "".join(f"CELL{i}-1\n" for i in range(30)).encode(),
        }
        plain.unlink()
        for name, text in texts.items():
            (folder / f"{prefix}{name}.gz").write_bytes(gzip.compress(text))
        return folder

    return write
