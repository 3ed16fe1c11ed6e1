"""Choosing the matrix of raw counts in a file, and loading the part of it that is one sample."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.intake.compute.features import LeftOut, is_gene_of, left_out_of, refused_features
from scvalid.intake.compute.genes import GeneTable, wanted_columns
from scvalid.intake.compute.judgement import judge_counts
from scvalid.intake.compute.modalities import Modality, modalities_of
from scvalid.intake.compute.selection import select_cells
from scvalid.intake.compute.units import NEARLY_WHOLE
from scvalid.intake.numbers import judge_matrix
from scvalid.intake.readers.arrays.h5ad import LAYER
from scvalid.intake.readers.opening import Reader, opened
from scvalid.intake.settings import IntakeSettings

MOST_GENES = 0.8
"""X is taken for counts only if it has so many of the genes of the fullest matrix of counts."""
MAX_LAYERS = 20
"""How many layers that nobody asked for are looked at."""


@dataclass(frozen=True)
class Loaded:
    """The cells of one sample and all genes of its file, as the file names them.

    Attributes
    ----------
    counts
        Cells x genes of the stated species.
    barcodes, genes
        Their names.
    counts_from
        The matrix that was read.
    modalities
        Counts of the same cells for features that are no genes.
    left_out
        Genes of other genomes, if there are any.
    """

    counts: sparse.csr_matrix
    barcodes: NDArray[np.object_]
    genes: GeneTable
    counts_from: str
    modalities: tuple[Modality, ...] = ()
    left_out: LeftOut | None = None


def choose_counts(reader: Reader, *, layer: str | None, where: str) -> tuple[str | None, list[str]]:
    """Return the name of the matrix that holds raw counts, or None and the sentence that says what was found instead.

    Of several the first is taken, but none that lacks more than a fifth of the genes that another has.

    Parameters
    ----------
    reader
        The open file.
    layer
        The only layer to look at, or None to look at all matrices that may hold counts.
    where
        How the sentence calls the file.
    """
    names = reader.matrix_names() if layer is None else [LAYER + layer]
    if layer is not None and layer not in reader.layers():
        advice = nearest(layer, reader.layers()) if reader.layers() else "Set intake.counts_layer to null."
        return None, [sentence(where, f"have the layer {shown(layer)}", "none of that name", advice)]
    judged = {name: judge_matrix(reader, name, source_name=where) for name in names}
    good = [name for name, fault in judged.items() if fault is None]
    if good:
        return _fullest(reader, good), []
    return None, [_not_counts(judged, _other_counts(reader, judged, where=where), where=where)]


def remarks_of_choice(reader: Reader, name: str) -> list[str]:
    """Return a sentence without its subject if counts are not taken from X because it has far fewer genes."""
    first = next(iter(reader.matrix_names()), name)
    n, n_first = reader.shape(name)[1], reader.shape(first)[1]
    if n_first >= MOST_GENES * n:
        return []
    return [f"has {n_first:,} genes in {shown(first)} and {n:,} in {shown(name)}: the counts are taken from {shown(name)}."]


def _fullest(reader: Reader, good: list[str]) -> str:
    """Return the first matrix of counts, unless another one has many more genes: X may be cut to highly variable ones."""
    n_genes = {name: reader.shape(name)[1] for name in good}
    return next(name for name in good if n_genes[name] >= MOST_GENES * max(n_genes.values()))


def _other_counts(reader: Reader, judged: Mapping[str, str | None], *, where: str) -> list[str]:
    """Return the matrices that nobody asked for but that hold counts: layers of any name, or the usual ones beside a layer."""
    names = [*reader.matrix_names(), *(LAYER + layer for layer in reader.layers())]
    others = [name for name in dict.fromkeys(names) if name not in judged][:MAX_LAYERS]
    return [name for name in others if judge_matrix(reader, name, source_name=where) is None and _has_values(reader, name)]


def _has_values(reader: Reader, name: str) -> bool:
    return bool(reader.some_values(name, limit=1_000).any())


def load_sample(source: Path, *, settings: IntakeSettings, species: str, selection: Mapping[str, str], where: str) -> Loaded:
    """Return the cells of one sample and its genes; antibodies and other features stand apart.

    Parameters
    ----------
    source
        The file or folder.
    settings
        Section ``intake`` of the config.
    species
        Species stated for the data; of a file of several genomes its genes are taken.
    selection
        Column of obs -> value of the cells that are the sample.
    where
        How the sentences call the sample.

    Raises
    ------
    SubmissionError
        If the file cannot be read, any of its values is no raw count, or no gene is of the species.
    """
    with opened(source, where=where, orientation=settings.orientation) as reader:
        name, findings = choose_counts(reader, layer=settings.counts_layer, where=where)
        if name is None:
            raise SubmissionError(findings)
        matrix = reader.matrix(name)
        fault = judge_counts(matrix.data)
        if fault:
            raise SubmissionError([_not_counts({name: fault}, where=where)])
        columns = {column: reader.cell_column(column) for column in selection}
        is_cell = select_cells(columns, selection, n_cells=matrix.shape[0])
        table = reader.genes(name, wanted_columns(reader.gene_columns(name), settings.gene_column))
        refused = refused_features(table, species=species)
        if refused:
            raise SubmissionError([sentence(where, f"hold genes of the stated species, {species}", *refused)])
        cells = matrix[is_cell]
        is_gene = is_gene_of(table, species=species)
        return Loaded(
            counts=cells[:, is_gene],
            barcodes=reader.barcodes()[is_cell],
            genes=table.at(is_gene),
            counts_from=name,
            modalities=modalities_of(table, cells),
            left_out=left_out_of(table, cells, is_gene),
        )


def _not_counts(judged: Mapping[str, str | None], others: Sequence[str] = (), *, where: str) -> str:
    got = "; ".join(f"{fault} in {shown(name)}" for name, fault in judged.items()) or "no matrix"
    fix = "Hand in the counts before normalisation, as X, as the layer 'counts' or as raw."
    if others:
        fix = _advice(others)
    elif NEARLY_WHOLE in judged.values():
        fix = "Round them, or hand in the counts as they were before the logarithm."
    return sentence(where, "hold raw counts (whole numbers)", got, fix)


def _advice(others: Sequence[str]) -> str:
    """Return which matrix holds counts and how to name it."""
    if not others[0].startswith(LAYER):
        return f"{shown(others[0])} holds counts: set intake.counts_layer to null."
    names = [shown(name.removeprefix(LAYER)) for name in others if name.startswith(LAYER)]
    key = "set intake.counts_layer:"
    if len(names) == 1:
        part = " It lacks the reads of introns." if names[0] == "'spliced'" else ""
        return f"The layer {names[0]} holds counts: {key} {names[0][1:-1]}.{part}"
    said = f"The layers {', '.join(names[:-1])} and {names[-1]} hold counts: {key} the one with all counts of a cell"
    is_velocity = {"spliced", "unspliced"} <= {name.removeprefix(LAYER) for name in others}
    return said + (", or hand in the sum of spliced and unspliced ones." if is_velocity else ".")
