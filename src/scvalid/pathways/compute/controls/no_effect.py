"""The profiles as they might have been without any effect of the treatment: what a known effect is planted into."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scvalid.pathways.compute.testing import Measured, Model

Floats = NDArray[np.float64]


def null_transform(model: Model, rng: np.random.Generator) -> Floats:
    """Return the matrix T, profiles x profiles, that takes the effect of the true labels out of rows y: ``y T``.

    With the design X, treatment column t last, ``b`` the last row of ``pinv(X)``, ``u = |b|`` and the residual projection
    ``M = I - X pinv(X)`` on df degrees of freedom::

        T = I + (M a u / sqrt(df) - b) (t - mean t)',   a ~ N(0, I)

    ``- b t'`` subtracts from every row its own fitted effect. Alone it would take the sampling error of that effect with it
    and leave no variation along the true labelling: of the residual variance under other labels ``(df - 1 + r^2) / df`` would
    be left, r the correlation of the two labellings within the nuisance: .56 for 3 pairs, .67 to .75 for 4, .86 for 8, .83 to
    .88 for 4 v 4. Residuals enlarged by ``sqrt((df + 1) / df)`` leave .83 for 3 pairs, and effects that vary too much (1.33).
    So the fitted effect is replaced by a draw from what it is distributed as where there is none: ``y M a u / sqrt(df)`` has
    mean 0 and the variance ``u^2 s^2``; all rows share ``a``, so that genes covary as their residuals do. Under any other
    labels the variances of effects and of residuals are then right on average.

    No gene's mean moves, and a score of the transformed genes is the transformed score. A draw belongs to one labelling.
    """
    inverse = np.linalg.pinv(model.x)
    n, n_columns = model.x.shape
    residual = np.eye(n) - model.x @ inverse
    # one number for each profile in the order of their names
    numbers = rng.normal(size=(n,))[np.argsort(model.by_name)]
    drawn = residual @ numbers * np.linalg.norm(inverse[-1]) / np.sqrt(n - n_columns)
    treatment = model.x[:, -1] - model.x[:, -1].mean()
    return np.asarray(np.eye(n) + np.outer(drawn - inverse[-1], treatment))


def transformed(measured: Measured, by: Floats) -> Measured:
    """Return the profiles with genes and scores multiplied by a matrix, profiles x profiles, that keeps every gene's mean."""
    expression = measured.expression
    moved = replace(expression, log_cpm=expression.log_cpm @ by, relative=expression.relative @ by)
    return replace(measured, expression=moved, scores=measured.scores @ by)
