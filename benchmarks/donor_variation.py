"""How far read-outs vary between donors and between samples of one donor: the prior of the minimum detectable effect.

    python benchmarks/donor_variation.py

Takes real cells (PBMC of eight donors with and without interferon beta; skipped where the shared data are missing) and the
simulated demo, in two sizes each, through the stages of the claim path, and writes the residual SD of every panel set's
score and of every gene to quantiles in ``benchmarks/donor_variation.tsv``: ``unpaired`` between the donors of the vehicle
arm, ``paired`` from the differences between a donor's two samples, divided by sqrt 2. Of genes besides "without counting":
the variance of Poisson counts, mean over the profiles of ``mu / (mu + 1)^2 / ln(2)^2``, taken off each variance. Intervals
(95 %) leave one donor out in turn (jackknife of the log SD).
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from anndata import AnnData
from numpy.typing import NDArray
from scipy import stats

from scvalid.intake import step as intake
from scvalid.intake.settings import IntakeSettings
from scvalid.io.gene_sets import read_gene_sets
from scvalid.io.matrices import read_adata
from scvalid.io.sheets import read_sheet_rows
from scvalid.keys import Effect, GeneSet, Obs
from scvalid.pathways.compute.expression import measure_expression
from scvalid.pathways.compute.gene_sets import lay_sets
from scvalid.pseudobulk import step as pseudobulk
from scvalid.pseudobulk.settings import PseudobulkSettings
from scvalid.qc import step as qc
from scvalid.qc.settings import QcSettings
from scvalid.registry.manifest import registered_gene_sets
from scvalid.settings import Context, Sample
from scvalid.simulation.settings import SimulationSettings
from scvalid.simulation.step import write_submission
from scvalid.stats.linear_model import fit_rows

HERE = Path(__file__).resolve().parent
RESOURCES = HERE.parent / "resources"
KANG = HERE.parent / "tests/workflow/kang/samples.tsv"
GENE_SETS = registered_gene_sets(RESOURCES / "gene_sets", "human")
FEW_CELLS = 60
"""Profiles of fewer cells are left out of the rows 'large samples'."""
CPM_BINS = (0.0, 30.0, 100.0, 300.0, np.inf)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Source:
    """Profiles of one experiment and the names of its arms."""

    name: str
    profiles: AnnData
    treated: str
    vehicle: str


class Row(NamedTuple):
    """Quantiles of the residual SD of one kind of read-out in one comparison."""

    source: str
    contrast: str
    readout: str
    n_donors: int
    cells_per_profile: int
    n_readouts: int
    median: str
    median_low: str
    median_high: str
    q80: str
    q80_low: str
    q80_high: str


def profiles_of(sheet: Path, cell_type: str, folder: Path) -> AnnData:
    """Take the samples of a sheet through intake, quality control and pseudobulk."""
    rows = read_sheet_rows(sheet, required=("sample_id",), known=tuple(Sample.model_fields))
    context, kept = Context(cell_type=cell_type, species="human"), []
    for sample in (Sample.model_validate(row.values) for row in rows):
        taken, good, summary = (folder / f"{sample.slug}.{end}" for end in ("intake.h5ad", "qc.h5ad", "qc.json"))
        names = {"genes": RESOURCES / "genes/human.tsv.gz", "aliases": RESOURCES / "genes/aliases_human.tsv.gz"}
        source = sheet.parent / sample.path
        intake.run(settings=IntakeSettings(), species="human", sample=sample, source=source, target=taken, **names)
        qc.run(settings=QcSettings(), context=context, source=taken, target=good, summary=summary)
        kept.append(good)
    pseudobulk.run(settings=PseudobulkSettings(), sources=kept, states=None, target=folder / "pseudobulk.h5ad")
    return read_adata(folder / "pseudobulk.h5ad")


def sources() -> Iterator[Source]:
    """Yield the experiments: real ones where they are at hand, and the simulator in two sizes."""
    if (HERE.parent.parent / "shared/data/kang2018_ifnb").is_dir():
        with tempfile.TemporaryDirectory() as name:
            profiles = profiles_of(KANG, "PBMC", Path(name))
        yield Source("Kang 2018, all samples", profiles, "stim", "ctrl")
        small = profiles.obs.loc[profiles.obs[Obs.N_CELLS] < FEW_CELLS, Obs.DONOR].unique()
        yield Source("Kang 2018, large samples", profiles[~profiles.obs[Obs.DONOR].isin(small)].copy(), "stim", "ctrl")
    else:
        sys.stdout.write("shared data missing: the rows of Kang 2018 are left out\n")
    for n_cells in (2000, 8000):
        with tempfile.TemporaryDirectory() as name:
            settings = SimulationSettings(n_donors=8, n_cells=n_cells)
            write_submission(settings=settings, gene_sets=GENE_SETS, out=Path(name))
            yield Source("simulator", profiles_of(Path(name) / "samples.tsv", "MSC", Path(name)), "icariin", "vehicle")


def rows_of(source: Source, panel: pd.DataFrame) -> Iterator[Row]:
    """Yield the rows of one experiment."""
    obs = source.profiles.obs
    for contrast, arms in (("unpaired", [source.vehicle]), ("paired", [source.vehicle, source.treated])):
        chosen = source.profiles[obs[Obs.ARM].isin(arms) & obs[Obs.IS_USED]]
        donors = chosen.obs[Obs.DONOR].astype(str).to_numpy()
        treatment = (chosen.obs[Obs.ARM] == source.treated).to_numpy(float)[:, None]
        for name, (values, counting) in readouts_of(chosen, panel).items():
            full, spread = quantiles(values, donors, treatment if contrast == "paired" else None, counting)
            ends = [full, full * np.exp(-spread), full * np.exp(spread)]
            numbers = (f"{end[i]:.3f}" for i in (0, 1) for end in ends)
            size = int(chosen.obs[Obs.N_CELLS].median())
            yield Row(source.name, contrast, name, len(set(donors)), size, len(values), *numbers)


def readouts_of(chosen: AnnData, panel: pd.DataFrame) -> Mapping[str, tuple[Floats, Floats]]:
    """Return the values of read-outs, rows x profiles: scores of the panel's sets, and genes by their expression.

    Beside them the variance of each row that is to be taken off.
    """
    genes = chosen.var_names.to_numpy(str)
    expression = measure_expression(np.asarray(chosen.X), genes, min_total_count=20, n_bins=20)
    scored = lay_sets(panel, measured=genes, expressed=expression.genes, bins=expression.bins)
    usable = (scored.coverage[Effect.GATE] == "").to_numpy()
    sets, log_cpm = scored.weights[usable] @ expression.relative, expression.log_cpm
    values = {"set": (sets, np.zeros(len(sets))), "gene": (log_cpm, np.zeros(len(log_cpm)))}
    cpm = 2 ** log_cpm.mean(axis=1)
    expected = np.outer(cpm, np.asarray(chosen.X).sum(axis=1)) / 1e6
    counting = (expected / (expected + 1) ** 2).mean(axis=1) / np.log(2) ** 2
    for low, high in pairwise(CPM_BINS):
        inside = (cpm >= low) & (cpm < high)
        values[f"gene, CPM {low:g} to {high:g}"] = log_cpm[inside], np.zeros(inside.sum())
        values[f"gene, CPM {low:g} to {high:g}, without counting"] = log_cpm[inside], counting[inside]
    return values


def quantiles(values: Floats, donors: NDArray[np.str_], treatment: Floats | None, counting: Floats) -> tuple[Floats, Floats]:
    """Return median and 80 % quantile of the residual SD of the rows, and the half width of the interval of their logs."""
    names = sorted(set(donors))
    full = quantiles_of(values, donors, treatment, counting)
    left = []
    for name in names:
        keep = donors != name
        rest = None if treatment is None else treatment[keep]
        left.append(np.log(quantiles_of(values[:, keep], donors[keep], rest, counting)))
    n = len(names)
    se = np.sqrt((n - 1) / n * ((left - np.mean(left, axis=0)) ** 2).sum(axis=0))
    return full, stats.t.isf(0.025, n - 1) * se


def quantiles_of(values: Floats, donors: NDArray[np.str_], treatment: Floats | None, counting: Floats) -> Floats:
    """Return median and 80 % quantile of the residual SD of the rows, on the donors if there is a treatment."""
    blocks = np.ones((donors.size, 1)) if treatment is None else (donors[:, None] == np.unique(donors)).astype(float)
    x = blocks if treatment is None else np.column_stack([blocks, treatment])
    left = np.quantile(fit_rows(values, x).variance - counting, (0.5, 0.8))
    # counting alone may explain it all
    return np.sqrt(np.maximum(left, 1e-6))


def write_rows(target: Path, rows: Sequence[Row]) -> None:
    """Write the table."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter="\t", lineterminator="\n").writerows([Row._fields, *rows])


def main() -> int:
    """Run all sources."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "donor_variation.tsv")
    arguments = parser.parse_args()
    panel = pd.concat([read_gene_sets(source, is_panel=True) for source in GENE_SETS]).drop_duplicates(
        [GeneSet.SET, GeneSet.GENE]
    )
    rows = [row for source in sources() for row in rows_of(source, panel)]
    write_rows(arguments.out, rows)
    sys.stdout.write("\n".join("\t".join(map(str, row)) for row in rows) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
