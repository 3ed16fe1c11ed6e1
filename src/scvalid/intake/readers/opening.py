"""Which reader a path gets, and the sentence that a reader's failure becomes."""

import struct
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
from scvalid.intake.readers.arrays.h5ad import H5adReader
from scvalid.intake.readers.arrays.nodes import Group
from scvalid.intake.readers.files import files_of_source
from scvalid.intake.readers.hdf5.groups import Hdf5Group
from scvalid.intake.readers.hdf5.loom import LoomReader
from scvalid.intake.readers.hdf5.tenx_h5 import TenxH5Reader
from scvalid.intake.readers.kinds import ACCEPTED, EXPORT, Kind, kind_of
from scvalid.intake.readers.mtx.reader import MtxReader
from scvalid.intake.readers.rds.reader import RdsReader
from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.text.text_table import Orientation, TextTableReader
from scvalid.intake.readers.zarr.store import open_zarr

# what h5py, zarr, gzip, numpy and scipy raise on files that are broken, cut short or made up
_FAILURES = (
    OSError, EOFError, zlib.error, struct.error, LookupError, ValueError, TypeError, AttributeError, RuntimeError,
    ArithmeticError, MemoryError,
)  # fmt: skip
_RNA = ("rna", "RNA", "gex", "GEX")
_MOST_SHOWN = 10


class Reader(Protocol):
    """What every reader can do; see ``H5adReader``."""

    def matrix_names(self) -> list[str]: ...
    def layers(self) -> list[str]: ...
    def some_values(self, name: str, *, limit: int) -> NDArray[Any]: ...
    def some_cells(self, name: str, *, limit: int) -> sparse.csr_matrix | None: ...
    def some_cell_places(self, name: str, *, limit: int) -> NDArray[np.intp] | None: ...
    def detected_per_cell(self, name: str) -> NDArray[np.int64] | None: ...
    def shape(self, name: str) -> tuple[int, int]: ...
    def matrix(self, name: str) -> sparse.csr_matrix: ...
    def gene_columns(self, name: str) -> list[str]: ...
    def genes(self, name: str, columns: Sequence[str]) -> GeneTable: ...
    def barcodes(self) -> NDArray[np.object_]: ...
    def cell_columns(self) -> list[str]: ...
    def cell_column(self, column: str) -> NDArray[np.object_]: ...


@contextmanager
def opened(source: Path, *, where: str, orientation: Orientation = "auto") -> Iterator[Reader]:
    """Give the reader for a path; whatever fails in the block because of the file becomes one sentence.

    Parameters
    ----------
    source
        The file or folder.
    where
        How the sentences call it.
    orientation
        Which side of a text table names genes.

    Raises
    ------
    SubmissionError
        If the path does not exist, has no accepted format, or cannot be read.
    """
    try:
        if not source.exists():
            raise SubmissionError([sentence(where, "exist", "no such file", "Check the path in the sample sheet.")])
        files_of_source(source)
        kind = kind_of(source)
        if kind is Kind.HDF5:
            with h5py.File(source, "r") as file:
                yield _of_hdf5(file)
        else:
            yield _of_path(source, kind, orientation=orientation)
    except Refusal as refusal:
        raise SubmissionError([sentence(where, refusal.must, refusal.got, refusal.fix)]) from refusal
    except _FAILURES as error:
        raise SubmissionError([_said(error, where=where)]) from error


def _of_path(source: Path, kind: Kind, *, orientation: Orientation) -> Reader:
    if kind is Kind.ZARR:
        return open_zarr(source)
    if kind is Kind.RDS:
        return RdsReader(source)
    return TextTableReader(source, orientation=orientation) if kind is Kind.TABLE else MtxReader(source)


def _of_hdf5(file: h5py.File) -> Reader:
    root = Hdf5Group(file)
    if "mod" in root:
        return H5adReader(_rna_of(root.group("mod")))
    if "obs" in root:
        return H5adReader(root)
    if {"matrix", "row_attrs", "col_attrs"} <= set(root.names()):
        return LoomReader(file)
    members = [root.child(name) for name in root.names()[:_MOST_SHOWN] if file.get(name, getclass=True) is h5py.Group]
    if any(isinstance(member, Group) and "indptr" in member for member in members):
        return TenxH5Reader(file)
    got = f"HDF5 with {', '.join(shown(name) for name in root.names()[:_MOST_SHOWN]) or 'nothing'}"
    fix = "Export an .h5Seurat as h5ad or .rds." if "cell.names" in root else EXPORT
    raise Refusal(must=f"be {ACCEPTED}", got=got, fix=fix)


def _rna_of(modalities: Group) -> Group:
    """Return the RNA of MuData, which keeps an AnnData per modality."""
    found = next((name for name in _RNA if name in modalities), None)
    if found is None:
        got = f"MuData with {', '.join(shown(name) for name in modalities.names()[:_MOST_SHOWN])}"
        raise Refusal(must="have the modality 'rna'", got=got, fix="Write the RNA alone as h5ad.")
    return modalities.group(found)


def _said(error: BaseException, *, where: str) -> str:
    reason = str(error).strip().splitlines()[:1] or [type(error).__name__]
    fix = "Export the file again, or copy it again if it was cut short."
    return sentence(where, "be a readable file of counts", shown(reason[0]), fix)
