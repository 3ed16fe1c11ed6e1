"""One file of a submission: what each of its samples holds, and what is odd or wrong about them."""

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
from scvalid.preflight.files.depth import cells_kept, share_of
from scvalid.preflight.files.foreign import judge_foreign
from scvalid.preflight.files.genes import GenesSeen
from scvalid.preflight.files.ranks import MAX_BARCODES, MAX_EMPTY_SHARE, Ranks, judge_barcodes
from scvalid.preflight.files.sex import Sex, see_sex
from scvalid.preflight.files.summary import FileSummary
from scvalid.preflight.files.twins import MIN_DETECTED, CellKeys, contents_of, keys_of, telling_sizes
from scvalid.qc.settings import QcSettings
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
    sex: Sex
    faults: tuple[str, ...]
    doubts: tuple[str, ...]
    depth: float = 0.0


@dataclass(frozen=True)
class _Cells:
    """The cells of one sample: their rows, sizes (counts if all cells were read, else genes), and those that were read.

    ``foreign`` are the counts of the latter for genes of other genomes.
    """

    rows: NDArray[np.intp]
    sizes: NDArray[np.int64] | None
    are_counts: bool
    detected: NDArray[np.int64] | None
    some: sparse.csr_matrix
    some_rows: NDArray[np.intp]
    foreign: NDArray[np.float64]


def see_sample(
    contents: Contents, genes: GenesSeen, sample: Sample, *, qc: QcSettings, content_id: int, source: Path, where: str
) -> SampleSeen:
    """Return what is known of one sample of a file in which nothing is wrong with matrix, genes and selection.

    Parameters
    ----------
    contents, genes
        What was seen of the file.
    sample
        The row of the sample sheet.
    qc
        Section ``qc`` of the config.
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
    sex, is_kept = see_sex(cells.some, genes.symbols), cells_kept(cells.some, genes.symbols, qc)
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
        share_kept=share_of(is_kept, n_cells=len(cells.rows)),
        sex_markers=sex.markers,
        modalities=contents.modalities,
    )
    judged = [_judge(summary, cells, ranks, where=where)]
    judged.append(judge_foreign(cells.some, cells.foreign, contents.origins, species=genes.stated, where=where))
    faults, doubts = (tuple(text for texts in kind for text in texts) for kind in zip(*judged, strict=True))
    deep = cells.some[is_kept] if is_kept.any() else cells.some
    depth = float(deep.sum() / deep.shape[0]) if deep.shape[0] else 0.0
    return SampleSeen(summary, _keys_of(contents, genes, cells, sample, content_id), sex, faults, doubts, depth)


def _cells_of(contents: Contents, sample: Sample) -> _Cells:
    n_cells, n_genes = contents.shape[0], len(contents.genes.index)
    rows = np.flatnonzero(select_cells(contents.columns, sample.selection, n_cells=n_cells))
    places = np.zeros(0, np.intp) if contents.places is None else contents.places
    is_own = np.isin(places, rows)
    some = sparse.csr_matrix((0, n_genes)) if contents.cells is None else contents.cells[is_own]
    are_counts = len(places) == n_cells
    sizes = np.asarray(some.sum(axis=1)).ravel().astype(np.int64) if are_counts else None
    detected = None if contents.detected is None else contents.detected[rows].astype(np.int64)
    foreign = np.zeros(len(places)) if contents.foreign is None else contents.foreign
    return _Cells(rows, detected if sizes is None else sizes, are_counts, detected, some, places[is_own], foreign[is_own])


def _keys_of(contents: Contents, genes: GenesSeen, cells: _Cells, sample: Sample, content_id: int) -> CellKeys:
    telling = cells.some.getnnz(axis=1) >= MIN_DETECTED
    held = contents_of(cells.some, genes.symbols)[telling]
    sizes = telling_sizes(cells.detected)
    detected = np.zeros(0, np.int64) if sizes is None or cells.detected is None else cells.detected
    return CellKeys(
        sample_id=sample.sample_id,
        file=sample.public_path,
        places=keys_of([content_id] * len(cells.rows), cells.rows),
        contents=held,
        named=keys_of(contents.barcodes[cells.some_rows[telling]], held),
        cells=keys_of(contents.barcodes[cells.rows[: len(detected)]], detected),
        sizes=sizes,
        is_whole=cells.are_counts,
    )


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
