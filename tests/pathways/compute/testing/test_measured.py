"""What is measured without labels: gated sets stand aside, scores are sums over genes, scaled to the shift they show."""

import numpy as np
import pandas as pd

from scvalid.contracts.verdicts import Code
from scvalid.keys import Effect


def test_scores_are_weighted_sums_and_squares_and_sizes_follow(compare):
    measured, _ = compare()
    dense = measured.sets.weights
    np.testing.assert_allclose(measured.scores, dense @ measured.expression.relative, atol=1e-12)
    np.testing.assert_allclose(measured.squared.toarray(), dense**2)
    np.testing.assert_allclose(measured.absolute.toarray(), np.abs(dense))


def test_gated_sets_have_coverage_and_no_score(compare, long_panel):
    sets = pd.concat([long_panel(3), long_panel(1).assign(set_id="GATED", gene=[f"X{i}" for i in range(15)])])
    measured, _ = compare(sets=sets)
    assert measured.coverage.loc["GATED", Effect.GATE] == Code.SET_MOSTLY_NOT_MEASURED
    assert list(measured.names) == ["S0", "S1", "S2"]
    assert len(measured.scores) == len(measured.sets.weights) == 3


def test_rows_are_found_by_name(compare):
    measured, _ = compare()
    assert list(measured.rows_of_sets(frozenset({"S4", "S1", "NOWHERE"}))) == [1, 4]
    rows = measured.rows_of_genes(frozenset({"G7", "NOWHERE"}))
    assert list(measured.expression.genes[rows]) == ["G7"]
