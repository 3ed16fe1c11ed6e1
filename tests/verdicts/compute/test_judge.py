"""Claims as a whole: order of the gates, parts combined, thresholds, families, every code within reach."""

import pytest

from scvalid.contracts.tables import SPECIFICATIONS
from scvalid.contracts.verdicts import Code, Flag, Reason, Verdict
from scvalid.keys import Effect
from scvalid.settings import Context

UP = {}
DOWN = {
    Effect.THETA: -0.5, Effect.LOW90: -0.65, Effect.HIGH90: -0.35, Effect.LOW95: -0.68, Effect.HIGH95: -0.32,
    Effect.LODO_LOW: -0.52, Effect.LODO_HIGH: -0.48, SPECIFICATIONS: [(-0.5, 0.01, 0.0)] * 3,
}  # fmt: skip
NONE = {
    Effect.THETA: 0.01, Effect.LOW90: -0.04, Effect.HIGH90: 0.06, Effect.LOW95: -0.05, Effect.HIGH95: 0.07,
    Effect.P_DONOR: 0.8, Effect.P_MATCHED: 0.9,
}  # fmt: skip


def _verdicts(found):
    return [claim.verdict for claim in found]


def _codes(claim):
    return [reason.code for reason in claim.reasons]


def test_verdicts_come_in_the_order_of_claims_then_states(judge, make_claim, make_facts):
    claims = [make_claim("z", "gene_set:S:up"), make_claim("a", "gene_set:S:down"), make_claim("m", "mirna:miR-1:up")]
    found = judge(claims, sets={"S": UP}, facts=[make_facts("basal"), make_facts("stressed")])
    assert [(claim.claim.id, claim.state) for claim in found] == [(i, s) for i in "zam" for s in ("basal", "stressed")]
    assert _verdicts(found)[::2] == [Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_TESTABLE]


def test_order_of_the_gates(judge, make_claim, make_facts):
    gated = make_facts(gate=Reason(code=Code.ONE_DONOR))
    elsewhere = {"cell_type": "PBMC"}
    claims = [
        make_claim("a", "mirna:NOWHERE:up", retraction={"status": "retracted"}, context=elsewhere),
        make_claim("b", "mirna:NOWHERE:up", context=elsewhere),
        make_claim("c", "mirna:NOWHERE:up"),
        make_claim("d", "gene:NOWHERE:up"),
    ]
    in_order = [Code.RETRACTED_SOURCE, Code.CONTEXT_MISMATCH, Code.NOT_TRANSCRIPT_LEVEL, Code.ONE_DONOR]
    found = judge(claims, facts=[gated])
    assert [_codes(claim)[0] for claim in found] == in_order
    assert set(_verdicts(found)) == {Verdict.NOT_TESTABLE}
    assert all(part.evidence is None for claim in found for part in claim.parts)


@pytest.mark.parametrize(
    ("primary", "second", "verdict", "codes"),
    [
        ("up:S", "up:T", Verdict.SUPPORTED, [Code.EFFECT_AS_REGISTERED]),
        ("up:S", "up:N", Verdict.SUPPORTED, [Code.EFFECT_AS_REGISTERED]),
        ("up:S", "up:D", Verdict.INCONCLUSIVE, [Code.PART_CONTRADICTED, Code.EFFECT_AS_REGISTERED]),
        ("up:S", "up:X", Verdict.SUPPORTED, [Code.EFFECT_AS_REGISTERED, Code.PART_NOT_TESTABLE]),
        ("up:D", "up:S", Verdict.CONTRADICTED, [Code.EFFECT_OPPOSITE]),
        ("up:N", "up:D", Verdict.NO_RELEVANT_EFFECT, [Code.EQUIVALENT_TO_NONE]),
        ("up:X", "up:S", Verdict.NOT_TESTABLE, [Code.SET_NOT_INSTALLED]),
        ("up:X", "up:Y", Verdict.NOT_TESTABLE, [Code.SET_NOT_INSTALLED]),
    ],
)
@pytest.mark.parametrize("is_primary_first", [True, False])
def test_parts_combined(judge, make_claim, *, primary, second, verdict, codes, is_primary_first):
    parts = [f"gene_set:{part[3:]}:{part[:2]}" for part in (primary, second)]
    claim = make_claim("c", *parts) if is_primary_first else make_claim("c", *parts[::-1], primary=1)
    (found,) = judge([claim], sets={"S": UP, "T": UP, "D": DOWN, "N": NONE})
    assert (found.verdict, _codes(found)) == (verdict, codes)
    assert found.parts[0].role == "primary"


def test_two_parts_that_fail_are_both_said(judge, make_claim):
    claim = make_claim("c", "gene_set:S:up", "gene_set:D:up", "gene:NOWHERE:up", "gene_set:T:down")
    (found,) = judge([claim], sets={"S": UP, "T": UP, "D": DOWN})
    assert [reason.values.get("readout") for reason in found.reasons] == ["D", "T", None, "NOWHERE"]


def test_the_threshold_of_a_claim_overrides_delta(judge, make_claim):
    claims = [make_claim("a", "gene_set:S:up"), make_claim("b", "gene_set:S:up", threshold=1.2)]
    default, own = judge(claims, sets={"S": UP}, delta=0.25)
    assert (default.delta, own.delta) == (0.25, 1.2)
    assert default.verdict == Verdict.SUPPORTED
    assert own.verdict == Verdict.NO_RELEVANT_EFFECT  # 0.5 is below the floor of 0.6, and relevant only beyond 1.2
    assert own.parts[0].evidence.floor == pytest.approx(0.6)


def test_the_floor_is_the_sd_of_the_matched_null_if_that_is_larger(judge, make_claim):
    found = judge([make_claim("a")], sets={"S": {Effect.MATCHED_SD: 0.6}})
    assert _codes(found[0])[0] == Code.BELOW_FLOOR
    assert found[0].parts[0].evidence.floor == pytest.approx(0.6)


def test_a_gene_has_no_matched_null_and_the_floor_is_half_of_delta(judge, make_claim):
    (found,) = judge([make_claim("a", "gene:G:up")], genes={"G": {}})
    evidence = found.parts[0].evidence
    assert found.verdict == Verdict.SUPPORTED
    assert (evidence.p_matched, evidence.matched_sd, evidence.rho) == (None, None, None)
    assert (evidence.sign_share, evidence.p10_share, len(evidence.specifications)) == (1.0, 1.0, 4)
    assert (evidence.floor, evidence.n_genes_set, evidence.weight_measured) == (0.125, 1, 1.0)


def test_more_claims_make_q_larger_and_controls_do_not(judge, make_claim):
    sets = {"S": {Effect.P_DONOR: 0.03}, "N": NONE}
    alone = judge([make_claim("a")], sets=sets)[0]
    with_control = judge([make_claim("a"), make_claim("k", "gene_set:N:up", control="positive")], sets=sets)[0]
    with_null = judge([make_claim("a"), make_claim("n", "gene_set:N:up")], sets=sets)[0]
    assert alone == with_control
    assert [claim.parts[0].evidence.q for claim in (alone, with_null)] == pytest.approx([0.03, 0.06])
    assert with_null.verdict == Verdict.INCONCLUSIVE


def test_states_are_one_family(judge, make_claim, make_facts):
    facts = [make_facts("a"), make_facts("b")]
    found = judge([make_claim("c")], sets={"S": {Effect.P_DONOR: 0.03}}, facts=facts)
    assert [claim.parts[0].evidence.q for claim in found] == pytest.approx([0.03, 0.03])
    with_null = judge(
        [make_claim("c"), make_claim("n", "gene_set:N:up")], sets={"S": {Effect.P_DONOR: 0.03}, "N": NONE}, facts=facts
    )
    assert with_null[0].parts[0].evidence.q == pytest.approx(0.06)  # 4 in the family, 2 of them at .03


def test_every_code_and_flag_of_the_rule_is_within_reach(judge, make_claim, make_facts):
    """A code that no input reaches is a sentence that no reader will see; those of the design come from pathways."""
    sets = {
        "S": UP, "D": DOWN, "N": NONE,
        "TRACE": {**NONE, Effect.P_DONOR: 1e-4, Effect.P_MATCHED: 1e-4},
        "SMALL": {Effect.THETA: 0.15, Effect.LOW90: 0.1, Effect.HIGH90: 0.2, Effect.LODO_LOW: 0.1},
        "IMPRECISE": {Effect.P_DONOR: 0.7, Effect.LOW90: -0.3},
        "LONE": {Effect.LODO_LOW: -0.1}, "FLOOR": {Effect.MATCHED_SD: 0.9},
        "SPLIT": {SPECIFICATIONS: [(0.5, 0.01, 0.0), (-0.5, 0.01, 0.0)]},
        "FEW": {Effect.N_EXPRESSED: 6, Effect.WEIGHT_EXPRESSED: 0.3, Effect.IS_FALLBACK: True},
        "U": {Effect.GATE: Code.SET_MOSTLY_NOT_MEASURED}, "E": {Effect.GATE: Code.SET_MOSTLY_NOT_EXPRESSED},
        "B": {Effect.GATE: Code.SET_IS_ITS_BACKGROUND},
    }  # fmt: skip
    genes = {"LOW": {Effect.GATE: Code.GENE_BELOW_DETECTION}}
    parts = [f"gene_set:{name}:{way}" for name in sets for way in ("up", "no_change")]
    parts += ["gene:LOW:up", "gene:NOWHERE:up", "tf:NOWHERE:up", "atp:x:up", "state_abundance:x:up"]
    parts += ["gene_set:S:changed", "gene:LOW:expressed"]
    claims = [make_claim(f"c{i}", part) for i, part in enumerate(parts)]
    claims += [
        make_claim("two", "gene_set:S:up", "gene_set:D:up", "atp:x:up"),
        make_claim("r", retraction={"status": "retracted"}),
        make_claim("m", context={"medium": "osteogenic"}),
    ]
    found = judge(claims, sets=sets, genes=genes)
    found += judge(claims[:1], sets=sets, genes=genes, facts=[make_facts(n_treated=2)])
    found += judge(claims[:1], sets=sets, genes=genes, facts=[make_facts(vif=9.0)])
    found += judge([make_claim("o", "gene:CXCL8:up")], genes=genes, orthologs={})
    found += judge(claims[:1], sets=sets, genes=genes, caps=[Reason(code=Code.UNSTATED_METADATA, values={"fields": "dose"})])
    by_design = {Code.TREATMENT_CONFOUNDED, Code.NO_VEHICLE_ARM, Code.NO_RESIDUAL_DF, Code.ONE_DONOR, Code.TOO_FEW_CELLS}
    by_design |= {Code.COPIED_PROFILES} | {code for code in Code if "CONTRAST" in code} | {Code.HOLDS_IN_EACH}
    reached = {reason.code for claim in found for reason in claim.reasons}
    assert reached == set(Code) - by_design
    assert {flag for claim in found for part in claim.parts for flag in part.flags} == set(Flag) - {Flag.NON_SPECIFIC}
    assert set(_verdicts(found)) == set(Verdict)


def test_a_context_that_was_not_recorded_is_a_mismatch_only_if_claimed(judge, make_claim):
    claims = [make_claim("a", context={"medium": "basal"}), make_claim("b")]
    recorded = judge(claims, sets={"S": UP}, context=Context(medium="basal"))
    missing = judge(claims, sets={"S": UP}, context=Context())
    assert _verdicts(recorded) == [Verdict.SUPPORTED, Verdict.SUPPORTED]
    assert _verdicts(missing) == [Verdict.NOT_TESTABLE, Verdict.SUPPORTED]


@pytest.mark.parametrize(
    ("gene", "code"),
    [
        ("CXCR4", Code.EFFECT_AS_REGISTERED),  # a human gene, read on its ortholog
        ("Cxcr4", Code.EFFECT_AS_REGISTERED),  # a gene of the species itself
        ("CXCL8", Code.NO_CERTAIN_ORTHOLOG),
        ("SOX2", Code.GENE_NOT_MEASURED),  # its ortholog is known and not in the data
        ("Sox2", Code.GENE_NOT_MEASURED),
    ],
)
def test_in_data_of_mouse_a_human_gene_is_read_on_its_ortholog(judge, make_claim, gene, code):
    orthologs = {"CXCR4": "Cxcr4", "SOX2": "Sox2"}
    (found,) = judge([make_claim("c", f"gene:{gene}:up")], genes={"Cxcr4": {}}, orthologs=orthologs)
    assert _codes(found) == [code]


def test_in_data_of_human_no_gene_is_translated(judge, make_claim):
    (found,) = judge([make_claim("c", "gene:CXCR4:up")], genes={"Cxcr4": {}})
    assert _codes(found) == [Code.GENE_NOT_MEASURED]


UNSTATED = Reason(code=Code.UNSTATED_METADATA, values={"fields": "dose_value"})
CONFOUNDED = Reason(code=Code.TREATMENT_CONFOUNDED, values={"with": "batch_id"})


def test_what_was_not_stated_keeps_every_verdict_from_being_decisive_and_hides_nothing(judge, make_claim):
    claims = [make_claim(name, f"gene_set:{name}:up") for name in "SDN"] + [make_claim("I", "gene_set:I:up")]
    sets = {"S": UP, "D": DOWN, "N": NONE, "I": {Effect.P_DONOR: 0.7, Effect.LOW90: -0.3}}
    free, capped = judge(claims, sets=sets), judge(claims, sets=sets, caps=[UNSTATED])
    assert {Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NO_RELEVANT_EFFECT} < set(_verdicts(free))
    assert set(_verdicts(capped)) == {Verdict.INCONCLUSIVE}
    for one, other in zip(free[:3], capped[:3], strict=True):
        assert other.reasons == (UNSTATED, *one.reasons)
        assert other.parts[0].evidence == one.parts[0].evidence
    assert capped[3] == free[3]


def test_a_part_that_is_contradicted_does_not_overtake_a_cap(judge, make_claim):
    (found,) = judge([make_claim("c", "gene_set:S:up", "gene_set:D:up")], sets={"S": UP, "D": DOWN}, caps=[UNSTATED])
    assert (found.verdict, found.reasons[0]) == (Verdict.INCONCLUSIVE, UNSTATED)
    assert {part.verdict for part in found.parts} == {Verdict.INCONCLUSIVE}


def test_a_confounded_treatment_makes_no_claim_testable_and_a_retraction_is_still_said(judge, make_claim):
    claims = [make_claim("a", "gene_set:S:up"), make_claim("r", "gene_set:S:up", retraction={"status": "retracted"})]
    found = judge(claims, sets={"S": UP}, caps=[UNSTATED, CONFOUNDED])
    assert set(_verdicts(found)) == {Verdict.NOT_TESTABLE}
    assert [_codes(claim) for claim in found] == [[Code.TREATMENT_CONFOUNDED], [Code.RETRACTED_SOURCE]]
    assert all(part.evidence is None for claim in found for part in claim.parts)
