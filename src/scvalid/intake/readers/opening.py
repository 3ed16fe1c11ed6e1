"""Which reader a path gets, and the sentence that a reader's failure becomes."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import SubmissionError, sentence, shown
from scvalid.intake.compute.genes import GeneTable
from scvalid.intake.readers.h5ad import H5adReader
from scvalid.intake.readers.tenx_h5 import TenxH5Reader
from scvalid.intake.readers.tenx_mtx import TenxMtxReader

HDF5_SUFFIXES = (".h5ad", ".h5", ".hdf5")
# what h5py, gzip, numpy and scipy raise on files that are broken, cut short or made up
_FAILURES = (OSError, EOFError, zlib.error, LookupError, ValueError, TypeError, RuntimeError, OverflowError, MemoryError)


class Reader(Protocol):
    """What every reader can do; see ``H5adReader``."""

    def matrix_names(self) -> list[str]: ...
    def layers(self) -> list[str]: ...
    def some_values(self, name: str, *, limit: int) -> NDArray[Any]: ...
    def shape(self, name: str) -> tuple[int, int]: ...
    def matrix(self, name: str) -> sparse.csr_matrix: ...
    def gene_columns(self, name: str) -> list[str]: ...
    def genes(self, name: str, columns: Sequence[str]) -> GeneTable: ...
    def barcodes(self) -> NDArray[np.object_]: ...
    def cell_columns(self) -> list[str]: ...
    def cell_column(self, column: str) -> NDArray[np.object_]: ...


@contextmanager
def opened(source: Path, *, where: str) -> Iterator[Reader]:
    """Give the reader for a path; whatever fails in the block because of the file becomes one sentence.

    Raises
    ------
    SubmissionError
        If the path does not exist, has no accepted format, or cannot be read.
    """
    try:
        if not source.exists():
            raise SubmissionError([sentence(where, "exist", "no such file", "Check the path in the sample sheet.")])
        if source.is_dir():
            yield TenxMtxReader(source)
        elif source.suffix.lower() in HDF5_SUFFIXES:
            with h5py.File(source, "r") as file:
                # some programs write AnnData as .h5
                yield H5adReader(file) if "obs" in file else TenxH5Reader(file)
        else:
            got = f"the ending {shown(source.suffix)}"
            must = "be an .h5ad file, a 10x .h5 file or a 10x folder with matrix.mtx"
            raise SubmissionError([sentence(where, must, got, "Export the raw counts in one of these.")])
    except _FAILURES as error:
        raise SubmissionError([_said(error, where=where)]) from error


def _said(error: BaseException, *, where: str) -> str:
    reason = str(error).strip().splitlines()[:1] or [type(error).__name__]
    fix = "Export the file again, or copy it again if it was cut short."
    return sentence(where, "be a readable h5ad file, 10x h5 file or 10x folder", shown(reason[0]), fix)
