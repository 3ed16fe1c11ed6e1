"""AnnData files (h5ad), in parts or whole."""

from collections.abc import Sequence
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.readers import hdf5

X = "X"
RAW = "raw"
LAYER = "layer:"
USUAL_LAYER = "counts"


class H5adReader:
    """An open h5ad file. A matrix is named ``X``, ``raw`` or ``layer:<name>``."""

    def __init__(self, file: h5py.File) -> None:
        self._file = file
        if not isinstance(hdf5.child(file, "obs"), h5py.Group) or not isinstance(hdf5.child(file, "var"), h5py.Group):
            msg = "obs and var in the layout of anndata before 0.7"
            raise ValueError(msg)

    def matrix_names(self) -> list[str]:
        """Return the matrices that may hold raw counts, the likeliest first."""
        names = [X] if X in self._file else []
        names += [LAYER + layer for layer in self.layers() if layer.lower() == USUAL_LAYER]
        return names + ([RAW] if RAW in self._file and X in hdf5.child(self._file, RAW) else [])

    def layers(self) -> list[str]:
        """Return the names of the layers."""
        return list(hdf5.child(self._file, "layers")) if "layers" in self._file else []

    def some_values(self, name: str, *, limit: int) -> NDArray[Any]:
        """Return about ``limit`` stored values of a matrix."""
        return hdf5.some_values(self._node(name), limit=limit)

    def shape(self, name: str) -> tuple[int, int]:
        """Return the numbers of cells and genes of a matrix."""
        return hdf5.shape_of(self._node(name))

    def matrix(self, name: str) -> sparse.csr_matrix:
        """Return the whole matrix, cells x genes."""
        return hdf5.whole_matrix(self._node(name))

    def gene_columns(self, name: str) -> list[str]:
        """Return the names of the columns of var."""
        return _columns(self._var(name))

    def genes(self, name: str, columns: Sequence[str]) -> GeneTable:
        """Return the index of the genes of a matrix, and columns of their var."""
        var = self._var(name)
        return GeneTable(_index(var), {column: hdf5.texts(var, column) for column in columns})

    def barcodes(self) -> NDArray[np.object_]:
        """Return the names of the cells."""
        return _index(hdf5.child(self._file, "obs"))

    def cell_columns(self) -> list[str]:
        """Return the names of the columns of obs."""
        return _columns(hdf5.child(self._file, "obs"))

    def cell_column(self, column: str) -> NDArray[np.object_]:
        """Return a column of obs as text."""
        return hdf5.texts(hdf5.child(self._file, "obs"), column)

    def _node(self, name: str) -> h5py.Group | h5py.Dataset:
        if name.startswith(LAYER):
            return hdf5.child(hdf5.child(self._file, "layers"), name.removeprefix(LAYER))
        return hdf5.child(hdf5.child(self._file, RAW) if name == RAW else self._file, X)

    def _var(self, name: str) -> h5py.Group:
        return hdf5.child(hdf5.child(self._file, RAW) if name == RAW else self._file, "var")


def _index_name(table: h5py.Group) -> str:
    return str(table.attrs.get("_index", "_index"))


def _index(table: h5py.Group) -> NDArray[np.object_]:
    return hdf5.texts(table, _index_name(table))


def _columns(table: h5py.Group) -> list[str]:
    return [str(name) for name in table if name not in ("__categories", _index_name(table))]
