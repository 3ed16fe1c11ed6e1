"""Tables of counts as text: genes x cells or cells x genes, separated by tab, comma, semicolon or space, plain or gzipped."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import shown
from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.compute.identifiers import refused_names
from scvalid.intake.compute.orientation import are_counted, are_genes_in_rows
from scvalid.intake.readers.arrays.matrices import places_of
from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.text.lines import is_gzipped
from scvalid.intake.readers.text.table_rows import TableRows

Orientation = Literal["auto", "genes_in_rows", "genes_in_columns"]

SMALL_BYTES = 20_000_000
"""A table below this is read whole where a part would do."""
_PACKING = 8
_MIN_VALUE = 2
"""Bytes of the shortest value, with its delimiter."""


class TextTableReader:
    """A table of one sample; its one matrix is named after its orientation.

    Parameters
    ----------
    path
        The file.
    orientation
        Which side names genes; ``auto`` finds it from the names.
    """

    def __init__(self, path: Path, *, orientation: Orientation = "auto") -> None:
        self._path = path
        self._rows = TableRows(path)
        self._has_gene_rows = self._find_orientation(orientation)

    def matrix_names(self) -> list[str]:
        """Return the name of the only matrix."""
        return [f"table with genes in {'rows' if self._has_gene_rows else 'columns'}"]

    def layers(self) -> list[str]:
        """Return no layers: a table has none."""
        return []

    def some_values(self, name: str, *, limit: int) -> NDArray[Any]:
        """Return the values other than zero of the first rows, which hold about ``limit`` values."""
        return self._rows.first_values(max(1, limit // len(self._rows.dialect.value_places)))

    def some_cells(self, name: str, *, limit: int) -> sparse.csr_matrix | None:
        """Return about ``limit`` whole cells; None for a large table with genes in its rows."""
        places = self.some_cell_places(name, limit=limit)
        if places is None:
            return None
        return self._whole[places] if self._is_small else self._rows.matrix(frozenset(places.tolist()))

    def some_cell_places(self, name: str, *, limit: int) -> NDArray[np.intp] | None:
        """Return the row numbers of ``some_cells``."""
        return places_of(self.shape(name), limit=limit) if self._is_small or not self._has_gene_rows else None

    def detected_per_cell(self, name: str) -> NDArray[np.int64] | None:
        """Return the number of values other than zero of each cell; None for a large table."""
        return np.diff(self._whole.indptr).astype(np.int64) if self._is_small else None

    def shape(self, name: str) -> tuple[int, int]:
        """Return the numbers of cells and genes."""
        n_rows, n_columns = len(self._row_names()), len(self._rows.dialect.value_places)
        return (n_columns, n_rows) if self._has_gene_rows else (n_rows, n_columns)

    def matrix(self, name: str) -> sparse.csr_matrix:
        """Return the whole matrix, cells x genes."""
        return self._whole.copy() if self._is_small else self._read()

    def gene_columns(self, name: str) -> list[str]:
        """Return the columns of text beside the names of genes in rows, such as ``Symbol``."""
        return self._text_columns() if self._has_gene_rows else []

    def genes(self, name: str, columns: Sequence[str]) -> GeneTable:
        """Return the names of the genes, and the columns asked for."""
        index = self._row_names() if self._has_gene_rows else self._column_names()
        return GeneTable(index, {column: self._text_column(column) for column in columns})

    def barcodes(self) -> NDArray[np.object_]:
        """Return the names of the cells."""
        return self._column_names() if self._has_gene_rows else self._row_names()

    def cell_columns(self) -> list[str]:
        """Return the columns of text beside the names of cells in rows, such as ``donor``."""
        return [] if self._has_gene_rows else self._text_columns()

    def cell_column(self, column: str) -> NDArray[np.object_]:
        """Return a column of text of cells in rows."""
        if column not in self.cell_columns():
            msg = f"no column {column}"
            raise ValueError(msg)
        return self._text_column(column)

    @property
    def _is_small(self) -> bool:
        n_values = len(self._row_names()) * len(self._rows.dialect.value_places)
        n_bytes = self._path.stat().st_size * (_PACKING if is_gzipped(self._path) else 1)
        return max(n_bytes, _MIN_VALUE * n_values) < SMALL_BYTES

    @cached_property
    def _whole(self) -> sparse.csr_matrix:
        return self._read()

    def _read(self) -> sparse.csr_matrix:
        rows = self._rows.matrix()
        return sparse.csr_matrix(rows.T) if self._has_gene_rows else rows

    def _row_names(self) -> NDArray[np.object_]:
        return np.array(self._rows.words[self._rows.dialect.name_place], dtype=object)

    def _column_names(self) -> NDArray[np.object_]:
        return np.array([self._rows.label(i) for i in self._rows.dialect.value_places], dtype=object)

    def _text_columns(self) -> list[str]:
        return [label for label in map(self._rows.label, self._rows.dialect.text_places) if label]

    def _text_column(self, column: str) -> NDArray[np.object_]:
        place = next(i for i in self._rows.dialect.text_places if self._rows.label(i) == column)
        return np.array(self._rows.words[place], dtype=object)

    def _find_orientation(self, stated: Orientation) -> bool:
        """Return whether the rows are genes."""
        if stated != "auto":
            return stated == "genes_in_rows"
        dialect = self._rows.dialect
        names, columns = self._rows.first_names, self._column_names()
        labels = [self._rows.label(i) for i in (dialect.name_place, *dialect.text_places)]
        found = are_genes_in_rows(names, columns.tolist(), labels=labels)
        if found is None:
            raise self._refusal(names, columns.tolist())
        return found

    def _refusal(self, names: Sequence[str], columns: Sequence[str]) -> Refusal:
        """Return what to say where no side names genes; one of them may name them in a way that cannot be used."""
        names_of = {"rows": names, "columns": columns}
        refused = {side: refused_names(of) for side, of in names_of.items() if not are_counted(of)}
        sides = [(side, *found) for side, found in refused.items() if found]
        if len(sides) == 1:
            side, got, fix = sides[0]
            return Refusal(must="name genes by Ensembl id or symbol", got=f"{side} named by {got}", fix=fix)
        got = f"rows such as {shown(names[0])} and columns such as {shown(columns[0])}"
        fix = "Set intake.orientation to genes_in_rows or genes_in_columns."
        return Refusal(must="name genes on one side, by Ensembl id or symbol", got=got, fix=fix)
