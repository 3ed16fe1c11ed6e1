"""Effects and residuals in a rotated basis against least squares."""

import numpy as np
import pytest

from scvalid.errors import ContractError
from scvalid.stats.design import build_design
from scvalid.stats.linear_model import fit_rows
from scvalid.stats.rotated import rotate

TREATED = np.array([True, False] * 4)


@pytest.mark.parametrize("nuisance", [{}, {"donor": list("aabbccdd")}, {"batch": list("abbaabab")}])
def test_effect_and_variance_are_those_of_least_squares(nuisance):
    y = np.random.default_rng(0).normal(size=(7, 8))
    x = build_design(TREATED, nuisance).x
    fit, rotated = fit_rows(y, x), rotate(y, x)
    np.testing.assert_allclose(rotated.effect * fit.unit, fit.effect, atol=1e-12)
    np.testing.assert_allclose(rotated.variance, fit.variance, atol=1e-12)
    assert rotated.df == fit.df


def test_without_residuals_it_refuses():
    with pytest.raises(ContractError, match="Got 2 profiles for 2 columns"):
        rotate(np.ones((3, 2)), np.array([[1.0, 0.0], [1.0, 1.0]]))
