"""Cells that were handed in twice: in one file, in two copies of a file, or in two files that hold the same counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import sentence, shown

SAME_SHARE = 0.5
"""Two samples that have so many cells in common hold the same cells; by chance a few in a hundred have one barcode and size."""
FEWEST = 3
MIN_DETECTED = 10
"""Cells with fewer genes may hold the same by chance."""
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
    contents, named
        What a cell holds, without and with its barcode, one a cell that was read.
    cells
        Barcode and number of genes found, one a cell; none where these hardly differ or are not known.
    sizes
        Sorted numbers of genes found of all cells; None as above.
    is_whole
        Whether all cells were read.
    """

    sample_id: str
    file: str
    places: Keys
    contents: Keys
    named: Keys
    cells: Keys
    sizes: Keys | None
    is_whole: bool


def keys_of(*parts: Sequence[object] | NDArray[Any]) -> Keys:
    """Return one number a cell, equal for cells that agree in all parts."""
    lists = [part.tolist() if isinstance(part, np.ndarray) else part for part in parts]
    return np.array([hash(key) for key in zip(*lists, strict=True)], dtype=np.int64)


def contents_of(cells: sparse.csr_matrix, symbols: Sequence[str]) -> Keys:
    """Return one number a cell, equal for cells with the same counts of the same genes, whatever the order of the genes.

    Parameters
    ----------
    cells
        Cells x genes.
    symbols
        Name of each gene; one without a name is left out.
    """
    weights = np.array([hash(symbol) if symbol else 0 for symbol in symbols], dtype=np.int64)
    # a sum of counts times one random number a gene, modulo 2**64
    products = cells.data.astype(np.int64) * weights[cells.indices]
    sums = np.concatenate([[0], np.cumsum(products)])
    return np.asarray(sums[cells.indptr[1:]] - sums[cells.indptr[:-1]], dtype=np.int64)


def telling_sizes(sizes: NDArray[np.integer] | None) -> Keys | None:
    """Return the sorted sizes of all cells of a sample, if there are enough of them to be its fingerprint."""
    if sizes is None or len(sizes) < MIN_CELLS or len(np.unique(sizes)) < MIN_SIZES:
        return None
    return np.sort(sizes).astype(np.int64)


def faults_of_twins(samples: Sequence[CellKeys], *, sheet: str) -> list[str]:
    """Return one sentence per pair of samples that hold the same cells.

    Cells of one file are the same if they stand in the same row. Cells of two files are the same if their counts agree, gene by
    gene, in more than half of the smaller sample. Of large files not all cells are read: there barcode and number of genes
    must agree in more than half, or the numbers of genes of all cells. A barcode alone says nothing: each library draws
    from the same list.

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
    for (i, j), n in _mostly_shared([sample.named for sample in samples]):
        faults.setdefault((i, j), f"{n} cells with the same barcode and counts in {_files(samples[i], samples[j])}")
    for (i, j), n in _mostly_shared([sample.contents for sample in samples]):
        files = _files(samples[i], samples[j])
        faults.setdefault((i, j), f"the same counts for {n} cells under other barcodes in {files}")
    for (i, j), got in _alike(samples):
        faults.setdefault((i, j), got)
    return [_said(samples[i], samples[j], got, sheet=sheet) for (i, j), got in sorted(faults.items())]


def _mostly_shared(keys: Sequence[Keys]) -> Iterator[tuple[Pair, int]]:
    for (i, j), n in _shared(keys).items():
        if n >= FEWEST and n > SAME_SHARE * min(len(np.unique(keys[i])), len(np.unique(keys[j]))):
            yield (i, j), n


def _alike(samples: Sequence[CellKeys]) -> Iterator[tuple[Pair, str]]:
    """Yield the pairs of which at least one was not read as a whole and that have the same barcodes and sizes, or sizes."""
    for (i, j), n in _mostly_shared([sample.cells for sample in samples]):
        if not (samples[i].is_whole and samples[j].is_whole):
            yield (i, j), f"{n} cells with the same barcode and number of genes in {_files(samples[i], samples[j])}"
    for i, j in _equal_pairs(samples):
        if not (samples[i].is_whole and samples[j].is_whole):
            n, files = len(samples[i].places), _files(samples[i], samples[j])
            yield (i, j), f"the same numbers of genes for {n} cells under other barcodes in {files}"


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
