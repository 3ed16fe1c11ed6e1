"""Measured profiles, which know no labels, and the tests of their sets and genes under one labelling."""

from scvalid.pathways.compute.testing.genes import GeneFit, GeneTests, fit_genes, test_genes
from scvalid.pathways.compute.testing.measured import Measured, Model, measure
from scvalid.pathways.compute.testing.sets import PRIMARY_TESTS, SetTests, intervals, test_sets

__all__ = [
    "PRIMARY_TESTS",
    "GeneFit",
    "GeneTests",
    "Measured",
    "Model",
    "SetTests",
    "fit_genes",
    "intervals",
    "measure",
    "test_genes",
    "test_sets",
]
