"""The real data: profiles of Kang's eight donors, bulk MSC, and the panel's sets measured on some of the profiles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
import pandas as pd
from anndata import AnnData
from benchmarks.donor_variation import GENE_SETS, KANG, profiles_of
from numpy.typing import NDArray

from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import GeneSet, Obs
from scvalid.pathways.compute.expression import Expression
from scvalid.pathways.compute.gene_sets import lay_sets
from scvalid.pathways.compute.testing import Measured, measure
from scvalid.pathways.compute.testing.measured import score_sets
from scvalid.pathways.settings import PathwaysSettings

Floats = NDArray[np.float64]
SHARED: Final = Path(__file__).resolve().parents[4] / "shared/data"
VEHICLE, TREATED = "ctrl", "stim"
SMALL_DONORS: Final = ("donor107", "donor1039")
"""Donors with 30 to 42 cells a profile."""
BULK: Final = SHARED / "ucmsc_priming_bulk/GSE224190_gene_FPKM.txt"
BULK_OFFSET, MIN_FPKM = 0.5, 1.0
SETTINGS: Final = PathwaysSettings()  # type: ignore[call-arg]


@dataclass(frozen=True)
class Kang:
    """Profiles of all donors and arms, all cells of a sample summed, and the long table of the panel's sets."""

    profiles: AnnData
    panel: pd.DataFrame

    @property
    def donors(self) -> tuple[str, ...]:
        """All donors, sorted."""
        return tuple(sorted(set(self.profiles.obs[Obs.DONOR].astype(str))))

    def of(self, donors: Sequence[str], arms: Sequence[str]) -> AnnData:
        """Return the profiles of some donors and arms, sorted by donor, then by arm."""
        obs = self.profiles.obs
        chosen = self.profiles[obs[Obs.DONOR].isin(donors) & obs[Obs.ARM].isin(arms)]
        order = chosen.obs.astype({Obs.DONOR: str, Obs.ARM: str}).sort_values([Obs.DONOR, Obs.ARM]).index
        return chosen[order].copy()

    def measured(self, donors: Sequence[str], arms: Sequence[str]) -> Measured:
        """Return the scores of the panel's sets on some of the profiles, filtered and normalised among these alone."""
        profiles = self.of(donors, arms)
        return measure(np.asarray(profiles.X, dtype=float), profiles.var_names.to_numpy(str), self.panel, SETTINGS)


def read_kang() -> Kang:
    """Take Kang's samples through intake, quality control and pseudobulk."""
    with TemporaryDirectory() as name:
        profiles = profiles_of(KANG, "PBMC", Path(name))
    return Kang(profiles, read_panel())


def read_panel() -> pd.DataFrame:
    """Return the registered human sets."""
    tables = [read_gene_sets(source, is_panel=True) for source in GENE_SETS]
    return pd.concat(tables, ignore_index=True).drop_duplicates([GeneSet.SET, GeneSet.GENE])


def without_arm_means(measured: Measured) -> Measured:
    """Return profiles of pairs, vehicle before treated, whose two arms have the same mean for every gene: no effect is left."""
    expression = measured.expression
    log_cpm, relative = (_without_arm_means(values) for values in (expression.log_cpm, expression.relative))
    mean = expression.log_cpm.mean(axis=1, keepdims=True)
    changed = replace(expression, log_cpm=log_cpm + mean, relative=relative)
    return score_sets(changed, measured.sets)


def _without_arm_means(values: Floats) -> Floats:
    changed = values.copy()
    for arm in (0, 1):
        changed[:, arm::2] -= values[:, arm::2].mean(axis=1, keepdims=True)
    return changed


def measure_bulk(columns: Sequence[str], panel: pd.DataFrame) -> Measured:
    """Return the scores of the panel's sets on samples of the bulk MSC, from ``log2(FPKM + 0.5)`` less the sample's median.

    FPKM carry no counts, so neither TMM nor the counting part of a variance can be had from them.
    """
    table = pd.read_csv(BULK, sep="\t").groupby("Symbol").sum(numeric_only=True)
    fpkm = table[list(columns)].to_numpy(float)
    is_expressed = (fpkm > MIN_FPKM).sum(axis=1) >= len(columns) / 2
    log_fpkm = np.log2(fpkm[is_expressed] + BULK_OFFSET)
    log_fpkm -= np.median(log_fpkm, axis=0)
    mean = log_fpkm.mean(axis=1)
    bins = np.argsort(np.argsort(mean)) * SETTINGS.n_bins // mean.size
    centred = log_fpkm - mean[:, None]
    background = np.array([centred[bins == b].mean(axis=0) for b in range(SETTINGS.n_bins)])
    names = table.index.to_numpy(str)
    expression = Expression(names[is_expressed], log_fpkm, centred - background[bins], bins)
    return score_sets(expression, lay_sets(panel, measured=names, expressed=expression.genes, bins=bins))
