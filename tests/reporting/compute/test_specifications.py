"""The specification strip: what counts, what agrees, and where each mark stands."""

import pytest

from scvalid.contracts.verdicts import Evidence, SpecificationEffect
from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.specifications import MIDDLE, SpecificationFigure, specification_figure


@pytest.fixture
def evidence(inputs: Inputs) -> Evidence:
    found = inputs.all_msc.claims[1].parts[0].evidence
    assert found is not None
    return found


def strip(evidence: Evidence, *rows: tuple[float, float, float]) -> SpecificationFigure:
    made = tuple(SpecificationEffect(name=f"s{i}", effect=e, p=p, smallest_p=s) for i, (e, p, s) in enumerate(rows))
    figure = specification_figure(evidence.model_copy(update={"specifications": made}))
    assert figure is not None
    return figure


def test_counts_are_those_of_the_rule(evidence: Evidence) -> None:
    """The effect is negative: down agrees; a test that cannot reach .10 is shown and not counted."""
    figure = strip(evidence, (-1, 0.01, 0), (-1, 0.3, 0), (2, 0.001, 0), (-1, 0.125, 0.125))
    assert (figure.n, figure.n_sign, figure.n_p10) == (3, 2, 1)
    assert [mark.counts for mark in figure.marks] == [True, True, True, False]


def test_marks_stand_above_the_middle_only_with_the_sign_of_the_effect(evidence: Evidence) -> None:
    same, other, none = strip(evidence, (-1, 0.01, 0), (1, 0.01, 0), (0, 1.0, 0)).marks
    assert same.y < MIDDLE < other.y
    assert none.y > MIDDLE, "no effect agrees with nothing"


def test_smaller_p_stands_further_out_and_the_line_divides_at_a_tenth(evidence: Evidence) -> None:
    figure = strip(evidence, (-1, 0.09, 0), (-1, 0.12, 0), (-1, 1e-3, 0), (-1, 0.0, 0), (-1, 1e-300, 0))
    at, beyond, small, nought, least = (mark.y for mark in figure.marks)
    above, below = figure.lines
    assert beyond > above >= at > small > least == nought >= 0
    assert below - MIDDLE == MIDDLE - above


def test_nothing_is_drawn_where_nothing_else_was_analysed(evidence: Evidence) -> None:
    assert specification_figure(evidence.model_copy(update={"specifications": ()})) is None


def test_effects_have_their_unit_and_only_a_finite_list_of_labellings_a_smallest_p(evidence: Evidence) -> None:
    ways = [SpecificationEffect(name=name, effect=-1, p=0.01, smallest_p=least) for name, least in (("ulm", 0), ("voom", 0.1))]
    figure = specification_figure(evidence.model_copy(update={"specifications": tuple(ways)}))
    assert figure is not None
    assert [(mark.unit, mark.smallest_p) for mark in figure.marks] == [("score", None), ("log2", 0.1)]
