"""AnnData, in parts or whole: h5ad, zarr and the RNA of MuData, which differ only in how groups and arrays are stored."""

from collections.abc import Sequence
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.readers.arrays import matrices
from scvalid.intake.readers.arrays.columns import columns_of, index_of, texts
from scvalid.intake.readers.arrays.nodes import Array, Group
from scvalid.intake.readers.hdf5.groups import Hdf5Group

X = "X"
RAW = "raw"
LAYER = "layer:"
USUAL_LAYER = "counts"


class H5adReader:
    """An open AnnData file. A matrix is named ``X``, ``raw`` or ``layer:<name>``."""

    def __init__(self, file: h5py.Group | Group) -> None:
        self._root = file if isinstance(file, Group) else Hdf5Group(file)
        if not isinstance(self._root.child("obs"), Group) or not isinstance(self._root.child("var"), Group):
            msg = "obs and var in the layout of anndata before 0.7"
            raise ValueError(msg)

    def matrix_names(self) -> list[str]:
        """Return the matrices that may hold raw counts, the likeliest first."""
        names = [X] if _has(self._root, X) else []
        names += [LAYER + layer for layer in self.layers() if layer.lower() == USUAL_LAYER]
        return names + ([RAW] if _has(self._root, RAW) and X in self._root.group(RAW) else [])

    def layers(self) -> list[str]:
        """Return the names of the layers."""
        return self._root.group("layers").names() if "layers" in self._root else []

    def some_values(self, name: str, *, limit: int) -> NDArray[Any]:
        """Return about ``limit`` stored values of a matrix."""
        return matrices.some_values(self._node(name), limit=limit)

    def some_cells(self, name: str, *, limit: int) -> sparse.csr_matrix | None:
        """Return about ``limit`` whole cells, or None where a large matrix is stored by columns."""
        return matrices.some_rows(self._node(name), limit=limit)

    def some_cell_places(self, name: str, *, limit: int) -> NDArray[np.intp] | None:
        """Return the row numbers of ``some_cells``."""
        return matrices.places_of(self.shape(name), limit=limit)

    def detected_per_cell(self, name: str) -> NDArray[np.int64] | None:
        """Return the number of stored values of each cell, or None where that would need all of a large matrix."""
        return matrices.detected(self._node(name))

    def shape(self, name: str) -> tuple[int, int]:
        """Return the numbers of cells and genes of a matrix."""
        return matrices.shape_of(self._node(name))

    def matrix(self, name: str) -> sparse.csr_matrix:
        """Return the whole matrix, cells x genes."""
        return matrices.whole_matrix(self._node(name))

    def gene_columns(self, name: str) -> list[str]:
        """Return the names of the columns of var."""
        return columns_of(self._var(name))

    def genes(self, name: str, columns: Sequence[str]) -> GeneTable:
        """Return the index of the genes of a matrix, and columns of their var."""
        var = self._var(name)
        return GeneTable(index_of(var), {column: texts(var, column) for column in columns})

    def barcodes(self) -> NDArray[np.object_]:
        """Return the names of the cells."""
        return index_of(self._root.group("obs"))

    def cell_columns(self) -> list[str]:
        """Return the names of the columns of obs."""
        return columns_of(self._root.group("obs"))

    def cell_column(self, column: str) -> NDArray[np.object_]:
        """Return a column of obs as text."""
        return texts(self._root.group("obs"), column)

    def _node(self, name: str) -> Group | Array:
        if name.startswith(LAYER):
            return self._root.group("layers").child(name.removeprefix(LAYER))
        return (self._root.group(RAW) if name == RAW else self._root).child(X)

    def _var(self, name: str) -> Group:
        return (self._root.group(RAW) if name == RAW else self._root).group("var")


def _has(root: Group, name: str) -> bool:
    """Return whether a member exists; anndata also writes None, as an array without dimensions."""
    if name not in root:
        return False
    node = root.child(name)
    return isinstance(node, Group) or node.shape != ()
