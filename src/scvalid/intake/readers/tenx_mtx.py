"""10x folders: ``matrix.mtx``, ``features.tsv`` or ``genes.tsv``, ``barcodes.tsv``, each plain or gzipped."""

import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TextIO, cast

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.readers.hdf5 import MAX_ROWS

MATRIX = "matrix.mtx"
_COLUMNS = ("gene_symbols", "feature_types")


class TenxMtxReader:
    """A 10x folder; file names may carry a prefix, as in GEO. It has one matrix, named ``matrix.mtx``."""

    def __init__(self, folder: Path) -> None:
        self._matrix = _the_file(folder, MATRIX)
        self._features = _rows(_the_file(folder, "features.tsv", "genes.tsv"))
        self._barcodes = [row[0] for row in _rows(_the_file(folder, "barcodes.tsv"))]
        with _opened(self._matrix) as stream:
            size = _header(stream)
        if size != (len(self._features), len(self._barcodes)):
            msg = f"a matrix of {size[0]} x {size[1]} for {len(self._features)} genes and {len(self._barcodes)} barcodes"
            raise ValueError(msg)

    def matrix_names(self) -> list[str]:
        """Return the name of the only matrix."""
        return [MATRIX]

    def layers(self) -> list[str]:
        """Return no layers: the format has none."""
        return []

    def some_values(self, name: str, *, limit: int) -> NDArray[Any]:
        """Return the first ``limit`` stored values."""
        with _opened(self._matrix) as stream:
            _header(stream)
            return np.array([float(line.rsplit(None, 1)[-1]) for line in islice(stream, limit) if line.strip()])

    def shape(self, name: str) -> tuple[int, int]:
        """Return the numbers of cells and features."""
        return len(self._barcodes), len(self._features)

    def matrix(self, name: str) -> sparse.csr_matrix:
        """Return the whole matrix, cells x features."""
        from scipy.io import mmread

        return sparse.csr_matrix(mmread(self._matrix).T)

    def gene_columns(self, name: str) -> list[str]:
        """Return what is known of the features beside their id."""
        width = min((len(row) for row in self._features), default=1)
        return list(_COLUMNS[: width - 1])

    def genes(self, name: str, columns: Sequence[str]) -> GeneTable:
        """Return the ids of the features, and the columns asked for."""
        places = {column: 1 + _COLUMNS.index(column) for column in columns}
        return GeneTable(self._feature(0), {column: self._feature(i) for column, i in places.items()})

    def barcodes(self) -> NDArray[np.object_]:
        """Return the barcodes."""
        return np.array(self._barcodes, dtype=object)

    def cell_columns(self) -> list[str]:
        """Return no columns: the format says nothing of the cells."""
        return []

    def cell_column(self, column: str) -> NDArray[np.object_]:
        """Refuse: see ``cell_columns``."""
        msg = f"no column {column}"
        raise ValueError(msg)

    def _feature(self, i: int) -> NDArray[np.object_]:
        return np.array([row[i] for row in self._features], dtype=object)


def _the_file(folder: Path, *names: str) -> Path:
    endings = tuple(name + gz for name in names for gz in ("", ".gz"))
    # macOS leaves hidden companions such as ._matrix.mtx.gz
    visible = (path for path in folder.iterdir() if not path.name.startswith(".") and path.is_file())
    found = sorted(path for path in visible if path.name.endswith(endings))
    if len(found) != 1:
        msg = f"{len(found)} files {' or '.join(names)} in the folder"
        raise ValueError(msg)
    return found[0]


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as stream:
        yield cast("TextIO", stream)


def _rows(path: Path) -> list[list[str]]:
    with _opened(path) as stream:
        rows = [line.rstrip("\r\n").split("\t") for line in islice(stream, MAX_ROWS)]
    return [row for row in rows if row != [""]]


def _header(stream: TextIO) -> tuple[int, int]:
    banner = stream.readline().split()
    line = next((line for line in stream if not line.startswith("%") and line.strip()), "")
    size = [int(n) for n in line.split() if n.isdigit()]
    if banner[:3] != ["%%MatrixMarket", "matrix", "coordinate"] or banner[3:4] == ["pattern"] or len(size) != 3:
        msg = "a matrix file that does not start with '%%MatrixMarket matrix coordinate'"
        raise ValueError(msg)
    return size[0], size[1]
