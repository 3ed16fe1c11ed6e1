"""What the numbers of a matrix are, as some whole cells of it show, or some values where no cell can be read alone."""

from pathlib import PurePath
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.judgement import judge_counts
from scvalid.intake.compute.units import judge_cells

N_VALUES = 200_000
"""How many stored values of a matrix are looked at where whole cells cannot be read."""
N_CELLS = 100
"""How many whole cells are looked at to choose the matrix."""
MOST_GENES = 2_000_000
"""A matrix that states more columns is not read; its names will not fit."""
FEW_CELLS = 20
"""A table of fewer columns is more likely bulk RNA than single cells."""


class Numbers(Protocol):
    """The part of a reader that is used here."""

    def shape(self, name: str) -> tuple[int, int]: ...
    def some_values(self, name: str, *, limit: int) -> NDArray[Any]: ...
    def some_cells(self, name: str, *, limit: int) -> sparse.csr_matrix | None: ...
    def barcodes(self) -> NDArray[np.object_]: ...


def judge_matrix(reader: Numbers, name: str, *, source_name: str = "") -> str | None:
    """Return what the values of a matrix are if they cannot be raw counts, or None if they can.

    Parameters
    ----------
    reader
        The open file.
    name
        Name of the matrix in it.
    source_name
        Name of the file; it may tell the unit.
    """
    fault = judge_counts(reader.some_values(name, limit=N_VALUES))
    n_cells, n_genes = reader.shape(name)
    cells = reader.some_cells(name, limit=N_CELLS) if n_genes <= MOST_GENES else None
    if cells is None or cells.data.size == 0:
        return fault
    if fault is None and judge_cells(cells) is None:
        return None
    # only now are the names worth reading
    columns = [str(barcode) for barcode in reader.barcodes()[:1000]]
    fault = judge_cells(cells, names=[*columns, PurePath(source_name).name]) or fault
    return f"{fault} for {n_cells} columns, as few as bulk RNA has," if fault and n_cells < FEW_CELLS else fault
