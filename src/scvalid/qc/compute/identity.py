"""Whether the kept cells look like MSC, by the minimal criteria of the ISCT."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from scvalid.contracts.quality import MarkerShare

POSITIVE = ("NT5E", "THY1", "ENG")
"""CD73, CD90, CD105 (Dominici et al. 2006, doi:10.1080/14653240600855905)."""
NEGATIVE = ("PTPRC", "CD34", "CD14", "ITGAM", "CD19", "CD79A", "HLA-DRA")
"""CD45, CD34, CD14, CD11b, CD19, CD79a, HLA-DR (same source)."""

RODENT_POSITIVE = ("Nt5e", "Thy1", "Eng")
RODENT_NEGATIVE = ("Ptprc", "Cd14", "Itgam", "Cd19", "Cd79a")
"""Without CD34, which mouse MSC of several tissues express, and without HLA, which is human."""

SHOWN_ONLY = frozenset({"HLA-DRA", "Thy1"})
"""Never an alert: interferon-gamma, a challenge that claims are made for, induces HLA-DR in MSC; marrow stroma of common
mouse strains has no Thy1 (none in 250 cells of Matsushita et al. 2023, Nat Commun 14:2383)."""


def measure_identity(counts: sparse.csr_matrix, symbols: Sequence[str], *, species: str) -> tuple[MarkerShare, ...]:
    """Return the share of cells in which each marker is detected; None for a gene that is not in the matrix.

    Parameters
    ----------
    counts
        Kept cells x genes.
    symbols
        Symbol of each gene.
    species
        human, mouse or rat.
    """
    place = {symbol: i for i, symbol in enumerate(symbols)}
    positive, negative = (POSITIVE, NEGATIVE) if species == "human" else (RODENT_POSITIVE, RODENT_NEGATIVE)
    n_detecting = np.bincount(counts.indices[counts.data > 0], minlength=counts.shape[1])
    return tuple(
        MarkerShare(
            gene=gene,
            is_expected=gene in positive,
            share=float(n_detecting[place[gene]] / counts.shape[0]) if gene in place and counts.shape[0] else None,
        )
        for gene in (*positive, *negative)
    )


def alerts_of_identity(
    identity: Sequence[MarkerShare], *, min_expected_share: float, max_unexpected_share: float
) -> tuple[str, ...]:
    """Return ``identity_positive`` if a positive marker is too rare, ``identity_negative`` if a negative one is too common."""
    judged = [(m.is_expected, m.share) for m in identity if m.share is not None and m.gene not in SHOWN_ONLY]
    is_rare = any(share < min_expected_share for is_expected, share in judged if is_expected)
    is_common = any(share > max_unexpected_share for is_expected, share in judged if not is_expected)
    return ("identity_positive",) * is_rare + ("identity_negative",) * is_common
