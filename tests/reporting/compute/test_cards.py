"""Claim cards."""

import dataclasses

import pytest

from scvalid.reporting.compute.cards import ROW_WIDTH, cards_of, forest, rows_of
from scvalid.reporting.compute.inputs import Inputs


def test_a_claim_that_a_gate_stopped_has_a_card_without_figures(inputs: Inputs) -> None:
    claims = inputs.all_msc.claims
    cards = cards_of(inputs, rows_of(inputs, claims, forest(claims)))
    stopped = cards[-1]
    assert stopped.row.bar is None
    assert stopped.row.n_donors == 0
    assert stopped.parts[0].strip is None
    assert stopped.parts[0].donors is None


def test_each_card_holds_all_parts_and_the_states_of_its_own_claim(inputs: Inputs) -> None:
    claims = inputs.all_msc.claims
    for card in cards_of(inputs, rows_of(inputs, claims, forest(claims))):
        own = card.row.verdict.claim
        assert [part.verdict.readout for part in card.parts] == [part.readout for part in own.parts]
        assert [(row.verdict.claim.id, row.verdict.state) for row in card.states] == [
            (own.id, state) for state in ("basal", "osteo-primed", "stressed")
        ]


def test_rows_share_one_scale(inputs: Inputs) -> None:
    claims = inputs.all_msc.claims
    rows = rows_of(inputs, claims, forest(claims))
    assert len({row.bar.zero for row in rows if row.bar}) == 1
    assert all(0 <= row.bar.low <= row.bar.high <= ROW_WIDTH for row in rows if row.bar)


def test_only_untestable_claims_still_have_a_scale(inputs: Inputs) -> None:
    assert forest(inputs.all_msc.claims[-1:]).high > 0


def test_a_gene_has_no_matched_null_to_draw(inputs: Inputs) -> None:
    row = inputs.all_msc.claims[0]
    assert row.parts[0].evidence is not None
    gene = row.parts[0].evidence.model_copy(update={"matched_sd": None, "p_matched": None})
    claim = row.model_copy(update={"parts": (row.parts[0].model_copy(update={"evidence": gene}),)})
    strip = cards_of(inputs, rows_of(inputs, (claim,), forest((claim,))))[0].parts[0].strip
    assert strip is not None
    assert strip.null_low is None


@pytest.mark.parametrize(("accepted", "agrees"), [(("SUPPORTED",), True), (("INCONCLUSIVE",), False)])
def test_a_verdict_is_compared_with_what_the_truth_allows(inputs: Inputs, accepted: tuple[str, ...], agrees: bool) -> None:
    assert inputs.truth is not None
    truth = inputs.truth.model_copy(update={"claims": (inputs.truth.claims[0].model_copy(update={"accepted": accepted}),)})
    claims = inputs.all_msc.claims[:2]
    rows = rows_of(dataclasses.replace(inputs, truth=truth), claims, forest(claims))
    assert rows[0].is_as_planted is agrees
    assert rows[1].planted is None
