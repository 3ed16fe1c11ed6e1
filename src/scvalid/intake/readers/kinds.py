"""What a path is, told by its content; the name of a file is only a hint."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.zarr.store import ROOT_FILES

ACCEPTED = "AnnData (h5ad or zarr), 10x HDF5, a folder with a matrix.mtx, loom, a CSV or TSV table, or an .rds file"
EXPORT = "Export the raw counts in one of these."
_HEAD = 4_096
_HDF5 = b"\x89HDF\r\n\x1a\n"
_USER_BLOCKS = (0, 512, 1024, 2048)
_GZIP = "gzip"
_PACKINGS: dict[bytes, tuple[str, Callable[[Path], Any]]] = {
    b"\x1f\x8b": (_GZIP, gzip.open),
    b"BZh": ("bzip2", bz2.open),
    b"\xfd7zXZ\0": ("xz", lzma.open),
}
_BINARY_ENDINGS = (".h5ad", ".h5", ".hdf5", ".h5mu", ".loom", ".rds", ".zarr")
_NEVER = "Pickled objects can run code and are never opened; write h5ad."
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive (or .xlsx, .npz, .pt)", "Unpack it; write a workbook as CSV."),
    (b"PK\x05\x06", "an empty zip archive", EXPORT),
    (b"RDX2\n", "an R workspace (.rda)", "Save the object alone, with saveRDS(x, file)."),
    (b"RDX3\n", "an R workspace (.rda)", "Save the object alone, with saveRDS(x, file)."),
    (b"\x80\x02", "a Python pickle", _NEVER),
    (b"\x80\x03", "a Python pickle", _NEVER),
    (b"\x80\x04", "a Python pickle", _NEVER),
    (b"\x80\x05", "a Python pickle", _NEVER),
    (b"\x93NUMPY", "a bare numpy array", EXPORT),
    (b"BAM\1", "aligned reads (.bam)", "Count them first, for example with CellRanger or STARsolo."),
    (b"CRAM", "aligned reads (.cram)", "Count them first, for example with CellRanger or STARsolo."),
    (b"PAR1", "a Parquet table", EXPORT),
    (b"ARROW1", "an Arrow table", EXPORT),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook", "Write it as CSV."),
    (b"%PDF", "a PDF", EXPORT),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it and give the file or folder in it."),
    (b"Rar!", "a rar archive", "Unpack it and give the file or folder in it."),
    (b"version https://git-lfs", "a pointer to a file in Git LFS", "Fetch the file itself, with git lfs pull."),
    (b"<!DOCTYPE", "a web page, as a failed download leaves", "Download the file again."),
    (b"<html", "a web page, as a failed download leaves", "Download the file again."),
)
_FASTQ_ENDINGS = (".fastq", ".fq", ".fastq.gz", ".fq.gz")


class Kind(Enum):
    """The kinds of path that have a reader."""

    HDF5 = "hdf5"
    ZARR = "zarr"
    FOLDER = "folder"
    RDS = "rds"
    TABLE = "table"


def kind_of(path: Path) -> Kind:
    """Return what an existing path is.

    Raises
    ------
    Refusal
        If no reader takes it; it says what the path is, and what to do instead.
    """
    if path.is_dir():
        return Kind.ZARR if any((path / name).is_file() for name in ROOT_FILES) else Kind.FOLDER
    if not path.is_file():
        raise Refusal(must=f"be {ACCEPTED}", got="a device, pipe or socket", fix=EXPORT)
    head, packing = _head(path)
    if not head:
        raise Refusal(must="hold data", got="an empty file", fix="Copy it again.")
    if packing is None and _is_hdf5(path):
        return Kind.HDF5
    if head[:2] in (b"X\n", b"A\n", b"B\n") and (head[2:5] == b"\0\0\0" or path.suffix.lower() == ".rds"):
        return Kind.RDS
    _refuse_foreign(path, head, packing=packing)
    return Kind.TABLE


def _head(path: Path) -> tuple[bytes, str | None]:
    """Return the start of a file, unpacked, and what it is packed with."""
    with path.open("rb") as stream:
        plain = stream.read(_HEAD)
    packing, opener = next((found for magic, found in _PACKINGS.items() if plain.startswith(magic)), (None, None))
    if opener is None:
        return plain, None
    try:
        with opener(path) as stream:
            return stream.read(_HEAD), packing
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise Refusal(must="be readable", got="packed data that are cut short or broken", fix="Copy it again.") from error


def _is_hdf5(path: Path) -> bool:
    with path.open("rb") as stream:
        for start in _USER_BLOCKS:
            stream.seek(start)
            if stream.read(len(_HDF5)) == _HDF5:
                return True
    return False


def _refuse_foreign(path: Path, head: bytes, *, packing: str | None) -> None:
    name, must = path.name.lower(), f"be {ACCEPTED}"
    known = next(((what, fix) for magic, what, fix in _FOREIGN if head.lower().startswith(magic.lower())), None)
    if known:
        raise Refusal(must=must, got=known[0], fix=known[1])
    if head[257:262] == b"ustar":
        raise Refusal(must=must, got="a tar archive", fix="Unpack it and give the file or folder in it.")
    if name.endswith(_FASTQ_ENDINGS):
        raise Refusal(must=must, got="reads (FASTQ)", fix="Count them first, for example with CellRanger or STARsolo.")
    if head.startswith(b"%%MatrixMarket"):
        fix = "Give the folder that holds it beside the names of genes and cells."
        raise Refusal(must=must, got="a matrix without the names of its genes and cells", fix=fix)
    if packing is not None and (packing != _GZIP or head.startswith(_HDF5)):
        raise Refusal(must=must, got=f"a file packed with {packing}", fix=f"Unpack it with {packing} -d.")
    if b"\0" in head:
        raise Refusal(must=must, got="binary data of no known kind", fix=EXPORT)
    if name.endswith((".pkl", ".pickle", ".joblib")):
        raise Refusal(must=must, got="a Python pickle", fix=_NEVER)
    if name.endswith(_BINARY_ENDINGS):
        got = f"text, though its name ends in {path.suffix}"
        raise Refusal(must=must, got=got, fix="Copy it again, or name it as what it is.")
