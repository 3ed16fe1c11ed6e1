"""The table of specifications: one row for each analysis of each read-out of one state."""

import numpy as np
import pandas as pd

from scvalid.keys import Control, Effect
from scvalid.pathways.compute.robustness.layer import Layer, Layers
from scvalid.pathways.compute.testing import GeneFit, Model


def specification_table(layers: Layers, model: Model, *, genes: GeneFit) -> pd.DataFrame:
    """Return the specifications of all scored sets and of the claimed genes, those that do not apply left out.

    Parameters
    ----------
    layers
        Prepared specifications.
    model, genes
        The true labelling, and the fit of all genes under it.
    """
    return pd.concat([_of_layer(layer, model, genes) for layer in (layers.sets, layers.genes)], ignore_index=True)


def _of_layer(layer: Layer, model: Model, genes: GeneFit) -> pd.DataFrame:
    effects, p, least = layer.evaluate(model, layer.rows, genes=genes)
    applies = np.isfinite(effects) & np.isfinite(p)
    which, row = np.nonzero(applies)
    return pd.DataFrame(
        {
            Effect.KIND: np.full(row.size, layer.kind, dtype=object),
            Effect.READOUT: layer.names[row].astype(object),
            Control.SPECIFICATION: np.array(layer.specifications, dtype=object)[which],
            Control.EFFECT: effects[applies],
            Control.P: p[applies],
            Control.SMALLEST_P: least[applies],
        }
    )
