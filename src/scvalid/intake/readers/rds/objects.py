"""Seurat and SingleCellExperiment objects: which matrices they hold, and how genes and cells are called."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.readers.rds.values import (
    RValue,
    dim_names,
    frame,
    kind,
    members,
    row_names,
    shape,
    slot,
    transposed,
    words,
)

COUNTS = "counts"
RNA = "RNA"
_SUMMARIZED = ("SingleCellExperiment", "RangedSummarizedExperiment", "SummarizedExperiment", "SpatialExperiment")
_HINT = "hand in a Seurat or SingleCellExperiment object"


@dataclass(frozen=True)
class Piece:
    """A matrix of genes x cells, and the places of its genes and cells among all (None: all)."""

    matrix: RValue
    genes: NDArray[np.intp] | None = None
    cells: NDArray[np.intp] | None = None


@dataclass(frozen=True)
class CellObject:
    """What an object holds; a matrix may be made of several pieces."""

    genes: list[str]
    gene_columns: Mapping[str, NDArray[np.object_]]
    cells: list[str]
    cell_columns: Mapping[str, NDArray[np.object_]]
    matrices: Mapping[str, tuple[Piece, ...]]


def understood(value: RValue) -> CellObject:
    """Return what an object holds.

    Raises
    ------
    ValueError
        If it is no object of single cells.
    """
    if kind(value) == "Seurat":
        return _of_seurat(value)
    if kind(value) in _SUMMARIZED:
        return _of_experiment(value)
    if kind(value) == "seurat":
        msg = "a Seurat object of version 2; run UpdateSeuratObject on it"
        raise ValueError(msg)
    msg = f"an R object of the class {kind(value)!r:.40}; {_HINT}"
    raise ValueError(msg)


def matrix_of(found: CellObject, name: str) -> sparse.csr_matrix:
    """Return a matrix, cells x genes."""
    size = (len(found.cells), len(found.genes))
    pieces = [_placed(piece, size) for piece in found.matrices[name]]
    total = pieces[0]
    for piece in pieces[1:]:
        total = total + piece
    return sparse.csr_matrix(total)


def _placed(piece: Piece, size: tuple[int, int]) -> sparse.csr_matrix:
    matrix = transposed(piece.matrix)
    if piece.genes is None and piece.cells is None and matrix.shape == size:
        return matrix
    cells = np.arange(size[0]) if piece.cells is None else piece.cells
    genes = np.arange(size[1]) if piece.genes is None else piece.genes
    if matrix.shape != (len(cells), len(genes)):
        msg = f"a matrix of {matrix.shape[1]} x {matrix.shape[0]} for {len(genes)} genes and {len(cells)} cells"
        raise ValueError(msg)
    entries = matrix.tocoo()
    return sparse.csr_matrix((entries.data, (cells[entries.row], genes[entries.col])), shape=size)


def _of_seurat(value: RValue) -> CellObject:
    assays = members(slot(value, "assays"))
    name = next((n for n in (RNA, *words(slot(value, "active.assay")), *assays) if n in assays), None)
    if name is None:
        msg = "a Seurat object without an assay"
        raise ValueError(msg)
    assay, cells = assays[name], slot(value, "meta.data")
    is_layered = slot(assay, "layers").get("type") == "vector"
    genes, barcodes, matrices, of_genes = _layers(assay) if is_layered else _slots(assay)
    barcodes = barcodes or row_names(cells)
    columns = frame(cells, n_rows=len(barcodes)) if row_names(cells) == barcodes else {}
    return CellObject(genes, frame(of_genes, n_rows=len(genes)), barcodes, columns, matrices)


def _slots(assay: RValue) -> tuple[list[str], list[str], dict[str, tuple[Piece, ...]], RValue]:
    """Return genes, cells, matrices and the table of genes of an assay of Seurat 3 or 4."""
    slots = {name: slot(assay, name) for name in (COUNTS, "data")}
    matrices: dict[str, tuple[Piece, ...]] = {n: (Piece(matrix),) for n, matrix in slots.items() if _is_filled(matrix)}
    genes, cells = dim_names(next(iter(matrices.values()))[0].matrix) if matrices else ([], [])
    return genes, cells, matrices, slot(assay, "meta.features")


def _layers(assay: RValue) -> tuple[list[str], list[str], dict[str, tuple[Piece, ...]], RValue]:
    """Return the same of an assay of Seurat 5, whose layers have maps of their genes and cells instead of names."""
    genes, cells = dim_names(slot(assay, "features"))[0], dim_names(slot(assay, "cells"))[0]
    layers = members(slot(assay, "layers"))
    pieces = {
        name: Piece(matrix, _mapped(slot(assay, "features"), name), _mapped(slot(assay, "cells"), name))
        for name, matrix in layers.items()
    }
    matrices: dict[str, tuple[Piece, ...]] = {name: (piece,) for name, piece in pieces.items()}
    parts = tuple(piece for name, piece in pieces.items() if name.startswith(COUNTS + "."))
    if parts and COUNTS not in matrices:
        matrices = {COUNTS: parts} | matrices
    return genes, cells, matrices, slot(assay, "meta.data")


def _mapped(log_map: RValue, layer: str) -> NDArray[np.intp]:
    rows, layers = dim_names(log_map)
    flags = np.asarray(log_map.get("data"), dtype=bool).reshape(len(layers), len(rows))
    if layer not in layers:
        msg = f"a layer {layer!r:.40} without a map of its genes and cells"
        raise ValueError(msg)
    return np.flatnonzero(flags[layers.index(layer)])


def _of_experiment(value: RValue) -> CellObject:
    assays = members(slot(value, "assays", "data", "listData")) or members(slot(value, "assays", ".xData", "data", "listData"))
    matrices = {name or COUNTS: (Piece(matrix),) for name, matrix in assays.items()}
    if not matrices:
        msg = "an experiment without assays that can be read; save it with saveRDS from a current Bioconductor"
        raise ValueError(msg)
    first = next(iter(matrices.values()))[0].matrix
    (n_genes, n_cells), (rows, columns) = shape(first), dim_names(first)
    ranges = slot(value, "rowRanges")
    places = (slot(value, "NAMES"), slot(ranges, "partitioning", "NAMES"), slot(ranges, "ranges", "NAMES"))
    genes = next((names for names in (rows, *map(words, places)) if names), [])
    tables = (slot(ranges, "elementMetadata"), slot(value, "elementMetadata"))
    of_genes = next((read for read in (frame(table, n_rows=n_genes) for table in tables) if read), {})
    of_cells = slot(value, "colData")
    return CellObject(genes, of_genes, columns or row_names(of_cells), frame(of_cells, n_rows=n_cells), matrices)


def _is_filled(matrix: RValue) -> bool:
    return matrix.get("type") != "null" and 0 not in shape(matrix)
