"""Folders with a Matrix Market file of counts: 10x, STARsolo, alevin-fry, kallisto | bustools."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.readers.arrays.matrices import places_of
from scvalid.intake.readers.mtx.layouts.alevin import bare_names, sum_spliced
from scvalid.intake.readers.mtx.layouts.choosing import find_layout
from scvalid.intake.readers.mtx.matrix_market import Header, first_entries, header_of, whole_matrix
from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.text.lines import first_fields, is_gzipped, rows_of

SMALL_BYTES = 20_000_000
"""A matrix file below this is read whole where a part would do."""
SMALL_VALUES = 5_000_000
"""So does one that declares no more: gzip could hide far more in a small file."""
_COLUMNS = ("gene_symbols", "feature_types")
_PACKING = 4
_HEAD = 200_000
"""Entries that are read from the start of a file, for its values and, if it is large, for whole cells."""


class MtxReader:
    """A folder of one sample; its one matrix is named after the files that it is read from, see ``Layout.name``."""

    def __init__(self, folder: Path) -> None:
        self._layout = find_layout(folder)
        self._cells = first_fields(self._layout.cells)
        self._features = rows_of(self._layout.genes)
        self._headers = [header_of(path) for path in self._layout.matrices]
        headers = {(header.n_rows, header.n_columns): header for header in self._headers}
        if len(headers) > 1:
            got = " and ".join(f"{n} x {m}" for n, m in headers)
            raise Refusal(must="hold matrices of one shape", got=got, fix="Export the folder again.")
        ((_, self._header),) = headers.items()
        self._is_cells_by_genes = self._find_rows(self._header)
        self._names = [row[0] for row in self._features]
        self._bare = bare_names(self._names) if self._layout.is_split else None

    def matrix_names(self) -> list[str]:
        """Return the name of the only matrix."""
        return [self._layout.name]

    def layers(self) -> list[str]:
        """Return no layers: the formats have none."""
        return []

    def some_values(self, name: str, *, limit: int) -> NDArray[Any]:
        """Return the first ``limit`` stored values of each matrix that is read."""
        return np.concatenate([entries[:limit, 2] for entries in self._heads])

    def some_cells(self, name: str, *, limit: int) -> sparse.csr_matrix | None:
        """Return up to ``limit`` whole cells; of a large file those at its start, None if it does not go cell by cell."""
        sample = self._sampled(limit)
        return None if sample is None else sample[0]

    def some_cell_places(self, name: str, *, limit: int) -> NDArray[np.intp] | None:
        """Return the row numbers of ``some_cells``."""
        sample = self._sampled(limit)
        return None if sample is None else sample[1]

    def detected_per_cell(self, name: str) -> NDArray[np.int64] | None:
        """Return the number of stored values of each cell; None for a large file."""
        return np.diff(self._whole.indptr).astype(np.int64) if self._is_small else None

    def shape(self, name: str) -> tuple[int, int]:
        """Return the numbers of cells and features."""
        return len(self._cells), len(self._names if self._bare is None else self._bare)

    def matrix(self, name: str) -> sparse.csr_matrix:
        """Return the whole matrix, cells x features."""
        return self._whole.copy() if self._is_small else self._read()

    def gene_columns(self, name: str) -> list[str]:
        """Return what is known of the features beside their id."""
        width = min((len(row) for row in self._features), default=1)
        return list(_COLUMNS[:1]) if self._layout.symbols else list(_COLUMNS[: width - 1])

    def genes(self, name: str, columns: Sequence[str]) -> GeneTable:
        """Return the ids of the features, and the columns asked for."""
        index = self._names if self._bare is None else self._bare
        return GeneTable(np.array(index, dtype=object), {column: self._column(column) for column in columns})

    def barcodes(self) -> NDArray[np.object_]:
        """Return the barcodes."""
        return np.array(self._cells, dtype=object)

    def cell_columns(self) -> list[str]:
        """Return no columns: the formats say nothing of the cells."""
        return []

    def cell_column(self, column: str) -> NDArray[np.object_]:
        """Refuse: see ``cell_columns``."""
        msg = f"no column {column}"
        raise ValueError(msg)

    def _find_rows(self, header: Header) -> bool:
        """Return whether the rows of the matrix are cells, by the numbers of names; a square one goes by its format."""
        n_cells, n_genes = len(self._cells), len(self._features)
        size = (header.n_rows, header.n_columns)
        if size not in ((n_cells, n_genes), (n_genes, n_cells)):
            got = f"a matrix of {size[0]} x {size[1]} for {n_genes} genes and {n_cells} barcodes"
            fix = "Put the files of one run together; a header line in a file of names must go."
            raise Refusal(must="hold cells and genes, each with its name", got=got, fix=fix)
        return self._layout.is_cells_by_genes if n_cells == n_genes else size == (n_cells, n_genes)

    @property
    def _is_small(self) -> bool:
        sizes = (path.stat().st_size * (_PACKING if is_gzipped(path) else 1) for path in self._layout.matrices)
        return sum(sizes) < SMALL_BYTES and sum(header.n_values for header in self._headers) <= SMALL_VALUES

    @cached_property
    def _heads(self) -> list[NDArray[np.float64]]:
        """The first entries of each matrix."""
        return [first_entries(path, self._header, limit=_HEAD) for path in self._layout.matrices]

    @cached_property
    def _whole(self) -> sparse.csr_matrix:
        return self._read()

    def _read(self) -> sparse.csr_matrix:
        parts = (whole_matrix(path, header) for path, header in zip(self._layout.matrices, self._headers, strict=True))
        total = sparse.csr_matrix(sum((self._turned(part) for part in parts), start=sparse.csr_matrix(self._turned_shape)))
        return total if self._bare is None else sum_spliced(total, self._names, self._bare)

    @property
    def _turned_shape(self) -> tuple[int, int]:
        return len(self._cells), len(self._names)

    def _turned(self, matrix: sparse.coo_matrix) -> sparse.csr_matrix:
        return sparse.csr_matrix(matrix if self._is_cells_by_genes else matrix.T)

    def _sampled(self, limit: int) -> tuple[sparse.csr_matrix, NDArray[np.intp]] | None:
        if self._is_small:
            places = places_of(self._whole.shape, limit=limit)
            return self._whole[places], places
        if len(self._layout.matrices) > 1 or self._bare is not None:
            return None
        (entries,) = self._heads
        cells, genes = (entries[:, i].astype(np.intp) for i in ((0, 1) if self._is_cells_by_genes else (1, 0)))
        # the last cell may go on behind what was read
        n_whole = min(int(cells[-1]), limit) if len(cells) and (np.diff(cells) >= 0).all() else 0
        if n_whole == 0:
            return None
        is_whole = cells < n_whole
        shape = (n_whole, self._turned_shape[1])
        head = sparse.csr_matrix((entries[is_whole, 2], (cells[is_whole], genes[is_whole])), shape=shape)
        return head, np.arange(n_whole, dtype=np.intp)

    def _column(self, column: str) -> NDArray[np.object_]:
        if self._layout.symbols is not None:
            symbols = first_fields(self._layout.symbols)
            if len(symbols) != len(self._names):
                got = f"{len(symbols)} names for {len(self._names)} genes in {self._layout.symbols.name}"
                raise Refusal(must="name each gene", got=got, fix="Export the folder again.")
            return np.array(symbols, dtype=object)
        i = 1 + _COLUMNS.index(column)
        return np.array([row[i] for row in self._features], dtype=object)
