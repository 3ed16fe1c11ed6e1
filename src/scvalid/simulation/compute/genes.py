"""The simulated transcriptome: which genes there are, and how abundant each is in an unaffected MSC."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.keys import GeneSet

# ruff: noqa: SIM905 - as list literals these groups would take 140 lines
MITOCHONDRIAL = tuple(f"MT-{name}" for name in "ATP6 ATP8 CO1 CO2 CO3 CYB ND1 ND2 ND3 ND4 ND4L ND5 ND6".split())
"""The genes of the 13 proteins that the mitochondrial genome codes for."""
RIBOSOMAL = tuple(
    "RPS2 RPS3 RPS3A RPS4X RPS5 RPS6 RPS7 RPS8 RPS9 RPS10 RPS11 RPS12 RPS13 RPS14 RPS15 RPS15A RPS16 RPS17 RPS18 RPS19 "
    "RPS20 RPS21 RPS23 RPS24 RPS25 RPS26 RPS27 RPS27A RPS28 RPS29 RPSA RPL3 RPL4 RPL5 RPL6 RPL7 RPL7A RPL8 RPL9 RPL10 "
    "RPL10A RPL11 RPL12 RPL13 RPL13A RPL14 RPL15 RPL17 RPL18 RPL18A RPL19 RPL21 RPL22 RPL23 RPL23A RPL24 RPL26 RPL27 "
    "RPL27A RPL28 RPL29 RPL30 RPL31 RPL32 RPL34 RPL35 RPL35A RPL36 RPL36A RPL37 RPL37A RPL38 RPL39 RPL41 RPLP0 RPLP1 "
    "RPLP2".split()
)
ABUNDANT = tuple(
    "COL1A1 COL1A2 COL3A1 COL5A2 COL6A1 COL6A2 COL6A3 FN1 SPARC VIM LGALS1 S100A6 S100A11 TMSB4X TMSB10 ACTB ACTG1 TAGLN "
    "TPM2 MYL6 MYL9 EEF1A1 EEF2 TPT1 FTH1 FTL GAPDH B2M CALD1 TIMP1 IGFBP7 CCN2 THBS1 LUM DCN FAU NACA UBA52".split()
)
"""Matrix, cytoskeleton and translation: what fills most of an MSC's transcriptome."""
SURFACE_POSITIVE = ("THY1", "NT5E", "ENG")
"""Markers that MSC must express by the ISCT criteria (Dominici 2006, doi:10.1080/14653240600855905)."""
SURFACE_NEGATIVE = ("PTPRC", "CD34", "CD14", "ITGAM", "CD79A", "CD79B", "CD19", "HLA-DRA", "HLA-DRB1")
"""Markers that MSC must lack by the same criteria; HLA-DR without interferon."""

_SILENT_SHARE = 0.2
_LEVELS = (
    (ABUNDANT, 11.5, 0.7),
    (RIBOSOMAL, 11.0, 0.7),
    (SURFACE_POSITIVE, 9.0, 0.3),
    (SURFACE_NEGATIVE, -4.5, 0.3),
    (MITOCHONDRIAL, 11.5, 0.7),
)
"""Groups of genes with a level of their own: mean and SD of log2 transcripts per million."""


def list_genes(sets: pd.DataFrame) -> NDArray[np.str_]:
    """Return every gene of the sets and of the built-in groups, sorted, each once."""
    named = {gene for group, _, _ in _LEVELS for gene in group}
    return np.array(sorted(named | set(sets[GeneSet.GENE])), dtype=np.str_)


def genes_of(sets: pd.DataFrame, names: Collection[str]) -> frozenset[str]:
    """Return the genes of the named sets together; a set that is not there adds none."""
    return frozenset(sets.loc[sets[GeneSet.SET].isin(sorted(names)), GeneSet.GENE])


def draw_baseline(genes: NDArray[np.str_], *, expressed: Collection[str], rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw the abundance of each gene.

    Parameters
    ----------
    genes
        Symbols, sorted.
    expressed
        Genes that must be seen well in every pseudobulk profile (32 to 512 transcripts per million).
    rng
        Source of randomness.

    Returns
    -------
    log2 transcripts per million before normalisation, one a gene: log-normal, a fifth of the genes nearly silent.
    """
    n = len(genes)
    ordinary = rng.normal(5.2, 1.9, n)
    silent = rng.normal(-3.0, 1.0, n)
    moderate = np.clip(rng.normal(6.7, 1.0, n), 5.0, 9.0)
    level = np.where(rng.random(n) < _SILENT_SHARE, silent, ordinary)
    level = np.where(np.isin(genes, sorted(expressed)), moderate, level)
    noise = rng.standard_normal(n)
    for group, mean, sd in _LEVELS:
        level = np.where(np.isin(genes, group), mean + sd * noise, level)
    return level
