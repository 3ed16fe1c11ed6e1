"""Seurat and SingleCellExperiment objects in .rds files, read by rds2py (extra ``rds``) in a process of its own."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import shown
from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.readers.arrays.h5ad import LAYER
from scvalid.intake.readers.arrays.matrices import places_of
from scvalid.intake.readers.arrays.nodes import amount
from scvalid.intake.readers.rds.child import PARTS
from scvalid.intake.readers.refusal import Refusal

MAX_UNPACKED = 16 * 2**30
_MAX_RATIO = 200
_SLACK = 64 * 2**20
_FACTOR = 8
"""Memory for each unpacked byte: the parsed object, its copy as arrays, and the text, which Python keeps larger than R."""
_BASE_BYTES = 2**30
_SECONDS = 900
_BLOCK = 2**20
_SAVE_AGAIN = "Save it again with saveRDS(x, file) of R 3.5 or later; DietSeurat makes it smaller."


class RdsReader:
    """A parsed .rds file. A matrix is named as in the object: ``counts``, or ``layer:<name>`` for any of its matrices."""

    def __init__(self, path: Path) -> None:
        self._path = path
        _check_version(path)
        self._limit = _BASE_BYTES + _FACTOR * _unpacked_size(path)
        self._header, self._matrix = _parsed(path, layer="", limit=self._limit)

    def matrix_names(self) -> list[str]:
        """Return the matrix of counts, or the first if there is none."""
        return [str(self._header["matrix"])]

    def layers(self) -> list[str]:
        """Return the names of all matrices of the object."""
        return list(self._header["matrices"])

    def some_values(self, name: str, *, limit: int) -> NDArray[Any]:
        """Return about ``limit`` stored values from start, middle and end."""
        values = self.matrix(name).data
        return values[:: max(1, -(-len(values) // limit))]

    def some_cells(self, name: str, *, limit: int) -> sparse.csr_matrix | None:
        """Return about ``limit`` whole cells."""
        matrix = self.matrix(name)
        return matrix[places_of(matrix.shape, limit=limit)]

    def some_cell_places(self, name: str, *, limit: int) -> NDArray[np.intp] | None:
        """Return the row numbers of ``some_cells``."""
        return places_of(self.shape(name), limit=limit)

    def detected_per_cell(self, name: str) -> NDArray[np.int64] | None:
        """Return the number of stored values of each cell; the matrix is in memory anyway."""
        return self.matrix(name).getnnz(axis=1).astype(np.int64)

    def shape(self, name: str) -> tuple[int, int]:
        """Return the numbers of cells and genes."""
        n_cells, n_genes = self.matrix(name).shape
        return n_cells, n_genes

    def matrix(self, name: str) -> sparse.csr_matrix:
        """Return the whole matrix, cells x genes; the file is parsed again for another than the last one."""
        wanted = name.removeprefix(LAYER)
        if wanted != self._header["matrix"]:
            self._header, self._matrix = _parsed(self._path, layer=wanted, limit=self._limit)
        return self._matrix

    def gene_columns(self, name: str) -> list[str]:
        """Return the columns of the table of genes."""
        return list(self._header["gene_columns"])

    def genes(self, name: str, columns: Sequence[str]) -> GeneTable:
        """Return the names of the genes, and the columns asked for."""
        read = {column: np.array(self._header["gene_columns"][column], dtype=object) for column in columns}
        return GeneTable(np.array(self._header["genes"], dtype=object), read)

    def barcodes(self) -> NDArray[np.object_]:
        """Return the names of the cells."""
        return np.array(self._header["cells"], dtype=object)

    def cell_columns(self) -> list[str]:
        """Return the columns of meta.data or colData."""
        return list(self._header["cell_columns"])

    def cell_column(self, column: str) -> NDArray[np.object_]:
        """Return a column of meta.data or colData as text."""
        return np.array(self._header["cell_columns"][column], dtype=object)


def _parsed(path: Path, *, layer: str, limit: int) -> tuple[dict[str, Any], sparse.csr_matrix]:
    if find_spec("rds2py") is None:
        fix = "Install it with: pip install 'scvalid[rds]'"
        raise Refusal(must="be readable here", got="an .rds file, and rds2py is not installed", fix=fix)
    command = [sys.executable, "-P", "-m", "scvalid.intake.readers.rds.child", str(path.absolute()), layer, str(limit)]
    # -P: nothing beside the file, such as a numpy.py, is imported
    # threads of the linear algebra, which is not used, would take address space for nothing
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        run = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, env=environment)
    except subprocess.TimeoutExpired as error:
        raise Refusal(must="be readable", got=f"no end after {_SECONDS} seconds", fix=_SAVE_AGAIN) from error
    line, _, content = run.stdout.partition(b"\n")
    header = json.loads(line) if line and run.returncode == 0 else {"refused": "an object at which the parser broke down"}
    if "refused" in header:
        raise Refusal(must="be a Seurat or SingleCellExperiment object", got=shown(header["refused"]), fix=_SAVE_AGAIN)
    return header, _matrix(content, header)


def _matrix(content: bytes, header: dict[str, Any]) -> sparse.csr_matrix:
    parts, start = [], 0
    for (_, dtype), size in zip(PARTS, header["sizes"], strict=True):
        part = np.frombuffer(content, dtype=dtype, count=size, offset=start)
        parts.append(part)
        start += part.nbytes
    return sparse.csr_matrix(tuple(parts), shape=tuple(header["shape"]))


def _check_version(path: Path) -> None:
    with path.open("rb") as plain:
        is_packed = plain.read(2) == b"\x1f\x8b"
    with gzip.open(path) if is_packed else path.open("rb") as stream:
        head = stream.read(6)
    if head[:2] != b"X\n" or head[2:] != b"\0\0\0\3":
        got = "one that R before 3.5 wrote, or one in another packing than gzip"
        raise Refusal(must="be an .rds file as saveRDS writes it", got=got, fix=_SAVE_AGAIN)


def _unpacked_size(path: Path) -> int:
    """Return the size of the object, read up to what a file of this size may unpack to."""
    n_file = path.stat().st_size
    with path.open("rb") as stream:
        if stream.read(2) != b"\x1f\x8b":
            return n_file
    bound, total = min(MAX_UNPACKED, _SLACK + _MAX_RATIO * n_file), 0
    with gzip.open(path) as unpacked:
        while block := unpacked.read(_BLOCK):
            total += len(block)
            if total > bound:
                got = f"{amount(n_file)} that unpack to more than {amount(bound)}"
                raise Refusal(must="unpack to an object that fits into memory", got=got, fix=_SAVE_AGAIN)
    return total
