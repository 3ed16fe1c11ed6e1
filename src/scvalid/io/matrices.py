"""AnnData files between stages (h5ad)."""

from pathlib import Path

import anndata
import pandas as pd
from anndata import AnnData

from scvalid.io.atomic import replacing


def write_adata(target: Path, adata: AnnData) -> None:
    """Write AnnData as gzip-compressed h5ad, which every other program can open."""
    # pandas' Arrow-backed strings are not written by every anndata of the supported line
    with replacing(target) as temporary, pd.option_context("future.infer_string", False):  # noqa: FBT003
        adata.write_h5ad(temporary, compression="gzip", compression_opts=1)


def read_adata(source: Path) -> AnnData:
    """Read an h5ad file that an earlier stage wrote."""
    return anndata.read_h5ad(source)
