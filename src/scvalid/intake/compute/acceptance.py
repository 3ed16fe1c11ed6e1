"""Whether a sample that was read as a whole can be taken."""

from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.errors import sentence, shown
from scvalid.intake.compute.genes import NamedGenes

MIN_KNOWN_SHARE = 0.05
"""Files in which fewer names than this are known symbols hold probe ids, numbers or another kind of name."""


def faults_of_sample(
    counts: sparse.csr_matrix,
    named: NamedGenes,
    *,
    barcodes: NDArray[np.object_],
    known: AbstractSet[str],
    max_unmapped_share: float,
    where: str,
) -> list[str]:
    """Return one sentence per reason to refuse a sample.

    Parameters
    ----------
    counts
        Cells x genes, before genes without a symbol are left out.
    named
        The genes.
    barcodes
        Names of the cells.
    known
        All symbols of the species.
    max_unmapped_share
        Largest share of all counts that may lie in genes without a symbol.
    where
        How the sentences call the sample.
    """
    total = float(counts.sum())
    if total == 0:
        return [sentence(where, "hold counts", "only zeros", "Check the export and the selection of cells.")]
    n_repeated = len(barcodes) - len(set(barcodes))
    faults = []
    if n_repeated:
        faults.append(sentence(where, "name each cell once", f"{n_repeated} repeated names", "Make the barcodes unique."))
    share = float(counts[:, named.symbols == ""].sum()) / total
    return faults + _faults_of_names(named, share=share, known=known, max_share=max_unmapped_share, where=where)


def _faults_of_names(named: NamedGenes, *, share: float, known: AbstractSet[str], max_share: float, where: str) -> list[str]:
    is_unmapped = named.symbols == ""
    fix = "Name a column of symbols in intake.gene_column, or check the annotation."
    if share > max_share:
        must = f"have at least {100 * (1 - max_share):.0f} % of its counts in genes with a symbol"
        got = f"{100 * share:.0f} % of counts in {is_unmapped.sum()} genes without one"
        return [sentence(where, must, got, fix)]
    used = named.symbols[~is_unmapped]
    if np.mean([symbol in known for symbol in used]) < MIN_KNOWN_SHARE:
        return [sentence(where, "name genes by Ensembl id or symbol", f"names such as {shown(used[0])}", fix)]
    return []


def record_of(named: NamedGenes, *, n_genes: int, counts_from: str) -> dict[str, Any]:
    """Return what the record of intake says of counts and genes, ``n_genes`` of which are left."""
    n_unmapped = int((named.symbols == "").sum())
    return {
        "counts_from": counts_from,
        "n_genes": n_genes,
        "n_genes_unmapped": n_unmapped,
        "n_genes_merged": len(named.symbols) - n_unmapped - n_genes,
        "n_genes_renamed": named.n_renamed,
        "gene_id_type": named.id_type,
    }
