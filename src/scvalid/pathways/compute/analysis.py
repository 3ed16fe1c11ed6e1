"""How one grouping is analysed, and one state of it made ready for tests: what all rooms of effects share."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from anndata import AnnData
from numpy.typing import NDArray

from scvalid.contracts.claimed import Claimed
from scvalid.keys import Effect, Obs
from scvalid.pathways.compute.comparison import Comparison
from scvalid.pathways.compute.gene_effects import detect_genes
from scvalid.pathways.compute.testing import GeneFit, Measured, Model, fit_genes, measure
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Design

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Analysis:
    """How one grouping is analysed.

    Attributes
    ----------
    design
        The arms, and further contrasts and series.
    sets
        Long table of ``keys.GeneSet``.
    settings, seed
        Section ``pathways`` of the config, and what random numbers start from.
    claimed
        Read-outs of the claims, genes as the data call them: robustness of genes, rivals and controls are theirs alone.
    controls
        Whether permuted labels, planted effects and splits of the vehicle arm are run.
    """

    design: Design
    sets: pd.DataFrame
    settings: PathwaysSettings
    seed: int
    claimed: Claimed = field(default_factory=Claimed)
    controls: bool = True


@dataclass(frozen=True)
class Compared:
    """One state whose design allows a test.

    Attributes
    ----------
    state
        Its name; ``all_msc`` where states are summed.
    counts
        Compared profiles x genes of the assay, raw sums.
    genes
        Symbols of the assay's genes.
    chosen
        The comparison: ``obs`` of the profiles (donor, arm, batch, number of cells) and the design.
    is_treated
        Arm of each profile.
    measured, model
        The profiles without labels, and their true labelling.
    gene_fit
        Fit of all expressed genes under the true labelling.
    detection
        Indexed by gene of the assay: gate, mean CPM and share of cells.
    """

    state: str
    counts: Floats
    genes: NDArray[np.str_]
    chosen: Comparison
    is_treated: NDArray[np.bool_]
    measured: Measured
    model: Model
    gene_fit: GeneFit
    detection: pd.DataFrame

    def claimed_sets(self, claimed: Claimed) -> NDArray[np.intp]:
        """Return the rows of ``measured.scores`` that claims read out."""
        return self.measured.rows_of_sets(frozenset(claimed.sets))

    def claimed_genes(self, claimed: Claimed) -> NDArray[np.intp]:
        """Return the rows of ``measured.expression`` that claims read out and that pass the detection floor."""
        is_testable = self.detection[Effect.GATE] == ""
        return self.measured.rows_of_genes(frozenset(claimed.genes) & frozenset(self.detection.index[is_testable]))


def compare_state(profiles: AnnData, chosen: Comparison, analysis: Analysis, *, state: str) -> Compared:
    """Measure the chosen profiles of one state and fit their genes.

    Parameters
    ----------
    profiles
        Profiles x genes of the state, as ``chosen.rows`` counts them.
    chosen
        A comparison that no gate stopped.
    """
    compared, settings = profiles[chosen.rows], analysis.settings
    counts, genes = np.asarray(compared.X, dtype=np.float64), compared.var_names.to_numpy(str)
    measured = measure(counts, genes, analysis.sets, settings)
    is_treated = (chosen.obs[Obs.ARM] == analysis.design.treated).to_numpy(bool)
    model = model_of(chosen, primary_test=settings.primary_test)
    detection = detect_genes(
        compared, is_treated, measured.expression.genes, min_cpm=settings.min_cpm, min_cell_share=settings.min_cell_share
    )
    return Compared(state, counts, genes, chosen, is_treated, measured, model, fit_genes(measured, model), detection)


def model_of(chosen: Comparison, *, primary_test: str) -> Model:
    """Return the linear model of a comparison that no gate stopped."""
    batches = tuple(chosen.obs[Obs.BATCH].astype(str)) if Obs.BATCH in chosen.matrix.kept else ()
    return Model(chosen.matrix.x, tuple(chosen.obs[Obs.DONOR].astype(str)), chosen.is_paired, primary_test, batches)
