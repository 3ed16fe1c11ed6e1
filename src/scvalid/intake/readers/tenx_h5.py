"""10x HDF5 files: CellRanger 2 (one group per genome) and CellRanger 3 and later (group ``matrix``)."""

from collections.abc import Sequence
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.readers import hdf5

MATRIX = "matrix"


class TenxH5Reader:
    """An open 10x HDF5 file; it has one matrix, named ``matrix``."""

    def __init__(self, file: h5py.File) -> None:
        names = [MATRIX] if MATRIX in file else list(file)
        groups = [g for g in (hdf5.child(file, name) for name in names) if isinstance(g, h5py.Group) and "indptr" in g]
        if len(groups) != 1:
            msg = f"{len(groups)} count matrices"
            raise ValueError(msg)
        self._group = groups[0]

    def matrix_names(self) -> list[str]:
        """Return the name of the only matrix."""
        return [MATRIX]

    def layers(self) -> list[str]:
        """Return no layers: the format has none."""
        return []

    def some_values(self, name: str, *, limit: int) -> NDArray[Any]:
        """Return about ``limit`` stored values."""
        return hdf5.some_values(self._group, limit=limit)

    def shape(self, name: str) -> tuple[int, int]:
        """Return the numbers of cells and features."""
        n_features, n_cells = (int(n) for n in hdf5.dataset(self._group, "shape")[:2])
        return n_cells, n_features

    def matrix(self, name: str) -> sparse.csr_matrix:
        """Return the whole matrix, cells x features; the file holds features x cells by column, which is the same bytes."""
        return hdf5.compressed(self._group, self.shape(name), by_rows=True)

    def gene_columns(self, name: str) -> list[str]:
        """Return what is known of the features beside their id."""
        return ["gene_symbols", "feature_types"] if "features" in self._group else ["gene_symbols"]

    def genes(self, name: str, columns: Sequence[str]) -> GeneTable:
        """Return the ids of the features, and the columns asked for."""
        if "features" in self._group:
            features = hdf5.child(self._group, "features")
            places = {"gene_symbols": (features, "name"), "feature_types": (features, "feature_type")}
            index = hdf5.texts(features, "id")
        else:
            places = {"gene_symbols": (self._group, "gene_names")}
            index = hdf5.texts(self._group, "genes")
        return GeneTable(index, {column: hdf5.texts(*places[column]) for column in columns})

    def barcodes(self) -> NDArray[np.object_]:
        """Return the barcodes."""
        return hdf5.texts(self._group, "barcodes")

    def cell_columns(self) -> list[str]:
        """Return no columns: the format says nothing of the cells."""
        return []

    def cell_column(self, column: str) -> NDArray[np.object_]:
        """Refuse: see ``cell_columns``."""
        msg = f"no column {column}"
        raise ValueError(msg)
