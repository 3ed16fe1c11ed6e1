"""What a submitted file holds, as far as it can be seen without reading all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import nearest, sentence, shown
from scvalid.intake.compute.features import foreign_counts, is_gene_of, other_origins, refused_features
from scvalid.intake.compute.genes import GeneTable, is_gene_expression, type_column, wanted_columns
from scvalid.intake.compute.selection import faults_of_columns
from scvalid.intake.loading import choose_counts, remarks_of_choice
from scvalid.intake.readers.opening import Reader, opened
from scvalid.intake.settings import IntakeSettings

SMALL = 2_000
"""All cells of a file with no more are read."""


@dataclass(frozen=True)
class Contents:
    """What was seen of a file.

    Attributes
    ----------
    counts_from
        The matrix of raw counts, '' if there is none; the other attributes are then those of the first matrix.
    shape
        Cells and features of the matrix.
    genes
        Its genes, without antibodies and other features; none if they do not fit the matrix.
    barcodes
        Names of all cells; none if they do not fit the matrix.
    columns
        Those columns of obs that were asked for and exist.
    cells, places
        Some whole cells x ``genes``, and their places; None where they cannot be read without the whole matrix.
    detected
        Stored values of each cell; None as above.
    foreign, origins
        Counts of the same cells for genes of other genomes, which are not in ``genes``, and what genomes these are.
    modalities
        Types of feature beside genes.
    reader
        Class of the reader, which names the format.
    faults
        One sentence per fault of numbers, names and columns.
    remarks
        What should be known of the matrix that was chosen; sentences without their subject.
    """

    counts_from: str
    shape: tuple[int, int]
    genes: GeneTable
    barcodes: NDArray[np.object_]
    columns: Mapping[str, NDArray[np.object_]]
    cells: sparse.csr_matrix | None
    places: NDArray[np.intp] | None
    detected: NDArray[np.int64] | None
    foreign: NDArray[np.float64] | None
    origins: tuple[str, ...]
    modalities: tuple[str, ...]
    reader: str
    faults: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def look_into(
    source: Path, *, settings: IntakeSettings, species: str, columns: Sequence[str], n_cells: int, where: str
) -> Contents:
    """Look into a submitted file; only slices of the matrix are read, and neither anndata nor scanpy is imported.

    Parameters
    ----------
    source
        The file or folder.
    settings
        Section ``intake`` of the config.
    species
        Species stated for the data; of a file of several genomes its genes are taken.
    columns
        Columns of obs to read.
    n_cells
        About how many whole cells to read, all of a small file; for 0 nothing of the matrix is kept.
    where
        How the sentences call this file.

    Raises
    ------
    SubmissionError
        If the file cannot be read.
    """
    with opened(source, where=where, orientation=settings.orientation) as reader:
        chosen, faults = choose_counts(reader, layer=settings.counts_layer, where=where)
        faults += faults_of_columns(reader.cell_columns(), dict.fromkeys(columns, ""), where=where)
        name = chosen or next(iter(reader.matrix_names()), None)
        named = None if name is None else _names_of(reader, name, settings.gene_column, where=where)
        if name is None or not isinstance(named, tuple):
            return _nothing(reader, [*faults, *(named or [])])
        table, barcodes = named
        is_gene = is_gene_of(table, species=species)
        refused = refused_features(table, species=species)
        faults += [sentence(where, f"hold genes of the stated species, {species}", *refused)] if refused else []
        cells, places, detected = _some_of(reader, name, n_cells=n_cells) if chosen and n_cells else (None, None, None)
        return Contents(
            counts_from=chosen or "",
            shape=reader.shape(name),
            genes=table.at(is_gene),
            barcodes=barcodes,
            columns={column: reader.cell_column(column) for column in columns if column in reader.cell_columns()},
            cells=None if cells is None else sparse.csr_matrix(cells)[:, is_gene],
            places=places,
            detected=detected,
            foreign=None if cells is None else foreign_counts(table, sparse.csr_matrix(cells), is_gene),
            origins=other_origins(table, is_gene),
            modalities=_other_types(table),
            reader=type(reader).__name__,
            faults=tuple(faults),
            remarks=tuple(remarks_of_choice(reader, name) if chosen and settings.counts_layer is None else ()),
        )


def _some_of(reader: Reader, name: str, *, n_cells: int) -> tuple[Any, Any, Any]:
    limit = SMALL if reader.shape(name)[0] <= SMALL else n_cells
    cells = reader.some_cells(name, limit=limit)
    places = None if cells is None else reader.some_cell_places(name, limit=limit)
    return cells, places, reader.detected_per_cell(name)


def _nothing(reader: Reader, faults: list[str]) -> Contents:
    none = np.zeros(0, dtype=object)
    return Contents(
        "", (0, 0), GeneTable(none, {}), none, {}, None, None, None, None, (), (), type(reader).__name__, tuple(faults)
    )


def _names_of(
    reader: Reader, name: str, gene_column: str | None, *, where: str
) -> tuple[GeneTable, NDArray[np.object_]] | list[str]:
    """Return features and barcodes of a matrix, or the sentence that says why they cannot be used."""
    known = reader.gene_columns(name)
    if gene_column is not None and gene_column not in known:
        must = f"have the var column {shown(gene_column)} that intake.gene_column names"
        advice = nearest(gene_column, known) if known else "Set intake.gene_column to null."
        return [sentence(where, must, "none of that name", advice)]
    table, barcodes = reader.genes(name, wanted_columns(known, gene_column)), reader.barcodes()
    shape = reader.shape(name)
    if shape == (len(barcodes), len(table.index)) and 0 not in shape:
        return table, barcodes
    got = f"a matrix of {shape[0]} x {shape[1]} for {len(barcodes)} cells and {len(table.index)} genes"
    return [sentence(where, "hold cells and genes, each with its name", got, "Export the file again.")]


def _other_types(table: GeneTable) -> tuple[str, ...]:
    column = type_column(table)
    return () if column is None else tuple(sorted(set(table.columns[column][~is_gene_expression(table)]) - {""}))
