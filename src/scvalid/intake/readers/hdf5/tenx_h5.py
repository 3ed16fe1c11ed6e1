"""10x HDF5 files: CellRanger 2 (one group per genome) and CellRanger 3 and later (group ``matrix``)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import shown
from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.readers.arrays import matrices
from scvalid.intake.readers.arrays.columns import texts
from scvalid.intake.readers.arrays.nodes import MAX_ROWS, Group
from scvalid.intake.readers.hdf5.groups import Hdf5Group
from scvalid.intake.readers.refusal import Refusal

MATRIX = "matrix"
_FEATURES = "features"
_COLUMNS = {"gene_symbols": "name", "feature_types": "feature_type", "genome": "genome"}
_MAX_GENOMES = 20


class TenxH5Reader:
    """An open 10x HDF5 file; it has one matrix, named ``matrix``.

    The genomes of a CellRanger 2 file stand side by side, with their names in the gene column ``genome``; its cells are those
    of any genome, and a cell that CellRanger did not call for a genome has no counts there.
    """

    def __init__(self, file: h5py.File) -> None:
        root = Hdf5Group(file)
        names = [MATRIX] if MATRIX in root else root.names()
        nodes = {name: root.child(name) for name in names[: _MAX_GENOMES + 1]}
        groups = {name: node for name, node in nodes.items() if isinstance(node, Group) and "indptr" in node}
        if not 1 <= len(groups) <= _MAX_GENOMES:
            fix = "Hand in filtered_feature_bc_matrix.h5 or raw_feature_bc_matrix.h5 of CellRanger."
            raise Refusal(must="be a 10x h5 or an AnnData file", got=f"{len(groups)} count matrices in it", fix=fix)
        self._groups: dict[str, Group] = groups

    def matrix_names(self) -> list[str]:
        """Return the name of the only matrix."""
        return [MATRIX]

    def layers(self) -> list[str]:
        """Return no layers: the format has none."""
        return []

    def some_values(self, name: str, *, limit: int) -> NDArray[Any]:
        """Return about ``limit`` stored values of each genome."""
        return np.concatenate([matrices.some_values(group, limit=limit) for group in self._groups.values()])

    def some_cells(self, name: str, *, limit: int) -> sparse.csr_matrix | None:
        """Return about ``limit`` whole cells; None for a large file of several genomes."""
        if len(self._groups) == 1:
            (group,) = self._groups.values()
            shape = _shape_of(group)
            return matrices.compressed_rows(group, shape, matrices.sample_blocks(shape, limit=limit))
        places = self.some_cell_places(name, limit=limit)
        return None if places is None else self.matrix(name)[places]

    def some_cell_places(self, name: str, *, limit: int) -> NDArray[np.intp] | None:
        """Return the row numbers of ``some_cells``."""
        n_bytes = sum(group.array("data").n_bytes for group in self._groups.values())
        if len(self._groups) > 1 and n_bytes > matrices.SMALL_BYTES:
            return None
        return matrices.places_of(self.shape(name), limit=limit)

    def detected_per_cell(self, name: str) -> NDArray[np.int64]:
        """Return the number of stored values of each cell."""
        total = np.zeros(len(self._cells), dtype=np.int64)
        for group, rows in zip(self._groups.values(), self._rows, strict=True):
            total[rows] += _n_stored(group)
        return total

    def shape(self, name: str) -> tuple[int, int]:
        """Return the numbers of cells and features."""
        shapes = [_shape_of(group) for group in self._groups.values()]
        return shapes[0][0] if len(shapes) == 1 else len(self._cells), sum(n_features for _, n_features in shapes)

    def matrix(self, name: str) -> sparse.csr_matrix:
        """Return the whole matrix, cells x features; the file holds features x cells by column, which is the same bytes."""
        parts = [matrices.compressed(group, _shape_of(group), by_rows=True) for group in self._groups.values()]
        if len(parts) == 1:
            return parts[0]
        n_cells = len(self._cells)
        placed = [_placed(part, rows, n_cells=n_cells) for part, rows in zip(parts, self._rows, strict=True)]
        return sparse.csr_matrix(sparse.hstack(placed, format="csr"))

    def gene_columns(self, name: str) -> list[str]:
        """Return what is known of the features beside their id."""
        (first, *_) = self._groups.values()
        if _FEATURES not in first:
            return ["gene_symbols", "genome"]
        features = first.group(_FEATURES)
        return [column for column, stored in _COLUMNS.items() if stored in features]

    def genes(self, name: str, columns: Sequence[str]) -> GeneTable:
        """Return the ids of the features, and the columns asked for."""
        parts = {genome: _genes_of(group, genome, columns) for genome, group in self._groups.items()}
        index = np.concatenate([part.index for part in parts.values()])
        return GeneTable(index, {c: np.concatenate([part.columns[c] for part in parts.values()]) for c in columns})

    def barcodes(self) -> NDArray[np.object_]:
        """Return the barcodes, those of several genomes in the order in which they are first met."""
        return np.array(self._cells, dtype=object)

    def cell_columns(self) -> list[str]:
        """Return no columns: the format says nothing of the cells."""
        return []

    def cell_column(self, column: str) -> NDArray[np.object_]:
        """Refuse: see ``cell_columns``."""
        msg = f"no column {column}"
        raise ValueError(msg)

    @cached_property
    def _barcodes(self) -> list[list[str]]:
        """The barcodes of each genome."""
        return [texts(group, "barcodes").tolist() for group in self._groups.values()]

    @cached_property
    def _cells(self) -> list[str]:
        if len(self._barcodes) == 1:
            return self._barcodes[0]
        for genome, names in zip(self._groups, self._barcodes, strict=True):
            if len(set(names)) < len(names):
                got = f"{len(names) - len(set(names))} repeated barcodes in {shown(genome)}"
                raise Refusal(must="name each cell once", got=got, fix="Hand in the file as CellRanger wrote it.")
        return list(dict.fromkeys(name for names in self._barcodes for name in names))

    @cached_property
    def _rows(self) -> list[NDArray[np.intp]]:
        """Where the cells of each genome stand among all cells."""
        if len(self._barcodes) == 1:
            return [np.arange(len(self._cells), dtype=np.intp)]
        place = {name: i for i, name in enumerate(self._cells)}
        return [np.array([place[name] for name in names], dtype=np.intp) for names in self._barcodes]


def _shape_of(group: Group) -> tuple[int, int]:
    """Return the numbers of cells and features that a genome declares."""
    declared = group.array("shape")
    shape = tuple(int(n) for n in declared.numbers().ravel()[:3]) if declared.n_bytes < 100 else ()
    if len(shape) != 2 or not all(0 <= n <= MAX_ROWS for n in shape):
        msg = f"{group.path} has the shape {shape}, which is no matrix of cells and genes"
        raise ValueError(msg)
    return shape[1], shape[0]


def _n_stored(group: Group) -> NDArray[np.int64]:
    counts = np.diff(group.array("indptr").whole()).astype(np.int64)
    if len(counts) != _shape_of(group)[0] or (counts < 0).any():
        msg = f"{group.path} has no count of values for each cell"
        raise ValueError(msg)
    return counts


def _placed(part: sparse.csr_matrix, rows: NDArray[np.intp], *, n_cells: int) -> sparse.csr_matrix:
    if len(rows) != part.shape[0]:
        msg = f"{part.shape[0]} cells with {len(rows)} barcodes"
        raise ValueError(msg)
    where = sparse.csr_matrix((np.ones(len(rows), dtype=part.dtype), (rows, np.arange(len(rows)))), shape=(n_cells, len(rows)))
    return sparse.csr_matrix(where @ part)


def _genes_of(group: Group, genome: str, columns: Sequence[str]) -> GeneTable:
    if _FEATURES in group:
        features = group.group(_FEATURES)
        return GeneTable(texts(features, "id"), {column: texts(features, _COLUMNS[column]) for column in columns})
    index = texts(group, "genes")
    genomes = np.full(len(index), genome, dtype=object)
    return GeneTable(index, {column: genomes if column == "genome" else texts(group, "gene_names") for column in columns})
