"""Which features of a file are genes of the stated species, and what becomes of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.genes import (
    GENOME_COLUMNS,
    ID_COLUMNS,
    SYMBOL_COLUMNS,
    GeneTable,
    first_of,
    is_gene_expression,
)
from scvalid.intake.compute.judgement import GENOME_PREFIX, species_of_name
from scvalid.intake.compute.modalities import Modality, feature_types_of

ANIMALS = frozenset({"human", "mouse", "rat", "another species"})
_MIN_SHARE = 0.2
"""Less than this share of genes of the stated species is no mixture of species, but another species."""


@dataclass(frozen=True)
class LeftOut:
    """Genes of other genomes: which, how many, and their share of the counts of all genes."""

    genomes: tuple[str, ...]
    n_features: int
    share_of_counts: float


def is_gene_of(genes: GeneTable, *, species: str) -> NDArray[np.bool_]:
    """Return which features are genes of a species: genes by their type, and not of another genome in a mixture.

    A file is a mixture if its genes name at least two genomes or species (the column ``genome`` of a 10x file, the tag of
    Ensembl ids, a prefix such as ``mm10_``) and at least a fifth of them is of the stated one. Otherwise all genes are
    returned, and ``judge_species`` says whether they fit.
    """
    is_gene = is_gene_expression(genes)
    origins = _origins(genes)
    of_origin = {origin: _species_of(origin) for origin in set(origins.tolist())}
    is_stated = np.array([of_origin[origin] == species for origin in origins.tolist()], dtype=bool) & is_gene
    named = [origin for origin in origins[is_gene].tolist() if origin]
    if len(set(named)) < 2 or is_stated.sum() < _MIN_SHARE * len(named):
        return is_gene
    return is_gene & (is_stated | (origins == ""))


def refused_features(genes: GeneTable, *, species: str) -> tuple[str, str] | None:
    """Return what was found and what to do, if no feature is a gene or the file names only genomes of other species."""
    is_gene = is_gene_expression(genes)
    if len(is_gene) and not is_gene.any():
        return f"only {' and '.join(feature_types_of(genes))}", "Hand in the gene expression of the same cells."
    column = first_of(genes.columns, GENOME_COLUMNS)
    genomes = sorted(set(genes.columns[column][is_gene].tolist()) - {""}) if column else []
    known = {_species_of(genome) for genome in genomes}
    if genomes and species not in known and all(species_of_name(f"{genome}_x") for genome in genomes):
        return f"genes of {' and '.join(genomes)}", "Correct context.species in the config, or the file."
    return None


def left_out_of(genes: GeneTable, counts: sparse.csr_matrix, is_taken: NDArray[np.bool_]) -> LeftOut | None:
    """Return what is said of the genes that ``is_gene_of`` did not take, or None if it took all.

    Parameters
    ----------
    genes
        n features.
    counts
        Cells x n features.
    is_taken
        What ``is_gene_of`` returned.
    """
    is_gene = is_gene_expression(genes)
    is_out = is_gene & ~is_taken
    if not is_out.any():
        return None
    totals = np.asarray(counts.sum(axis=0), dtype=np.float64).ravel()
    share = float(totals[is_out].sum()) / max(1.0, float(totals[is_gene].sum()))
    return LeftOut(tuple(sorted(set(_origins(genes)[is_out]))), int(is_out.sum()), round(share, 6))


def foreign_counts(genes: GeneTable, cells: sparse.csr_matrix, is_taken: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the counts of each cell for the genes that ``is_gene_of`` did not take.

    Parameters
    ----------
    genes
        n features.
    cells
        Cells x n features.
    is_taken
        What ``is_gene_of`` returned.
    """
    is_out = is_gene_expression(genes) & ~is_taken
    return np.asarray(cells[:, is_out].sum(axis=1), dtype=np.float64).ravel()


def other_origins(genes: GeneTable, is_taken: NDArray[np.bool_]) -> tuple[str, ...]:
    """Return the genomes or species of the genes that ``is_gene_of`` did not take."""
    is_out = is_gene_expression(genes) & ~is_taken
    return tuple(sorted(set(_origins(genes)[is_out]) - {""})) if is_out.any() else ()


def is_animal(origin: str) -> bool:
    """Whether a genome is that of a known species, not a virus or a transgene."""
    return bool(species_of_name(f"{origin}_x")) or origin in ANIMALS


def record_of_others(modalities: Sequence[Modality], left_out: LeftOut | None) -> dict[str, Any]:
    """Return what the record of intake says of features beside genes of the species; nothing where there are none."""
    record: dict[str, Any] = {}
    if modalities:
        record["modalities"] = {m.slug: len(m.names) for m in modalities}
    if left_out:
        record["other_genomes"] = {
            "genomes": list(left_out.genomes),
            "n_features": left_out.n_features,
            "share_of_counts": left_out.share_of_counts,
        }
    return record


def _origins(genes: GeneTable) -> NDArray[np.object_]:
    """Return the genome or species that each feature names, '' for none: the column genome, else its names."""
    column = first_of(genes.columns, GENOME_COLUMNS)
    stated = [""] * len(genes.index) if column is None else genes.columns[column].tolist()
    if len(set(stated) - {""}) < 2:  # one genome, or one name for several in one reference
        stated = [""] * len(genes.index)
    lists = [genes.index, *(values for c, values in genes.columns.items() if c.lower() in (*ID_COLUMNS, *SYMBOL_COLUMNS))]
    known: dict[str, str] = {}
    origins = [
        genome or next((origin for name in names if (origin := _named_origin(name, known))), "")
        for genome, *names in zip(stated, *(values.tolist() for values in lists), strict=True)
    ]
    return np.array(origins, dtype=object)


def _named_origin(name: str, known: dict[str, str]) -> str:
    """Return the genome before a name, or the species of an Ensembl id; ``known`` remembers the beginnings of ids."""
    match = GENOME_PREFIX.match(name) if "_" in name else None
    if match:
        return match[0].rstrip("_")
    if not name.startswith("ENS"):
        return ""
    beginning = name[:8]
    if beginning not in known:
        known[beginning] = species_of_name(name)
    return known[beginning]


def _species_of(origin: str) -> str:
    """Return the species of a genome such as GRCh38 or mm10, or of the name of a species."""
    return species_of_name(f"{origin}_x") or origin
