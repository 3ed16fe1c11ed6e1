"""Loom files of format 2 and 3: genes x cells in HDF5, with further matrices of the same shape as layers."""

from collections.abc import Sequence
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.readers.arrays import matrices
from scvalid.intake.readers.arrays.columns import text_of_array
from scvalid.intake.readers.arrays.h5ad import LAYER, USUAL_LAYER
from scvalid.intake.readers.arrays.nodes import Array, Group
from scvalid.intake.readers.hdf5.groups import Hdf5Group

MATRIX = "matrix"
ROWS, COLUMNS = "row_attrs", "col_attrs"
# the first two are those of the format; the others are what anndata and R packages write
CELL_NAMES = ("CellID", "cell_id", "obs_names", "cell_names", "barcode", "barcodes")
GENE_IDS = ("Accession", "gene_ids", "gene_id", "ensembl_id", "var_names")
GENE_NAMES = ("Gene", "gene_name", "gene_names", "gene_symbols", "gene", "Symbol")
SYMBOLS = "gene_symbols"


class LoomReader:
    """An open loom file. A matrix is named ``matrix`` or ``layer:<name>``."""

    def __init__(self, file: h5py.File) -> None:
        self._root = Hdf5Group(file)
        self._genes, self._cells = self._root.group(ROWS), self._root.group(COLUMNS)
        self._index = _first_of(self._genes, (*GENE_IDS, *GENE_NAMES), what="genes")
        self._symbols = next((name for name in GENE_NAMES if name in self._genes), None)

    def matrix_names(self) -> list[str]:
        """Return the matrices that may hold raw counts, the likeliest first."""
        return [MATRIX, *(LAYER + layer for layer in self.layers() if layer.lower() == USUAL_LAYER)]

    def layers(self) -> list[str]:
        """Return the names of the layers, such as ``spliced``."""
        return self._root.group("layers").names() if "layers" in self._root else []

    def some_values(self, name: str, *, limit: int) -> NDArray[Any]:
        """Return about ``limit`` values of some whole cells; most of a dense matrix is zero, so that many are read."""
        array = self._array(name)
        n_genes, n_cells = array.shape
        blocks = matrices.sample_blocks((n_cells, n_genes), limit=max(3, limit // max(1, n_genes)))
        return np.concatenate([array.numbers(slice(None), cells).ravel() for cells in blocks])

    def some_cells(self, name: str, *, limit: int) -> sparse.csr_matrix | None:
        """Return about ``limit`` whole cells."""
        array = self._array(name)
        blocks = matrices.sample_blocks(self.shape(name), limit=limit)
        parts = [sparse.csr_matrix(array.numbers(slice(None), cells).T) for cells in blocks]
        return sparse.csr_matrix(sparse.vstack(parts, format="csr"))

    def some_cell_places(self, name: str, *, limit: int) -> NDArray[np.intp] | None:
        """Return the row numbers of ``some_cells``."""
        return matrices.places_of(self.shape(name), limit=limit)

    def detected_per_cell(self, name: str) -> NDArray[np.int64] | None:
        """Return the number of genes above zero of each cell, or None for a large matrix: all of it would have to be read."""
        if self._array(name).n_bytes > matrices.SMALL_BYTES:
            return None
        return self.matrix(name).getnnz(axis=1).astype(np.int64)

    def shape(self, name: str) -> tuple[int, int]:
        """Return the numbers of cells and genes."""
        n_genes, n_cells = self._array(name).shape
        return n_cells, n_genes

    def matrix(self, name: str) -> sparse.csr_matrix:
        """Return the whole matrix, cells x genes; blocks of genes are made sparse one after the other."""
        return sparse.csr_matrix(matrices.whole_matrix(self._array(name)).T)

    def gene_columns(self, name: str) -> list[str]:
        """Return the attributes of the genes, and ``gene_symbols`` for what the format calls Gene."""
        names = _plain(self._genes)
        return names if self._symbols is None or SYMBOLS in names else [*names, SYMBOLS]

    def genes(self, name: str, columns: Sequence[str]) -> GeneTable:
        """Return the accessions of the genes, or else their names, and the columns asked for."""
        places = {column: self._symbols if column == SYMBOLS and self._symbols else column for column in columns}
        read = {column: text_of_array(self._genes.array(place)) for column, place in places.items()}
        return GeneTable(text_of_array(self._genes.array(self._index)), read)

    def barcodes(self) -> NDArray[np.object_]:
        """Return the names of the cells."""
        return text_of_array(self._cells.array(_first_of(self._cells, CELL_NAMES, what="cells")))

    def cell_columns(self) -> list[str]:
        """Return the attributes of the cells."""
        return _plain(self._cells)

    def cell_column(self, column: str) -> NDArray[np.object_]:
        """Return an attribute of the cells as text."""
        return text_of_array(self._cells.array(column))

    def _array(self, name: str) -> Array:
        group, place = (self._root.group("layers"), name.removeprefix(LAYER)) if name.startswith(LAYER) else (self._root, name)
        array = group.array(place)
        matrices.shape_of(array)
        return array


def _first_of(table: Group, names: Sequence[str], *, what: str) -> str:
    found = next((name for name in names if name in table), None)
    if found is None:
        msg = f"no names of the {what} among {', '.join(table.names()[:10])}"
        raise ValueError(msg)
    return found


def _plain(table: Group) -> list[str]:
    """Return the attributes with one value each; embeddings have several."""
    nodes = ((name, table.child(name)) for name in table.names())
    return [name for name, node in nodes if isinstance(node, Array) and len(node.shape) == 1]
