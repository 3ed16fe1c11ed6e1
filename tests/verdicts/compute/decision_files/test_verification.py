"""Verification: what the workflow wrote holds, and nothing that matters can be changed unseen."""

import pytest

from scvalid.contracts.verdicts import Code, Flag, Reason
from scvalid.verdicts.compute.decision_files.runs import verify_together
from scvalid.verdicts.compute.decision_files.verification import verify, verify_claim
from scvalid.verdicts.settings import VerdictsSettings

PART = "states.0.parts.0."
NUMBERS = PART + "evidence."
WEAKER = 1.02


def whats(found):
    return {mismatch.what for mismatch in found}


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"settings": VerdictsSettings(delta=0.4, alpha=0.01)},
        {"is_paired": False, "nuisance": ()},
        {"nuisance": ("donor_id", "batch_id"), "vif": 7.0},
        {"n_treated": 2, "n_vehicle": 2, "donors_treated": ("a", "b"), "donors_vehicle": ("a", "b")},
        {"gate": Reason(code=Code.NO_VEHICLE_ARM)},
        {"caps": (Reason(code=Code.UNSTATED_METADATA, values={"fields": "passage"}),)},
        {"caps": (Reason(code=Code.COPIED_PROFILES, values={"profiles": "a, b"}),)},
    ],
    ids=str,
)
def test_what_the_workflow_decided_is_found_again(make_decisions, how):
    files = make_decisions(**how)
    assert {name: verify(file) for name, file in files.items() if verify(file)} == {}
    assert verify_together(list(files.values())) == ()


@pytest.mark.parametrize(
    ("claim", "change", "what"),
    [
        ("supported", (NUMBERS + "theta", lambda x: x * WEAKER), "size of theta"),
        ("inconclusive", (NUMBERS + "theta", lambda x: x * WEAKER), "middle of the 95 % interval"),
        ("supported", (NUMBERS + "low95", lambda x: x * WEAKER), "middle of the 95 % interval"),
        ("none", (NUMBERS + "high90", lambda x: x * WEAKER), "middle of the 90 % interval"),
        ("supported", (NUMBERS + "donor_values.0.value", lambda x: x + 0.1), "size of theta"),
        ("supported", (NUMBERS + "p_donor", 0.0001), "p"),
        ("supported", (NUMBERS + "p_matched", 0.2), "p"),
        ("supported", (NUMBERS + "p", 0.0001), "p"),
        ("supported", (NUMBERS + "q", 0.0021), "q"),
        ("supported", (NUMBERS + "measured_as", "ANOTHER"), "measured_as"),
        ("supported", (NUMBERS + "floor", 0.2), "floor"),
        ("supported", (NUMBERS + "matched_sd", 0.9), "floor"),
        ("supported", (NUMBERS + "sign_share", 0.95), "sign_share"),
        ("supported", (NUMBERS + "specifications.0.p", 0.2), "p10_share"),
        ("supported", (NUMBERS + "specifications.0.effect", -1.0), "sign_share"),
        ("supported", (NUMBERS + "lodo_low", -0.1), "verdict"),
        ("non-specific", (NUMBERS + "rivals.0.theta_unshared", 0.45), "whether RIVAL explains the effect"),
        ("non-specific", (NUMBERS + "rivals.0.explains", False), "whether RIVAL explains the effect"),
        ("supported", (NUMBERS + "n_genes_expressed", 9), "flags"),
        ("supported", (PART + "verdict", "CONTRADICTED"), "verdict"),
        ("none", (PART + "verdict", "SUPPORTED"), "verdict"),
        ("supported", (PART + "direction", "down"), "parts"),
        ("supported", (PART + "flags", ["TRACE"]), "flags"),
        ("supported", (PART + "reasons.0.values.q", 0.001), "reasons"),
        ("supported", (PART + "state", "elsewhere"), "state"),
        ("supported", ("states.0.verdict", "NO_RELEVANT_EFFECT"), "verdict on the claim"),
        ("torn", ("states.0.verdict", "SUPPORTED"), "verdict on the claim"),
        ("inconclusive", ("states.0.reasons", []), "reasons of the claim"),
        ("supported", ("states.0.facts.n_treated", 2), "verdict"),
        ("supported", ("states.0.facts.vif", 9.0), "verdict"),
        ("untestable", (PART + "verdict", "SUPPORTED"), "verdict"),
        ("supported", ("delta", 0.1), "delta"),
        ("torn", ("claim.threshold", 0.2), "delta"),
        ("supported", ("settings.delta", 0.1), "registration"),
        ("supported", ("settings.alpha", 0.2), "registration"),
        ("supported", ("context.medium", "osteogenic"), "registration"),
        ("supported", ("registration", "00" * 32), "registration"),
        ("supported", ("claim_registration", "00" * 32), "sha256 of the file of the claim"),
        ("supported", ("asked.1.sha256", "00" * 32), "registration"),
        ("supported", ("asked", lambda x: x[1:]), "sha256 of the file of the claim"),
        ("supported", ("families.primary", [0.002, 0.01, 0.02, 0.3, 0.8, 0.9]), "q"),
        ("supported", ("families.primary", [0.001, 0.001, 0.001, 0.3, 0.8, 0.9]), "p values of the primary family"),
        ("supported", ("families.primary", [0.8, 0.3, 0.002, 0.002, 0.002, 0.002]), "p values of the primary family"),
        ("contradicted", ("families.other", []), "p values of the other family"),
        ("supported", (NUMBERS + "n_genes_expressed", 999), "expressed genes of the read-out"),
        ("supported", ("caps", [{"code": "UNSTATED_METADATA", "values": {"fields": "passage"}}]), "verdict"),
    ],
)  # fmt: skip
def test_a_changed_value_is_found_and_named(decisions, changed, claim, change, what):
    assert what in whats(verify(changed(decisions[claim], *change)))


def test_numbers_of_a_part_that_nothing_may_test_are_found(make_decisions):
    tested, stopped = make_decisions(), make_decisions(gate=Reason(code=Code.NO_VEHICLE_ARM))
    slipped = tested["supported"].model_copy(
        update={"states": (tested["supported"].states[0].model_copy(update={"facts": stopped["supported"].states[0].facts}),)}
    )
    assert {"numbers of the part", "verdict"} <= whats(verify(slipped))


def test_a_reason_that_no_gate_of_the_data_gives_is_found(decisions, changed):
    part = "states.0.parts.1."
    file = decisions["inconclusive"]
    assert file.states[0].parts[1].reasons[0].code == Code.SET_NOT_INSTALLED
    assert "reason of the part" in whats(verify(changed(file, part + "reasons", [{"code": "IMPRECISE", "values": {}}])))
    assert "verdict" in whats(verify(changed(file, part + "verdict", "SUPPORTED")))


def test_rounding_of_the_last_digit_is_no_difference(decisions, changed):
    assert verify(changed(decisions["supported"], NUMBERS + "q", lambda q: q * (1 + 1e-13))) == ()


def test_a_flag_of_the_data_is_kept(decisions, changed):
    assert verify(changed(decisions["supported"], PART + "flags", [Flag.VARIANCE_FALLBACK])) == ()


def test_a_claim_is_held_against_the_file_it_was_registered_in(decisions, changed):
    file = decisions["supported"]
    registered = {file.claim_registration: {name: other.claim for name, other in decisions.items()}}
    assert verify_claim(file, registered) == ()
    assert whats(verify_claim(file, {"00" * 32: {}})) == {"sha256 of the file of the claim"}
    assert whats(verify_claim(changed(file, "claim.statement.en", "Another."), registered)) == {"claim"}
