"""A process of its own that parses one .rds file and writes what was asked for to its standard output.

rds2py unpacks and parses in native code, which takes the sizes in the file at their word and may crash on a made-up one;
here it can fill no more memory than it was given, and take nothing else down with it.
"""

import contextlib
import json
import resource
import sys
from typing import Any, BinaryIO

import numpy as np

from scvalid.intake.readers.rds.objects import COUNTS, CellObject, matrix_of, understood

PARTS = (("data", "<f8"), ("indices", "<i4"), ("indptr", "<i8"))
_TOO_LARGE = "an object that takes more memory than a file of its size should"


def main(path: str, layer: str, limit: str) -> int:
    """Write one line of JSON, then the bytes of data, indices and indptr of one matrix of cells x genes.

    Parameters
    ----------
    path
        The file.
    layer
        The matrix to write; '' for the likeliest.
    limit
        Bytes of address space that the process may take.
    """
    resource.setrlimit(resource.RLIMIT_AS, (int(limit), int(limit)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        # rds2py tells on its output which of its optional companions are missing
        with contextlib.redirect_stdout(sys.stderr):
            found = understood(_parsed(path))
            chosen = layer or (COUNTS if COUNTS in found.matrices else next(iter(found.matrices), ""))
        _write(found, chosen, sys.stdout.buffer)
    except MemoryError:
        return _refuse(_TOO_LARGE)
    except Exception as error:  # whatever native code and made-up files raise is one line here
        return _refuse(_reason(error))
    return 0


def _reason(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    if "bad_alloc" in lines[-1]:
        return _TOO_LARGE
    if "unsupported" in lines[-1]:
        return "an object that holds functions or other things than data"
    return lines[-1].strip(" -")


def _parsed(path: str) -> dict[str, Any]:
    from rds2py import parse_rds

    return parse_rds(path)


def _write(found: CellObject, name: str, stream: BinaryIO) -> None:
    matrix = matrix_of(found, name)
    arrays = [np.ascontiguousarray(getattr(matrix, part), dtype=dtype) for part, dtype in PARTS]
    header = {
        "matrix": name,
        "matrices": list(found.matrices),
        "shape": matrix.shape,
        "sizes": [array.size for array in arrays],
        "genes": found.genes,
        "cells": found.cells,
        "gene_columns": {column: values.tolist() for column, values in found.gene_columns.items()},
        "cell_columns": {column: values.tolist() for column, values in found.cell_columns.items()},
    }
    stream.write(json.dumps(header).encode() + b"\n")
    for array in arrays:
        stream.write(array.data)
    stream.flush()


def _refuse(reason: str) -> int:
    sys.stdout.buffer.write(json.dumps({"refused": reason[:200]}).encode() + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
