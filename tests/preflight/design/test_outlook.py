"""What each claim can come to, why, and what would repair it; and that verdicts keep what the outlook says."""

import csv
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scvalid.contracts.verdicts import Code, Evidence, Verdict
from scvalid.preflight.design.audit import audit_design, facts_of_design
from scvalid.preflight.design.outlook import outlook_of_claims
from scvalid.settings import Context, Design
from scvalid.submission.samples.fields import read_fields
from scvalid.verdicts.compute.decision import decide
from scvalid.verdicts.settings import VerdictsSettings

PAIRS_OF_THREE = [f"d{i} {arm}" for i in range(3) for arm in "TV"]


def _claim(kind, name, direction="up", **more):
    part = {"readout": {"type": kind, "id": name}, "direction": direction}
    return {"id": "C1", "statement": {"en": "x"}, "parts": [part], **more}


def _outlook(submission, resources=None):
    (outlook,) = outlook_of_claims(submission, audit_design(submission, resources=resources))
    return outlook


@pytest.mark.parametrize(
    ("rows", "word", "code", "repair"),
    [
        ([f"d{i} {a}" for i in range(8) for a in "TV"], "decidable", None, ""),
        (["a T", "a V", "b T", "b V"], "only descriptive", "TOO_FEW_DONORS",
         "Add one donor with a vehicle and a treated sample (2 now, 3 needed for a decisive verdict)."),
        (["a T", "b T", "c V", "d V"], "only descriptive", "TOO_FEW_DONORS",
         "Add one donor to each arm (2 now, 3 needed for a decisive verdict)."),
        (["a T", "b T", "c T", "d V", "e V"], "only descriptive", "TOO_FEW_DONORS",
         "Add one donor to the vehicle arm (2 now, 3 needed for a decisive verdict)."),
        (["a T", "b V"], "only descriptive", "ONE_DONOR",
         "Add 2 donors to each arm (1 now, 3 needed for a decisive verdict)."),
        (["a T", "a V", "b T", "b V", "c V"], "only descriptive", "TOO_FEW_DONORS",
         "Add the sample that is missing in the other arm of c / vehicle: 3 pairs then, 3 needed for a decisive verdict."),
        (["d T"], "only descriptive", "NO_VEHICLE_ARM",
         "Add vehicle samples of the same donors (1 now, 3 needed for a decisive verdict)."),
        (["d V"], "only descriptive", "ONE_DONOR",
         "Add treated samples of the same donors (1 now, 3 needed for a decisive verdict)."),
        (["a T b2", "a V b1", "b T b2", "b V b1", "c T b2", "c V b1"], "not testable", "TREATMENT_CONFOUNDED",
         "Run vehicle and treated of each donor in the same batch, e.g. vehicle sample 's2' in 'b2'."),
        (["a T b2", "b T b2", "c T b2", "d V b1", "e V b1", "f V b1"], "not testable", "TREATMENT_CONFOUNDED",
         "Run vehicle and treated samples in the same batch, e.g. vehicle sample 's4' in 'b2'."),
        ([f"d{i} {a} passage={5 if a == 'T' else 3}" for i in range(3) for a in "TV"], "not testable", "TREATMENT_CONFOUNDED",
         "Have each value of passage in both arms (treated 5; vehicle 3 now)."),
    ],
)  # fmt: skip
def test_planted_designs(submission_of, rows, word, code, repair):
    outlook = _outlook(submission_of(*rows))
    assert outlook.outlook == word
    assert ([str(c) for c in outlook.codes], bool(outlook.reasons)) == ([code] if code else [], bool(code))
    assert (outlook.repair[0] if outlook.repair else "") == repair


def test_a_nested_batch_is_no_fault(submission_of):
    rows = [f"d{i} {arm} b{i % 2}" for i in range(8) for arm in "TV"]
    audit = audit_design(submission_of(*rows))
    assert (audit.gate, audit.dropped_nuisance, audit.df) == (None, ("batch_id",), 7)
    assert audit.warnings == ()
    assert any("batch_id adds nothing" in text for text in audit.facts)


def test_kang_is_eight_pairs(submission_of, repository):
    with (repository / "tests/workflow/kang/samples.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [f"{row['donor_id']} {row['arm']}" for row in csv.DictReader(stream, delimiter="\t")]
    audit = audit_design(submission_of(*rows, design=Design(treated="stim", vehicle="ctrl")))
    assert (audit.is_paired, len(audit.treated.donors), len(audit.vehicle.donors), audit.df) == (True, 8, 8, 7)
    assert audit.smallest_exact_p == 2 / 2**8
    assert (audit.rank, audit.vif, audit.warnings) == (9, pytest.approx(1), ())
    assert audit.facts[0] == "stim v ctrl: 8 donors in both arms, compared in pairs; 7 residual degrees of freedom."
    assert "0.0078" in audit.facts[1]


def test_nearly_confounded_batches_are_only_descriptive(submission_of):
    rows = [f"d{i} {'T' if i < 30 else 'V'} {'x' if i < 27 else 'y'}" for i in range(60)]
    outlook = _outlook(submission_of(*rows))
    assert (outlook.outlook, outlook.codes) == ("only descriptive", (Code.NEARLY_CONFOUNDED,))
    assert "vehicle sample 's31' in 'x'" in outlook.repair[0]


@pytest.mark.parametrize(
    ("claim", "context", "code", "repair"),
    [
        (_claim("phosphorylation", "AKT1"), {}, "NOT_TRANSCRIPT_LEVEL",
         "A claim on phosphorylation cannot be seen in mRNA counts: test its target genes."),
        (_claim("phosphorylation", "AKT1", axis="Wnt"), {"medium": "basal", "induction": "none"}, "NOT_TRANSCRIPT_LEVEL",
         "e.g. claim "),
        (_claim("gene_set", "NO_SUCH_SET"), {}, "SET_NOT_INSTALLED", "Hand in the set NO_SUCH_SET"),
        (_claim("gene", "CXCL1"), {"species": "mouse"}, "NO_CERTAIN_ORTHOLOG", "CXCL1"),
        (_claim("gene", "RUNX2", context={"medium": "osteogenic"}), {}, "CONTEXT_MISMATCH", "Record context.medium"),
        (_claim("gene", "RUNX2", context={"medium": "osteogenic"}), {"medium": "basal"}, "CONTEXT_MISMATCH",
         "Hand in cells in osteogenic medium."),
        (_claim("gene", "RUNX2", context={"species": "rat"}), {}, "CONTEXT_MISMATCH", "Hand in rat cells."),
        (_claim("gene", "RUNX2", context={"induction": "hypoxia"}), {"induction": "none"}, "CONTEXT_MISMATCH",
         "Hand in cells under hypoxia."),
        (_claim("gene", "RUNX2", "expressed"), {}, "PRESENCE_NOT_OFFERED", "Claim a change of RUNX2"),
        (_claim("gene", "RUNX2", retraction={"status": "retracted"}), {}, "RETRACTED_SOURCE", None),
    ],
)  # fmt: skip
def test_claims_that_no_design_decides(submission_of, repository, *, claim, context, code, repair):
    submission = submission_of(*PAIRS_OF_THREE, claims=[claim], context=Context(**context))
    outlook = _outlook(submission, repository / "resources")
    assert (outlook.outlook, [str(c) for c in outlook.codes]) == ("not testable", [code])
    assert len(outlook.reasons) == 1
    assert outlook.repair == () if repair is None else repair in outlook.repair[0]


def test_too_few_cells_are_asked_for_of_the_samples_that_lack_them(submission_of):
    submission = submission_of("a T", "a V", "b T", "b V")
    audit = audit_design(submission, n_cells={"s1": 5, "s2": 100, "s3": 100, "s4": 100})
    (outlook,) = outlook_of_claims(submission, audit)
    assert (outlook.outlook, outlook.codes) == ("only descriptive", (Code.TOO_FEW_CELLS,))
    assert outlook.repair == ("Hand in more cells of a / drug, a / vehicle.",)


def test_metadata_that_a_verdict_waits_for_are_named(submission_of, repository):
    fields = read_fields(repository / "resources")
    outlook = _outlook(replace(submission_of(*PAIRS_OF_THREE), fields=fields))
    assert (outlook.outlook, outlook.codes) == ("only descriptive", (Code.UNSTATED_METADATA,))
    assert "exposure_h" in outlook.repair[0]


@pytest.mark.parametrize("claim", [_claim("gene", "RUNX2"), _claim("gene", "Runx2"), _claim("gene_set", "HALLMARK_HYPOXIA")])
def test_what_mouse_has_is_testable_there(submission_of, repository, claim):
    submission = submission_of(*PAIRS_OF_THREE, claims=[claim], context=Context(species="mouse"))
    assert _outlook(submission, repository / "resources").outlook == "decidable"


def test_an_own_claim_of_the_same_axis_is_suggested_first(submission_of, repository):
    near = _claim("gene_set", "HALLMARK_WNT_BETA_CATENIN_SIGNALING", axis="Wnt") | {"id": "MINE"}
    submission = submission_of(*PAIRS_OF_THREE, claims=[_claim("phosphorylation", "GSK3B", axis="Wnt"), near])
    audit = audit_design(submission, resources=repository / "resources")
    assert audit.related_claims["C1"][0] == "MINE"
    assert "C1" not in audit.related_claims["C1"]


def test_the_family_counts_what_multiple_testing_will(submission_of):
    claims = [
        _claim("gene_set", "A"), _claim("gene_set", "B") | {"id": "C2"}, _claim("atp", "ATP") | {"id": "C3"},
        _claim("gene", "D", control="positive") | {"id": "C4"},
    ]  # fmt: skip
    assert audit_design(submission_of(*PAIRS_OF_THREE, claims=claims)).n_claims == 2


def test_an_imprecise_design_says_how_many_donors_it_lacks(submission_of):
    outlook = _outlook(submission_of(*PAIRS_OF_THREE))
    assert outlook.outlook == "decidable"
    assert "0.31 log2 or more" in outlook.reasons[0]
    assert outlook.repair == ("Add one paired donor to reach an effect of 0.25 log2 (3 and 3 now).",)
    enough = submission_of(*PAIRS_OF_THREE, "x T", "x V")
    assert _outlook(enough).reasons == ()


def test_the_threshold_of_a_claim_counts_before_that_of_the_config(submission_of):
    loose = submission_of(*PAIRS_OF_THREE, claims=[_claim("gene_set", "A", threshold=0.5)])
    assert _outlook(loose).reasons == ()
    strict = submission_of(*PAIRS_OF_THREE, verdicts=VerdictsSettings(delta=0.15))
    assert "0.15 was asked" in _outlook(strict).reasons[0]


def test_a_claim_of_no_change_learns_whether_that_can_be_shown(submission_of):
    outlook = _outlook(submission_of(*PAIRS_OF_THREE, claims=[_claim("gene_set", "A", "no_change")]))
    assert outlook.reasons == ("If there is no effect, that can be shown in 68 % of cases.",)


ROW = st.tuples(st.sampled_from("abcdef"), st.sampled_from("TV"), st.sampled_from(["x", "y"]), st.sampled_from(["3", "5"]))
STRONG = {
    **dict.fromkeys(("theta", "low90", "low95", "high90", "high95", "lodo_low", "lodo_high", "sign_share", "p10_share"), 1.0),
    **dict.fromkeys(("p_donor", "p_plain", "p_matched", "p", "q"), 0.001),
    "se": 0.1,
    "df": 4,
    "floor": 0.1,
    "matched_sd": 0.1,
    "rho": 0.1,
    "lodo_donor": "a",
    "mde": 0.1,
    "donor_values": (),
    "n_genes_set": 9,
    "n_genes_expressed": 9,
    "weight_measured": 1,
    "weight_expressed": 1,
}


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12, unique_by=lambda row: row[:2]))
def test_verdicts_are_decisive_exactly_where_the_outlook_says_so(submission_of, rows):
    """The strongest evidence there is, under the facts of the design: the rule of the verdicts must agree."""
    submission = submission_of(*(f"{donor} {arm} {batch} passage={passage}" for donor, arm, batch, passage in rows))
    facts = facts_of_design(submission)
    decision = decide(Evidence.model_validate(STRONG), "up", facts, delta=0.25, alpha=0.05)
    can_decide = facts.gate is None and decision.verdict == Verdict.SUPPORTED
    assert (_outlook(submission).outlook == "decidable") == can_decide


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12), st.sampled_from(["auto", "paired", "unpaired"]))
def test_every_sheet_has_an_audit_that_can_be_written_and_a_repair(submission_of, rows, pairing):
    submission = submission_of(
        *(f"{donor} {arm} {batch} passage={passage}" for donor, arm, batch, passage in rows),
        design=Design(treated="drug", vehicle="vehicle", pairing=pairing),
    )
    audit = audit_design(submission)
    assert type(audit).model_validate_json(audit.model_dump_json()) == audit
    outlook = _outlook(submission)
    assert outlook.repair or outlook.outlook == "decidable"


@pytest.mark.parametrize("is_paired", [True, False])
def test_no_claim_is_decidable_on_fewer_than_three_donors_that_say_something(submission_of, is_paired):
    """All two-batch labellings of three pairs or three v three; weights by the pseudo-inverse, here of the plain factors."""
    n_silent = 0
    for batches in product("xy", repeat=6):
        rows = [f"{f'd{i // 2}' if is_paired else f's{i}'} {'TV'[i % 2]} {batch}" for i, batch in enumerate(batches)]
        treated = np.array([i % 2 == 0 for i in range(6)], float)
        blocks = [[float(i // 2 == d) for i in range(6)] for d in range(3)] if is_paired else [[1.0] * 6]
        x = np.column_stack([*blocks, [float(b == "x") for b in batches], treated])
        weight = np.abs(np.linalg.pinv(x)[-1]) > 1e-9
        n = min(weight[::2].sum(), weight[1::2].sum())
        facts = facts_of_design(submission_of(*rows))
        outlook = _outlook(submission_of(*rows)).outlook
        decision = decide(Evidence.model_validate(STRONG), "up", facts, delta=0.25, alpha=0.05)
        is_decisive = facts.gate is None and decision.verdict == Verdict.SUPPORTED
        assert is_decisive == (outlook == "decidable")
        assert n == 3 or not is_decisive, batches
        n_silent += n < 3
    assert n_silent >= 24


def test_a_donor_that_its_batch_takes_up_is_named_and_does_not_count(submission_of):
    audit = audit_design(submission_of("a T x", "a V x", "b T x", "b V x", "c T x", "c V y"))
    assert (audit.n_informative, audit.silent) == (2, ("c / drug", "c / vehicle"))
    assert any("c / drug, c / vehicle" in text for text in audit.warnings)


def test_batches_of_their_own_are_judged_alike_whether_one_is_shared_or_none(submission_of):
    labellings = ("abcdef", "abacde", "xxxxyz")
    words = [_outlook(submission_of(*(f"d{i} {'TV'[i % 2]} {b}" for i, b in enumerate(own)))) for own in labellings]
    assert [word.outlook for word in words] == ["decidable", "only descriptive", "decidable"]
    assert words[1].codes == (Code.ONE_DONOR,)


def test_advice_on_batches_does_not_go_in_circles(submission_of):
    """Treated cells ran in two batches, vehicle in one of them: moving vehicle to the other one would not help."""
    rows = [f"d{i} {arm} {b}" for i in range(3) for arm, b in (("T", "b1"), ("T", "b2"), ("V", "b1"))]
    outlook = _outlook(submission_of(*rows))
    assert outlook.codes == (Code.TREATMENT_CONFOUNDED,)
    assert outlook.repair == (
        "Run vehicle and treated of each donor in the same batches, e.g. vehicle cells of 'd0' in each of 'b1' and 'b2'.",
    )


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("gene", "RUNX2", None),
        ("gene", "SOX9", "GENE_NOT_MEASURED"),
        ("gene_set", "HALLMARK_HYPOXIA", "SET_MOSTLY_NOT_MEASURED"),
    ],
)
def test_what_no_file_holds_is_not_testable(submission_of, repository, *, kind, name, code):
    submission = submission_of(*PAIRS_OF_THREE, claims=[_claim(kind, name)])
    genes = {"s1": frozenset({"RUNX2", "SOX9"}), "s2": frozenset({"RUNX2", "ACTB"})}
    audit = audit_design(submission, resources=repository / "resources", genes=genes)
    (outlook,) = outlook_of_claims(submission, audit)
    assert [str(c) for c in outlook.codes] == ([code] if code else [])
    assert (outlook.outlook == "not testable") == (code is not None)


def test_a_set_is_not_told_to_read_out_a_set(submission_of):
    strict = {"verdicts": VerdictsSettings(delta=0.01)}
    of_set, of_gene = (
        _outlook(submission_of(*PAIRS_OF_THREE, claims=[_claim(kind, "A")], **strict)).repair[0]
        for kind in ("gene_set", "gene")
    )
    assert "gene set" not in of_set
    assert "gene set" in of_gene
