"""Rows of data turned into the effect of treatment and independent residuals, as tests of gene sets take them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scvalid.errors import ContractError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rotated:
    """Rows in an orthonormal basis of the design.

    Attributes
    ----------
    effect
        Treatment effect of each row in units of its standard error at variance one.
    residual
        Rows x residual degrees of freedom: independent and of the residual variance.
    """

    effect: Floats
    residual: Floats

    @property
    def df(self) -> int:
        """Residual degrees of freedom."""
        return int(self.residual.shape[1])

    @property
    def variance(self) -> Floats:
        """Residual variance of each row."""
        return np.asarray(np.einsum("ij,ij->i", self.residual, self.residual) / self.df)


def rotate(y: Floats, x: Floats) -> Rotated:
    """Return ``Q'y`` of every row without the columns of the nuisance, for ``x = QR`` with Q complete, treatment last.

    The basis of the residuals is that of Householder's reflections; sums of squares do not depend on it.

    Parameters
    ----------
    y
        Rows x profiles.
    x
        Profiles x columns, of full rank, treatment last.

    Raises
    ------
    ContractError
        If no residual degree of freedom is left.
    """
    n_profiles, n_columns = x.shape
    if n_profiles <= n_columns:
        msg = f"a set test must have residual degrees of freedom. Got {n_profiles} profiles for {n_columns} columns."
        raise ContractError(msg)
    q, r = np.linalg.qr(x, mode="complete")
    # in this order several times faster than y @ q, whose threads wait for each other
    turned = (q[:, n_columns - 1 :].T @ y.T).T
    return Rotated(turned[:, 0] * np.sign(r[n_columns - 1, n_columns - 1]), turned[:, 1:])
