"""All controls of one compared state."""

import pandas as pd

from scvalid.contracts.tables import PERMUTED, RECOVERY, VEHICLE_SPLITS, TableContract
from scvalid.pathways.compute.analysis import Analysis, Compared
from scvalid.pathways.compute.controls.labellings import relabel, suffices
from scvalid.pathways.compute.controls.permuted import permuted_table
from scvalid.pathways.compute.controls.recovery import recovery_table
from scvalid.pathways.compute.controls.vehicle import vehicle_splits
from scvalid.pathways.compute.matched_sets import generator_for
from scvalid.pathways.compute.robustness.layer import Layers


def run_controls(compared: Compared, layers: Layers, analysis: Analysis) -> dict[TableContract, pd.DataFrame]:
    """Return the tables of permuted labels, of planted effects and of the vehicle arm split; without the state's name.

    A table is empty where the donors do not suffice for it, or no claim is read out on a number.

    Parameters
    ----------
    compared
        The state, all cells of a sample together.
    layers
        Its robustness specifications, prepared.
    analysis
        Sets, settings, claimed read-outs, and the seed.
    """
    labellings = relabel(compared.model, rng=generator_for(analysis.seed, compared.state, "labellings"))
    return {
        PERMUTED: permuted_table(compared, layers, analysis, labellings) if suffices(compared.model) else pd.DataFrame(),
        RECOVERY: recovery_table(compared, analysis, labellings),
        VEHICLE_SPLITS: vehicle_splits(compared, analysis),
    }
