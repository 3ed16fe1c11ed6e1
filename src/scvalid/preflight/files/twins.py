"""Cells that were handed in twice: in one file, in two copies of a file, or in two files that hold the same counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import sentence, shown

SAME_SHARE = 0.5
"""Two samples with so many cells of the same barcode and size hold the same cells; by chance a few in a hundred agree."""
MIN_CELLS = 20
MIN_SIZES = 5

Keys = NDArray[np.int64]
Pair = tuple[int, int]


@dataclass(frozen=True)
class CellKeys:
    """The cells of one sample, as numbers that are equal for equal cells.

    Attributes
    ----------
    sample_id, file
        The sample, and its file as the sheet writes it.
    places
        Number of the file's content and row, one a cell.
    cells
        Barcode and size, one a cell whose size is known.
    sizes
        Sorted sizes of all cells; None if they are not known or hardly differ.
    """

    sample_id: str
    file: str
    places: Keys
    cells: Keys
    sizes: Keys | None


def keys_of(*parts: Sequence[object] | NDArray[Any]) -> Keys:
    """Return one number a cell, equal for cells that agree in all parts."""
    lists = [part.tolist() if isinstance(part, np.ndarray) else part for part in parts]
    return np.array([hash(key) for key in zip(*lists, strict=True)], dtype=np.int64)


def telling_sizes(sizes: NDArray[np.integer] | None) -> Keys | None:
    """Return the sorted sizes of all cells of a sample, if there are enough of them to be its fingerprint."""
    if sizes is None or len(sizes) < MIN_CELLS or len(np.unique(sizes)) < MIN_SIZES:
        return None
    return np.sort(sizes).astype(np.int64)


def faults_of_twins(samples: Sequence[CellKeys], *, sheet: str) -> list[str]:
    """Return one sentence per pair of samples that hold the same cells.

    Cells of one file are the same if they stand in the same row. Cells of two files are the same if barcode and size agree in
    more than half of the smaller sample, or if the sizes of all cells agree, whatever the barcodes are.
    A barcode alone says nothing: each library draws from the same list.

    Parameters
    ----------
    samples
        The samples.
    sheet
        How sentences call the sample sheet.
    """
    faults: dict[Pair, str] = {}
    for (i, j), n in _shared([sample.places for sample in samples]).items():
        a, b = samples[i], samples[j]
        said = f"the same {n} cells of {shown(a.file)}"
        faults[i, j] = said if a.file == b.file else f"{said} and of its copy {shown(b.file)}"
    for (i, j), n in _shared([sample.cells for sample in samples]).items():
        a, b = samples[i], samples[j]
        if n > SAME_SHARE * min(len(np.unique(a.cells)), len(np.unique(b.cells))) and n >= 3:
            faults.setdefault((i, j), f"{n} cells with the same barcode and counts in {_files(a, b)}")
    for i, j in _equal_pairs(samples):
        n, files = len(samples[i].places), _files(samples[i], samples[j])
        faults.setdefault((i, j), f"the same counts for {n} cells under other barcodes in {files}")
    return [_said(samples[i], samples[j], got, sheet=sheet) for (i, j), got in sorted(faults.items())]


def _said(a: CellKeys, b: CellKeys, got: str, *, sheet: str) -> str:
    where = f"{sheet}, samples {shown(a.sample_id)} and {shown(b.sample_id)},"
    fix = "Correct 'path' or 'cells': a cell handed in twice is no second replicate."
    return sentence(where, "be different cells", got, fix)


def _files(a: CellKeys, b: CellKeys) -> str:
    return f"{shown(a.file)} and {shown(b.file)}"


def _shared(keys: Sequence[Keys]) -> dict[Pair, int]:
    """Return how many keys two samples share, for the pairs that share any."""
    if not any(map(len, keys)):
        return {}
    different = [np.unique(of_sample) for of_sample in keys]
    owners = np.repeat(np.arange(len(keys)), [len(of_sample) for of_sample in different])
    all_keys, columns = np.unique(np.concatenate(different), return_inverse=True)
    table = sparse.csr_matrix((np.ones(len(owners), np.int64), (owners, columns)), shape=(len(keys), len(all_keys)))
    shared = sparse.triu(table @ table.T, k=1).tocoo()
    return {(int(i), int(j)): int(n) for i, j, n in zip(shared.row, shared.col, shared.data, strict=True) if n}


def _equal_pairs(samples: Sequence[CellKeys]) -> Iterator[Pair]:
    first: dict[bytes, int] = {}
    for j, sample in enumerate(samples):
        if sample.sizes is not None:
            i = first.setdefault(sample.sizes.tobytes(), j)
            if i != j:
                yield i, j
