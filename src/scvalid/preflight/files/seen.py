"""One file of a submission: what each of its samples holds, and what is odd or wrong about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import sentence
from scvalid.intake.compute.selection import select_cells
from scvalid.intake.compute.units import doubts_of_counts
from scvalid.intake.contents import Contents
from scvalid.intake.numbers import FEW_CELLS
from scvalid.preflight.files.genes import GenesSeen
from scvalid.preflight.files.ranks import MAX_BARCODES, MAX_EMPTY_SHARE, Ranks, judge_barcodes
from scvalid.preflight.files.sex import sex_markers
from scvalid.preflight.files.summary import FileSummary
from scvalid.preflight.files.twins import CellKeys, keys_of, telling_sizes
from scvalid.settings import Sample

MANY_DETECTED = 12_000
"""A cell of which more genes are found is more likely many cells: a well of lysed tissue, or bulk RNA."""
_FORMATS = {
    ("H5adReader", False): "AnnData h5ad", ("H5adReader", True): "AnnData zarr", ("TenxH5Reader", False): "10x h5",
    ("MtxReader", True): "mtx folder", ("TextTableReader", False): "text table", ("LoomReader", False): "loom",
    ("RdsReader", False): "rds",
}  # fmt: skip


@dataclass(frozen=True)
class SampleSeen:
    """What is known of one sample; ``doubts`` are sentences without their subject."""

    summary: FileSummary
    keys: CellKeys
    faults: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class _Cells:
    """The cells of one sample: their rows, sizes (counts if all cells were read, else genes), and those that were read."""

    rows: NDArray[np.intp]
    sizes: NDArray[np.int64] | None
    are_counts: bool
    detected: NDArray[np.int64] | None
    some: sparse.csr_matrix
    some_rows: NDArray[np.intp]


def see_sample(
    contents: Contents, genes: GenesSeen, sample: Sample, *, content_id: int, source: Path, where: str
) -> SampleSeen:
    """Return what is known of one sample of a file in which nothing is wrong with matrix, genes and selection.

    Parameters
    ----------
    contents, genes
        What was seen of the file.
    sample
        The row of the sample sheet.
    content_id
        Number of the file's content: the same for copies.
    source
        The file.
    where
        How sentences call the sample.
    """
    cells = _cells_of(contents, sample)
    ranks = judge_barcodes(cells.sizes, n_genes=contents.shape[1], are_counts=cells.are_counts)
    detected = np.diff(cells.some.indptr) if cells.detected is None else cells.detected
    summary = FileSummary(
        sample_id=sample.sample_id,
        n_cells=len(cells.rows),
        n_genes=len(contents.genes.index),
        format=_FORMATS.get((contents.reader, source.is_dir()), contents.reader),
        counts_from=contents.counts_from,
        gene_ids=genes.kind,
        species=genes.species,
        kind=ranks.kind,
        share_nearly_empty=ranks.share_empty,
        n_above_knee=ranks.n_above_knee,
        n_above_inflection=ranks.n_above_inflection,
        median_detected=float(np.median(detected)) if len(detected) else None,
        sex_markers=sex_markers(cells.some, genes.symbols),
        modalities=contents.modalities,
    )
    faults, doubts = _judge(summary, cells, ranks, where=where)
    return SampleSeen(summary, _keys_of(contents, cells, sample, content_id), tuple(faults), tuple(doubts))


def _cells_of(contents: Contents, sample: Sample) -> _Cells:
    n_cells, n_genes = contents.shape[0], len(contents.genes.index)
    rows = np.flatnonzero(select_cells(contents.columns, sample.selection, n_cells=n_cells))
    places = np.zeros(0, np.intp) if contents.places is None else contents.places
    is_own = np.isin(places, rows)
    some = sparse.csr_matrix((0, n_genes)) if contents.cells is None else contents.cells[is_own]
    are_counts = len(places) == n_cells
    sizes = np.asarray(some.sum(axis=1)).ravel().astype(np.int64) if are_counts else None
    detected = None if contents.detected is None else contents.detected[rows].astype(np.int64)
    return _Cells(rows, detected if sizes is None else sizes, are_counts, detected, some, places[is_own])


def _keys_of(contents: Contents, cells: _Cells, sample: Sample, content_id: int) -> CellKeys:
    places = keys_of([content_id] * len(cells.rows), cells.rows)
    sizes = telling_sizes(cells.sizes)
    # where sizes hardly differ (zeros are stored too), or are not known, the counts of the cells that were read must do
    known = cells.rows if sizes is not None else cells.some_rows
    amounts = cells.sizes if sizes is not None else np.asarray(cells.some.sum(axis=1)).ravel().astype(np.int64)
    by_cell = keys_of(contents.barcodes[known], amounts) if amounts is not None else np.zeros(0, np.int64)
    return CellKeys(sample.sample_id, sample.public_path, places, by_cell, sizes)


def _judge(summary: FileSummary, cells: _Cells, ranks: Ranks, *, where: str) -> tuple[list[str], list[str]]:
    n, detected = summary.n_cells, summary.median_detected
    if _is_empty(cells):
        return [sentence(where, "hold counts", "only zeros", "Check the export and the selection of cells.")], []
    faults, doubts = [], doubts_of_counts(cells.some)
    if ranks.kind == "raw" and ranks.share_empty is not None:
        n_above = ranks.n_above_inflection
        above = "" if n_above is None else f"; about {n_above:,} stand above the fall of the barcode-rank curve"
        got = f"{n:,} barcodes of which {100 * ranks.share_empty:.0f} % are nearly empty{above}"
        fix = "Hand in the filtered matrix, or call cells first (EmptyDrops, CellBender)."
        if n > MAX_BARCODES and ranks.share_empty > MAX_EMPTY_SHARE:
            faults.append(sentence(where, "hold cells, not all droplets", got, fix))
        else:
            doubts.append(f"looks unfiltered ({got}): empty droplets shift the limits of QC. {fix}")
    if n < FEW_CELLS:
        doubts.append(f"has {n} cells: bulk RNA, or a wrong selection? Nothing is said of a state with so few.")
    elif detected is not None and detected > MANY_DETECTED:
        doubts.append(f"has {detected:,.0f} genes in a cell (median), as bulk RNA has.")
    return faults, doubts


def _is_empty(cells: _Cells) -> bool:
    if cells.sizes is not None and not cells.sizes.any():
        return True
    n_some = cells.some.shape[0]
    if n_some < max(1, min(len(cells.rows), FEW_CELLS)) or cells.some.sum() > 0:
        return False
    # zeros that are stored as such; without stored values the cells that were not read may hold some
    return cells.sizes is None or cells.some.nnz > 0


def counted(texts: Sequence[str]) -> str:
    """Return the first of some names and how many others there are."""
    return texts[0] + (f" and {len(texts) - 1} more" if len(texts) > 1 else "")
